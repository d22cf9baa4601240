// Keeps custody: a fob came into a bin or left it, so its key was brought back or is out with somebody.
// Runs in the transaction that replays the log.

import { isOfflineGrant } from '@smartbox/protocol';
import type { EventBus, Fact, FobMoved } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Custody } from './key.ts';
import type { KeyStore } from './store.ts';

/**
 * To which code or person a box's grant was given: neither for a return; undefined for a grant that nobody knows. Grant 0
 * asks who had the front opened, if it stands open.
 */
export type GrantHolder = (
  moved: Pick<FobMoved, 'tenantId' | 'boxId' | 'grant'>,
) => Pick<Custody, 'codeId' | 'personId'> | undefined;

/** What the handler needs. */
export interface KeyMovedPorts {
  readonly events: EventBus;
  readonly keys: (tenantId: TenantId) => KeyStore;
  readonly grantHolder: GrantHolder;
}

/** Takes one movement. */
export function keepCustody(ports: KeyMovedPorts, moved: FobMoved): void {
  const key = ports.keys(moved.tenantId).byFob(moved.tag);
  if (key === undefined) {
    // A fob that is no key of ours: somebody put something else into a bin, or took it away again.
    tell(ports, moved, { type: moved.direction === 'placed' ? 'fob.unknown_placed' : 'fob.unknown_taken' });
  } else if (moved.direction === 'taken') {
    withdraw(ports, moved, key.keyId);
  } else {
    takeBack(ports, moved, key.keyId);
  }
}

function withdraw(ports: KeyMovedPorts, moved: FobMoved, keyId: string): void {
  const holder = ports.grantHolder(moved);
  const { codeId, personId } = holder ?? { codeId: null, personId: null };
  const { boxId, bin, grant, atMs } = moved;
  ports.keys(moved.tenantId).take(keyId, { boxId, bin, grant, codeId, personId, takenAtMs: atMs });
  tell(ports, moved, {
    type: 'key.withdrawn',
    keyId,
    ...(codeId === null ? {} : { codeId }),
    // Taken by hand: a code of the box's own opened, and nobody knows who used it.
    data: {
      grant,
      ...(isOfflineGrant(grant) ? { by_hand: true } : {}),
      ...(grant === 0 && holder !== undefined ? { front_open: true } : {}),
      ...(personId === null ? {} : { person_id: personId }),
    },
  });
}

function takeBack(ports: KeyMovedPorts, moved: FobMoved, keyId: string): void {
  const store = ports.keys(moved.tenantId);
  const custody = store.custody(keyId);
  store.endCustody(keyId);
  const away = custody === undefined ? {} : { away_ms: Math.max(0, moved.atMs - custody.takenAtMs) };
  tell(ports, moved, { type: 'key.returned', keyId, data: { grant: moved.grant, ...away } });
}

function tell(
  ports: KeyMovedPorts,
  moved: FobMoved,
  fact: Pick<Fact, 'type' | 'keyId' | 'codeId' | 'data'>,
): void {
  const { tenantId, boxId, locationId, bin, atMs } = moved;
  ports.events.publish('fact-established', { tenantId, boxId, locationId, bin, occurredAtMs: atMs, ...fact });
}
