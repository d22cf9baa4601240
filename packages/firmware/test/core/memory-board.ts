// A board in memory for tests of the core: records and log are plain values, outputs are carried out in order,
// and the power can be cut before any of them. It knows nothing of NOR cells: that model has its own tests.
import type { BoxInput, BoxOutput, BoxState, RecordName, WokeBy } from '@smartbox/firmware/core';
import { encodeFactory, initialState, step } from '@smartbox/firmware/core';
import { type BoxId, boxIdFromBytes } from '@smartbox/protocol';

/** What survives a power cut. */
export interface Flash {
  records: Partial<Record<RecordName, Uint8Array>>;
  /** 64 bytes each; index 0 is sequence 1. */
  log: Uint8Array[];
  released: number;
}

/** Thrown in the middle of a step: the outputs after it are not carried out. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

export interface Sensors {
  doorsOpen: boolean[];
  /** The front of the box. */
  mainLockOpen?: boolean;
  tags: (Uint8Array | null)[];
  mains: boolean;
  rtcMs: number | undefined;
  /** 90 unless a test says otherwise. */
  batteryPercent?: number;
}

export const BIN_COUNT = 4;
export const CAPACITY = 64;
export const boxId: BoxId = boxIdFromBytes(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
export const factoryKey = new Uint8Array(32).fill(7);

/** @returns the flash of a box as the factory leaves it */
export function factoryFlash(): Flash {
  return { records: { factory: encodeFactory({ boxId, factoryKey }) }, log: [], released: 0 };
}

/** @returns a copy that later writes do not touch */
export function copyFlash(flash: Flash): Flash {
  return { records: { ...flash.records }, log: flash.log.slice(), released: flash.released };
}

export class MemoryBoard {
  readonly flash: Flash;
  readonly sensors: Sensors;
  state: BoxState = initialState();
  nowMs = 0;
  wakeAtMs: number | undefined = undefined;
  linkUp = false;
  /** The last output was `sleep`: nothing runs until somebody boots the board again. */
  asleep = false;
  /** Every output of this boot that was carried out, oldest first. */
  outputs: BoxOutput[] = [];
  /** Power is cut before the output with this index (counted over the board's life); undefined for never. */
  cutAt: number | undefined = undefined;
  carriedOut = 0;
  capacity = CAPACITY;
  /** What the hardware random source gives: stuck unless a test changes it. */
  entropy = 0;
  /** Hears every output at the moment it is carried out: a frame has left the box even if the power goes next. */
  onOutput: (output: BoxOutput) => void = () => undefined;
  private readonly waiting: BoxInput[] = [];

  constructor(flash: Flash = factoryFlash(), sensors?: Sensors) {
    this.flash = flash;
    this.sensors = sensors ?? {
      doorsOpen: new Array<boolean>(BIN_COUNT).fill(false),
      tags: new Array<Uint8Array | null>(BIN_COUNT).fill(null),
      mains: true,
      rtcMs: undefined,
    };
  }

  boot(wokeBy: WokeBy = 'power'): void {
    this.state = initialState();
    this.nowMs = 0;
    this.linkUp = false;
    this.asleep = false;
    this.outputs = [];
    this.waiting.length = 0;
    const last = this.flash.log[this.flash.log.length - 1];
    this.give({
      kind: 'booted',
      entropy: new Uint8Array(32).fill(this.entropy),
      records: { ...this.flash.records },
      log: {
        first: this.flash.released + 1,
        end: this.flash.log.length,
        hash: last === undefined ? new Uint8Array(16) : last.slice(32, 48),
        capacity: this.capacity,
        ...(last === undefined ? {} : { lastBody: last.slice(0, 32) }),
      },
      binCount: BIN_COUNT,
      firmware: '1.2.3',
      ...(this.sensors.rtcMs === undefined ? {} : { rtcMs: this.sensors.rtcMs }),
      wokeBy,
      supply: { mains: this.sensors.mains, batteryPercent: this.sensors.batteryPercent ?? 90 },
      doorsOpen: this.sensors.doorsOpen.slice(),
      mainLockOpen: this.sensors.mainLockOpen ?? false,
      tags: this.sensors.tags.slice(),
    });
  }

  /** One input, one step, every output; then the flash reads that were asked for. */
  give(input: BoxInput): readonly BoxOutput[] {
    const result = step(this.state, input, this.nowMs);
    this.state = result.state;
    this.wakeAtMs = result.wakeAtMs;
    for (const output of result.outputs) this.carryOut(output);
    const outputs = result.outputs.slice();
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      outputs.push(...this.give(next));
    }
    return outputs;
  }

  /** Lets time pass, waking the box whenever it asked for it. */
  advance(ms: number): readonly BoxOutput[] {
    const until = this.nowMs + ms;
    const outputs: BoxOutput[] = [];
    for (let wakes = 0; this.wakeAtMs !== undefined && this.wakeAtMs <= until; wakes++) {
      if (wakes > 100_000) throw new RangeError('the box wakes without end');
      this.nowMs = this.wakeAtMs;
      outputs.push(...this.give({ kind: 'woke' }));
    }
    this.nowMs = until;
    return outputs;
  }

  press(keys: string): readonly BoxOutput[] {
    const outputs: BoxOutput[] = [];
    for (const key of keys) {
      const named = key === '#' ? 'enter' : key === '*' ? 'clear' : key === 'L' ? 'language' : (key as '0');
      outputs.push(...this.give({ kind: 'key-pressed', key: named }));
    }
    return outputs;
  }

  moveDoor(bin: number, open: boolean): readonly BoxOutput[] {
    this.sensors.doorsOpen[bin - 1] = open;
    return this.give({ kind: 'door-moved', bin, open });
  }

  moveMainLock(open: boolean): readonly BoxOutput[] {
    this.sensors.mainLockOpen = open;
    return this.give({ kind: 'main-lock-moved', open });
  }

  setSupply(supply: { readonly mains: boolean; readonly batteryPercent?: number }): readonly BoxOutput[] {
    Object.assign(this.sensors, supply);
    const { mains, batteryPercent = 90 } = this.sensors;
    return this.give({ kind: 'supply-measured', mains, batteryPercent });
  }

  senseTag(bin: number, tag: Uint8Array | null): readonly BoxOutput[] {
    this.sensors.tags[bin - 1] = tag;
    return this.give({ kind: 'tag-sensed', bin, tag });
  }

  setLink(up: boolean): readonly BoxOutput[] {
    this.linkUp = up;
    return this.give({ kind: 'link-changed', up, entropy: new Uint8Array(16).fill(this.entropy) });
  }

  get lines(): readonly string[] {
    return this.state.shown?.lines ?? [];
  }

  private carryOut(output: BoxOutput): void {
    if (this.cutAt !== undefined && this.carriedOut >= this.cutAt) throw new PowerCut();
    if (this.asleep) throw new RangeError(`${output.kind} after sleep`);
    this.carriedOut += 1;
    this.outputs.push(output);
    this.onOutput(output);
    switch (output.kind) {
      case 'save-record':
        if (output.bytes.length > 96) throw new RangeError(`record ${output.record} is too long`);
        this.flash.records[output.record] = output.bytes;
        break;
      case 'append-log':
        if (output.sequence !== this.flash.log.length + 1) throw new RangeError('the log has a gap');
        if (output.sequence - this.flash.released > this.capacity)
          throw new RangeError('the log is over-full');
        this.flash.log.push(output.entry);
        break;
      case 'release-log':
        this.flash.released = Math.max(this.flash.released, output.through);
        break;
      case 'read-log':
        this.waiting.push({
          kind: 'log-read',
          first: output.first,
          entries: this.read(output.first, output.limit),
        });
        break;
      case 'sleep':
        this.asleep = true;
        this.linkUp = false;
        this.waiting.length = 0;
        break;
      default:
        break;
    }
  }

  private read(first: number, limit: number): Uint8Array[] {
    if (first <= this.flash.released) return [];
    return this.flash.log.slice(first - 1, first - 1 + limit).map((entry) => {
      const short = new Uint8Array(48);
      short.set(entry.subarray(0, 32), 0);
      short.set(entry.subarray(48, 64), 32);
      return short;
    });
  }
}

/** @returns a fob's tag */
export function tagOf(number: number): Uint8Array {
  return new Uint8Array([4, 0xa0, 0xb0, number, 0, 0, 0, 0]);
}
