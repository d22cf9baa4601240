import { boxIdFromBytes } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { tinyCore } from '../../test/tiny-core.ts';
import { type BoxState, encodeFactory, initialState, step } from '../core/index.ts';
import {
  createSimulatedBox,
  MemoryNetwork,
  type SimulatedBoxRecipe,
  VirtualClock,
} from '../hosts/simulated/index.ts';

function plugged(recipe: Partial<SimulatedBoxRecipe<BoxState>> = {}) {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const factory = encodeFactory({
    boxId: boxIdFromBytes(new Uint8Array(8).fill(3)),
    factoryKey: new Uint8Array(32).fill(5),
  });
  const program = { step, initialState: initialState() };
  const created = createSimulatedBox({ program, clock, network, seed: 11, records: { factory }, ...recipe });
  created.box.powerOn();
  clock.advance(1_000);
  return { ...created, clock, network };
}

const tiny = { program: tinyCore, seed: 1, blocks: { records: 2, emergency: 2, log: 3 } };

describe('the simulated box with the real firmware', () => {
  it('greets, and shows a claim code when the black button is held for five seconds', () => {
    const { box, clock } = plugged();
    const greeting = box.state().display;
    expect(greeting.lit).toBe(true);
    box.pressButton(5_000);
    clock.advance(6_000);
    expect(box.state().display.lines).not.toEqual(greeting.lines);
    expect(box.state().display.lines.join('\n')).toMatch(/\d{4} \d{4}/);
    expect(box.state()).toMatchObject({ running: true, claimed: false, button: 'up' });
  });

  it('takes keys at human speed', () => {
    const keys: string[] = [];
    const { box, clock } = plugged({
      onTurn: ({ input }) => input.kind === 'key-pressed' && keys.push(input.key),
    });
    const ms = box.pressKeys('12');
    expect(ms + box.pressKeys('*L#')).toBe(240 + 600);
    clock.advance(600);
    expect(keys).toEqual(['1', '2', 'clear', 'language', 'enter']);
  });

  it('runs the same from the same seed, byte for byte', () => {
    const dumps = [1, 2].map(() => {
      const { box, clock } = plugged({ seed: 77 });
      box.pressKeys('12345678#');
      clock.advance(30_000);
      box.cutPowerAtFlashOperation(40);
      box.pressButton(6_000);
      clock.advance(30_000);
      return [box.electronics.flash.dump('records'), box.electronics.flash.dump('log'), box.state()];
    });
    expect(dumps[0]).toEqual(dumps[1]);
  });
});

