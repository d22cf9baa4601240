// The phone's hotspot that a person entered at the box, as flash keeps it. It is saved before it is tried, because a
// radio that starts on a weak battery is just what cuts the power, and nobody wants to type a password twice; it is
// marked `proven` by its log entry, and dropped if it never worked (see keep-network.ts). Order that matters: the
// entry `network-added` or `network-removed` is the truth and the record follows it, so a cut between the two is
// made good from the entry at the next boot.
import { type LogEntry, readUint, writeUint } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';
import type { SecondNetwork } from './outputs.ts';

export interface KeptNetwork extends SecondNetwork {
  /** A session was live over it: the log has its `network-added`. */
  readonly proven: boolean;
}

/** Detail of both log entries: secured by WPA2 or WPA3 with a passphrase, the only kind that the box takes. */
export const WPA_PASSPHRASE = 1;

const FORMAT = 1;
// Format 1, proven 1, units of the name 1, then the name in UTF-16 as radios report even what is no good text, and
// the passphrase in ASCII. At most 3 + 64 + 20 bytes.
const NAME_OFFSET = 3;
const LONGEST_NAME_UNITS = 32;

/** @returns the bytes of the `second-network` record; a removed network leaves nothing of itself */
export function encodeSecondNetwork(network: KeptNetwork | undefined): Uint8Array {
  if (network === undefined) return new Uint8Array([FORMAT]);
  const { name, passphrase, proven } = network;
  const passphraseOffset = NAME_OFFSET + 2 * name.length;
  const bytes = new Uint8Array(passphraseOffset + passphrase.length);
  bytes[0] = FORMAT;
  bytes[1] = proven ? 1 : 0;
  bytes[2] = name.length;
  for (let unit = 0; unit < name.length; unit++) {
    writeUint(bytes, NAME_OFFSET + 2 * unit, { value: name.charCodeAt(unit), size: 2 });
  }
  for (let unit = 0; unit < passphrase.length; unit++) {
    bytes[passphraseOffset + unit] = passphrase.charCodeAt(unit);
  }
  return bytes;
}

/** @returns the network in the record; undefined for none, and for one that must not be joined */
export function decodeSecondNetwork(record: Uint8Array | undefined): KeptNetwork | undefined {
  const units = record?.[2] ?? 0;
  const passphraseOffset = NAME_OFFSET + 2 * units;
  if (record === undefined || record[0] !== FORMAT || units > LONGEST_NAME_UNITS) return undefined;
  let name = '';
  for (let offset = NAME_OFFSET; offset + 1 < record.length && offset < passphraseOffset; offset += 2) {
    name += String.fromCharCode(readUint(record, offset, 2));
  }
  let passphrase = '';
  for (const unit of record.subarray(passphraseOffset)) passphrase += String.fromCharCode(unit);
  return isSecondNetwork({ name, passphrase }) ? { name, passphrase, proven: record[1] === 1 } : undefined;
}

/** @returns whether this may be joined: without a passphrase of full length it would be an open network */
export function isSecondNetwork({ name, passphrase }: SecondNetwork): boolean {
  const { passphraseDigitsMin, passphraseDigitsMax } = boxLimits;
  const digits = passphrase.length >= passphraseDigitsMin && passphrase.length <= passphraseDigitsMax;
  return digits && /^[0-9]+$/.test(passphrase) && name.length > 0 && name.length <= LONGEST_NAME_UNITS;
}

/** @returns the network after an entry of the log: the same value where the entry says nothing of it */
export function networkAfter(network: KeptNetwork | undefined, entry: LogEntry): KeptNetwork | undefined {
  if (entry.kind === 'network-removed') return undefined;
  if (entry.kind !== 'network-added' || network === undefined || network.proven) return network;
  return { ...network, proven: true };
}
