// The arguments of `smartbox break-glass`, checked before any file is opened or any question asked.
import { parseArgs } from 'node:util';
import type { Language } from '../break-glass/index.ts';
import { CliError } from './cli-error.ts';

/** What to show without a menu. */
const actions = ['sheet', 'inventory', 'answer'] as const;

const languages: readonly Language[] = ['ja', 'en'];

/** See `actions`. */
export type Action = (typeof actions)[number];

/** Arguments that fit together. */
export interface BreakGlassArguments {
  readonly help: boolean;
  /** Path of the export. */
  readonly file: string;
  /** Undefined opens the menu. */
  readonly action: Action | undefined;
  readonly box: string | undefined;
  readonly challenge: string;
  readonly bin: string;
  readonly json: boolean;
  readonly passphraseFromInput: boolean;
  readonly language: Language | undefined;
}

const options = {
  box: { type: 'string' },
  challenge: { type: 'string' },
  bin: { type: 'string' },
  json: { type: 'boolean', default: false },
  'passphrase-stdin': { type: 'boolean', default: false },
  language: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** How it is called. */
export const breakGlassUsage = `smartbox break-glass FILE                   asks for the passphrase and opens a menu
smartbox break-glass FILE sheet             緊急コード表を表示 / shows the sheet of a box
smartbox break-glass FILE inventory         鍵の一覧を表示 / shows every key and its fob
smartbox break-glass FILE answer --challenge 12345678 --bin 3
                                            電話の回答を表示 / answers the challenge of a box
  --box BOX            box id or name; not needed where the file has one box
  --challenge DIGITS   the 8 digits that the box shows
  --bin BIN            number of the bin, or all
  --json               one JSON value instead of text
  --passphrase-stdin   reads the passphrase from the first line of standard input
  --language ja|en     ja where LANG says so, else en`;

/** @throws CliError `bad-arguments`, with what is wrong and how it is called */
export function readBreakGlassArguments(args: readonly string[]): BreakGlassArguments {
  const { values, positionals } = parse(args);
  const [file = '', named, ...rest] = positionals;
  const action = actions.find((one) => one === named);
  const { box, challenge = '', bin = '', json, help } = values;
  const result: BreakGlassArguments = {
    ...{ help, file, action, box, challenge, bin, json },
    passphraseFromInput: values['passphrase-stdin'],
    language: languages.find((one) => one === values.language),
  };
  if (help) return result;
  if (file === '') throw wrong('FILE is missing.');
  if (named !== undefined && action === undefined) throw wrong(`${named} is none of ${actions.join(', ')}.`);
  if (rest.length > 0) throw wrong(`${rest.join(' ')}: too much.`);
  if (values.language !== undefined && result.language === undefined) throw wrong('--language is ja or en.');
  if (action === 'answer' && (challenge === '' || bin === ''))
    throw wrong('answer needs --challenge and --bin.');
  if (action !== 'answer' && (challenge !== '' || bin !== ''))
    throw wrong('--challenge and --bin belong to answer.');
  if (action === undefined && (json || box !== undefined || result.passphraseFromInput))
    throw wrong('--json, --box and --passphrase-stdin need sheet, inventory or answer.');
  return result;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    // Node says which argument it is, in its first line.
    throw wrong(cause instanceof Error ? String(cause.message.split('\n', 1)[0]) : '', cause);
  }
}

function wrong(what: string, cause?: unknown): CliError {
  return new CliError('bad-arguments', `${what}\n${breakGlassUsage}`, { cause });
}
