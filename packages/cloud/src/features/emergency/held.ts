// What a box holds for openings without the cloud, as it last confirmed, and without any key: what others need to
// say whether a code works when the box drops off now. Pure.

import { type EmergencyBox, type SheetState, sheetState } from './emergency.ts';

/** What a box confirmed beside what it is to know. */
export interface HeldByBox {
  /** What it is to know. */
  readonly version: number;
  /** What it confirmed; 0 for nothing. */
  readonly versionInForce: number;
  readonly confirmedAtMs: number | null;
  readonly sheet: {
    readonly state: SheetState;
    /** Closed at the keypad. */
    readonly closed: boolean;
    readonly sinceMs: number | null;
  };
  readonly booking: {
    readonly generation: number;
    /** When the box confirmed this generation; null while it has not. */
    readonly inForceSinceMs: number | null;
    readonly firstUseHours: number;
  };
  readonly authenticator: 'none' | 'waiting' | 'in-force';
}

/** @returns what is held */
export function heldByBox(box: EmergencyBox, nowMs: number): HeldByBox {
  const { inForce, authenticator, bookingGeneration } = box;
  const hasKey = inForce.bookingGeneration === bookingGeneration;
  // An app that was enrolled after the box last spoke is not the one that it knows.
  const knowsApp = authenticator !== null && (inForce.confirmedAtMs ?? 0) >= authenticator.sinceMs;
  return {
    version: box.version,
    versionInForce: inForce.version,
    confirmedAtMs: inForce.confirmedAtMs,
    sheet: {
      state: sheetState(box, nowMs),
      closed: inForce.sheetClosed && inForce.sheetGeneration === box.sheet.generation,
      sinceMs: inForce.sheetSinceMs,
    },
    booking: {
      generation: bookingGeneration,
      inForceSinceMs: hasKey ? inForce.bookingSinceMs : null,
      firstUseHours: box.settings.firstUseHours,
    },
    authenticator:
      authenticator === null ? 'none' : inForce.authenticator && knowsApp ? 'in-force' : 'waiting',
  };
}
