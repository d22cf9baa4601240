// The budgets of a box: how large the program may be and how much memory its engines get. Sizes and counts only,
// so the answer is the same on every machine; the contract tests show that the firmware gets through its day in it.
import { describe, expect, it } from 'vitest';
import { bundleCeilingBytes, bundleForDevice } from '../../engines/bundle.ts';
import { quickjsCeilingBytes, quickjsLimits } from '../../engines/quickjs/quickjs-engine.ts';
import { deviceLimits, ramBytes, ramCeilingBytes } from '../../engines/xs/xs-limits.ts';

describe('the budgets of a box', () => {
  it('keeps the whole core and protocol, minified, within its share of flash', async () => {
    const bundle = await bundleForDevice('device/entry.ts');
    console.info(`device bundle: ${bundle.bytes} B minified, ${bundle.gzipBytes} B compressed`);
    expect(bundle.bytes).toBeLessThanOrEqual(bundleCeilingBytes);
  });

  it('gives XS 320 KiB: slots, chunks, stack and keys together', () => {
    expect(ramBytes(deviceLimits)).toBeLessThanOrEqual(ramCeilingBytes);
  });

  it('gives QuickJS 704 kB, heap and stack together, parser and bytecode included', () => {
    expect(quickjsLimits.heapBytes + quickjsLimits.stackBytes).toBeLessThanOrEqual(quickjsCeilingBytes);
  });

  it('carries no curve but the one ladder, whose tables would not fit', async () => {
    const { script } = await bundleForDevice('device/entry.ts');
    expect(script).not.toContain('EdwardsPoint');
    expect(script).not.toContain('precompute');
  });
});
