// The client against the description of the API: every operation is a function, called as the description says.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createClient, operationFacts } from '../src/index.ts';
import { json, scriptedPorts } from './scripted-ports.ts';

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

const api: { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> } = JSON.parse(
  readFileSync(new URL('../../cloud/openapi.json', import.meta.url), 'utf8'),
);
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

describe('the client', () => {
  it('has a function for each operation, and for nothing else', () => {
    const client: Readonly<Record<string, unknown>> = { ...createClient({ url: 'https://box.example' }) };
    const { followEvents, ...calls } = client;
    const named = operations.map(({ operation }) => operation.operationId);
    expect(named.length).toBeGreaterThan(100);
    expect(Object.keys(calls).sort()).toEqual([...named].sort());
    for (const call of [followEvents, ...Object.values(calls)]) expect(call).toBeTypeOf('function');
  });

  it.each(operations.map((one) => [one.operation.operationId, one] as const))(
    'calls %s by the method and path of the description, with an Idempotency-Key where one is taken',
    (name, { path, method, operation }) => {
      const takes = (operation.parameters ?? []).some(
        (one) => one.in === 'header' && one.name === 'idempotency-key',
      );
      const [type = 'application/json'] = Object.keys(operation.requestBody?.content ?? {});
      const { upload = 'application/json', ...facts } = operationFacts[name as keyof typeof operationFacts];
      expect({ ...facts, upload }).toMatchObject({ method, path, keyed: takes, upload: type });
    },
  );

  it('sends a file as it is, under its own media type', async () => {
    const { ports, sent } = scriptedPorts(json({}));
    const client = createClient({ url: 'https://box.example', ports });
    await client.importKeys({ query: { dry_run: true }, body: Buffer.from('name,location\r\n') });
    expect(sent[0]).toMatchObject({
      url: 'https://box.example/v1/imports/keys?dry_run=true',
      headers: { 'content-type': 'text/csv' },
    });
  });
});
