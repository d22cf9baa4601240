// What a box did while it was alone, as its log tells: a code was used, then bins opened under the number of that
// entry. Judged here: whether anybody can have been given the code, and whether the openings are covered by it. Pure.

import { ALL_BINS, type LogEntry, type OfflineMethod, type OfflineUse } from '@smartbox/protocol';
import { advanceGrant, type GrantState } from '../access/index.ts';
import type { EmergencyBox, Sheet } from './emergency.ts';

/** How far one bin got under an offline grant. */
export interface OfflineBin {
  readonly bin: number;
  readonly state: GrantState;
  /** Its door was seen open: a bin that jammed is done, and has not opened. */
  readonly opened: boolean;
}

/** One `code-used` entry and what followed it. */
export interface OfflineUseEntry extends OfflineUse {
  readonly method: OfflineMethod;
  readonly sequence: number;
  readonly grant: number;
  /** Bin number, or `ALL_BINS`. */
  readonly target: number;
  readonly atMs: number;
  /** False when nobody can have been given this code. */
  readonly expected: boolean;
  readonly bins: readonly OfflineBin[];
}

/** Why a code cannot have been one that this cloud gave to anybody. */
export type UnexpectedUse =
  | 'unknown_generation'
  | 'never_printed'
  | 'no_such_cell'
  | 'cell_used_before'
  | 'sheet_revoked'
  | 'no_authenticator';

/** What is known about the code of an entry. */
export interface UseFacts {
  readonly box: Pick<EmergencyBox, 'bookingGeneration' | 'authenticatorEver'>;
  /** The sheet of the entry's generation. */
  readonly sheet: Sheet | undefined;
  /** The highest cell of this sheet and target that was used before; 0 for none. */
  readonly lastCell: number;
}

/** @returns what is wrong with a use, or undefined when it may be what it says */
export function judgeUse(
  use: Pick<OfflineUseEntry, 'method' | 'generation' | 'number' | 'target' | 'atMs'>,
  facts: UseFacts,
): UnexpectedUse | undefined {
  switch (use.method) {
    case 'sheet':
      return judgeSheet(use, facts);
    case 'booking':
      return use.generation >= 1 && use.generation <= facts.box.bookingGeneration
        ? undefined
        : 'unknown_generation';
    case 'authenticator':
      return facts.box.authenticatorEver ? undefined : 'no_authenticator';
    case 'phone':
      return undefined;
  }
}

function judgeSheet(
  { number, target, atMs }: Pick<OfflineUseEntry, 'number' | 'target' | 'atMs'>,
  { sheet, lastCell }: UseFacts,
): UnexpectedUse | undefined {
  if (sheet === undefined) return 'unknown_generation';
  if (sheet.issuedAtMs === null) return 'never_printed';
  if (number < 1 || number > cellsOf(sheet, target)) return 'no_such_cell';
  if (number <= lastCell) return 'cell_used_before';
  return sheet.revokedAtMs !== null && atMs > sheet.revokedAtMs ? 'sheet_revoked' : undefined;
}

/** @returns how many cells a sheet has for a target */
export function cellsOf(sheet: Pick<Sheet, 'cellsPerBin' | 'cellsForAll'>, target: number): number {
  return target === ALL_BINS ? sheet.cellsForAll : sheet.cellsPerBin;
}

/** What an entry of the log means for the use that it names. */
export interface OfflineAdvance {
  readonly bins: readonly OfflineBin[];
  /** The bin is not covered by the code, or opened twice for it: an alarm. */
  readonly anomaly: boolean;
}

/** @returns how far the bins are after the entry */
export function followOpening(
  { bins, target }: Pick<OfflineUseEntry, 'bins' | 'target'>,
  entry: Pick<LogEntry, 'kind' | 'bin'>,
): OfflineAdvance {
  const { bin } = entry;
  if (bin === 0) return { bins, anomaly: false };
  const covered = target === ALL_BINS || target === bin;
  const known = bins.find((other) => other.bin === bin);
  const before = { bin, state: known?.state ?? 'granted' } as const;
  const { state, anomaly } = advanceGrant(before, entry);
  if (!covered) return { bins, anomaly: entry.kind === 'open-intended' || entry.kind === 'bin-opened' };
  if (state === before.state) return { bins, anomaly };
  const others = bins.filter((other) => other.bin !== bin);
  const opened = known?.opened === true || state === 'opened';
  return { bins: [...others, { bin, state, opened }], anomaly };
}
