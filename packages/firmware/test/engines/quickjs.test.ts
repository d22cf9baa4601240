// QuickJS keeps the contract inside its stated memory, wherever Node runs, and that memory is really what it gets.
import { expect, it } from 'vitest';
import { programOf } from '../../engines/embedded-engine.ts';
import { describeEngine } from '../../engines/engine-contract.ts';
import { quickjsLimits, startQuickjs } from '../../engines/quickjs/quickjs-engine.ts';

describeEngine('QuickJS', (program) => startQuickjs(program, quickjsLimits));

it('bounds the heap of QuickJS where it says', async () => {
  const holding =
    'const held = []; globalThis.onLine = (count) => { while (held.length < count) held.push(new Uint8Array(1000)); };';
  const engine = await startQuickjs(programOf(holding), quickjsLimits);
  await engine.call('300');
  const { ramPeakBytes } = await engine.stats();
  expect(ramPeakBytes).toBeGreaterThan(300_000);
  expect(ramPeakBytes).toBeLessThanOrEqual(quickjsLimits.heapBytes);
  await expect(engine.call(String(quickjsLimits.heapBytes / 1000))).rejects.toMatchObject({
    reason: 'memory-full',
  });
  await engine.close();
});
