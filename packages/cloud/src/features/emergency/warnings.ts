// Warns of sheets before somebody stands at a dark box with a dead one (EM-15): ending, ended, missing, used up.
// Each is told once for each sheet, by a sweep of the tables.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { MessageOrigin } from '../../platform/device-port.ts';
import type { BoxTeller } from '../boxes/index.ts';
import { endingSoonMs } from './emergency.ts';
import type { EmergencyKeeper } from './keeper.ts';

/** How often the tables are looked through. */
const sweepMs = 600_000;

/** How long a box may have a sheet that nobody has printed. */
const missingAfterMs = 86_400_000;

/** What the sweep is made of. */
export interface WarningPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly keeper: Pick<EmergencyKeeper, 'ensure'>;
  readonly tell: BoxTeller;
}

/** Makes the sweep. @returns a function for use inside a transaction */
export function createWarningSweep(ports: WarningPorts): () => void {
  const { clock, tell, keeper } = ports;
  const find = prepareFinds(ports.database);
  const mark = prepareMarks(ports.database);
  return () => {
    const atMs = Math.floor(clock.nowMs());
    // Boxes that were claimed before there were such keys.
    for (const owned of find.without.all()) keeper.ensure(owned);
    for (const { tenantId, boxId, untilMs } of find.ending.all(atMs, atMs + endingSoonMs)) {
      mark.ending.run(tenantId, boxId);
      const data = { valid_until: new Date(untilMs).toISOString() };
      tell({ tenantId, boxId }, { type: 'sheet.ending', atMs, data });
    }
    for (const { tenantId, boxId, untilMs } of find.ended.all(atMs)) {
      mark.ended.run(tenantId, boxId);
      const data = { valid_until: new Date(untilMs).toISOString() };
      tell({ tenantId, boxId }, { type: 'sheet.ended', atMs, data });
    }
    for (const owned of find.missing.all(atMs - missingAfterMs)) {
      mark.missing.run(owned.tenantId, owned.boxId);
      tell(owned, { type: 'sheet.missing', atMs });
    }
    for (const owned of find.cells.all()) {
      mark.cells.run(owned.tenantId, owned.boxId);
      tell(owned, { type: 'sheet.cells_low', atMs });
    }
  };
}

function prepareFinds(database: Database) {
  const sheets = `SELECT b.tenant_id AS tenantId, b.box_id AS boxId, s.until_ms AS untilMs
    FROM emergency_box b JOIN emergency_sheet s
      ON s.tenant_id = b.tenant_id AND s.box_id = b.box_id AND s.generation = b.sheet_generation`;
  const printed = 'b.printed_generation = b.sheet_generation';
  type Dated = MessageOrigin & { readonly untilMs: number };
  return {
    without: database.prepare<MessageOrigin>(
      `SELECT tenant_id AS tenantId, box_id AS boxId FROM box b WHERE life <> 'released' AND NOT EXISTS
         (SELECT 1 FROM emergency_box e WHERE e.tenant_id = b.tenant_id AND e.box_id = b.box_id)`,
    ),
    ending: database.prepare<Dated>(
      `${sheets} WHERE ${printed} AND b.warned_ending = 0 AND s.until_ms > ? AND s.until_ms <= ?`,
    ),
    ended: database.prepare<Dated>(`${sheets} WHERE ${printed} AND b.warned_ended = 0 AND s.until_ms <= ?`),
    missing: database.prepare<Dated>(
      `${sheets} WHERE b.printed_generation IS NOT b.sheet_generation AND b.warned_missing = 0
         AND s.made_at_ms <= ?`,
    ),
    cells: database.prepare<Dated>(`${sheets} WHERE ${printed} AND b.cells_low = 1 AND b.warned_cells = 0`),
  };
}

function prepareMarks(database: Database) {
  const mark = (column: string) =>
    database.prepare(`UPDATE emergency_box SET ${column} = 1 WHERE tenant_id = ? AND box_id = ?`);
  return {
    ending: mark('warned_ending'),
    ended: mark('warned_ended'),
    missing: mark('warned_missing'),
    cells: mark('warned_cells'),
  };
}

/** Sweeps now and for ever. @returns a function that stops it */
export function watchSheets(
  sweep: () => void,
  ports: { readonly timers: Timers; readonly commitGroup: CommitGroup },
): Cancel {
  let cancel: Cancel = () => {};
  const now = (): void => {
    ports.commitGroup.enqueue(sweep, () => {});
    cancel = ports.timers.after(sweepMs, now);
  };
  now();
  return () => cancel();
}
