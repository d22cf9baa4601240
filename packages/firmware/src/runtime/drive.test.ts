import { describe, expect, it } from 'vitest';
import { type TinyState, tinyCore } from '../../test/tiny-core.ts';
import type { BoxInput, BoxOutput } from '../core/index.ts';
import {
  createSimulatedBox,
  MemoryNetwork,
  type SimulatedBoxRecipe,
  VirtualClock,
} from '../hosts/simulated/index.ts';
import type { BoxProgram, Turn } from './index.ts';

const OPEN_DOOR_KEYS = '3#L58L#1';

function started<State>(program: BoxProgram<State>, recipe: Partial<SimulatedBoxRecipe<State>> = {}) {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const turns: Turn<State>[] = [];
  const { box } = createSimulatedBox<State>({
    program,
    clock,
    network,
    seed: 1,
    blocks: { records: 2, emergency: 2, log: 3 },
    onTurn: (turn) => turns.push(turn),
    ...recipe,
  });
  box.powerOn();
  clock.advance(300);
  return { box, clock, network, turns };
}

/** A program that answers the first press of the black button with `outputs`. */
function onButton(outputs: readonly BoxOutput[]): BoxProgram<readonly BoxInput[]> {
  return {
    initialState: [],
    step: (seen, input) => ({
      state: [...seen, input],
      outputs: input.kind === 'button-moved' && input.down ? outputs : [],
      wakeAtMs: undefined,
    }),
  };
}

const intent = (sequence: number): BoxOutput => ({
  kind: 'append-log',
  sequence,
  entry: new Uint8Array(64).fill(sequence),
});

