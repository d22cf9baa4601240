// All SQL of boxes, their bins and their health; keys and log have files of their own beside this
// one. A store is made for one tenant. The statements that run while somebody waits at a keypad are
// prepared once; the others are written by Kysely.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import { queryBuilder } from '../../platform/query-builder.ts';
import type { Bin } from './bin.ts';
import type { Box, BoxHealth, BoxLife } from './box.ts';

interface BoxRow {
  tenant_id: string;
  box_id: string;
  location_id: string;
  name: string;
  life: BoxLife;
  bin_count: number;
  claimed_at_ms: number;
  language: 'ja' | 'en';
  help_phone: string;
  left_open_ms: number;
  idle_ms: number;
  settings_version: number;
  offline_after_ms: number;
  rev: number;
}

interface HealthRow {
  tenant_id: string;
  box_id: string;
  online: number;
  seen_at_ms: number | null;
  firmware: string;
  settings_in_force: number;
  mains: number | null;
  battery_percent: number | null;
}

interface BinRow {
  bin: number;
  door: 'open' | 'closed';
  tag: Uint8Array | null;
  changed_at_ms: number | null;
}

const sql = queryBuilder<{ box: BoxRow; box_health: HealthRow }>();

/** A box and what is known of it. */
export interface BoxWithHealth {
  readonly box: Box;
  readonly health: BoxHealth;
}

/** What an operator may change. */
export type BoxChange = Pick<Box, 'name' | 'locationId' | 'settings' | 'offlineAfterMs'>;

/** The boxes of one tenant. */
export interface BoxStore {
  add(box: Box): void;
  get(boxId: BoxId): BoxWithHealth | undefined;
  /** Whether the tenant has or ever had this box. */
  has(boxId: BoxId): boolean;
  list(afterBoxId: string, limit: number): readonly BoxWithHealth[];
  /** @returns false when the revision is not the present one any more */
  change(box: Box, change: BoxChange): boolean;
  setLife(boxId: BoxId, life: BoxLife): void;
  /** Claims the tenant's own box anew: its name and place as given, everything else as it was. */
  reclaim(
    boxId: BoxId,
    claim: { readonly name: string; readonly locationId: string; readonly atMs: number },
  ): void;
  setBinCount(boxId: BoxId, binCount: number): void;
  setHealth(boxId: BoxId, health: BoxHealth): void;
  bins(boxId: BoxId): readonly Bin[];
  bin(boxId: BoxId, bin: number): Bin | undefined;
  saveBin(boxId: BoxId, bin: Bin): void;
  /** The bin of this box that senses this tag. */
  binSensing(boxId: BoxId, tag: Uint8Array): Bin | undefined;
  /** The bins, of any box, that sense this tag; the latest first. */
  binsSensing(tag: Uint8Array): readonly { readonly boxId: BoxId; readonly bin: Bin }[];
}

/** Prepares the statements of all tenants' stores. */
export function createBoxStores(database: Database): (tenantId: TenantId) => BoxStore {
  const statements = prepareBins(database);
  return perTenant((tenantId) => ({
    ...boxQueries(database, tenantId),
    ...binQueries(statements, tenantId),
  }));
}

type BoxQueries = Pick<
  BoxStore,
  'add' | 'get' | 'has' | 'list' | 'change' | 'setLife' | 'reclaim' | 'setBinCount' | 'setHealth'
>;

function boxQueries(database: Database, tenantId: TenantId): BoxQueries {
  const all = sql
    .selectFrom('box')
    .innerJoin('box_health', (join) =>
      join.onRef('box_health.tenant_id', '=', 'box.tenant_id').onRef('box_health.box_id', '=', 'box.box_id'),
    )
    .selectAll(['box', 'box_health'])
    .where('box.tenant_id', '=', tenantId)
    .where('box.life', '<>', 'released');
  const update = (boxId: BoxId, values: Partial<BoxRow>) =>
    sql.updateTable('box').set(values).where('tenant_id', '=', tenantId).where('box_id', '=', boxId);
  return {
    add: (box) => {
      database.query(sql.insertInto('box').values(toBoxRow(tenantId, box)).compile());
      database.query(sql.insertInto('box_health').values(silentHealth(tenantId, box.boxId)).compile());
    },
    get: (boxId) => {
      const [row] = database.query(all.where('box.box_id', '=', boxId).compile());
      return row === undefined ? undefined : toBoxWithHealth(row);
    },
    has: (boxId) => {
      const row = sql.selectFrom('box').select('rev').where('tenant_id', '=', tenantId);
      return database.query(row.where('box_id', '=', boxId).compile()).length === 1;
    },
    list: (afterBoxId, limit) => {
      const page = all.where('box.box_id', '>', afterBoxId).orderBy('box.box_id').limit(limit);
      return database.query(page.compile()).map(toBoxWithHealth);
    },
    change: (box, change) => {
      const row = toBoxRow(tenantId, { ...box, ...change, rev: box.rev + 1 });
      return (
        database.query(update(box.boxId, row).where('rev', '=', box.rev).returning('rev').compile())
          .length === 1
      );
    },
    setLife: (boxId, life) => void database.query(update(boxId, { life }).compile()),
    reclaim: (boxId, { name, locationId, atMs }) => {
      const values = { name, location_id: locationId, claimed_at_ms: atMs, life: 'claimed' as const };
      const claimed = update(boxId, values).set((eb) => ({ rev: eb('rev', '+', 1) }));
      database.query(claimed.compile());
    },
    setBinCount: (boxId, binCount) => void database.query(update(boxId, { bin_count: binCount }).compile()),
    setHealth: (boxId, health) => {
      const values = toHealthRow(tenantId, boxId, health);
      const changed = sql.updateTable('box_health').set(values).where('tenant_id', '=', tenantId);
      database.query(changed.where('box_id', '=', boxId).compile());
    },
  };
}

