// The two wires of a serial line, with the time that bytes take on them. One end is the host's Serial class,
// the other a device model.
import type { MonotonicClock, Timer } from '../ports/index.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

type Listener = (bytes: Uint8Array) => void;

export class SerialWires {
  readonly #timer: Timer & MonotonicClock;
  readonly #baud: number;
  /** Until when each wire is busy with what was put on it. */
  readonly #busyUntilMs = { toHost: 0, toDevice: 0 };
  #atHost: Listener | undefined;
  #atDevice: Listener | undefined;

  constructor(timer: Timer & MonotonicClock, baud: number) {
    this.#timer = timer;
    this.#baud = baud;
  }

  /** @returns how to stop listening */
  listenAtHost(listener: Listener): () => void {
    this.#atHost = listener;
    return () => {
      if (this.#atHost === listener) this.#atHost = undefined;
    };
  }

  listenAtDevice(listener: Listener): void {
    this.#atDevice = listener;
  }

  fromHost(bytes: Uint8Array): void {
    this.#carry(bytes, 'toDevice', () => this.#atDevice);
  }

  fromDevice(bytes: Uint8Array): void {
    this.#carry(bytes, 'toHost', () => this.#atHost);
  }

  #carry(bytes: Uint8Array, wire: 'toHost' | 'toDevice', listener: () => Listener | undefined): void {
    const nowMs = this.#timer.nowMs();
    const ms = (bytes.length * BITS_PER_BYTE * 1_000) / this.#baud;
    const doneMs = Math.max(nowMs, this.#busyUntilMs[wire]) + ms;
    this.#busyUntilMs[wire] = doneMs;
    this.#timer.set(() => listener()?.(bytes), doneMs - nowMs);
  }
}
