// SQL of key codes. The row of a code is written only when its life changes: a code without limit costs
// the authoriser one read. How many live codes of each length a place has is counted as they come and go.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { CodeEnd, CodeUses, KeyCode } from './key-code.ts';

interface CodeRow {
  location_id: string;
  code_mac: Uint8Array;
  code_id: string;
  key_id: string;
  digits: number;
  uses: CodeUses;
  label: string;
  starts_at_ms: number | null;
  expires_at_ms: number | null;
  created_at_ms: number;
  rev: number;
  ended_at_ms: number | null;
  ended_because: CodeEnd | null;
  reserved_box_id: string | null;
  reserved_grant: number | null;
}

/** What may be changed of a code. */
export type CodeChange = Pick<KeyCode, 'label' | 'startsAtMs' | 'expiresAtMs'>;

/** Which codes are wanted. */
export interface CodeFilter {
  readonly keyId?: string;
  readonly liveOnly: boolean;
}

/** The key codes of one tenant. */
export interface CodeStore {
  /** The code that these digits are at this place, live or ended. */
  byMac(locationId: string, codeMac: Uint8Array): KeyCode | undefined;
  code(codeId: string): KeyCode | undefined;
  addCode(code: KeyCode): void;
  /** Frees the digits of a code that has ended, for a new one. */
  freeMac(code: KeyCode, replacement: Uint8Array): void;
  /** @returns false when the revision is not the present one any more */
  changeCode(code: KeyCode, change: CodeChange): boolean;
  /** Ends a code for good; an ended one stays as it ended. @returns whether this ended it */
  endCode(code: Pick<KeyCode, 'codeId' | 'locationId' | 'digits'>, because: CodeEnd, atMs: number): boolean;
  /** Gives a one-time code to a grant, or back. */
  reserveCode(codeId: string, by: KeyCode['reservedBy']): void;
  listCodes(filter: CodeFilter, afterCodeId: string, limit: number): readonly KeyCode[];
  /** Live codes that expired by now. */
  expiredCodes(locationId: string, nowMs: number): readonly KeyCode[];
  liveCount(locationId: string, digits: number): number;
  /** Live codes of this length at the location that has most. */
  mostLive(digits: number): number;
  /** The places that ever had codes. */
  placesWithCodes(): readonly string[];
}

const columns =
  'location_id, code_mac, code_id, key_id, digits, uses, label, starts_at_ms, expires_at_ms, created_at_ms, rev, ended_at_ms, ended_because, reserved_box_id, reserved_grant';

