// What the firmware costs on a small engine: size of the program, least memory, work and bytes for each message.
// Everything here is a size or a count, so it is the same on a slow and on a fast machine. Printed by
// print-measures.ts and taken over by the bench.
import { bundleForDevice } from './bundle.ts';
import { programOf } from './embedded-engine.ts';
import { offlineWork } from './offline-work.ts';
import { recordPickup } from './pickup/record-pickup.ts';
import { replayPickup } from './pickup/replay-pickup.ts';
import { type WorkItem, workItems } from './pickup/work-items.ts';
import { buildXsHost } from './xs/build.ts';
import { findMinimalHeap, type MinimalHeap } from './xs/minimal-heap.ts';
import { startXs } from './xs/xs-engine.ts';
import { deviceLimits } from './xs/xs-limits.ts';

export interface EngineMeasures {
  /** For example `xs-32`. */
  readonly engine: string;
  readonly bundleBytes: number;
  readonly bundleGzipBytes: number;
  readonly bytecodeBytes: number;
  readonly symbolBytes: number;
  /** Least memory for the whole recorded day. */
  readonly minimalHeap: MinimalHeap;
  /** What is live after the load and a collection: JavaScript memory in use while the box idles. */
  readonly idleBytes: number;
  /** Of these, XS's own built-in objects, which a device's linker places in flash. */
  readonly builtInBytes: number;
  readonly cStackBytes: number;
  readonly looseBytes: number;
  readonly loadSteps: number;
  readonly work: readonly WorkItem[];
}

/** Takes about a minute. @returns undefined where there is no C compiler */
export async function measureEngines(): Promise<EngineMeasures | undefined> {
  const host = await buildXsHost();
  if (host.kind === 'absent') return undefined;
  const bundle = await bundleForDevice('device/entry.ts');
  const recorded = recordPickup();
  const empty = await startXs(host, programOf('globalThis.onLine = () => {};'), deviceLimits);
  const builtIn = await empty.stats(true);
  await empty.close();
  const engine = await startXs(host, bundle, deviceLimits);
  const idle = await engine.stats(true);
  const work = [...workItems(await replayPickup(engine, recorded)), ...(await offlineWork(host))];
  const gauges = await engine.gauges();
  await engine.close();
  const minimalHeap = await findMinimalHeap(host, bundle, (box) => replayPickup(box, recorded));
  return {
    engine: engine.name,
    bundleBytes: bundle.bytes,
    bundleGzipBytes: bundle.gzipBytes,
    bytecodeBytes: gauges.flashBytes[0],
    symbolBytes: gauges.flashBytes[1],
    minimalHeap,
    idleBytes: idle.ramBytes,
    builtInBytes: builtIn.ramBytes,
    cStackBytes: gauges.cStackBytes[0],
    looseBytes: gauges.looseBytes[1],
    loadSteps: engine.loadSteps,
    work,
  };
}
