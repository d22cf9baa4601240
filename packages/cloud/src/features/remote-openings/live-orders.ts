// The orders that this process gave and whose time is not over, in memory only: a restart forgets them, so none comes
// back to life. Time here is the monotonic one, so that a corrected clock lengthens no order.

import type { BoxId } from '@smartbox/protocol';
import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { TenantId } from '../../platform/identifiers.ts';

/** An order by name. */
export interface OrderName {
  readonly tenantId: TenantId;
  readonly boxId: BoxId;
  readonly openingId: string;
}

/** Orders that live. */
export interface LiveOrders {
  /** @param ended called once when the time is over, unless it was forgotten before */
  add(order: OrderName, lifeMs: number, ended: () => void): void;
  has(openingId: string): boolean;
  /** How long an order still lives; 0 for one that does not. */
  leftMs(openingId: string): number;
  ofBox(boxId: BoxId): readonly OrderName[];
  /** The box asked, and its log has to be here up to this entry first. */
  waitForLog(openingId: string, end: number): void;
  /** The entry that is waited for; undefined when none is. */
  awaitedEnd(openingId: string): number | undefined;
  forget(openingId: string): void;
}

/** None yet. */
export function createLiveOrders(ports: { readonly clock: Clock; readonly timers: Timers }): LiveOrders {
  const { clock, timers } = ports;
  const orders = new Map<
    string,
    { readonly order: OrderName; readonly untilMs: number; readonly cancel: Cancel }
  >();
  const awaited = new Map<string, number>();
  const leftMs = (openingId: string): number =>
    Math.max(0, (orders.get(openingId)?.untilMs ?? 0) - clock.monotonicMs());
  return {
    add: (order, lifeMs, ended) => {
      const cancel = timers.after(lifeMs, ended);
      orders.set(order.openingId, { order, untilMs: clock.monotonicMs() + lifeMs, cancel });
    },
    has: (openingId) => orders.has(openingId) && leftMs(openingId) > 0,
    leftMs,
    waitForLog: (openingId, end) => void awaited.set(openingId, end),
    awaitedEnd: (openingId) => awaited.get(openingId),
    ofBox: (boxId) => [...orders.values()].map(({ order }) => order).filter((one) => one.boxId === boxId),
    forget: (openingId) => {
      orders.get(openingId)?.cancel();
      orders.delete(openingId);
      awaited.delete(openingId);
    },
  };
}
