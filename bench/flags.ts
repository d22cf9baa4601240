// The flags of `pnpm bench`, read strictly: a mistyped section name is an answer with the list, not a silent run of
// everything. Pure.
import { BenchError } from './harness/bench-error.ts';

/** What was asked for. */
export interface Flags {
  readonly help: boolean;
  readonly quick: boolean;
  /** Sections to run, in the order of the whole run. */
  readonly only: readonly string[];
  /** Leave out the growth section's largest database. */
  readonly withoutLargest: boolean;
  /** Write docs/performance.md as well. */
  readonly save: boolean;
  readonly repeats: number | undefined;
  readonly loader: 'node' | 'tsx';
  /** Where databases are made. */
  readonly directory: string | undefined;
}

/** Told by `--help`. */
export function usage(sections: readonly string[]): string {
  return [
    'pnpm bench -- [flags]',
    '',
    `  --only a,b       run these sections only: ${sections.join(', ')}`,
    '  --quick          one or two minutes, small numbers: shows that all works',
    '  --no-largest     leave out the database of ten million codes (several GB, some minutes)',
    '  --repeats N      interleaved repeats (5 unless quick)',
    '  --loader node    run sources by Node itself instead of tsx, which `pnpm start` uses',
    '  --dir PATH       where databases are made; must be on a real disk',
    '  --save           write the tables into docs/performance.md too',
  ].join('\n');
}

/** @throws BenchError `bad-flag` with what to do */
export function readFlags(words: readonly string[], sections: readonly string[]): Flags {
  const flags = {
    help: false,
    quick: false,
    only: sections,
    withoutLargest: false,
    save: false,
    repeats: undefined as number | undefined,
    loader: 'tsx' as 'node' | 'tsx',
    directory: undefined as string | undefined,
  };
  const left = words.filter((word) => word !== '--');
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--help') flags.help = true;
    else if (word === '--quick') flags.quick = true;
    else if (word === '--no-largest') flags.withoutLargest = true;
    else if (word === '--save') flags.save = true;
    else if (word === '--only') flags.only = readSections(left.shift(), sections);
    else if (word === '--repeats') flags.repeats = readRepeats(left.shift());
    else if (word === '--loader') flags.loader = readLoader(left.shift());
    else if (word === '--dir') flags.directory = left.shift();
    else throw new BenchError('bad-flag', `${word} is not known; try --help`);
  }
  return flags;
}

function readSections(text: string | undefined, sections: readonly string[]): readonly string[] {
  const wanted = (text ?? '').split(',').filter((name) => name !== '');
  const unknown = wanted.filter((name) => !sections.includes(name));
  if (wanted.length === 0 || unknown.length > 0)
    throw new BenchError('bad-flag', `--only takes a list of ${sections.join(', ')}; not "${text ?? ''}"`);
  return sections.filter((name) => wanted.includes(name));
}

function readRepeats(text: string | undefined): number {
  const repeats = Number(text);
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new BenchError('bad-flag', `--repeats takes a whole number from 1, not "${text ?? ''}"`);
  return repeats;
}

function readLoader(text: string | undefined): 'node' | 'tsx' {
  if (text === 'node' || text === 'tsx') return text;
  throw new BenchError('bad-flag', `--loader takes node or tsx, not "${text ?? ''}"`);
}
