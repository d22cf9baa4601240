// What a box did while it was alone, as its log tells: codes that were used, bins that opened under them, sheets
// that were closed at the keypad. An opening that no code covers is the alarm that an opening without a grant is.

import {
  ALL_BINS,
  decodeOfflineUse,
  isOfflineGrant,
  type LogEntry,
  type LogEntryKind,
  type OfflineUse,
  offlineGrant,
  ProtocolError,
} from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { type BoxTeller, occurredAtMs } from '../boxes/index.ts';
import { areCellsLow, type EmergencyBox } from './emergency.ts';
import type { EmergencyKeeper } from './keeper.ts';
import {
  cellsOf,
  followOpening,
  judgeUse,
  type OfflineUseEntry,
  type UnexpectedUse,
} from './offline-opening.ts';
import type { EmergencyStore } from './store.ts';
import type { UseStore } from './use-store.ts';

/** What the handlers need. */
export interface OfflineEntryPorts {
  readonly clock: Clock;
  readonly keeper: EmergencyKeeper;
  readonly stores: (tenantId: TenantId) => EmergencyStore;
  readonly uses: (tenantId: TenantId) => UseStore;
  readonly tell: BoxTeller;
}

const openingKinds: readonly LogEntryKind[] = ['open-intended', 'bin-opened', 'bin-closed', 'bin-jammed'];

/** Registers for the entries that are about openings without the cloud. */
export function listenToOfflineEntries(ports: OfflineEntryPorts, port: Pick<DevicePort, 'onLogEntry'>): void {
  const timed = (entry: LogEntry): number => occurredAtMs(entry, Math.floor(ports.clock.nowMs()));
  port.onLogEntry(['code-used'], (from, entry) => codeUsed(ports, from, { entry, atMs: timed(entry) }));
  port.onLogEntry(openingKinds, (from, entry) => {
    if (isOfflineGrant(entry.grant)) opened(ports, from, { entry, atMs: timed(entry) });
  });
  port.onLogEntry(['sheet-revoked'], (from, entry) =>
    sheetClosed(ports, from, { entry, atMs: timed(entry) }),
  );
  port.onLogEntry(['emergency-changed'], (from, entry) => {
    const data = { version: entry.detail };
    ports.tell(from, { type: 'emergency.applied', atMs: timed(entry), data });
  });
  port.onLogEntry(['open-all-ended'], (from, entry) => {
    const data = { bins: entry.detail, grant: entry.grant };
    ports.tell(from, { type: 'offline.open_all_ended', atMs: timed(entry), data });
  });
}

interface Told {
  readonly entry: LogEntry;
  readonly atMs: number;
}

function codeUsed(ports: OfflineEntryPorts, from: MessageOrigin, told: Told): void {
  const { entry, atMs } = told;
  const read = readUse(entry.tag);
  if (read === undefined) {
    // A box of the future may know more ways: what it opened is told, and looked at by people.
    ports.tell(from, { type: 'offline.unexpected', atMs, data: { because: 'unknown_method' } });
    return;
  }
  const box = ports.keeper.ensure(from);
  const uses = ports.uses(from.tenantId);
  const use = { ...read, target: entry.bin, atMs };
  const because = judgeUse(use, {
    box,
    sheet: ports.stores(from.tenantId).sheet(from.boxId, read.generation),
    lastCell: uses.lastCells(from.boxId, read.generation).get(entry.bin) ?? 0,
  });
  const { sequence } = entry;
  const grant = offlineGrant(sequence);
  const kept = { ...use, sequence, grant, expected: because === undefined, bins: [] };
  uses.add(from.boxId, kept);
  tellUse(ports, from, { use: kept, because });
  takeNote(ports, from, { use: kept, box });
}

function readUse(tag: Uint8Array): OfflineUse | undefined {
  try {
    return decodeOfflineUse(tag);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

// The challenge of a phone answer and the payload of a booking are not told: they are of no use to people.
function tellUse(
  ports: OfflineEntryPorts,
  from: MessageOrigin,
  { use, because }: { readonly use: OfflineUseEntry; readonly because: UnexpectedUse | undefined },
): void {
  const { method, generation, number, target, atMs, grant } = use;
  const bin = target === ALL_BINS ? {} : { bin: target };
  const data = {
    method,
    target: target === ALL_BINS ? 'all' : 'bin',
    ...(method === 'sheet' ? { generation, cell: number } : {}),
    ...(method === 'booking' ? { generation } : {}),
    grant,
  };
  ports.tell(from, { type: 'offline.opened', atMs, ...bin, data });
  if (because !== undefined)
    ports.tell(from, { type: 'offline.unexpected', atMs, ...bin, data: { ...data, because } });
}

// After a box was opened without the cloud somebody should print anew: a cell is gone, or paper was about.
function takeNote(
  ports: OfflineEntryPorts,
  from: MessageOrigin,
  { use, box }: { readonly use: OfflineUseEntry; readonly box: EmergencyBox },
): void {
  const ofSheet = use.method === 'sheet' && use.expected && use.generation === box.sheet.generation;
  const cells = cellsOf(box.sheet, use.target);
  const cellsLow = box.cellsLow || (ofSheet && areCellsLow(cells - use.number, cells));
  if (box.reprintAdvised && cellsLow === box.cellsLow) return;
  ports.stores(from.tenantId).save({ ...box, reprintAdvised: true, cellsLow });
  if (box.reprintAdvised) return;
  const data = { because: 'used', method: use.method };
  ports.tell(from, { type: 'sheet.reprint_advised', atMs: use.atMs, data });
}

function opened(ports: OfflineEntryPorts, from: MessageOrigin, { entry, atMs }: Told): void {
  const uses = ports.uses(from.tenantId);
  const use = uses.byGrant(from.boxId, entry.grant);
  const opens = entry.kind === 'open-intended' || entry.kind === 'bin-opened';
  const { bins, anomaly } =
    use === undefined ? { bins: undefined, anomaly: opens } : followOpening(use, entry);
  if (use !== undefined && bins !== undefined && bins !== use.bins)
    uses.saveBins(from.boxId, use.sequence, bins);
  if (!anomaly) return;
  const data = { grant: entry.grant, entry: entry.kind.replaceAll('-', '_') };
  ports.tell(from, { type: 'bin.opened_without_grant', atMs, bin: entry.bin, data });
}

function sheetClosed(ports: OfflineEntryPorts, from: MessageOrigin, { entry, atMs }: Told): void {
  const generation = entry.detail;
  ports.tell(from, { type: 'sheet.revoked', atMs, data: { generation, at: 'box' } });
  const box = ports.keeper.ensure(from);
  if (generation === box.sheet.generation) ports.keeper.revoke(from, box);
  else ports.stores(from.tenantId).revokeSheets(from.boxId, Math.min(generation, box.sheet.generation), atMs);
}
