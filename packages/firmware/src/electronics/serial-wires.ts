// The two wires of a serial line, with the time that bytes take on them. One end is the host's Serial class,
// the other a device model.
import type { Timer } from '../ports/index.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

type Listener = (bytes: Uint8Array) => void;

export class SerialWires {
  readonly #timer: Timer;
  readonly #baud: number;
  #atHost: Listener | undefined;
  #atDevice: Listener | undefined;

  constructor(timer: Timer, baud: number) {
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
    this.#carry(bytes, () => this.#atDevice);
  }

  fromDevice(bytes: Uint8Array): void {
    this.#carry(bytes, () => this.#atHost);
  }

  #carry(bytes: Uint8Array, listener: () => Listener | undefined): void {
    const ms = (bytes.length * BITS_PER_BYTE * 1_000) / this.#baud;
    this.#timer.set(() => listener()?.(bytes), ms);
  }
}
