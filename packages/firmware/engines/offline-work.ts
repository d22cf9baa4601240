// What one code for an opening without the cloud costs a small engine. Counts, as everything that measure.ts
// gathers; each holds the reading of one line and the writing of one as well.
import { ask, askRaw } from './ask.ts';
import { bundleForDevice } from './bundle.ts';
import { EngineError } from './embedded-engine.ts';
import type { WorkItem } from './pickup/work-items.ts';
import { type OfflineVector, offlineVectors } from './vectors/offline-vectors.ts';
import type { XsHost } from './xs/build.ts';
import { startXs } from './xs/xs-engine.ts';
import { deviceLimits } from './xs/xs-limits.ts';

/** Which of the golden vectors stands for each: its first. */
const items: readonly (readonly [name: string, vectors: string])[] = [
  ['one sheet code', 'sheet codes'],
  ['one booking code read', 'booking codes'],
  ['one phone answer', 'phone answers'],
  ['one authenticator code', 'authenticator codes'],
];

/** @throws EngineError `bad-reply` when the engine computes another code: its cost would say nothing */
export async function offlineWork(host: XsHost): Promise<readonly WorkItem[]> {
  const vectors = offlineVectors();
  const engine = await startXs(host, await bundleForDevice('device/offline-entry.ts'), deviceLimits);
  const work: WorkItem[] = [];
  for (const [name, group] of items) {
    const [first] = vectors[group] as readonly [OfflineVector];
    if ((await ask(engine, first.ask)) !== first.answer) throw new EngineError('bad-reply', first.name);
    const { steps } = await askRaw(engine, first.ask);
    work.push({ name, steps: steps ?? 0, frameBytes: 0 });
  }
  await engine.close();
  return work;
}
