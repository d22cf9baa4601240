// Prints the firmware's cost on the embedded engine as the tables of docs/embedded-engines.md.
import { type EngineMeasures, measureEngines } from './measure.ts';
import { ramCeilingBytes, ramTargetBytes } from './xs/xs-limits.ts';

const number = new Intl.NumberFormat('en-US');

function sizes(measures: EngineMeasures): readonly (readonly [string, string])[] {
  const { limits, ramBytes } = measures.minimalHeap;
  const bytes = (value: number): string => `${number.format(value)} B`;
  return [
    ['program, minified', bytes(measures.bundleBytes)],
    ['program, minified and compressed', bytes(measures.bundleGzipBytes)],
    ['bytecode (flash)', bytes(measures.bytecodeBytes)],
    ['names (flash)', bytes(measures.symbolBytes)],
    ['least RAM for the whole day', bytes(ramBytes)],
    ['— slots', `${number.format(limits.slots)} × 16 B`],
    ['— chunks', bytes(limits.chunkBytes)],
    ['— stack', `${number.format(limits.stackSlots)} × 16 B`],
    ['— keys', `${number.format(limits.keys)} × 4 B`],
    ["of it, XS's own built-in objects", bytes(measures.builtInBytes)],
    ['in use after load and collection', bytes(measures.idleBytes)],
    ['deepest C stack', bytes(measures.cStackBytes)],
    ['largest allocation outside the heap', bytes(measures.looseBytes)],
    ['aim / ceiling', `${bytes(ramTargetBytes)} / ${bytes(ramCeilingBytes)}`],
  ];
}

function print(measures: EngineMeasures): void {
  console.info(`| ${measures.engine} | |\n|---|---|`);
  for (const [name, value] of sizes(measures)) console.info(`| ${name} | ${value} |`);
  console.info('\n| work | meter units | frame bytes |\n|---|---:|---:|');
  console.info(`| load of the program | ${number.format(measures.loadSteps)} | |`);
  for (const { name, steps, frameBytes } of measures.work) {
    console.info(`| ${name} | ${number.format(steps)} | ${frameBytes === 0 ? '' : frameBytes} |`);
  }
}

const measures = await measureEngines();
if (measures === undefined) console.info('No C compiler: XS cannot be built here.');
else print(measures);
