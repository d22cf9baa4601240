// A remote opening: an administrator's order to open one bin or the main lock, and what became of it. Pure. The order
// itself opens nothing: the box asks for it with a nonce of its own, and only the answer to that opens. So what is
// decided here is whether such a request is granted, and what the box's log says of it afterwards.

import type { BoxId } from '@smartbox/protocol';
import type { Grant, Orderer, OrderFault, OrderVerdict } from '../access/index.ts';

/**
 * `ordered`: the box was told; it asks at once, or when somebody presses its button. `asked`: it asked, and has to
 * report its log first. `granted`: the answer is on its way. `opened` and `not-opened`: what the box's log says.
 */
export const openingStates = [
  'ordered',
  'asked',
  'granted',
  'opened',
  'refused',
  'expired',
  'not-opened',
] as const;

/** See the list. */
export type OpeningState = (typeof openingStates)[number];

/** Why it was refused or expired. */
export const endCauses = [
  'right-lost',
  'order-of-another-bin',
  'time-over',
  'box-went-offline',
  'box-began-anew',
  'cloud-restarted',
] as const;

/** See the list. */
export type EndCause = (typeof endCauses)[number];

/** Whether somebody at the box has to press its button. */
export type Press = 'none' | 'button';

/** One order and what became of it. */
export interface RemoteOpening {
  /** `opn_…` */
  readonly openingId: string;
  readonly boxId: BoxId;
  /** 8 bytes: what the box knows it by. */
  readonly order: Uint8Array;
  /** 0 for the main lock. */
  readonly bin: number;
  readonly press: Press;
  readonly reason: string;
  readonly by: Orderer;
  readonly orderedAtMs: number;
  /** Until then the box may ask, or the button be pressed. */
  readonly expiresAtMs: number;
  readonly state: OpeningState;
  readonly because: EndCause | null;
  /** The box's grant, once there is one. */
  readonly grant: number | null;
  /** When the state last changed. */
  readonly changedAtMs: number;
}

/** How long an order lives, in ms. */
export const lifeLimits = {
  usualMs: 30_000,
  shortestMs: 5_000,
  longestMs: 30_000,
  /** Somebody has to walk to the box. */
  longestWithButtonMs: 120_000,
  /** A request that left the box at the last moment is still on its way. */
  travelMs: 2_000,
} as const;

/** What is known when a box asks because of an order. */
export interface OrderFacts {
  readonly boxId: BoxId;
  /** The bin that the box asks for. */
  readonly bin: number;
  /** Whether this process gave the order and its time is not over. */
  readonly isLive: boolean;
  /** Whether whoever ordered may still open here. */
  readonly mayOpen: boolean;
}

/** @returns whether an order is still waiting for the box */
export function isPending({ state }: Pick<RemoteOpening, 'state'>): boolean {
  return state === 'ordered' || state === 'asked';
}

/** Judges the order that a box's request follows. @param opening undefined for an order that the tenant never gave */
export function judgeOrder(opening: RemoteOpening | undefined, facts: OrderFacts): OrderVerdict {
  if (opening === undefined) return dead('unknown-order');
  if (opening.boxId !== facts.boxId) return dead('order-elsewhere');
  if (opening.grant !== null) return dead('order-used');
  if (!isPending(opening) || !facts.isLive) return dead('order-over');
  if (opening.bin !== facts.bin) return dead('order-of-another-bin');
  if (!facts.mayOpen) return dead('right-lost');
  return { kind: 'live', order: { openingId: opening.openingId, by: opening.by } };
}

function dead(because: OrderFault): OrderVerdict {
  return { kind: 'dead', because };
}

/** @returns where an opening stands once its grant has come to this state */
export function afterGrant(state: OpeningState, grant: Grant['state']): OpeningState {
  if (state !== 'granted') return state;
  switch (grant) {
    case 'granted':
    case 'intended':
      return 'granted';
    case 'opened':
      return 'opened';
    // The latch never let go, or the answer was lost and the box's log has gone on without it.
    case 'closed':
    case 'void':
      return 'not-opened';
  }
}
