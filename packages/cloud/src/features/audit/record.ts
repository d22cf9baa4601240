// What a record of the audit tells, of an act and of an entry of a box's log. Pure. A record is never changed and
// never removed, not even when a person is erased: it holds ids and nothing that a person could be known by.

import { type AuditRecord, bytesToHex } from '@smartbox/protocol';
import type { BoxLogAccepted } from '../../platform/events.ts';
import type { OperatorAct } from '../../platform/operator-act.ts';

/** What there are records of. */
export const auditKinds = ['act', 'box_log'] as const;

/** See `auditKinds`. */
export type AuditKind = (typeof auditKinds)[number];

/** What a record says beyond its place. */
export interface AuditContent extends Pick<AuditRecord, 'kind'> {
  readonly kind: AuditKind;
}

/** @returns what is recorded of an act */
export function contentOfAct(act: OperatorAct): AuditContent {
  return {
    kind: 'act',
    ...{ operation: act.operation, outcome: act.outcome, problem: act.problem },
    ...{ token_id: act.tokenId, person_id: act.personId, request_id: act.requestId },
    ...{ targets: act.targets, created: act.created },
  };
}

/** @returns what is recorded of one entry of a box's log: its 32 bytes as the box wrote them */
export function contentOfLogEntry(
  { boxId, logEpoch }: Pick<BoxLogAccepted, 'boxId' | 'logEpoch'>,
  { sequence, body }: BoxLogAccepted['entries'][number],
): AuditContent {
  const entry = { entry_number: sequence, entry: bytesToHex(body) };
  return { kind: 'box_log', ...{ box_id: `box_${boxId}`, log_epoch: logEpoch }, ...entry };
}

const digits = 12;

/** What every id of a record looks like. */
const auditIdPattern = /^aud_([0-9]{12,15})$/;

/** @returns `aud_000000000042` */
export function auditId(sequence: number): string {
  return `aud_${String(sequence).padStart(digits, '0')}`;
}

/** @returns the number that an id stands for, or undefined for a text that is no id of a record */
export function readAuditId(id: string): number | undefined {
  const [, number] = auditIdPattern.exec(id) ?? [];
  const sequence = Number(number);
  return number !== undefined && auditId(sequence) === id ? sequence : undefined;
}
