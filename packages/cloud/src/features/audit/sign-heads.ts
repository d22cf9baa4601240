// Signs and stores a head of each audit that has grown, within a minute: from then on nothing before it can be changed
// without whoever has the head being able to prove it. While nothing grows, nothing wakes.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { type HeadPorts, signHead, storeSubtrees, toStored } from './tree.ts';

const withinMs = 60_000;
/** While a long import is being caught up with. */
const soonMs = 1_000;
/** Records per tenant and turn: a few milliseconds, in which no box waits long. */
const recordsPerTurn = 2_000;

/** What signing by itself needs. */
export interface SignerPorts extends HeadPorts {
  readonly clock: Clock;
}

/** Signs by itself. */
export interface HeadSigner {
  /** Notes that a tenant's audit has grown. */
  grown(tenantId: TenantId): void;
  /** Signs for ever. @param waiting tenants that had grown before the start. @returns a function that stops it */
  watch(
    ports: { readonly timers: Timers; readonly commitGroup: CommitGroup },
    waiting: readonly TenantId[],
  ): Cancel;
}

/** A signer with nothing to do yet. */
export function createHeadSigner(ports: SignerPorts): HeadSigner {
  const waiting = new Set<TenantId>();

  /** Inside a transaction. @returns whether records are left for the next turn */
  const sign = (tenantId: TenantId): boolean => {
    const store = ports.stores(tenantId);
    const from = store.lastHead()?.size ?? 0;
    const end = store.last()?.sequence ?? 0;
    const to = Math.min(end, from + recordsPerTurn);
    if (to > from) {
      storeSubtrees(ports.crypto, store, { from, to });
      const atMs = Math.floor(ports.clock.nowMs());
      store.addHead(toStored(signHead(ports, tenantId, { size: to, atMs })));
    }
    return to < end;
  };

  /** Signs what waits. @param done told whether records are left */
  const turn = (commitGroup: CommitGroup, done: (behind: boolean) => void): void => {
    const tenants = [...waiting];
    waiting.clear();
    let open = tenants.length;
    let behind = false;
    if (open === 0) done(false);
    for (const tenantId of tenants)
      commitGroup.enqueue(
        () => sign(tenantId),
        (outcome) => {
          const left = outcome.kind === 'failed' || outcome.value;
          if (left) waiting.add(tenantId);
          behind ||= outcome.kind === 'committed' && left;
          open -= 1;
          if (open === 0) done(behind);
          // Goes to the log: an audit that cannot be signed is somebody's business.
          if (outcome.kind === 'failed') throw outcome.error;
        },
      );
  };

  let wake = (): void => {};
  return {
    grown: (tenantId) => {
      waiting.add(tenantId);
      wake();
    },
    watch({ timers, commitGroup }, before) {
      for (const tenantId of before) waiting.add(tenantId);
      let stopped = false;
      let cancel: Cancel | undefined;
      const again = (delayMs: number): void => {
        if (stopped || cancel !== undefined) return;
        cancel = timers.after(delayMs, () =>
          turn(commitGroup, (behind) => {
            cancel = undefined;
            if (waiting.size > 0) again(behind ? soonMs : withinMs);
          }),
        );
      };
      wake = () => again(withinMs);
      if (waiting.size > 0) wake();
      return () => {
        stopped = true;
        cancel?.();
      };
    },
  };
}