describe('the simulated box as a thing', () => {
  const make = (recipe: Partial<SimulatedBoxRecipe<(typeof tinyCore)['initialState']>> = {}) => {
    const clock = new VirtualClock();
    const network = new MemoryNetwork(clock);
    const created = createSimulatedBox({ ...tiny, clock, network, ...recipe });
    created.box.powerOn();
    clock.advance(300);
    return { ...created, clock };
  };

  it('springs a released door open, holds a shut one, and keeps a jammed one shut', () => {
    const { box, clock } = make();
    box.setJammed(2, true);
    box.pressKeys('12');
    clock.advance(1_200);
    expect(
      box
        .state()
        .bins.map(({ door }) => door)
        .slice(0, 3),
    ).toEqual(['open', 'closed', 'closed']);
    box.setDoor(1, false);
    box.setJammed(2, false);
    clock.advance(1_000);
    expect(box.state().bins.every(({ door, latch }) => door === 'closed' && latch === 'locked')).toBe(true);
  });

  it('has a front of its own behind its main lock, which opens by force, jams and is shut by hand', () => {
    const { box, clock } = make();
    expect(box.state().mainLock).toEqual({ latch: 'locked', door: 'closed', jammed: false });
    box.setMainLock(true);
    clock.advance(100);
    expect(box.state().mainLock.door).toBe('open');
    expect(box.state().bins.every(({ door }) => door === 'closed')).toBe(true);
    box.setMainLock(false);
    box.setMainLockJammed(true);
    expect(box.state().mainLock).toEqual({ latch: 'locked', door: 'closed', jammed: true });
  });

  it('keeps a door that is shut at once shut, also while the bolt is still drawn', () => {
    const { box, clock } = make();
    box.pressKeys('3');
    clock.advance(80);
    expect(box.state().bins[2]).toMatchObject({ door: 'open', latch: 'released' });
    box.setDoor(3, false);
    clock.advance(1_000);
    expect(box.state().bins[2]).toMatchObject({ door: 'closed', latch: 'locked' });
  });

  it('goes on from its battery when mains fails, dies when that is empty, and comes back with mains', () => {
    const { box, clock } = make({ batteryPercent: 3 });
    box.setMains(false);
    clock.advance(60_000);
    expect(box.state()).toMatchObject({ running: true, power: { mains: false } });
    clock.advance(7_200_000);
    expect(box.state()).toMatchObject({ running: false, power: { mains: false, batteryPercent: 0 } });
    clock.advance(7_200_000);
    expect(box.state().running).toBe(false);
    box.setMains(true);
    clock.advance(1_000);
    expect(box.state()).toMatchObject({ running: true, power: { mains: true } });
  });

  it('starts a firmware that breaks down again and again less and less often', () => {
    const crashes: number[] = [];
    const clock = new VirtualClock();
    const program = {
      initialState: 0,
      step: (): never => {
        throw new RangeError('broken');
      },
    };
    const onCrash = () => crashes.push(clock.nowMs());
    const { box } = createSimulatedBox({
      program,
      clock,
      network: new MemoryNetwork(clock),
      seed: 1,
      onCrash,
    });
    box.powerOn();
    clock.advance(600_000);
    expect(crashes.slice(0, 3).map((ms) => Math.round(ms / 100) * 100)).toEqual([0, 500, 1_500]);
    expect(crashes.length).toBeLessThan(20);
  });

  it('stays off when its power was pulled by hand, whatever mains does', () => {
    const { box, clock } = make();
    box.cutPower();
    box.setMains(false);
    box.setMains(true);
    clock.advance(10_000);
    expect(box.state().running).toBe(false);
    box.powerOn();
    clock.advance(1_000);
    expect(box.state().running).toBe(true);
  });

  it('tells a listener of everything that a person would notice', () => {
    const { box, clock } = make();
    const seen = (act: () => void): boolean => {
      let told = false;
      const stop = box.onChange(() => {
        told = true;
      });
      act();
      clock.advance(500);
      stop();
      return told;
    };
    expect(seen(() => box.setDoor(1, true))).toBe(true);
    expect(seen(() => box.setTag(1, '04a1b2c3'))).toBe(true);
    expect(seen(() => box.setNetwork(false))).toBe(true);
    expect(seen(() => box.setMains(false))).toBe(true);
    expect(seen(() => box.pressButton())).toBe(true);
    expect(seen(() => {})).toBe(false);
  });

  it('refuses keys, bins and fobs that do not exist', () => {
    const { box } = make();
    expect(() => box.pressKeys('12A')).toThrow('"A"');
    expect(() => box.setDoor(9, true)).toThrow('bins 1 to 8');
    expect(() => box.setTag(0, null)).toThrow('bins 1 to 8');
    expect(() => box.setTag(1, '04a1b2')).toThrow('bad-tag');
    expect(() => box.tapFob('xyz')).toThrow('bad-tag');
  });

  it('has 20 bins on three modules, each with its own latch (SEC-18)', () => {
    const program = {
      initialState: 0,
      step: (state: number, input: { readonly kind: string; readonly bin?: number }) => ({
        state,
        outputs:
          input.kind === 'tag-sensed'
            ? [{ kind: 'release-bin', bin: input.bin ?? 0, pulseMs: 100 } as const]
            : [],
        wakeAtMs: undefined,
      }),
    };
    const clock = new VirtualClock();
    const { box } = createSimulatedBox({
      program,
      clock,
      network: new MemoryNetwork(clock),
      seed: 1,
      binCount: 20,
    });
    box.powerOn();
    clock.advance(300);
    for (let bin = 1; bin <= 20; bin++) {
      box.setTag(bin, '04a1b2c3');
      clock.advance(500);
      expect(
        box
          .state()
          .bins.filter(({ door }) => door === 'open')
          .map((open) => open.bin),
      ).toEqual([bin]);
      box.setDoor(bin, false);
    }
  });
});
