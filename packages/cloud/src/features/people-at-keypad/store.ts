// All SQL of people at keypads; one store is made for one tenant. Somebody waits at a keypad for most of it, so it is
// prepared once. A plus before a parameter hides its value from the planner, which otherwise plans anew at each new
// value (SQLite with STAT4).

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Dialogue, KnownBy } from './dialogue.ts';

interface DialogueRow {
  person_id: string;
  request: Uint8Array;
  known_by: KnownBy;
  code_mac: Uint8Array | null;
  is_proven: number;
  sent_at_ms: number;
  tries_left: number;
  ends_at_ms: number;
}

/** ID codes, badges and dialogues of one tenant. */
export interface KeypadStore {
  /** When the person's ID code was made; undefined for none. */
  idCodeSetAtMs(personId: string): number | undefined;
  /** Notes how long the person's ID code is, or that there is none. */
  noteIdCode(personId: string, noted: { readonly digits: number; readonly atMs: number } | null): void;
  /** ID codes with so many digits. */
  idCodeCount(digits: number): number;
  badgeSetAtMs(personId: string): number | undefined;
  badgeHolder(badgeMac: Uint8Array): string | undefined;
  setBadge(personId: string, badge: { readonly mac: Uint8Array; readonly atMs: number } | null): void;
  dialogue(boxId: BoxId): Dialogue | undefined;
  putDialogue(boxId: BoxId, dialogue: Dialogue): void;
  /** 0 ends the dialogue of this box. Nothing changes where there is none. */
  leaveTries(boxId: BoxId, triesLeft: number): void;
  /** Ends what boxes ask this person. */
  endDialoguesOf(personId: string): void;
}

/** Prepares the statements of all tenants' stores. */
export function createKeypadStores(database: Database): (tenantId: TenantId) => KeypadStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    idCodeSetAtMs: (personId) => statements.idCode.get(tenantId, personId)?.set_at_ms,
    noteIdCode: (personId, noted) =>
      void (noted === null
        ? statements.dropIdCode.run(tenantId, personId)
        : statements.noteIdCode.run(tenantId, personId, noted.digits, noted.atMs)),
    idCodeCount: (digits) => statements.countIdCodes.get(tenantId, digits)?.codes ?? 0,
    badgeSetAtMs: (personId) => statements.badge.get(tenantId, personId)?.set_at_ms,
    badgeHolder: (badgeMac) => statements.badgeHolder.get(tenantId, badgeMac)?.person_id,
    setBadge: (personId, badge) =>
      void (badge === null
        ? statements.dropBadge.run(tenantId, personId)
        : statements.setBadge.run(tenantId, personId, badge.mac, badge.atMs)),
    dialogue: (boxId) => {
      const row = statements.dialogue.get(tenantId, boxId);
      return row === undefined ? undefined : toDialogue(row);
    },
    putDialogue: (boxId, { personId, request, knownBy, codeMac, isProven, sentAtMs, triesLeft, endsAtMs }) =>
      void statements.putDialogue.run(
        ...[tenantId, boxId, personId, request, knownBy, codeMac],
        ...[Number(isProven), sentAtMs, triesLeft, endsAtMs],
      ),
    leaveTries: (boxId, triesLeft) => void statements.leaveTries.run(triesLeft, tenantId, boxId),
    endDialoguesOf: (personId) => void statements.endDialoguesOf.run(tenantId, personId),
  }));
}

function prepare(database: Database) {
  return {
    idCode: database.prepare<{ set_at_ms: number }>(
      'SELECT set_at_ms FROM id_code WHERE tenant_id = ? AND person_id = ?',
    ),
    noteIdCode: database.prepare(
      'INSERT OR REPLACE INTO id_code (tenant_id, person_id, digits, set_at_ms) VALUES (?, ?, ?, ?)',
    ),
    dropIdCode: database.prepare('DELETE FROM id_code WHERE tenant_id = ? AND person_id = ?'),
    countIdCodes: database.prepare<{ codes: number }>(
      'SELECT count(*) AS codes FROM id_code WHERE tenant_id = ? AND digits = ?',
    ),
    badge: database.prepare<{ set_at_ms: number }>(
      'SELECT set_at_ms FROM badge WHERE tenant_id = ? AND person_id = ?',
    ),
    badgeHolder: database.prepare<{ person_id: string }>(
      'SELECT person_id FROM badge WHERE tenant_id = +? AND badge_mac = +?',
    ),
    setBadge: database.prepare(
      'INSERT OR REPLACE INTO badge (tenant_id, person_id, badge_mac, set_at_ms) VALUES (?, ?, ?, ?)',
    ),
    dropBadge: database.prepare('DELETE FROM badge WHERE tenant_id = ? AND person_id = ?'),
    dialogue: database.prepare<DialogueRow>(
      'SELECT * FROM keypad_dialogue WHERE tenant_id = +? AND box_id = +?',
    ),
    putDialogue: database.prepare(
      `INSERT OR REPLACE INTO keypad_dialogue (tenant_id, box_id, person_id, request, known_by, code_mac,
         is_proven, sent_at_ms, tries_left, ends_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    leaveTries: database.prepare(
      'UPDATE keypad_dialogue SET tries_left = ? WHERE tenant_id = +? AND box_id = +?',
    ),
    endDialoguesOf: database.prepare('DELETE FROM keypad_dialogue WHERE tenant_id = ? AND person_id = ?'),
  };
}

function toDialogue(row: DialogueRow): Dialogue {
  return {
    personId: row.person_id,
    request: new Uint8Array(row.request),
    knownBy: row.known_by,
    codeMac: row.code_mac === null ? null : new Uint8Array(row.code_mac),
    isProven: row.is_proven === 1,
    sentAtMs: row.sent_at_ms,
    triesLeft: row.tries_left,
    endsAtMs: row.ends_at_ms,
  };
}
