// The public door of emergency: what boxes know for openings without the cloud, and what they did with it.

import type { BookingPayload, BoxId, OfflineMethod } from '@smartbox/protocol';
import type { Cancel, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Route } from '../../platform/route.ts';
import type { SheetData, SheetRow } from './sheet.ts';

export type { SheetData, SheetRow } from './sheet.ts';

/** The key under which booking codes of one box are made. */
export interface BookingKeyState {
  readonly generation: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** When the box confirmed this generation; null while it has not: its codes then work online only. */
  readonly inForceSinceMs: number | null;
  /** A code must be used within this many hours of its start; 0 for no such rule. */
  readonly firstUseHours: number;
}

/** What came of a cancellation: whether the box has it, gets it at its next contact, or cannot remember it. */
export type BookingCancelled = 'sent' | 'waiting' | 'no-room';

/** All that opens one box without the cloud, in the clear: for exports that are encrypted at once. */
export interface BoxSecrets {
  readonly box: { readonly id: BoxId; readonly name: string; readonly binCount: number };
  readonly location: { readonly name: string; readonly timeZone: string };
  readonly helpPhone: string;
  readonly sheet: {
    readonly generation: number;
    readonly key: Uint8Array;
    readonly untilMs: number;
    readonly cellsPerBin: number;
    readonly cellsForAll: number;
    /** False while the box has not heard of this sheet. */
    readonly inForce: boolean;
  };
  readonly booking: BookingKeyState;
  /** 32 bytes: answers the challenges that the box shows. */
  readonly phoneKey: Uint8Array;
  /** 20 bytes; null where no app is enrolled. */
  readonly authenticatorKey: Uint8Array | null;
  /** Bins in the order in which "all" opens them. */
  readonly openOrder: readonly number[];
  /** Every bin with the key that hangs in it now; the codes are all that the sheet has, used ones too. */
  readonly rows: readonly SheetRow[];
  readonly allBinsCodes: readonly string[];
}

/** What a printed sheet needs beside the inventory. */
export interface SheetPrint {
  readonly sheetId: string;
  readonly printedBy: string;
  readonly printedAtMs: number;
}

/** A code that a box took while it was alone. */
export interface OfflineUseRecord {
  /** The number by which openings of the box's log refer to it. */
  readonly grant: number;
  readonly method: OfflineMethod;
  /** Of the sheet or the booking key; 0 for the other methods. */
  readonly generation: number;
  /** Cell, payload, challenge or 30-second step: see the protocol's `OfflineUse`. */
  readonly number: number;
  /** The bin that it opens; 0 for all. */
  readonly target: number;
  readonly atMs: number;
  /** Sequence of its entry in the box's log. */
  readonly sequence: number;
  /** Bins that the box opened with it, in order. */
  readonly openedBins: readonly number[];
  /** False when nobody can have been given this code. */
  readonly expected: boolean;
}

/** The feature. Calls that write are made inside a transaction. */
export interface Emergency {
  readonly routes: readonly Route[];
  /** @returns undefined for a box that the tenant has not */
  bookingKey(tenantId: TenantId, boxId: BoxId): BookingKeyState | undefined;
  /** Tells the box to refuse this booking until it has ended anyway. */
  cancelBooking(
    tenantId: TenantId,
    boxId: BoxId,
    booking: { readonly payload: BookingPayload; readonly endMs: number },
  ): BookingCancelled;
  /** Everything that opens the tenant's boxes. */
  secrets(tenantId: TenantId): readonly BoxSecrets[];
  /** The present sheet of a box as it would be printed now. @returns undefined for a box that the tenant has not */
  sheetData(tenantId: TenantId, boxId: BoxId, print: SheetPrint): SheetData | undefined;
  /** What the box did without the cloud, as the log that it keeps now tells; in order. */
  offlineUses(tenantId: TenantId, boxId: BoxId): readonly OfflineUseRecord[];
  /** Warns of sheets that end, are used up or are missing, for ever. @returns a function that stops it */
  watch(ports: { readonly timers: Timers; readonly commitGroup: CommitGroup }): Cancel;
}
