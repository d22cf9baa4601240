// Random bytes from the hardware. Not in ECMA-419. The core mixes them with its own stored secret, so that
// a stuck source does not make nonces repeat.

export interface Entropy {
  /** @returns `byteLength` new bytes */
  read(byteLength: number): Uint8Array;
}
