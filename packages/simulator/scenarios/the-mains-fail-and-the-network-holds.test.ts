// The mains fail, the network holds: after two minutes the box sleeps to spare its battery; whoever comes presses the
// black button and everything works as ever.
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

const DAY_SECONDS = 86_400;

describe('the mains fail and the network holds', () => {
  it('is awake for two minutes, then dark and asleep with every bin shut (EM-02, EM-03)', async () => {
    const { box, seconds } = await visit();
    seconds(120);
    box.box.setMains(false);
    seconds(119);
    expect(box.box.state().power.asleep).toBe(false);
    seconds(2);
    const { power, display, network, bins } = box.box.state();
    expect([power.asleep, display.lit, network.broker]).toEqual([true, false, 'disconnected']);
    expect(bins.every(({ latch, door }) => latch === 'locked' && door === 'closed')).toBe(true);
  });

  it('stays awake where the mains come back within the two minutes (EM-02)', async () => {
    const { box, seconds } = await visit();
    seconds(120);
    box.box.setMains(false);
    seconds(100);
    box.box.setMains(true);
    seconds(600);
    expect(box.box.state().power.asleep).toBe(false);
  });

  it('wakes by the black button, opens nothing by that, and serves a code live on battery (EM-04, EM-05)', async () => {
    const { box, seconds, world, keys, code, type, open, takeAndClose, ledger } = await visit();
    const made = code(keys[1] as (typeof keys)[number]);
    seconds(120);
    box.box.setMains(false);
    seconds(3_600);
    world.pass(box.box.pressButton());
    seconds(10);
    expect([box.box.state().power.wokeBy, open()]).toEqual(['button', undefined]);
    expect(box.box.state().network.broker).toBe('connected');
    type(made.digits);
    expect(open()).toBe(2);
    takeAndClose();
    expect(ledger().some(({ type: kind }) => kind === 'key.withdrawn')).toBe(true);
    seconds(10);
    expect(box.box.state().display.lines.join(' ')).toMatch(/電池|Battery/);
    seconds(120);
    expect(box.box.state().power.asleep).toBe(true);
  });

  it('still wakes after 183 days without anybody, and knows the time (EM-06)', async () => {
    const { box, seconds, world, keys, code, type, open } = await visit();
    const made = code(keys[0] as (typeof keys)[number]);
    seconds(120);
    box.box.setMains(false);
    seconds(183 * DAY_SECONDS);
    expect(box.box.state().power.batteryPercent).toBeGreaterThan(50);
    world.pass(box.box.pressButton());
    seconds(20);
    type(made.digits);
    expect(open()).toBe(1);
  }, 120_000);
});
