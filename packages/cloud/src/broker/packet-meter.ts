// Reads the fixed headers of a byte stream of MQTT packets (MQTT 3.1.1, 2.2) without keeping any
// of it: how long is the packet that begins here, and is that allowed? It stands before the
// broker, which would buffer whatever length a header announces.

/** Longest packet before the broker has accepted the CONNECT: id, user name and password fit. */
export const greetingPacketBytes = 512;
/** Longest packet of a box afterwards; the largest frame is 1,100 bytes. */
export const boxPacketBytes = 8_192;

/** What was wrong with a stream. */
export type MeterFault = 'packet-too-large' | 'not-a-connect';

const connectType = 1;
const lengthBytesMax = 4;

/** Watches one connection. */
export class PacketMeter {
  #limit = greetingPacketBytes;
  #first = true;
  /** Bytes of the present packet's body still to come; undefined while its header is read. */
  #bodyLeft: number | undefined = undefined;
  #lengthBytes = -1;
  #length = 0;

  /** The broker has accepted the CONNECT: the box's own limit holds from now on. */
  accepted(): void {
    this.#limit = boxPacketBytes;
  }

  /** Takes the next bytes. @returns what is wrong with them, if anything */
  take(chunk: Uint8Array): MeterFault | undefined {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#bodyLeft === undefined) {
        const fault = this.#takeHeaderByte(chunk[offset] as number);
        if (fault !== undefined) return fault;
        offset += 1;
      } else {
        const skipped = Math.min(this.#bodyLeft, chunk.length - offset);
        offset += skipped;
        this.#bodyLeft -= skipped;
      }
      if (this.#bodyLeft === 0) this.#nextPacket();
    }
    return undefined;
  }

  #takeHeaderByte(byte: number): MeterFault | undefined {
    if (this.#lengthBytes < 0) {
      if (this.#first && byte >> 4 !== connectType) return 'not-a-connect';
      this.#first = false;
      this.#lengthBytes = 0;
      return undefined;
    }
    this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes += 1;
    if (this.#length > this.#limit) return 'packet-too-large';
    if (byte < 0x80) this.#bodyLeft = this.#length;
    else if (this.#lengthBytes === lengthBytesMax) return 'packet-too-large';
    return undefined;
  }

  #nextPacket(): void {
    this.#bodyLeft = undefined;
    this.#lengthBytes = -1;
    this.#length = 0;
  }
}
