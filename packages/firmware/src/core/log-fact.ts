// What a machine wants written down. The outbox turns it into an entry: it alone knows sequence, time,
// chain and keys, and it alone decides what a full log still takes.
import type { LogEntryKind } from '@smartbox/protocol';

export interface LogFact {
  readonly kind: LogEntryKind;
  /** 0 or absent where no bin is concerned. */
  readonly bin?: number;
  /** 0 or absent for none. */
  readonly grant?: number;
  /** 8 bytes; absent for none. */
  readonly tag?: Uint8Array;
  readonly detail?: number;
}
