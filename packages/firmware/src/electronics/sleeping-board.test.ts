// The board without mains, with the real firmware on it: two minutes, half a year, and a cell that gives way.
import { boxIdFromBytes } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { tinyCore } from '../../test/tiny-core.ts';
import { encodeFactory, initialState, standbyDaysLeft, step } from '../core/index.ts';
import {
  createSimulatedBox,
  MemoryNetwork,
  type SimulatedBoxRecipe,
  VirtualClock,
} from '../hosts/simulated/index.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 3, 1);

function started<State>(
  recipe: Partial<SimulatedBoxRecipe<State>> & Pick<SimulatedBoxRecipe<State>, 'program'>,
) {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const { box } = createSimulatedBox({ clock, network, seed: 11, ...recipe });
  box.powerOn();
  clock.advance(60_000);
  return { box, clock };
}

const real = {
  program: { step, initialState: initialState() },
  rtcMs: START_MS,
  records: {
    factory: encodeFactory({
      boxId: boxIdFromBytes(new Uint8Array(8).fill(3)),
      factoryKey: new Uint8Array(32).fill(5),
    }),
  },
};
const tiny = { program: tinyCore, blocks: { records: 2, emergency: 2, log: 3 } };

describe('a box on its battery', () => {
  it('is awake 119 seconds after mains failed and asleep one tick after 120, screen dark (EM-02, EM-03)', () => {
    const { box, clock } = started(real);
    box.setMains(false);
    clock.advance(119_000);
    expect(box.state()).toMatchObject({ running: true, power: { asleep: false, mains: false } });
    clock.advance(1_200);
    expect(box.state()).toMatchObject({
      running: false,
      power: { asleep: true },
      display: { lines: ['', '', '', ''], lit: false },
    });
    box.pressButton();
    clock.advance(1_000);
    expect(box.state()).toMatchObject({
      running: true,
      power: { asleep: false, wokeBy: 'button' },
      display: { lit: true },
    });
  });

  it('is not put to sleep by a flickering mains that always comes back (EM-02)', () => {
    const { box, clock } = started(real);
    for (let flicker = 0; flicker < 20; flicker++) {
      box.setMains(false);
      clock.advance(100_000);
      box.setMains(true);
      clock.advance(1_000);
    }
    expect(box.state()).toMatchObject({ running: true, uptimeMs: expect.any(Number) });
    expect(box.state().uptimeMs).toBeGreaterThan(2_000_000);
  });

  it('wakes by a bouncing button once, and takes the press that woke it for no other (EM-04)', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const turns: string[] = [];
      const onTurn = ({ input }: { readonly input: { readonly kind: string } }) => turns.push(input.kind);
      const { box, clock } = started({ ...real, seed, onTurn });
      box.setMains(false);
      clock.advance(121_000);
      turns.length = 0;
      box.pressButton(9_000);
      clock.advance(12_000);
      expect(turns.filter((kind) => kind === 'booted')).toHaveLength(1);
      expect(box.state().display.lines.join(' ')).not.toMatch(/\d{4} \d{4}/);
    }
  });

  it('sleeps for 183 days without an exchange, keeps its time, and still wakes by its button (EM-06)', () => {
    const { box, clock } = started({ ...real, rtcPpm: 1 });
    const { electronics } = box;
    box.setMains(false);
    clock.advance(121_000);
    const daysBefore = standbyDaysLeft(electronics.battery.percent);
    clock.advance(183 * DAY_MS);
    expect(box.state().power).toMatchObject({ asleep: true, mains: false });
    expect(daysBefore - standbyDaysLeft(electronics.battery.percent)).toBeGreaterThanOrEqual(183);
    expect(daysBefore - standbyDaysLeft(electronics.battery.percent)).toBeLessThanOrEqual(184);
    expect(box.state().power.batteryPercent).toBeGreaterThan(70);
    box.pressButton();
    clock.advance(1_000);
    expect(box.state()).toMatchObject({ running: true, power: { wokeBy: 'button' } });
    const drift = (box.state().boxTimeMs ?? 0) - START_MS - clock.nowMs();
    expect(drift / 1_000).toBeCloseTo(15.8, 0);
  });

  it('dies in its sleep when nobody comes for years, and starts from nothing with mains', () => {
    const { box, clock } = started({ ...real, batteryPercent: 10 });
    box.setMains(false);
    clock.advance(121_000);
    expect(box.state().power.asleep).toBe(true);
    clock.advance(2_000 * DAY_MS);
    expect(box.state()).toMatchObject({ running: false, power: { asleep: false, batteryPercent: 0 } });
    box.pressButton();
    clock.advance(10_000);
    expect(box.state().running).toBe(false);
    box.setMains(true);
    clock.advance(1_000);
    expect(box.state()).toMatchObject({ running: true, power: { wokeBy: 'power' } });
  });

  it('ends in good order when its battery is nearly empty, and says so at the button', () => {
    const { box, clock } = started({ ...real, batteryPercent: 6 });
    box.setMains(false);
    clock.advance(1_000);
    expect(box.state().display).toMatchObject({ lit: true });
    expect(box.state().display.lines[0]).toBe('電池がなくなりました');
    clock.advance(7_000);
    expect(box.state().power.asleep).toBe(true);
    box.pressButton();
    clock.advance(1_000);
    expect(box.state().display.lines[0]).toBe('電池がなくなりました');
    clock.advance(7_000);
    expect(box.state().power.asleep).toBe(true);
  });

  it('dims its light while a latch is pulled, on battery only', () => {
    const { box, clock } = started(tiny);
    const light = () => box.electronics.panel.brightness;
    const duringPulse = () => {
      box.pressKeys('3');
      clock.advance(120);
      const pulled = box.electronics.bins[2]?.energised;
      const seen = light();
      clock.advance(1_000);
      box.setDoor(3, false);
      clock.advance(500);
      return { pulled, seen, after: light() };
    };
    expect(duringPulse()).toEqual({ pulled: true, seen: 1, after: 1 });
    box.setMains(false);
    clock.advance(1_000);
    expect(duringPulse()).toEqual({ pulled: true, seen: 0.2, after: 1 });
  });

  it('starts again in the middle of a pulse that its weak cell cannot bear, and tells no opening (I2)', () => {
    const logEnds: number[] = [];
    const { box, clock } = started({
      ...tiny,
      cellOhm: 0.25,
      batteryPercent: 15,
      onTurn: ({ input }) => input.kind === 'booted' && logEnds.push(input.log.end),
    });
    box.setMains(false);
    clock.advance(1_000);
    const before = box.state().uptimeMs;
    box.pressKeys('3');
    clock.advance(200);
    expect(box.state()).toMatchObject({ running: false, power: { asleep: false } });
    clock.advance(2_000);
    expect(box.state().running).toBe(true);
    expect(box.state().uptimeMs).toBeLessThan(before);
    expect(box.state().bins[2]).toMatchObject({ door: 'closed', latch: 'locked' });
    // The first start and the intent: the second start finds both, and nothing that was not seen.
    expect(logEnds).toEqual([0, 2]);
    box.electronics.battery.percent = 90;
    box.pressKeys('3');
    clock.advance(1_000);
    expect(box.state().bins[2]?.door).toBe('open');
  });
});
