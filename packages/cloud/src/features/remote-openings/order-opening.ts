// An order is given: kept, and told to the box in the same moment, or refused. It is never put aside for later: a box
// that is not there now is not asked at all.

import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Orderer } from '../access/index.ts';
import type { Box } from '../boxes/index.ts';
import { moveOpening, type OpeningDesk, tellOpening } from './desk.ts';
import { isPending, lifeLimits, type Press, type RemoteOpening } from './remote-opening.ts';

/** The bytes of an order on the wire. */
const orderBytes = 8;

/** What is ordered. */
export interface OpeningOrder {
  readonly box: Box;
  /** 0 for the main lock. */
  readonly bin: number;
  readonly press: Press;
  readonly waitMs: number;
  readonly reason: string;
  readonly by: Orderer;
}

/** What ordering needs beside the desk. */
export interface OrderPorts extends OpeningDesk {
  /** Runs work in a transaction of its own, later. */
  readonly commit: (work: () => void) => void;
}

/**
 * Gives an order; inside a transaction.
 * @throws CloudError when there is no such bin, the box is not online, or another order waits for it
 */
export function orderOpening(desk: OrderPorts, tenantId: TenantId, order: OpeningOrder): RemoteOpening {
  const { box, bin, press, waitMs, reason, by } = order;
  const { boxId } = box;
  if (bin > 0 && !desk.boxes.bins(tenantId, boxId).some((one) => one.bin === bin) && bin > box.binCount)
    throw noSuchBin(box.binCount);
  const store = desk.openings(tenantId);
  const waiting = store.pendingAt(boxId);
  if (waiting !== undefined && desk.live.has(waiting.openingId)) throw anotherWaits();
  // One whose end could not be written down, on a full disk for instance.
  if (waiting !== undefined) expire(desk, { tenantId, openingId: waiting.openingId }, 'time-over');
  const orderedAtMs = Math.floor(desk.clock.nowMs());
  const opening: RemoteOpening = {
    openingId: desk.identifiers.create('opn'),
    order: desk.entropy.bytes(orderBytes),
    ...{ boxId, bin, press, reason, by, orderedAtMs, expiresAtMs: orderedAtMs + waitMs },
    ...{ state: 'ordered', because: null, grant: null, changedAtMs: orderedAtMs },
  };
  if (!ask(desk, opening)) throw new CloudError('box-offline');
  store.add(opening);
  const { openingId } = opening;
  desk.live.add({ tenantId, boxId, openingId }, waitMs + lifeLimits.travelMs, () =>
    desk.commit(() => expire(desk, { tenantId, openingId }, 'time-over')),
  );
  tellOpening(desk, tenantId, opening);
  return opening;
}

/**
 * Asks the box to ask; inside a transaction, it leaves after the commit.
 * @param pressed somebody has pressed the button already
 * @returns false when the box has no session
 */
export function ask(
  { port, live }: Pick<OpeningDesk, 'port' | 'live'>,
  { boxId, order, bin, press, openingId, orderedAtMs, expiresAtMs }: RemoteOpening,
  pressed = false,
): boolean {
  const byButton = press === 'button' && !pressed;
  const leftMs = live.has(openingId)
    ? live.leftMs(openingId) - lifeLimits.travelMs
    : expiresAtMs - orderedAtMs;
  const waitMs = byButton ? Math.max(0, Math.floor(leftMs)) : 0;
  const body = { order, bin, press: byButton ? ('button' as const) : ('none' as const), waitMs };
  return port.send(boxId, { name: 'opening-asked', body });
}

/** Ends an order that nobody answered; inside a transaction. One that has ended stays as it ended. */
export function expire(
  desk: Pick<OpeningDesk, 'clock' | 'events' | 'boxes' | 'openings' | 'live'>,
  { tenantId, openingId }: { readonly tenantId: TenantId; readonly openingId: string },
  because: 'time-over' | 'box-went-offline' | 'box-began-anew' | 'cloud-restarted',
): void {
  desk.live.forget(openingId);
  const opening = desk.openings(tenantId).get(openingId);
  if (opening === undefined || !isPending(opening)) return;
  moveOpening(desk, tenantId, opening, { state: 'expired', because });
}

function noSuchBin(binCount: number): CloudError {
  return invalidField('/body/target/bin', 'no-such-bin', {
    ja: `このボックスの番号は 1 から ${binCount} までです。`,
    en: `The bins of this box are 1 to ${binCount}.`,
  });
}

function anotherWaits(): CloudError {
  return new CloudError('conflict', {
    detail: {
      ja: 'このボックスには別の遠隔開錠の指示が出ています。終わるか期限が切れてから、もう一度送ってください。',
      en: 'Another order waits for this box. Wait until it has opened or its time is over, and send it again.',
    },
  });
}
