// What the box's program costs on the embedded engine: memory, and work and bytes for each message. Counts, not times:
// they are the same on every machine, and come from the firmware's own measuring.
import { measureEngines } from '@smartbox/firmware/engines';
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { spreadOf } from '../harness/statistics.ts';
import { formatNumber } from '../report.ts';

const kilobytes = (bytes: number): string => formatNumber(bytes / 1000);

/** The section `engine`. */
export async function engineSection(bench: Bench): Promise<SectionResult> {
  bench.progress('  building and measuring XS: about a minute');
  const measured = await measureEngines();
  if (measured === undefined) {
    const note = 'No C compiler here (`apt-get install gcc`): the embedded engine was not measured.';
    return {
      name: 'engine',
      goals: [goalResult('engine size', note), goalResult('engine RAM', note)],
      tables: [],
      notes: [],
    };
  }
  const sizes: readonly (readonly [string, number])[] = [
    ['program, minified', measured.bundleBytes],
    ['program, minified and compressed by gzip', measured.bundleGzipBytes],
    ['bytecode and names, in flash', measured.bytecodeBytes + measured.symbolBytes],
    ['least RAM that gets through a recorded day', measured.minimalHeap.ramBytes],
    ['in use while the box idles', measured.idleBytes],
    ['deepest C stack', measured.cStackBytes],
  ];
  return {
    name: 'engine',
    goals: [
      goalResult('engine size', spreadOf([measured.bundleBytes / 1000])),
      goalResult('engine RAM', spreadOf([measured.minimalHeap.ramBytes / 1000])),
    ],
    tables: [
      {
        title: `The box’s program on ${measured.engine}, KB of 1,000 bytes`,
        columns: ['what', 'KB'],
        rows: sizes.map(([what, bytes]) => [what, kilobytes(bytes)]),
      },
      {
        title: `Work and bytes on ${measured.engine}`,
        columns: ['what', 'meter units', 'frame bytes'],
        rows: [
          ['load of the program', formatNumber(measured.loadSteps), '–'],
          ...measured.work.map(({ name, steps, frameBytes }) => [
            name,
            formatNumber(steps),
            frameBytes === 0 ? '–' : frameBytes,
          ]),
        ],
      },
    ],
    notes: ['A meter unit is one bytecode of XS, or its share of a built-in’s work.'],
  };
}
