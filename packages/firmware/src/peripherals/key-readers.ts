// Fob readers on a serial line: the front reader alone on one, the bins' readers together on another. A
// reader reports when a fob comes or goes, and when asked:
//   STX(02) · reader (0 front, 1… bins) · length of the UID (0: no fob) · UID · check · ETX(03)
// where check is the exclusive or of reader, length and UID. `ENQ(05)` asks all readers of the line at once.
import type { PinSpecifier, Serial, SerialConstructor } from '../ports/index.ts';

const STX = 0x02;
const ETX = 0x03;
const ENQ = 0x05;
/** STX, reader, length, check, ETX. */
const FRAME_BYTES = 5;
/** UIDs of ISO 14443 (single and double size) and ISO 15693. */
const UID_BYTES = [4, 7, 8];
const LONGEST_UID = 8;
/** A tag in the firmware: the UID left-aligned and zero padded. */
export const TAG_BYTES = 8;

export interface KeyReadersOptions {
  readonly io: SerialConstructor;
  readonly port: number;
  readonly receive: PinSpecifier;
  readonly transmit: PinSpecifier;
  readonly baud: number;
  /** A reader reports a tag of 8 bytes, or null for no fob. Comes again when asked again. */
  readonly onTag: (reader: number, tag: Uint8Array | null) => void;
}

export class KeyReaders {
  readonly #serial: Serial;
  readonly #onTag: KeyReadersOptions['onTag'];
  #received: number[] = [];

  constructor({ onTag, ...line }: KeyReadersOptions) {
    this.#onTag = onTag;
    this.#serial = new line.io({ ...line, format: 'buffer', onReadable: () => this.#receive() });
  }

  /** Asks every reader of the line what it sees. */
  ask(): void {
    this.#serial.write(new Uint8Array([ENQ]));
  }

  close(): void {
    this.#serial.close();
  }

  #receive(): void {
    const bytes = this.#serial.read();
    if (bytes !== undefined) this.#received.push(...new Uint8Array(bytes));
    for (;;) {
      const start = this.#received.indexOf(STX);
      this.#received = start < 0 ? [] : this.#received.slice(start);
      const report = this.#takeFrame();
      if (report === undefined) return;
      if (report !== 'noise') this.#onTag(report.reader, report.tag);
    }
  }

  /** @returns a report, `noise` when the first byte began none, or undefined while bytes are missing */
  #takeFrame(): { readonly reader: number; readonly tag: Uint8Array | null } | 'noise' | undefined {
    const [, reader, length] = this.#received;
    if (reader === undefined || length === undefined) return undefined;
    const end = FRAME_BYTES + length;
    if (length <= LONGEST_UID && this.#received.length < end) return undefined;
    const uid = this.#received.slice(3, 3 + length);
    const check = uid.reduce((sum, byte) => sum ^ byte, reader ^ length);
    const whole = this.#received[3 + length] === check && this.#received[4 + length] === ETX;
    if (!whole || (length > 0 && !UID_BYTES.includes(length))) {
      this.#received.shift();
      return 'noise';
    }
    this.#received = this.#received.slice(end);
    return { reader, tag: length === 0 ? null : padded(uid) };
  }
}

function padded(uid: readonly number[]): Uint8Array {
  const tag = new Uint8Array(TAG_BYTES);
  tag.set(uid);
  return tag;
}