type BinStatements = ReturnType<typeof prepareBins>;
const binColumns = 'bin, door, tag, changed_at_ms';

// A plus before a parameter hides its value from the planner, which otherwise plans anew at each new
// value (SQLite with STAT4).
function prepareBins(database: Database) {
  return {
    all: database.prepare<BinRow>(
      `SELECT ${binColumns} FROM bin WHERE tenant_id = +? AND box_id = +? ORDER BY bin`,
    ),
    one: database.prepare<BinRow>(
      `SELECT ${binColumns} FROM bin WHERE tenant_id = +? AND box_id = +? AND bin = +?`,
    ),
    save: database.prepare(
      `INSERT INTO bin (tenant_id, box_id, bin, door, tag, changed_at_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET door = excluded.door, tag = excluded.tag, changed_at_ms = excluded.changed_at_ms`,
    ),
    sensingHere: database.prepare<BinRow>(
      `SELECT ${binColumns} FROM bin WHERE tenant_id = +? AND tag = +? AND box_id = +?`,
    ),
    sensing: database.prepare<BinRow & { box_id: BoxId }>(
      `SELECT box_id, ${binColumns} FROM bin WHERE tenant_id = +? AND tag = +? ORDER BY changed_at_ms DESC, box_id`,
    ),
  };
}

function binQueries(
  statements: BinStatements,
  tenantId: TenantId,
): Pick<BoxStore, 'bins' | 'bin' | 'saveBin' | 'binSensing' | 'binsSensing'> {
  return {
    bins: (boxId) => statements.all.all(tenantId, boxId).map(toBin),
    bin: (boxId, bin) => {
      const row = statements.one.get(tenantId, boxId, bin);
      return row === undefined ? undefined : toBin(row);
    },
    saveBin: (boxId, bin) =>
      void statements.save.run(tenantId, boxId, bin.bin, bin.door, bin.tag, bin.changedAtMs),
    binSensing: (boxId, tag) => {
      const row = statements.sensingHere.get(tenantId, tag, boxId);
      return row === undefined ? undefined : toBin(row);
    },
    binsSensing: (tag) =>
      statements.sensing.all(tenantId, tag).map((row) => ({ boxId: row.box_id, bin: toBin(row) })),
  };
}

function toBin(row: BinRow): Bin {
  const tag = row.tag === null ? null : new Uint8Array(row.tag);
  return { bin: row.bin, door: row.door, tag, changedAtMs: row.changed_at_ms };
}

function toBoxRow(tenantId: TenantId, box: Box): BoxRow {
  return {
    tenant_id: tenantId,
    box_id: box.boxId,
    location_id: box.locationId,
    name: box.name,
    life: box.life,
    bin_count: box.binCount,
    claimed_at_ms: box.claimedAtMs,
    language: box.settings.language,
    help_phone: box.settings.helpPhone,
    left_open_ms: box.settings.leftOpenMs,
    idle_ms: box.settings.idleMs,
    settings_version: box.settings.version,
    offline_after_ms: box.offlineAfterMs,
    rev: box.rev,
  };
}

function silentHealth(tenantId: TenantId, boxId: BoxId): HealthRow {
  return toHealthRow(tenantId, boxId, {
    online: false,
    seenAtMs: null,
    firmware: '',
    settingsInForce: 0,
    mains: null,
    batteryPercent: null,
  });
}

function toHealthRow(tenantId: TenantId, boxId: BoxId, health: BoxHealth): HealthRow {
  return {
    tenant_id: tenantId,
    box_id: boxId,
    online: Number(health.online),
    seen_at_ms: health.seenAtMs,
    firmware: health.firmware,
    settings_in_force: health.settingsInForce,
    mains: health.mains === null ? null : Number(health.mains),
    battery_percent: health.batteryPercent,
  };
}

function toBoxWithHealth(row: BoxRow & HealthRow): BoxWithHealth {
  return {
    box: {
      boxId: row.box_id as BoxId,
      locationId: row.location_id,
      name: row.name,
      life: row.life,
      binCount: row.bin_count,
      claimedAtMs: row.claimed_at_ms,
      settings: {
        version: row.settings_version,
        language: row.language,
        helpPhone: row.help_phone,
        leftOpenMs: row.left_open_ms,
        idleMs: row.idle_ms,
      },
      offlineAfterMs: row.offline_after_ms,
      rev: row.rev,
    },
    health: {
      online: row.online === 1,
      seenAtMs: row.seen_at_ms,
      firmware: row.firmware,
      settingsInForce: row.settings_in_force,
      mains: row.mains === null ? null : row.mains === 1,
      batteryPercent: row.battery_percent,
    },
  };
}
