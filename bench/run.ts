// `pnpm bench`: runs the sections that were asked for, one after the other, prints the tables, and keeps the figures
// as JSON beside it. A section that fails says why and the others go on; the exit code then is 1. Goals that are
// missed do not fail the run: they are findings.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Flags, readFlags, usage } from './flags.ts';
import { type BenchSurroundings, withBench } from './harness/bench.ts';
import { BenchError } from './harness/bench-error.ts';
import { fullPlan, type Plan, quickPlan } from './harness/plan.ts';
import { findCores } from './harness/processors.ts';
import type { SectionResult } from './harness/report-shapes.ts';
import { makeScratch } from './harness/scratch.ts';
import { hasMosquitto, mosquittoMissing } from './peers/mosquitto-node/mosquitto.ts';
import { type Report, renderReport } from './report.ts';
import { replaceFigures } from './save.ts';
import { sections } from './sections/index.ts';

const resultsDirectory = new URL('results/', import.meta.url);
const document = new URL('../docs/performance.md', import.meta.url);

async function main(words: readonly string[]): Promise<number> {
  const known = sections.map(({ name }) => name);
  const flags = readFlags(words, known);
  if (flags.help) {
    console.log(usage(known));
    return 0;
  }
  const scratch = makeScratch(flags.directory);
  try {
    const plan = planOf(flags);
    const surroundings = {
      plan,
      cores: findCores(),
      scratch,
      loader: flags.loader,
      hasMosquitto: hasMosquitto(),
    };
    warn(surroundings);
    const results: SectionResult[] = [];
    let failed = 0;
    for (const { name, run } of sections.filter((section) => flags.only.includes(section.name))) {
      try {
        process.stderr.write(`${name}\n`);
        results.push(await withBench(surroundings, run));
      } catch (error) {
        failed++;
        console.error(`section ${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
    keep({ facts: factsOf(words, surroundings), sections: results }, flags);
    return failed === 0 ? 0 : 1;
  } finally {
    scratch.remove();
  }
}

function planOf(flags: Flags): Plan {
  const plan = flags.quick ? quickPlan : fullPlan;
  return {
    ...plan,
    repeats: flags.repeats ?? plan.repeats,
    storedCodes: flags.withoutLargest ? plan.storedCodes.slice(0, -1) : plan.storedCodes,
  };
}

function warn({ scratch, hasMosquitto, cores }: BenchSurroundings): void {
  if (scratch.inMemory)
    console.error(
      'The scratch directory is in memory: commits cost nothing there. Use --dir with a real disk.',
    );
  if (!hasMosquitto) console.error(mosquittoMissing);
  console.error(cores.says);
}

function factsOf(words: readonly string[], { plan, cores, loader }: BenchSurroundings): Report['facts'] {
  const flags = words.filter((word) => word !== '--');
  return {
    command: ['pnpm bench', ...(flags.length === 0 ? [] : ['--', ...flags])].join(' '),
    when: new Date().toISOString().slice(0, 10),
    processor: `${cpus()[0]?.model.trim() ?? 'unknown processor'} × ${cpus().length}`,
    node: process.versions.node,
    cores: cores.says,
    repeats: plan.repeats,
    windowMs: plan.windowMs,
    loader,
  };
}

function keep(report: Report, flags: Flags): void {
  const text = renderReport(report);
  console.log(text);
  mkdirSync(resultsDirectory, { recursive: true });
  writeFileSync(new URL('latest.json', resultsDirectory), `${JSON.stringify(report, undefined, 2)}\n`);
  console.error('figures: bench/results/latest.json');
  if (flags.save) writeFileSync(document, replaceFigures(readFileSync(document, 'utf8'), text));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
