// What happens to boxes and grants, as far as it ends or moves an order: a connection that ended, a session that began
// anew, a log that was reported, a grant that the log tells of.

import type { BoxId } from '@smartbox/protocol';
import type { EventBus } from '../../platform/events.ts';
import type { OpeningDesk } from './desk.ts';
import { moveOpening } from './desk.ts';
import { ask, expire } from './order-opening.ts';
import { afterGrant } from './remote-opening.ts';

/** Follows them from here on. */
export function followBoxes(desk: OpeningDesk, events: EventBus): void {
  const expireAll = (boxId: BoxId, because: 'box-went-offline' | 'box-began-anew'): void => {
    for (const order of desk.live.ofBox(boxId)) expire(desk, order, because);
  };
  events.join('box-disconnected', ({ boxId }) => expireAll(boxId, 'box-went-offline'));
  // A box holds orders in RAM: in a new session it knows of none, perhaps after a power cut.
  events.join('box-connected', ({ boxId }) => expireAll(boxId, 'box-began-anew'));
  events.join('box-released', ({ boxId }) => expireAll(boxId, 'box-went-offline'));
  events.join('box-log-replayed', ({ tenantId, boxId, end }) => {
    for (const { openingId } of desk.live.ofBox(boxId)) {
      const opening = desk.openings(tenantId).get(openingId);
      if (opening?.state !== 'asked' || end < (desk.live.awaitedEnd(openingId) ?? 0)) continue;
      // It asked before its log was here, and was told to try again; whoever had to press the button has done so.
      ask(desk, opening, true);
    }
  });
  events.join('grant-moved', ({ tenantId, boxId, grant, state, atMs }) => {
    const opening = desk.openings(tenantId).byGrant(boxId, grant);
    if (opening === undefined) return;
    const next = afterGrant(opening.state, state);
    if (next !== opening.state) moveOpening(desk, tenantId, opening, { state: next, changedAtMs: atMs });
  });
}
