// The latches of the bins, and the main lock's: an order to release becomes one pulse, never longer than asked and never above the bound that
// the coil bears. Two signals must agree, the latch's own and the supply of all latches; one latch is pulled
// at a time, because the driver and the cell bear no more. Whatever goes wrong, everything is let go.
import type { Digital, DigitalConstructor, PinSpecifier, Timer, TimerHandle } from '../ports/index.ts';

/** The coil's longest pulse: it is rated for 400 ms at a time and heats up beyond a second. */
export const LONGEST_PULSE_MS = 1_000;
/** The cell recovers between two pulses. */
const PAUSE_MS = 100;

interface Output {
  readonly io: DigitalConstructor;
  readonly pin: PinSpecifier;
}

export interface BinLatchesOptions {
  readonly supply: Output;
  /** Index 0 is bin 1. */
  readonly latches: readonly Output[];
  /** Of the whole front; absent on a board that has none. */
  readonly mainLock?: Output;
  readonly timer: Timer;
  /** A pulse is about to begin (true), or is over: what else draws on the cell can wait that long. */
  readonly onPulling?: (pulling: boolean) => void;
}

interface Pulse {
  readonly latch: Digital;
  readonly pulseMs: number;
}

export class BinLatches {
  readonly #timer: Timer;
  readonly #onPulling: (pulling: boolean) => void;
  readonly #supply: Digital;
  readonly #latches: readonly Digital[];
  readonly #mainLock: Digital | undefined;
  readonly #waiting: Pulse[] = [];
  #busy: TimerHandle | undefined;

  constructor({ supply, latches, mainLock, timer, onPulling = () => {} }: BinLatchesOptions) {
    this.#timer = timer;
    this.#onPulling = onPulling;
    this.#supply = lowOutput(supply);
    this.#latches = latches.map(lowOutput);
    this.#mainLock = mainLock && lowOutput(mainLock);
  }

  /** Pulls the latch of `bin` for `pulseMs`, now or after the pulses that were ordered before. */
  release(bin: number, pulseMs: number): void {
    this.#order(this.#latches[bin - 1], pulseMs);
  }

  /** Pulls the main lock for `pulseMs`, in the same queue: an order of its own, so that no bin number leads here. */
  releaseMainLock(pulseMs: number): void {
    this.#order(this.#mainLock, pulseMs);
  }

  /** Lets everything go and forgets what was waiting. Goes on with the others when one output no longer answers. */
  close(): void {
    this.#timer.clear(this.#busy);
    this.#waiting.length = 0;
    const faults: unknown[] = [];
    const mainLock = this.#mainLock === undefined ? [] : [this.#mainLock];
    for (const output of [this.#supply, ...this.#latches, ...mainLock]) {
      try {
        output.write(0);
        output.close();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  #order(latch: Digital | undefined, pulseMs: number): void {
    // One waiting pulse for each bin is all that makes sense; a flood of orders must not be worked off for minutes.
    if (latch === undefined || this.#waiting.some((pulse) => pulse.latch === latch)) return;
    this.#waiting.push({ latch, pulseMs: Math.min(Math.max(pulseMs, 0), LONGEST_PULSE_MS) });
    if (this.#busy === undefined) this.#next();
  }

  #next(): void {
    const pulse = this.#waiting.shift();
    this.#busy = undefined;
    if (pulse === undefined) return;
    // Armed before the coil is fed: if feeding it fails half-way, the end of the pulse still comes.
    this.#busy = this.#timer.set(() => this.#end(pulse.latch), pulse.pulseMs);
    this.#onPulling(true);
    pulse.latch.write(1);
    this.#supply.write(1);
  }

  #end(latch: Digital): void {
    this.#busy = this.#timer.set(() => this.#next(), PAUSE_MS);
    try {
      this.#supply.write(0);
    } finally {
      latch.write(0);
    }
    this.#onPulling(false);
  }
}

function lowOutput({ io, pin }: Output): Digital {
  const output = new io({ pin, mode: io.Output });
  output.write(0);
  return output;
}