describe('the driver loop', () => {
  it('begins with one booted input that tells what the board found', () => {
    const { turns } = started(tinyCore, { rtcMs: 1_900_000_000_000, binCount: 20, firmware: 'test 1.2' });
    const booted = turns[0]?.input;
    expect(turns.map(({ input }) => input.kind)).toEqual(['booted']);
    expect(booted).toMatchObject({
      kind: 'booted',
      binCount: 20,
      firmware: 'test 1.2',
      rtcMs: 1_900_000_000_000,
      records: {},
      supply: { mains: true, batteryPercent: 100 },
      log: { first: 1, end: 0, hash: new Uint8Array(16) },
    });
    expect(booted).not.toHaveProperty('log.lastBody');
    expect(
      booted?.kind === 'booted' && [booted.entropy.length, booted.doorsOpen.length, booted.tags.length],
    ).toEqual([32, 20, 20]);
  });

  it('tells at the start what happened while it was off: doors, fobs, records, the end of the log', () => {
    const { box, clock, turns } = started(tinyCore);
    box.pressKeys('L3');
    clock.advance(1_000);
    box.cutPower();
    box.setDoor(5, true);
    box.setTag(2, '04a1b2c3');
    clock.advance(10_000);
    box.powerOn();
    clock.advance(300);
    const booted = turns.findLast(({ input }) => input.kind === 'booted')?.input;
    const appended = turns.flatMap(({ outputs }) => outputs.filter((output) => output.kind === 'append-log'));
    const last = appended.at(-2)?.entry;
    expect(booted).toMatchObject({
      records: { settings: new Uint8Array([1]) },
      log: { first: 1, end: 2, hash: last?.slice(32, 48), lastBody: last?.slice(0, 32) },
      doorsOpen: [false, false, true, false, true, false, false, false],
      tags: [null, new Uint8Array([4, 0xa1, 0xb2, 0xc3, 0, 0, 0, 0]), null, null, null, null, null, null],
    });
  });

  it('counts time from the start of the box, and wakes when asked', () => {
    const waking: BoxProgram<number> = {
      initialState: 0,
      step: (state, _, nowMs) => ({
        state,
        outputs: [],
        wakeAtMs: nowMs < 5_000 ? nowMs + 1_000 : undefined,
      }),
    };
    const { clock, turns, box } = started(waking);
    clock.advance(20_000);
    expect(turns.map(({ input }) => input.kind)).toEqual(['booted', ...new Array<string>(5).fill('woke')]);
    expect(turns[1]?.nowMs).toBe((turns[0]?.nowMs ?? 0) + 1_000);
    box.cutPower();
    box.powerOn();
    clock.advance(300);
    expect(turns.at(-1)?.nowMs).toBeLessThan(300);
  });

  it('keeps only the newest wake-up', () => {
    const program: BoxProgram<number> = {
      initialState: 0,
      step: (state, input, nowMs) => ({
        state: state + 1,
        outputs: [],
        wakeAtMs:
          input.kind === 'booted' ? nowMs + 500 : input.kind === 'door-moved' ? nowMs + 5_000 : undefined,
      }),
    };
    const { box, clock, turns } = started(program);
    box.setDoor(1, true);
    clock.advance(4_000);
    expect(turns.map(({ input }) => input.kind)).toEqual(['booted', 'door-moved']);
    clock.advance(2_000);
    expect(turns.at(-1)?.input.kind).toBe('woke');
  });

  it('carries out outputs in order, and does what they cause in a later turn', () => {
    const outputs: BoxOutput[] = [intent(1), intent(2), { kind: 'read-log', first: 1, limit: 1 }, intent(3)];
    const { box, clock, turns } = started(onButton(outputs));
    box.pressButton();
    clock.advance(1_000);
    const [, pressed, read] = turns;
    expect(pressed?.outputs).toEqual(outputs);
    expect(read?.input).toMatchObject({ kind: 'log-read', first: 1 });
    // The whole log was there before the answer was handled, the answer was taken when it was asked for.
    expect(read?.input.kind === 'log-read' && read.input.entries.map((entry) => entry.length)).toEqual([48]);
  });

  it('opens no bin when the intent before it was not stored, at whatever byte the power failed (I2)', () => {
    const outputs: BoxOutput[] = [
      { kind: 'save-record', record: 'lockout', bytes: new Uint8Array([1, 2, 3]) },
      intent(1),
      { kind: 'release-bin', bin: 3, pulseMs: 400 },
      { kind: 'show', lines: ['open'], lit: true },
    ];
    const whole = started(onButton(outputs));
    const before = whole.box.electronics.flash.cut.operations;
    whole.box.pressButton();
    whole.clock.advance(1_000);
    expect(whole.box.state().bins[2]?.door).toBe('open');
    const operations = whole.box.electronics.flash.cut.operations - before;
    expect(operations).toBeGreaterThan(80);
    for (let at = 0; at < operations; at++) {
      const { box, clock } = started(onButton(outputs));
      box.cutPowerAtFlashOperation(at, 60_000);
      box.pressButton();
      clock.advance(1_000);
      expect(box.state()).toMatchObject({ running: false, display: { lit: false } });
      expect(box.state().bins.every(({ door }) => door === 'closed')).toBe(true);
    }
  });

  it('stops, lets everything go and starts again when the flash no longer holds what is written', () => {
    const pulse: BoxOutput = { kind: 'release-bin', bin: 1, pulseMs: 900 };
    const program: BoxProgram<number> = {
      initialState: 0,
      step: (state, input) => ({
        state,
        outputs: input.kind === 'booted' ? [intent(input.log.end + 1)] : [pulse, intent(2), intent(3)],
        wakeAtMs: undefined,
      }),
    };
    const { box, clock, turns } = started(program);
    // The cells behind the first entry no longer hold ones.
    const dead = box.electronics.flash.open({ path: 'log' });
    dead.write(new Uint8Array(2_000), 16 + 72);
    box.setDoor(5, true);
    clock.advance(100);
    expect(box.state()).toMatchObject({ running: false });
    expect(box.electronics.bins.some((bin) => bin.energised)).toBe(false);
    clock.advance(1_000);
    expect(box.state()).toMatchObject({ running: true });
    expect(turns.at(-1)?.input).toMatchObject({ kind: 'booted', log: { end: 1 } });
    expect(box.electronics.bins[0]?.open).toBe(false);
  });

  it('takes nothing more after stop, and is silent', () => {
    const { box, clock, turns } = started(tinyCore);
    box.pressKeys('3');
    clock.advance(20);
    box.cutPower();
    clock.advance(10_000);
    expect(turns).toHaveLength(1);
    expect(box.state()).toMatchObject({
      running: false,
      uptimeMs: 0,
      display: { lines: ['', '', '', ''], lit: false },
    });
  });

  it('hands a breakdown of the core to whoever moves the clock, or starts again where that is wanted', () => {
    const broken: BoxProgram<number> = {
      initialState: 0,
      step: (state, input) => {
        if (input.kind === 'door-moved') throw new RangeError('a rule was broken');
        return { state, outputs: [], wakeAtMs: undefined };
      },
    };
    const loud = started(broken);
    loud.box.setDoor(1, true);
    expect(() => loud.clock.advance(1_000)).toThrow('a rule was broken');
    const causes: unknown[] = [];
    const quiet = started(broken, { onCrash: (cause) => causes.push(cause) });
    quiet.box.setDoor(1, true);
    quiet.clock.advance(2_000);
    expect(causes).toEqual([new RangeError('a rule was broken')]);
    expect(quiet.turns.map(({ input }) => input.kind)).toEqual(['booted', 'booted']);
  });

  it('tells fobs at the bins on change only, and finds a lost report again by asking', () => {
    const { box, clock, turns } = started(tinyCore);
    box.setTag(4, '04a1b2c3d4e5f6');
    clock.advance(200_000);
    const sensed = turns.filter(({ input }) => input.kind === 'tag-sensed');
    expect(sensed.map(({ input }) => input)).toEqual([
      { kind: 'tag-sensed', bin: 4, tag: new Uint8Array([4, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6, 0]) },
    ]);
  });

  it('tells a tap at the front reader once', () => {
    const { box, clock, turns } = started(tinyCore);
    box.tapFob('04a1b2c3');
    clock.advance(100_000);
    box.tapFob('04a1b2c3');
    clock.advance(1_000);
    expect(turns.filter(({ input }) => input.kind === 'fob-tapped')).toHaveLength(2);
  });
});

