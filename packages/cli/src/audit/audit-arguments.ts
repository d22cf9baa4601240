// The arguments of `smartbox audit`, checked before any file is opened.
import { parseArgs } from 'node:util';
import type { Language } from '../break-glass/index.ts';
import { CliError } from '../terminal/cli-error.ts';

/** Arguments that fit together. */
export interface AuditArguments {
  readonly help: boolean;
  /** Path of the export. */
  readonly file: string;
  /** 64 hexadecimal digits, or the path of a file that holds them. */
  readonly publicKey: string;
  /** Paths of heads that the caller kept. */
  readonly heads: readonly string[];
  readonly json: boolean;
  readonly language: Language | undefined;
}

const languages: readonly Language[] = ['ja', 'en'];

const options = {
  'public-key': { type: 'string' },
  head: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  language: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** How it is called. */
export const auditUsage = `smartbox audit verify FILE --public-key KEY
                       監査記録を検証する / checks an exported audit, with no network
  --public-key KEY     64 hexadecimal digits, or a file that holds them: from GET /v1/audit/key, kept elsewhere
  --head FILE          a tree head that you kept (GET /v1/audit/tree-head); may be given again
  --json               one JSON value instead of text
  --language ja|en     ja where LANG says so, else en`;

/** @throws CliError `bad-arguments`, with what is wrong and how it is called */
export function readAuditArguments(args: readonly string[]): AuditArguments {
  const { values, positionals } = parse(args);
  const [action, file = '', ...rest] = positionals;
  const { json, help, head: heads = [], 'public-key': publicKey = '' } = values;
  const language = languages.find((one) => one === values.language);
  const result: AuditArguments = { help, file, publicKey, heads, json, language };
  if (help) return result;
  if (action !== 'verify') throw wrong(`${action ?? 'The action'} is not verify.`);
  if (file === '') throw wrong('FILE is missing.');
  if (rest.length > 0) throw wrong(`${rest.join(' ')} is too much.`);
  if (publicKey === '') throw wrong('--public-key is missing: without it nothing is proven.');
  if (values.language !== undefined && language === undefined) throw wrong('--language is ja or en.');
  return result;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw wrong(cause instanceof Error ? cause.message : String(cause));
  }
}

function wrong(what: string): CliError {
  return new CliError('bad-arguments', `${what}\n\n${auditUsage}`);
}
