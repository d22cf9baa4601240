// What the entries of a box's log mean for its bins, and what people are told of them. Runs for each
// verified entry exactly once, in the transaction that stores it.

import { isTag, type LogEntry, type LogEntryKind, logEntryKinds } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { applyToBin, type Bin, newBin, occurredAtMs } from './bin.ts';
import type { BoxPlaces } from './place.ts';
import type { BoxStore } from './store.ts';
import type { BoxFact, BoxTeller } from './teller.ts';

/** What the handler needs. */
export interface LogEntryPorts {
  readonly clock: Clock;
  readonly port: Pick<DevicePort, 'onLogEntry'>;
  readonly events: EventBus;
  readonly boxes: (tenantId: TenantId) => Pick<BoxStore, 'bin' | 'saveBin'>;
  readonly places: BoxPlaces;
  readonly tell: BoxTeller;
}

/** Registers for every kind of entry. */
export function listenToLogEntries(ports: LogEntryPorts): void {
  const kinds = Object.keys(logEntryKinds) as LogEntryKind[];
  ports.port.onLogEntry(kinds, (from, entry) => {
    const atMs = occurredAtMs(entry, ports.clock.nowMs());
    if (entry.bin > 0) moveBin(ports, from, { entry, atMs });
    const fact = factOf(entry);
    if (fact !== undefined) ports.tell(from, { ...fact, atMs, ...(entry.bin > 0 ? { bin: entry.bin } : {}) });
  });
}

/** An entry and its time. */
interface Told {
  readonly entry: LogEntry;
  readonly atMs: number;
}

function moveBin(ports: LogEntryPorts, from: MessageOrigin, { entry, atMs }: Told): void {
  const store = ports.boxes(from.tenantId);
  const before = store.bin(from.boxId, entry.bin) ?? newBin(entry.bin);
  const after = applyToBin(before, entry, atMs);
  if (after === before) return;
  const { tenantId, boxId } = from;
  store.saveBin(boxId, after);
  const locationId = ports.places(tenantId, boxId)?.locationId;
  const moved = movedTag(before, entry);
  if (moved === undefined || locationId === undefined) return;
  const { bin, grant } = entry;
  ports.events.publish('fob-moved', { tenantId, boxId, locationId, bin, grant, atMs, ...moved });
}

/** @returns the fob that came or went; a fob that the box senses again where it was has not moved */
export function movedTag(
  before: Bin,
  entry: LogEntry,
): { readonly tag: Uint8Array; readonly direction: 'taken' | 'placed' } | undefined {
  if (entry.kind === 'key-placed' && isTag(entry.tag)) {
    const same = before.tag !== null && Buffer.compare(before.tag, entry.tag) === 0;
    return same ? undefined : { tag: entry.tag, direction: 'placed' };
  }
  if (entry.kind === 'key-taken') {
    const tag = isTag(entry.tag) ? entry.tag : before.tag;
    return tag === null ? undefined : { tag, direction: 'taken' };
  }
  return undefined;
}

// Keys and grants are told by the features that know them.
function factOf(entry: LogEntry): Pick<BoxFact, 'type' | 'data'> | undefined {
  switch (entry.kind) {
    case 'booted':
      return { type: 'box.booted', data: { boot: entry.detail } };
    case 'bin-opened':
      return { type: 'bin.opened', data: { grant: entry.grant } };
    case 'bin-closed':
      return { type: 'bin.closed', data: { grant: entry.grant } };
    case 'bin-jammed':
      return { type: 'bin.jammed', data: { grant: entry.grant } };
    case 'bin-forced':
      return { type: 'bin.forced' };
    case 'bin-left-open':
      return { type: 'bin.left_open', data: { grant: entry.grant } };
    case 'keypad-locked':
      return { type: 'keypad.locked', data: { wait_seconds: entry.detail } };
    case 'mains-lost':
      return { type: 'mains.lost' };
    case 'mains-restored':
      return { type: 'mains.restored' };
    case 'battery-low':
      return { type: 'battery.low', data: { percent: entry.detail } };
    case 'fell-asleep':
      return { type: 'box.fell_asleep' };
    case 'battery-empty':
      return { type: 'battery.empty' };
    case 'network-added':
      return { type: 'network.added' };
    case 'network-removed':
      return { type: 'network.removed' };
    case 'main-lock-opened':
      return { type: 'main_lock.opened', data: { grant: entry.grant } };
    case 'main-lock-closed':
      return { type: 'main_lock.closed', data: { grant: entry.grant } };
    case 'main-lock-jammed':
      return { type: 'main_lock.jammed', data: { grant: entry.grant } };
    case 'main-lock-forced':
      return { type: 'main_lock.forced' };
    case 'main-lock-left-open':
      return { type: 'main_lock.left_open', data: { grant: entry.grant } };
    case 'claimed':
    case 'open-intended':
    case 'key-taken':
    case 'key-placed':
    case 'code-used':
    case 'emergency-changed':
    case 'sheet-revoked':
    case 'open-all-ended':
      return undefined;
  }
}
