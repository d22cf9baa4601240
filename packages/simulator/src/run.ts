// Command line of the world: `pnpm sim --seed 42` replays one seed, `pnpm sim --seeds 2000` searches. A
// failing seed prints its number and writes what was done, in order, to a file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { failedWorld, searchSeeds } from './world/search.ts';

const usage = `pnpm sim [--seed N] [--seeds COUNT] [--first N] [--actions N] [--boxes N] [--verbose]
  --seed N      play this one world and print what happened in it
  --seeds N     play N worlds, seeds 1 to N unless --first says otherwise`;

const values = readArguments();

if (values.help) {
  console.log(usage);
} else {
  const first = Number(values.seed ?? values.first);
  const count = values.seed === undefined ? Number(values.seeds) : 1;
  const world = {
    ...(values.actions === undefined ? {} : { actions: Number(values.actions) }),
    ...(values.boxes === undefined ? {} : { boxes: Number(values.boxes) }),
  };
  const found = await searchSeeds({ first, count, ...world }, (report) => {
    if (values.seed !== undefined || values.verbose) console.log(report.actions.join('\n'));
  });
  console.log(
    `${found.played} worlds, ${found.openings} openings, ${found.logEntries} log entries, ` +
      `${(found.simulatedMs / 3_600_000).toFixed(1)} simulated hours`,
  );
  for (const failure of found.failures) {
    const file = join('.data', `failed-seed-${failure.seed}.json`);
    mkdirSync('.data', { recursive: true });
    writeFileSync(file, `${JSON.stringify(failure, undefined, 2)}\n`);
    console.error(failedWorld(failure, file));
  }
  process.exitCode = found.failures.length === 0 ? 0 : 1;
}

function readArguments() {
  try {
    const { values: given } = parseArgs({
      options: {
        seed: { type: 'string' },
        seeds: { type: 'string', default: '100' },
        first: { type: 'string', default: '1' },
        actions: { type: 'string' },
        boxes: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    for (const value of [given.seed, given.seeds, given.first, given.actions, given.boxes])
      if (value !== undefined && !/^\d+$/.test(value)) leave(`${value} is no whole number`);
    return given;
  } catch (error) {
    return leave(error instanceof Error ? error.message : String(error));
  }
}

function leave(why: string): never {
  console.error(`${why}\n${usage}`);
  process.exit(1);
}
