// The readers on one serial line, as peripherals/key-readers.ts describes their talk: each reports when a fob
// comes or goes, and all answer when asked.
import type { SerialWires } from './serial-wires.ts';

const STX = 0x02;
const ETX = 0x03;
const ENQ = 0x05;

export class TagReaders {
  readonly #wires: SerialWires;
  /** UID in front of each reader, by its number on the line. */
  readonly #seen: Map<number, Uint8Array | null>;
  readonly #powered: () => boolean;

  /** @param readers their numbers: 0 is the front reader, 1… the bins */
  constructor(wires: SerialWires, readers: readonly number[], powered: () => boolean) {
    this.#wires = wires;
    this.#powered = powered;
    this.#seen = new Map(readers.map((reader) => [reader, null]));
    wires.listenAtDevice((bytes) => {
      if (bytes.includes(ENQ)) for (const reader of this.#seen.keys()) this.#report(reader);
    });
  }

  /** What is in front of `reader` now. */
  at(reader: number): Uint8Array | null {
    return this.#seen.get(reader) ?? null;
  }

  /** Puts a fob in front of `reader`, or takes it away. */
  set(reader: number, uid: Uint8Array | null): void {
    this.#seen.set(reader, uid);
    this.#report(reader);
  }

  #report(reader: number): void {
    if (!this.#powered()) return;
    const uid = this.at(reader) ?? new Uint8Array();
    const check = uid.reduce((sum, byte) => sum ^ byte, reader ^ uid.length);
    this.#wires.fromDevice(new Uint8Array([STX, reader, uid.length, ...uid, check, ETX]));
  }
}
