// Device message emergency-confirmed: which keys for openings without the cloud the box holds. Said at the start of
// every session and after every change; a box that is behind is told what it misses, one that closed its sheet at
// the keypad gets another.

import type { BodyNamed } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { MessageOrigin, Reply } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { BoxTeller } from '../boxes/index.ts';
import { confirmedInForce, type EmergencyBox, isAhead } from './emergency.ts';
import type { EmergencyKeeper } from './keeper.ts';
import type { EmergencyStore } from './store.ts';

/** What the handler needs. */
export interface ConfirmedPorts {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly keeper: EmergencyKeeper;
  readonly stores: (tenantId: TenantId) => EmergencyStore;
  readonly tell: BoxTeller;
}

type Body = BodyNamed<'emergency-confirmed'>;

/** Takes one confirmation. */
export function onEmergencyConfirmed(
  ports: ConfirmedPorts,
  from: MessageOrigin,
  body: Body,
): readonly Reply[] {
  const { keeper } = ports;
  const nowMs = Math.floor(ports.clock.nowMs());
  const before = keeper.ensure(from);
  const box = isAhead(before, body) ? overtaken(ports, from, { box: before, body }) : before;
  const inForce = confirmedInForce(box, body, nowMs);
  const clearVersion = body.version >= (box.clearVersion ?? 0) ? null : box.clearVersion;
  const confirmed = { ...box, inForce, clearVersion };
  ports.stores(from.tenantId).save(confirmed);
  if (inForce.sheetGeneration === box.sheet.generation) settleSheet(ports, from, { box, nowMs });
  const { tenantId, boxId } = from;
  ports.events.publish('emergency-confirmed', { tenantId, boxId, version: body.version });
  if (body.sheetRevoked && body.sheetGeneration === box.sheet.generation) {
    // Its log entry tells people; here the box only gets a sheet that opens again.
    keeper.revoke(from, confirmed);
    return [];
  }
  return keeper.missing(from, confirmed, body.version).map((message) => ({ message }));
}

function settleSheet(
  ports: ConfirmedPorts,
  from: MessageOrigin,
  { box, nowMs }: { readonly box: EmergencyBox; readonly nowMs: number },
): void {
  const { generation } = box.sheet;
  if (box.inForce.sheetGeneration === generation) return;
  ports.stores(from.tenantId).dropSheetKeys(from.boxId, generation);
  ports.tell(from, { type: 'sheet.in_force', atMs: nowMs, data: { generation } });
}

function overtaken(
  ports: ConfirmedPorts,
  from: MessageOrigin,
  { box, body }: { readonly box: EmergencyBox; readonly body: Body },
): EmergencyBox {
  const atMs = Math.floor(ports.clock.nowMs());
  const data = { version: box.version, version_at_box: body.version };
  ports.tell(from, { type: 'emergency.out_of_step', atMs, data });
  const after = ports.keeper.overtake(from, box, body);
  if (after.sheet.generation !== box.sheet.generation)
    ports.tell(from, { type: 'sheet.reprint_advised', atMs, data: { because: 'out_of_step' } });
  return after;
}
