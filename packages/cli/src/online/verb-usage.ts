// How the verbs of a noun are called, printed from their table.
import { operationFacts } from '@smartbox/api-client';
import type { Flag, Verb } from './verb.ts';

const WHAT: Readonly<Record<Flag['kind'], string>> = {
  ...{
    text: ' TEXT',
    clearable: ' TEXT|none',
    texts: ' TEXT …',
    whole: ' NUMBER',
    wholes: ' 1,2,3',
    bin: ' BIN|all',
    target: ' BIN|main',
    found: ' BIN=FOB …',
    'whole-or-none': ' NUMBER|none',
    open: ' "mon-fri 07:00-20:00" …|always',
    windows: ' "sat,sun 00:00-24:00" …|none',
    holidays: ' "2027-01-01 [10:00-15:00] NAME" …|none',
  },
  ...{ yes: '', no: '' },
};

/** @param further verbs that print their own usage */
export function nounUsage(noun: string, verbs: readonly Verb[], further: readonly string[]): string {
  const lines = verbs.flatMap((verb) => verbLines(noun, verb));
  const others = further.map((verb) => `smartbox ${noun} ${verb} --help`);
  return [...lines, ...others, COMMON].join('\n');
}

const COMMON = `  --json               JSON instead of text
  --language ja|en     ja where LANG says so, else en`;

function verbLines(noun: string, verb: Verb): readonly string[] {
  const { positionals, flags, says, columns } = verb;
  const places = positionals.map((field) => ` ${field.replace(/_id$/, '').toUpperCase()}`).join('');
  const shown = flags.map((flag) => (flag.required === true ? nameOf(flag) : `[${nameOf(flag)}]`));
  const more = [
    ...(columns.length > 0 ? ['[--limit NUMBER]'] : []),
    ...(operationFacts[verb.operation].answer === 'file' ? ['[--out FILE]', '[--force]'] : []),
  ];
  const first = `smartbox ${noun} ${verb.verb}${places}`;
  const rest = [...shown, ...more].join(' ');
  return [first, ...(rest === '' ? [] : [`    ${rest}`]), `    ${says.ja} / ${says.en}`];
}

function nameOf({ name, kind }: Flag): string {
  return `--${name}${WHAT[kind]}`;
}
