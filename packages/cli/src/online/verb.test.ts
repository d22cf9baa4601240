// Every verb against the description of the API: no field is made up, none that is needed is missing.
import { readFileSync } from 'node:fs';
import { operationFacts } from '@smartbox/api-client';
import { describe, expect, it } from 'vitest';
import { allVerbs } from './verbs/all-verbs.ts';

interface Described {
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly schema: { properties: object; required?: string[] } }>
    >;
  };
}

const api = JSON.parse(readFileSync(new URL('../../../cloud/openapi.json', import.meta.url), 'utf8'));
const verbs = Object.entries(allVerbs).flatMap(([noun, all]) =>
  all.map((verb) => [`${noun} ${verb.verb}`, verb] as const),
);

describe('smartbox', () => {
  it.each(verbs)('%s asks for what the API knows, and for all that it needs', (_name, verb) => {
    const { method, path } = operationFacts[verb.operation];
    const described: Described = api.paths[path][method.toLowerCase()];
    const parameters = described.parameters ?? [];
    const named = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
    const body = described.requestBody?.content['application/json']?.schema;
    const fields = (into: string) => verb.flags.filter((one) => one.into === into).map(({ field }) => field);
    // Where the path has no place for it, the first argument is asked by the query.
    expect(verb.positionals.filter((field) => named('path').includes(field))).toEqual(named('path'));
    const asked = verb.positionals.filter((field) => !named('path').includes(field));
    expect(named('query')).toEqual(expect.arrayContaining([...asked, ...fields('query')]));
    expect(Object.keys(body?.properties ?? {})).toEqual(expect.arrayContaining(fields('body')));
    // What is written as a whole asks for nothing by itself, and can change all of it.
    const whole = verb.keepsRest === true;
    const needed = verb.flags.filter(({ into, required }) => into === 'body' && (whole || required === true));
    expect(needed.map(({ field }) => field).sort()).toEqual([...(body?.required ?? [])].sort());
    expect(verb.columns.length > 0).toBe(named('query').includes('cursor'));
    // A key is retired only as it was read.
    expect(verb.reads !== undefined).toBe(method === 'PATCH' || verb.operation === 'retireKey' || whole);
  });
});
