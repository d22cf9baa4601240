// A box asks because of an order: what access asks this feature, and what it tells it. Judging changes nothing; what
// became of the request is told afterwards, in the same transaction.

import type { MessageOrigin } from '../../platform/device-port.ts';
import type { OrderAsked, OrderVerdict, RemoteOrders } from '../access/index.ts';
import { moveOpening, type OpeningDesk } from './desk.ts';
import { isPending, judgeOrder } from './remote-opening.ts';

/** The door that access knows. */
export function createRemoteOrders(desk: OpeningDesk): RemoteOrders {
  const judge = (
    { tenantId, boxId }: MessageOrigin,
    { order, bin, locationId }: OrderAsked,
  ): OrderVerdict => {
    const opening = desk.openings(tenantId).byOrder(order);
    return judgeOrder(opening, {
      ...{ boxId, bin },
      isLive: opening !== undefined && desk.live.has(opening.openingId),
      mayOpen: opening !== undefined && desk.mayOpen(tenantId, opening.by, locationId),
    });
  };
  return {
    judge,
    granted: ({ tenantId }, openingId, grant) => {
      const opening = desk.openings(tenantId).get(openingId);
      if (opening !== undefined) moveOpening(desk, tenantId, opening, { state: 'granted', grant });
    },
    notGranted: (from, asked, { waits }) => {
      const opening = desk.openings(from.tenantId).byOrder(asked.order);
      // Another box's word, or one that comes too late, changes nothing about the order.
      if (opening?.boxId !== from.boxId || !isPending(opening)) return;
      if (waits) {
        desk.live.waitForLog(opening.openingId, asked.logEnd);
        moveOpening(desk, from.tenantId, opening, { state: 'asked' });
        return;
      }
      const verdict = judge(from, asked);
      if (verdict.kind === 'live') return;
      const { because } = verdict;
      if (because === 'right-lost' || because === 'order-of-another-bin')
        moveOpening(desk, from.tenantId, opening, { state: 'refused', because });
    },
  };
}
