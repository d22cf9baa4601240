// What every host must do with a box that is put to sleep: all off but the wake circuits, and a fresh start that knows
// what ended the sleep. A board with real pins passes the same suite with somebody at its button.
import { afterEach, describe, expect, it } from 'vitest';
import type { BoxInput, BoxOutput, Step } from '../../src/core/index.ts';
import type { SimulatedBox } from '../../src/electronics/index.ts';

/** Why each start of the box came about, the newest last. */
export type Starts = string[];

export interface SleeperUnderTest {
  readonly box: SimulatedBox<number>;
  /** Filled by `sleepyProgram`. */
  readonly starts: Starts;
  readonly until: (isDone: () => boolean) => Promise<void>;
  /** Lets some hundred milliseconds pass. */
  readonly settle: () => Promise<void>;
  readonly close: () => void;
}

/** Falls asleep at key 1, shows how many keys it has had, and is lit. */
export function sleepyProgram(starts: Starts) {
  const step = (keys: number, input: BoxInput): Step<number> => {
    if (input.kind === 'booted') starts.push(input.wokeBy);
    const next = input.kind === 'key-pressed' ? keys + 1 : keys;
    const show: BoxOutput = { kind: 'show', lines: [`${next} keys`], lit: true };
    const sleeps = input.kind === 'key-pressed' && input.key === '1';
    const outputs: BoxOutput[] = sleeps
      ? [{ kind: 'release-bin', bin: 1, pulseMs: 900 }, { kind: 'sleep' }]
      : [show];
    return { state: next, outputs, wakeAtMs: undefined };
  };
  return { initialState: 0, step };
}

export function describeSleep(name: string, make: () => Promise<SleeperUnderTest>): void {
  describe(`sleep contract: ${name}`, () => {
    let open: SleeperUnderTest | undefined;
    afterEach(() => {
      open?.close();
      open = undefined;
    });

    /** A box on battery, running. */
    async function started(): Promise<SleeperUnderTest> {
      open = await make();
      const { box, starts, until } = open;
      box.setMains(false);
      await until(() => starts.length === 1);
      return open;
    }

    async function asleep(): Promise<SleeperUnderTest> {
      const sleeper = await started();
      sleeper.box.pressKeys('1');
      await sleeper.until(() => sleeper.box.state().power.asleep);
      return sleeper;
    }

    it('turns everything off: no latch, no light, no text, no firmware', async () => {
      const { box, settle, starts } = await asleep();
      await settle();
      const { running, display, bins, power } = box.state();
      expect({ running, lit: display.lit, text: display.lines.join('') }).toEqual({
        running: false,
        lit: false,
        text: '',
      });
      expect(bins.every(({ latch, door }) => latch === 'locked' && door === 'closed')).toBe(true);
      expect([power.asleep, power.mains, starts]).toEqual([true, false, ['power']]);
    });

    it('wakes by the button alone and by mains alone, and tells which, with an empty memory (EM-04)', async () => {
      const { box, until, starts } = await asleep();
      box.pressButton();
      await until(() => starts.length === 2);
      expect(box.state().power).toMatchObject({ asleep: false, wokeBy: 'button' });
      expect(box.state().display).toMatchObject({ lines: ['0 keys', '', '', ''], lit: true });
      box.pressKeys('1');
      await until(() => box.state().power.asleep);
      box.setMains(true);
      await until(() => starts.length === 3);
      expect(starts).toEqual(['power', 'button', 'mains']);
    });

    it('is woken by nothing else: keys, doors, fobs, the network', async () => {
      const { box, settle, starts } = await asleep();
      box.pressKeys('2L');
      box.setDoor(3, true);
      box.tapFob('04a1b2c3');
      box.setNetwork(false);
      box.powerOn();
      await settle();
      expect([box.state().power.asleep, starts.length]).toEqual([true, 1]);
    });

    it('wakes at once where mains came back while it was falling asleep', async () => {
      const { box, until, starts } = await started();
      box.setMains(true);
      box.pressKeys('1');
      await until(() => starts.length === 2);
      expect(starts[1]).toBe('mains');
    });

    it('does not start again and again under a button that is held: it wakes when that comes up', async () => {
      const { box, until, settle, starts } = await started();
      box.pressButton(1_500);
      await settle();
      box.pressKeys('1');
      await until(() => box.state().power.asleep);
      await settle();
      expect([box.state().button, box.state().power.asleep]).toEqual(['down', true]);
      await until(() => starts.length === 2);
      expect([starts[1], box.state().button]).toEqual(['button', 'up']);
    });

    it('is over when all power goes, and the next start follows power', async () => {
      const { box, until, starts } = await asleep();
      box.cutPower();
      expect(box.state().power.asleep).toBe(false);
      box.powerOn();
      await until(() => starts.length === 2);
      expect(starts[1]).toBe('power');
    });
  });
}