/** Types and shuts doors; the power fails at the first of `cuts` from now, and at the rest during recovery. */
function day(cuts: number[]): { readonly faults: string[]; readonly operations: number } {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const faults: string[] = [];
  const stored: Uint8Array[] = [];
  let counter = 0;
  let openings = 0;
  const onTurn = ({ input, outputs, state }: Turn<TinyState>): void => {
    if (input.kind === 'booted') {
      // What was in doubt when the power failed is settled by what the flash says now.
      if (input.log.end < stored.length || input.log.end > stored.length + 1) {
        faults.push(`log ends at ${input.log.end}, ${stored.length} stored`);
      }
      if (input.log.end > stored.length && input.log.lastBody !== undefined) stored.push(input.log.lastBody);
      const saved = input.records.settings?.[0] ?? 0;
      if (saved < counter || saved > counter + 1) faults.push(`counter ${saved}, acknowledged ${counter}`);
      counter = saved;
      if (cuts.length > 0) arm();
    }
    for (const output of outputs) {
      if (output.kind === 'append-log') stored.push(output.entry.slice(0, 32));
      if (output.kind === 'save-record') counter = output.bytes[0] ?? 0;
      if (output.kind === 'release-bin') openings += 1;
    }
    for (const entry of state.read) {
      if (!stored.some((known) => Buffer.from(known).equals(entry.subarray(0, 32))))
        faults.push('an entry nobody stored');
    }
  };
  const { box } = createSimulatedBox({
    program: tinyCore,
    clock,
    network,
    seed: 3 + (cuts[0] ?? 0),
    blocks: { records: 2, emergency: 2, log: 3 },
    onTurn,
  });
  const { cut } = box.electronics.flash;
  const arm = () => {
    const next = cuts.shift();
    if (next !== undefined) box.cutPowerAtFlashOperation(next, 100);
  };
  box.electronics.onChange(() => {
    const open = box.electronics.bins.filter((bin) => bin.open).length;
    if (open > stored.filter(([bin]) => bin !== 0).length) faults.push('a door opened without an intent');
  });
  arm();
  box.powerOn();
  clock.advance(2_000);
  for (const key of OPEN_DOOR_KEYS) {
    clock.advance(box.pressKeys(key) + 800);
    for (const [index, bin] of box.electronics.bins.entries()) if (bin.open) box.setDoor(index + 1, false);
  }
  clock.advance(3_000);
  if (!box.state().running) faults.push('did not come back');
  if (openings > stored.filter(([bin]) => bin !== 0).length) faults.push('more openings than intents');
  return { faults, operations: cut.operations };
}

describe('a day with power cuts', () => {
  it('loses nothing, doubles nothing and opens nothing without an intent, cut at every flash operation', () => {
    const { operations, faults } = day([]);
    expect(faults).toEqual([]);
    for (let at = 0; at < operations; at++) expect(day([at]).faults, `cut at operation ${at}`).toEqual([]);
  });

  it('comes back when the power fails again while it recovers', () => {
    const { operations } = day([]);
    for (let at = 0; at < operations; at += 29) {
      for (let again = 0; again < 200; again += 31) {
        expect(day([at, again, again >> 1]).faults, `cuts ${at}, ${again}`).toEqual([]);
      }
    }
  });
});
