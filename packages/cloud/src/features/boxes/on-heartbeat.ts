// Device message heartbeat: the box is alive, on mains or on battery (EM-01). The answer carries the
// time, and settings that the box has not taken over yet.

import type { BodyNamed } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { MessageOrigin, Reply } from '../../platform/device-port.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { type BoxSettings, settingsBody } from './box.ts';
import { heardFrom } from './presence.ts';
import type { BoxStore } from './store.ts';
import type { BoxTeller } from './teller.ts';

/** What the handler needs. */
export interface HeartbeatPorts {
  readonly clock: Clock;
  readonly boxes: (tenantId: TenantId) => BoxStore;
  readonly tell: BoxTeller;
}

/** Takes one heartbeat. */
export function onHeartbeat(
  ports: HeartbeatPorts,
  from: MessageOrigin,
  body: BodyNamed<'heartbeat'>,
): readonly Reply[] {
  const store = ports.boxes(from.tenantId);
  const known = store.get(from.boxId);
  if (known === undefined) throw new InvariantBroken(`${from.boxId} has a session and no owner`);
  const nowMs = ports.clock.nowMs();
  const { health, cameOnline } = heardFrom(
    known,
    {
      mains: body.mains,
      batteryPercent: body.batteryPercent,
      firmware: body.firmware,
      settingsInForce: body.settingsVersion,
    },
    nowMs,
  );
  store.setHealth(from.boxId, health);
  if (cameOnline) ports.tell(from, { type: 'box.online', atMs: nowMs, data: { firmware: body.firmware } });
  return [
    { message: { name: 'heartbeat-answered', body: { timeMs: Math.floor(nowMs) } } },
    ...missingSettings(known.box.settings, body.settingsVersion),
  ];
}

/** @returns the message that brings a box up to the wanted settings, if it is behind */
export function missingSettings(wanted: BoxSettings, inForce: number): readonly Reply[] {
  if (inForce >= wanted.version) return [];
  return [{ message: { name: 'settings-changed', body: settingsBody(wanted) } }];
}
