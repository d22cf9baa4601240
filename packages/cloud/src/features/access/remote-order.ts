// What access asks about an order to open from afar, and is answered: the seam to the feature that knows orders. It
// stands above access and judges; access grants, so that a remote opening is a grant like every other.

import type { BodyNamed } from '@smartbox/protocol';
import type { MessageOrigin } from '../../platform/device-port.ts';

/** A box asks because of an order. */
export interface OrderAsked {
  /** 8 bytes: what the request follows. */
  readonly order: Uint8Array;
  /** 0 for the main lock. */
  readonly bin: number;
  /** Where the box stands now. */
  readonly locationId: string;
  /** The last entry of the box's log at this moment. */
  readonly logEnd: number;
}

/** Why an order opens nothing, for the ledger only. */
export type OrderFault =
  | 'unknown-order'
  | 'order-elsewhere'
  | 'order-used'
  | 'order-over'
  | 'order-of-another-bin'
  | 'right-lost';

/** Who ordered: a person, or a program by its token. */
export interface Orderer {
  readonly personId: string | null;
  readonly tokenId: string;
}

/** An order that opens now. */
export interface LiveOrder {
  readonly openingId: string;
  readonly by: Orderer;
}

/** Whether the order opens. */
export type OrderVerdict =
  | { readonly kind: 'live'; readonly order: LiveOrder }
  | { readonly kind: 'dead'; readonly because: OrderFault };

/** The feature above, as access sees it; inside the transaction of the request. */
export interface RemoteOrders {
  judge(from: MessageOrigin, asked: OrderAsked): OrderVerdict;
  /** The order was granted: it opens nothing more. */
  granted(from: MessageOrigin, openingId: string, grant: number): void;
  /** The order was refused; `waits` says that the box only has to report its log first. */
  notGranted(from: MessageOrigin, asked: OrderAsked, how: { readonly waits: boolean }): void;
}

/** @returns what a request of kind `remote` is about */
export function orderAsked(
  body: Pick<BodyNamed<'access-requested'>, 'follows' | 'bin' | 'logEnd'>,
  locationId: string,
): OrderAsked {
  return { order: body.follows, bin: body.bin, locationId, logEnd: body.logEnd };
}
