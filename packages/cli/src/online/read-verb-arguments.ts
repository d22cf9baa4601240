// From the arguments of a verb to the input of its operation, checked before the server is asked anything.
import { parseArgs } from 'node:util';
import { operationFacts } from '@smartbox/api-client';
import type { Language } from '../break-glass/index.ts';
import { CliError } from '../terminal/cli-error.ts';
import { readHoliday, readWindow } from './read-windows.ts';
import type { Flag, Verb } from './verb.ts';

/** What every command takes. */
export interface Common {
  readonly help: boolean;
  readonly json: boolean;
  readonly language: Language | undefined;
}

/** Arguments that fit a verb. */
export interface VerbArguments extends Common {
  readonly input: {
    readonly path: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, unknown>>;
    readonly body: Readonly<Record<string, unknown>> | undefined;
  };
  /** How many a list shows; undefined for all. */
  readonly limit: number | undefined;
  readonly out: string | undefined;
  readonly force: boolean;
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;
type Values = Readonly<Record<string, unknown>>;

const commonOptions: Options = {
  json: { type: 'boolean' },
  language: { type: 'string' },
  help: { type: 'boolean' },
};
const MULTIPLE = new Set<Flag['kind']>(['texts', 'found', 'open', 'windows', 'holidays']);
const SWITCHES = new Set<Flag['kind']>(['yes', 'no']);

/** @throws CliError `bad-arguments`, with what is wrong and how it is called */
export function readVerbArguments(verb: Verb, usage: string, args: readonly string[]): VerbArguments {
  const options = Object.fromEntries(
    verb.flags.map(({ name, kind }) => [
      name,
      { type: SWITCHES.has(kind) ? 'boolean' : 'string', multiple: MULTIPLE.has(kind) } as const,
    ]),
  );
  const extra: Options = { limit: { type: 'string' }, out: { type: 'string' }, force: { type: 'boolean' } };
  const { values, positionals, common } = readArguments({ ...options, ...extra }, usage, args);
  if (common.help) return { ...common, ...NOTHING };
  const { length } = verb.positionals;
  if (positionals.length !== length)
    throw wrong(`${length} ${length === 1 ? 'argument' : 'arguments'}, please.`, usage);
  const missing = verb.flags.find(({ name, required }) => required === true && values[name] === undefined);
  if (missing !== undefined) throw wrong(`--${missing.name} is missing.`, usage);
  const body = fieldsFor('body', { verb, values, usage });
  if (verb.keepsRest === true && Object.keys(body).length === 0) throw wrong('What is to change?', usage);
  const { path, query } = placesOf(verb, positionals);
  return {
    ...common,
    input: {
      path,
      query: { ...query, ...fieldsFor('query', { verb, values, usage }) },
      body: verb.flags.some(({ into }) => into === 'body') ? body : undefined,
    },
    limit: values.limit === undefined ? undefined : whole(String(values.limit), 'limit', usage),
    out: values.out === undefined ? undefined : String(values.out),
    force: values.force === true,
  };
}

/** Arguments by their field: in the path, or in the query where the path has no place for it. */
function placesOf({ operation, positionals: fields }: Verb, positionals: readonly string[]) {
  const named = fields.map((field, index) => [field, positionals[index] ?? ''] as const);
  const isInPath = ([field]: (typeof named)[number]): boolean =>
    operationFacts[operation].path.includes(`{${field}}`);
  return {
    path: Object.fromEntries(named.filter(isInPath)),
    query: Object.fromEntries(named.filter((one) => !isInPath(one))),
  };
}

const NOTHING = {
  input: { path: {}, query: {}, body: undefined },
  limit: undefined,
  out: undefined,
  force: false,
};

/** Reads flags and what every command takes. @throws CliError `bad-arguments` */
export function readArguments(
  options: Options,
  usage: string,
  args: readonly string[],
): { readonly values: Values; readonly positionals: readonly string[]; readonly common: Common } {
  const { values, positionals } = parse({ ...options, ...commonOptions }, usage, args);
  const { language } = values;
  if (language !== undefined && language !== 'ja' && language !== 'en')
    throw wrong('--language is ja or en.', usage);
  return {
    values,
    positionals,
    common: { help: values.help === true, json: values.json === true, language },
  };
}

/** @throws CliError `bad-arguments` */
export function whole(text: string, name: string, usage: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw wrong(`--${name} is a whole number.`, usage);
}

/** @returns the error that says what is wrong and how it is called */
export function wrong(what: string, usage: string, cause?: unknown): CliError {
  return new CliError('bad-arguments', `${what}\n${usage}`, { cause });
}

function fieldsFor(
  into: Flag['into'],
  { verb, values, usage }: { readonly verb: Verb; readonly values: Values; readonly usage: string },
): Readonly<Record<string, unknown>> {
  const given = verb.flags.filter((flag) => flag.into === into && values[flag.name] !== undefined);
  return Object.fromEntries(given.map((flag) => [flag.field, fieldValue(flag, values[flag.name], usage)]));
}

function fieldValue({ name, kind }: Flag, value: unknown, usage: string): unknown {
  const text = String(value);
  switch (kind) {
    case 'text':
      return text;
    case 'clearable':
      return text === 'none' ? null : text;
    case 'texts':
      return value;
    case 'yes':
      return true;
    case 'no':
      return false;
    case 'whole':
      return whole(text, name, usage);
    case 'whole-or-none':
      return text === 'none' ? null : whole(text, name, usage);
    case 'wholes':
      return text === '' ? [] : text.split(',').map((part) => whole(part.trim(), name, usage));
    case 'bin':
      return text === 'all' ? 'all' : whole(text, name, usage);
    case 'target':
      return text === 'main' ? 'main_lock' : { bin: whole(text, name, usage) };
    case 'found':
      return (value as readonly string[]).map((one) => found(one, name, usage));
    case 'open':
      return text === 'always' ? null : each(value, readWindow, { name, usage });
    case 'windows':
      return text === 'none' ? [] : each(value, readWindow, { name, usage });
    case 'holidays':
      return text === 'none' ? [] : each(value, readHoliday, { name, usage });
  }
}

function each<T>(
  texts: unknown,
  read: (text: string) => T | undefined,
  { name, usage }: { readonly name: string; readonly usage: string },
): readonly T[] {
  return (texts as readonly string[]).map((text) => {
    const one = read(text);
    if (one === undefined) throw wrong(`--${name}: ${text}?`, usage);
    return one;
  });
}

/** `3=A-07` is the fob with that label, `3=key_…` that key, `3=` nothing. */
function found(text: string, name: string, usage: string): Readonly<Record<string, unknown>> {
  const [, bin, what = ''] = /^(\d{1,3})=(.*)$/s.exec(text) ?? [];
  if (bin === undefined) throw wrong(`--${name} is BIN=FOB, for example 3=A-07.`, usage);
  if (what === '') return { bin: Number(bin), key_id: null };
  return { bin: Number(bin), ...(what.startsWith('key_') ? { key_id: what } : { fob_label: what }) };
}

function parse(options: Options, usage: string, args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as Values, positionals };
  } catch (cause) {
    // Node says which argument it is, in its first line.
    throw wrong(cause instanceof Error ? String(cause.message.split('\n', 1)[0]) : '', usage, cause);
  }
}
