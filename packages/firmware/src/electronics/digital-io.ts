// Digital and DigitalBank of the simulated board: ECMA-419 classes over wires, made for one chip at a time,
// because a pin number means something on its chip only.
import {
  type Digital,
  type DigitalBank,
  type DigitalBankConstructor,
  type DigitalBankOptions,
  type DigitalConstructor,
  type DigitalOptions,
  PortError,
  type Timer,
} from '../ports/index.ts';
import { Notice } from './notice.ts';
import type { PowerRail } from './power-rail.ts';
import type { Level, Wire } from './wire.ts';

const MODES = { Input: 0, InputPullUp: 1, InputPullDown: 2, Output: 8, OutputOpenDrain: 9 } as const;
const RISING = 1;
const FALLING = 2;

/** What the classes of one chip stand on. */
export interface ChipPins {
  readonly wires: ReadonlyMap<number, Wire>;
  readonly rail: PowerRail;
  readonly timer: Timer;
}

/** What both classes share: life on the rail, outputs let go at its end. */
class PinHolder {
  readonly wires: readonly Wire[];
  readonly #output: boolean;
  readonly #detach: () => void;
  readonly #endings: (() => void)[] = [];
  #alive = true;

  constructor(wires: readonly Wire[], mode: unknown, rail: PowerRail) {
    this.wires = wires;
    this.#output = mode === MODES.Output || mode === MODES.OutputOpenDrain;
    this.#alive = rail.on;
    this.#detach = rail.attach(() => this.end());
  }

  get alive(): boolean {
    return this.#alive;
  }

  get output(): boolean {
    return this.#output;
  }

  onEnd(ending: () => void): void {
    this.#endings.push(ending);
  }

  end(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#detach();
    for (const ending of this.#endings) ending();
    if (this.#output) for (const wire of this.wires) wire.letGo();
  }
}

function wireAt(wires: ReadonlyMap<number, Wire>, pin: number): Wire {
  const wire = wires.get(pin);
  if (wire === undefined) throw new PortError('no-such-pin', String(pin));
  return wire;
}

/** @returns the chip's Digital class */
export function digitalOf({ wires, rail, timer }: ChipPins): DigitalConstructor {
  return class SimulatedDigital implements Digital {
    static readonly Input = MODES.Input;
    static readonly InputPullUp = MODES.InputPullUp;
    static readonly InputPullDown = MODES.InputPullDown;
    static readonly Output = MODES.Output;
    static readonly OutputOpenDrain = MODES.OutputOpenDrain;
    static readonly Rising = RISING;
    static readonly Falling = FALLING;
    readonly #wire: Wire;
    readonly #holder: PinHolder;

    constructor({ pin, mode, edge = 0, onReadable }: DigitalOptions) {
      this.#wire = wireAt(wires, pin);
      this.#holder = new PinHolder([this.#wire], mode, rail);
      if (onReadable === undefined) return;
      const notice = new Notice(timer, onReadable);
      this.#holder.onEnd(() => notice.close());
      this.#holder.onEnd(
        this.#wire.watch((level) => {
          if ((edge & (level === 1 ? RISING : FALLING)) !== 0) notice.give();
        }),
      );
    }

    read(): number {
      return this.#wire.level;
    }

    write(value: 0 | 1): void {
      if (this.#holder.alive && this.#holder.output) this.#wire.set(value);
    }

    close(): void {
      this.#holder.end();
    }
  };
}

/** @returns the chip's DigitalBank class; all its wires are one bank */
export function digitalBankOf({ wires, rail, timer }: ChipPins): DigitalBankConstructor {
  return class SimulatedDigitalBank implements DigitalBank {
    static readonly Input = MODES.Input;
    static readonly InputPullUp = MODES.InputPullUp;
    static readonly InputPullDown = MODES.InputPullDown;
    static readonly Output = MODES.Output;
    static readonly OutputOpenDrain = MODES.OutputOpenDrain;
    readonly #pins: readonly (readonly [pin: number, wire: Wire])[];
    readonly #holder: PinHolder;

    constructor({ pins, mode, rises = 0, falls = 0, onReadable }: DigitalBankOptions) {
      const numbers = Array.from({ length: 32 }, (_, pin) => pin).filter((pin) => (pins & (1 << pin)) !== 0);
      this.#pins = numbers.map((pin) => [pin, wireAt(wires, pin)] as const);
      this.#holder = new PinHolder(
        this.#pins.map(([, wire]) => wire),
        mode,
        rail,
      );
      if (onReadable === undefined) return;
      let trigger = 0;
      const notice = new Notice(timer, () => {
        const triggered = trigger;
        trigger = 0;
        onReadable(triggered);
      });
      this.#holder.onEnd(() => notice.close());
      for (const [pin, wire] of this.#pins) {
        const moved = (level: Level) => {
          if (((level === 1 ? rises : falls) & (1 << pin)) === 0) return;
          trigger |= 1 << pin;
          notice.give();
        };
        this.#holder.onEnd(wire.watch(moved));
      }
    }

    read(): number {
      return this.#pins.reduce((value, [pin, wire]) => (wire.level === 1 ? value | (1 << pin) : value), 0);
    }

    write(value: number): void {
      if (!this.#holder.alive || !this.#holder.output) return;
      for (const [pin, wire] of this.#pins) wire.set((value & (1 << pin)) === 0 ? 0 : 1);
    }

    close(): void {
      this.#holder.end();
    }
  };
}
