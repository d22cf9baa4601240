// The gauge is wrong, or the cell colder than thought: the board resets in the middle of a pulse. The log has the
// intent and nothing more, the bin stays shut, and once mains is back the code opens as if nothing had been.
import { decodeLogEntry } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

describe('a weak cell gives way under the latch', () => {
  it('opens nothing, claims nothing, asks for mains, and opens once that is back (I1, I2, I3)', async () => {
    const { box, keys, code, type, open, display, seconds, ledger, takeAndClose } = await visit();
    const { digits } = code(keys[1] as (typeof keys)[number], 'unlimited');
    box.box.setMains(false);
    seconds(30);
    // Between two looks of the gauge: the firmware still believes in a full battery.
    box.box.electronics.battery.percent = 3;
    type(digits);
    seconds(1);
    expect(open()).toBeUndefined();
    const kinds = () => box.watch.log.map((body) => decodeLogEntry(body).kind);
    expect(kinds().slice(-5)).toEqual([
      'open-intended',
      'booted',
      'mains-lost',
      'battery-low',
      'battery-empty',
    ]);
    expect(display()).toContain('電池がなくなりました');
    seconds(10);
    expect(box.box.state().power.asleep).toBe(true);
    expect(kinds()).not.toContain('bin-opened');

    box.box.setMains(true);
    seconds(30);
    expect(ledger().some(({ type: kind }) => kind === 'bin.opened')).toBe(false);
    type(digits);
    expect(open()).toBe(2);
    takeAndClose();
    expect(kinds()).toContain('key-taken');
  });
});
