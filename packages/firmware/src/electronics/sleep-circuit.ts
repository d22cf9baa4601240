// What stays on while the board sleeps: the wake inputs of the microcontroller, by level as the ESP32-S3 has them. A
// pin that is at its level when the sleep begins ends it at once; the first that gets there is the cause.
import { PortError, type Timer, type TimerHandle, type WakePin } from '../ports/index.ts';
import type { Level, Wire } from './wire.ts';

/** From the wake-up to the first instruction of the firmware: boot loader, image check. */
const WAKE_MS = 300;

export class SleepCircuit {
  readonly #wires: ReadonlyMap<number, Wire>;
  readonly #timer: Timer;
  readonly #endings: (() => void)[] = [];
  #waking: TimerHandle | undefined;
  #asleep = false;

  constructor(wires: ReadonlyMap<number, Wire>, timer: Timer) {
    this.#wires = wires;
    this.#timer = timer;
  }

  /** Whether the board sleeps, or is on its way out of it. */
  get asleep(): boolean {
    return this.#asleep;
  }

  /** @param started called when the firmware begins again, never from inside this call */
  enter(wakeOn: readonly WakePin[], started: (cause: WakePin['cause']) => void): void {
    const watched = wakeOn.map((wake) => ({ ...wake, wire: this.#wireAt(wake.pin) }));
    this.end();
    this.#asleep = true;
    for (const { wire, level, cause } of watched) {
      const look = (now: Level) => {
        if (now === level) this.#wake(() => started(cause));
      };
      this.#endings.push(wire.watch(look));
      look(wire.level);
    }
  }

  /** The sleep is over: the power went, or the board starts. */
  end(): void {
    this.#timer.clear(this.#waking);
    this.#waking = undefined;
    this.#asleep = false;
    for (const ending of this.#endings.splice(0)) ending();
  }

  #wake(started: () => void): void {
    this.#waking ??= this.#timer.set(() => {
      this.end();
      started();
    }, WAKE_MS);
  }

  #wireAt(pin: number): Wire {
    const wire = this.#wires.get(pin);
    if (wire === undefined) throw new PortError('no-such-pin', String(pin));
    return wire;
  }
}
