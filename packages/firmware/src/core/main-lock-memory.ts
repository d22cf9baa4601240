// What the log last said of the main lock, saved in the record `main-lock`: after a power cut the box knows what it has
// told, and tells the difference once. Apart from the memory of the bins, because it holds no key and has entries of its
// own. The same order matters: append-log, then this record, then the log key.
import { type LogEntry, readUint, writeUint } from '@smartbox/protocol';
import { MAIN_LOCK } from './bin-lock.ts';
import { DETAIL_FOUND_AT_BOOT } from './bin-memory.ts';
import type { LogFact } from './log-fact.ts';

export interface MainLockTold {
  /** The log's last word is that it is open. */
  readonly open: boolean;
  /** An opening was intended and neither happened nor was given up. */
  readonly released: boolean;
  /** The grant of the last opening until it is closed, 0 for none. */
  readonly grant: number;
}

const FORMAT = 1;
const RECORD_BYTES = 6;
const UNTOLD: MainLockTold = { open: false, released: false, grant: 0 };

/** @returns what a box remembers that has told nothing yet */
export function mainLockUntold(): MainLockTold {
  return UNTOLD;
}

/** @returns what the record says, nothing where there is none */
export function restoreMainLock(record: Uint8Array | undefined): MainLockTold {
  if (record === undefined || record.length !== RECORD_BYTES || record[0] !== FORMAT) return UNTOLD;
  const flags = record[1] as number;
  return { open: (flags & 1) !== 0, released: (flags & 2) !== 0, grant: readUint(record, 2, 4) };
}

/** @returns the bytes of the record */
export function encodeMainLock(told: MainLockTold): Uint8Array {
  const bytes = new Uint8Array(RECORD_BYTES);
  bytes[0] = FORMAT;
  bytes[1] = (told.open ? 1 : 0) | (told.released ? 2 : 0);
  writeUint(bytes, 2, { value: told.grant, size: 4 });
  return bytes;
}

/** Learns from one entry of the log. @returns what is remembered after it */
export function mainLockAfter(
  told: MainLockTold,
  entry: Pick<LogEntry, 'kind' | 'bin' | 'grant'>,
): MainLockTold {
  switch (entry.kind) {
    case 'open-intended':
      return entry.bin === MAIN_LOCK ? { ...told, released: true, grant: entry.grant } : told;
    case 'main-lock-opened':
      return { open: true, released: false, grant: entry.grant };
    case 'main-lock-forced':
      return { open: true, released: false, grant: 0 };
    case 'main-lock-closed':
      return UNTOLD;
    case 'main-lock-jammed':
      return { ...told, released: false, grant: 0 };
    default:
      return told;
  }
}

/** @returns whether both say the same, so that flash is spared */
export function isSameTold(left: MainLockTold, right: MainLockTold): boolean {
  return left.open === right.open && left.released === right.released && left.grant === right.grant;
}

/** The opening died with the power: a lock that opens from now on was not released. */
export function forgetMainRelease(told: MainLockTold): MainLockTold {
  return told.released ? { ...told, released: false, grant: 0 } : told;
}

/**
 * What the log must still be told of it.
 * @param open what the sensor says
 * @param fresh true for a box that has just been claimed: what is open was opened, not forced
 */
export function untoldMainLock(told: MainLockTold, open: boolean, fresh: boolean): LogFact[] {
  if (open === told.open) return [];
  const detail = DETAIL_FOUND_AT_BOOT;
  if (!open) return [{ kind: 'main-lock-closed', grant: told.grant, detail }];
  if (!fresh && !told.released) return [{ kind: 'main-lock-forced', detail }];
  return [{ kind: 'main-lock-opened', grant: told.grant, detail }];
}