/** Prepares the statements of all tenants' stores. */
export function prepareCodes(database: Database) {
  // A plus before a parameter: see store.ts.
  const select = `SELECT ${columns} FROM key_code WHERE tenant_id = +?`;
  return {
    byMac: database.prepare<CodeRow>(`${select} AND location_id = +? AND code_mac = +?`),
    byId: database.prepare<CodeRow>(`${select} AND code_id = +?`),
    add: database.prepare(
      `INSERT INTO key_code (tenant_id, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    freeMac: database.prepare(
      'UPDATE key_code SET code_mac = ? WHERE tenant_id = ? AND location_id = ? AND code_mac = ? AND ended_at_ms IS NOT NULL',
    ),
    change: database.prepare(
      `UPDATE key_code SET label = ?, starts_at_ms = ?, expires_at_ms = ?, rev = rev + 1
       WHERE tenant_id = ? AND code_id = ? AND rev = ? AND ended_at_ms IS NULL`,
    ),
    end: database.prepare(
      `UPDATE key_code SET ended_at_ms = ?, ended_because = ?, reserved_box_id = NULL, reserved_grant = NULL, rev = rev + 1
       WHERE tenant_id = ? AND code_id = ? AND ended_at_ms IS NULL`,
    ),
    reserve: database.prepare(
      'UPDATE key_code SET reserved_box_id = ?, reserved_grant = ? WHERE tenant_id = ? AND code_id = ? AND ended_at_ms IS NULL',
    ),
    list: database.prepare<CodeRow>(
      `${select} AND code_id > ? AND (? = 0 OR ended_at_ms IS NULL) ORDER BY code_id LIMIT ?`,
    ),
    listOfKey: database.prepare<CodeRow>(
      `${select} AND key_id = ? AND code_id > ? AND (? = 0 OR ended_at_ms IS NULL) ORDER BY code_id LIMIT ?`,
    ),
    expired: database.prepare<CodeRow>(
      `${select} AND location_id = ? AND expires_at_ms IS NOT NULL AND expires_at_ms <= ? AND ended_at_ms IS NULL`,
    ),
    count: database.prepare<{ live: number }>(
      'SELECT live FROM key_code_count WHERE tenant_id = ? AND location_id = ? AND digits = ?',
    ),
    most: database.prepare<{ live: number | null }>(
      'SELECT max(live) AS live FROM key_code_count WHERE tenant_id = ? AND digits = ?',
    ),
    places: database.prepare<{ location_id: string }>(
      'SELECT DISTINCT location_id FROM key_code_count WHERE tenant_id = ?',
    ),
    countOne: database.prepare(
      `INSERT INTO key_code_count (tenant_id, location_id, digits, live) VALUES (?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET live = live + 1`,
    ),
    uncountOne: database.prepare(
      'UPDATE key_code_count SET live = live - 1 WHERE tenant_id = ? AND location_id = ? AND digits = ?',
    ),
  };
}

type Statements = ReturnType<typeof prepareCodes>;

/** The codes of one tenant over the prepared statements. */
export function codeQueries(statements: Statements, tenantId: TenantId): CodeStore {
  return {
    byMac: (locationId, codeMac) => toCodeOrNone(statements.byMac.get(tenantId, locationId, codeMac)),
    code: (codeId) => toCodeOrNone(statements.byId.get(tenantId, codeId)),
    addCode: (code) => addCode(statements, tenantId, code),
    freeMac: ({ locationId, codeMac }, replacement) =>
      void statements.freeMac.run(replacement, tenantId, locationId, codeMac),
    changeCode: ({ codeId, rev }, { label, startsAtMs, expiresAtMs }) =>
      statements.change.run(label, startsAtMs, expiresAtMs, tenantId, codeId, rev).changes === 1,
    endCode: ({ codeId, locationId, digits }, because, atMs) => {
      const ended = statements.end.run(atMs, because, tenantId, codeId).changes === 1;
      if (ended) statements.uncountOne.run(tenantId, locationId, digits);
      return ended;
    },
    reserveCode: (codeId, by) =>
      void statements.reserve.run(by?.boxId ?? null, by?.reference ?? null, tenantId, codeId),
    listCodes: ({ keyId, liveOnly }, afterCodeId, limit) => {
      const live = Number(liveOnly);
      const rows =
        keyId === undefined
          ? statements.list.all(tenantId, afterCodeId, live, limit)
          : statements.listOfKey.all(tenantId, keyId, afterCodeId, live, limit);
      return rows.map(toCode);
    },
    expiredCodes: (locationId, nowMs) => statements.expired.all(tenantId, locationId, nowMs).map(toCode),
    liveCount: (locationId, digits) => statements.count.get(tenantId, locationId, digits)?.live ?? 0,
    mostLive: (digits) => statements.most.get(tenantId, digits)?.live ?? 0,
    placesWithCodes: () => statements.places.all(tenantId).map((row) => row.location_id),
  };
}

function addCode(statements: Statements, tenantId: TenantId, code: KeyCode): void {
  statements.add.run(
    tenantId,
    code.locationId,
    code.codeMac,
    code.codeId,
    code.keyId,
    code.digits,
    code.uses,
    code.label,
    code.startsAtMs,
    code.expiresAtMs,
    code.createdAtMs,
    code.rev,
    code.endedAtMs,
    code.endedBecause,
    code.reservedBy?.boxId ?? null,
    code.reservedBy?.reference ?? null,
  );
  statements.countOne.run(tenantId, code.locationId, code.digits);
}

function toCodeOrNone(row: CodeRow | undefined): KeyCode | undefined {
  return row === undefined ? undefined : toCode(row);
}

function toCode(row: CodeRow): KeyCode {
  const { reserved_box_id: boxId, reserved_grant: reference } = row;
  return {
    codeId: row.code_id,
    keyId: row.key_id,
    locationId: row.location_id,
    codeMac: new Uint8Array(row.code_mac),
    digits: row.digits,
    uses: row.uses,
    label: row.label,
    startsAtMs: row.starts_at_ms,
    expiresAtMs: row.expires_at_ms,
    createdAtMs: row.created_at_ms,
    rev: row.rev,
    endedAtMs: row.ended_at_ms,
    endedBecause: row.ended_because,
    reservedBy: boxId === null || reference === null ? null : { boxId: boxId as BoxId, reference },
  };
}
