// Goes round and sends what is owed. The tables are its only memory: what was on its way when the cloud died is
// still owed, and goes again under the same id. A receiver that hangs holds up nobody but itself.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Outcome } from './delivery.ts';
import { noticesKeptMs } from './notice.ts';
import type { OwedChannel, OwedStore } from './owed-store.ts';
import type { Tried } from './record-attempt.ts';
import { isLook, type Parcel } from './send.ts';
import { createWays } from './ways.ts';

/** What the post office is made of. */
export interface PostOfficePorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly commitGroup: CommitGroup;
  readonly owed: OwedStore;
  /** Packs the next parcel of a channel, leaving out what is on its way; undefined when there is none now. */
  pack(owed: OwedChannel, onTheWay: ReadonlySet<string>): Parcel | undefined;
  send(parcel: Parcel): Promise<Outcome>;
  /** Inside a transaction. */
  record(tried: Tried): void;
  /** Our own fault, for the log. */
  failed(error: unknown): void;
}

/** See the head of this file. */
export interface PostOffice {
  /** Something may be owed now. */
  wake(): void;
  /** Goes round from now on. @returns a function that stops it */
  start(): Cancel;
}

/** After a failed commit nothing is known to be sent; the disk gets this much time. */
const breathMs = 5_000;
const longestSleepMs = 3_600_000;

/** Makes one. */
export function createPostOffice(ports: PostOfficePorts): PostOffice {
  const ways = createWays();
  let running = false;
  let alarm: { readonly atMs: number; readonly cancel: Cancel } | undefined;

  const wakeIn = (delayMs: number): void => {
    if (!running) return;
    const atMs = ports.clock.monotonicMs() + delayMs;
    if (alarm !== undefined && alarm.atMs <= atMs) return;
    alarm?.cancel();
    alarm = { atMs, cancel: ports.timers.after(delayMs, round) };
  };

  const deliver = (owed: OwedChannel, parcel: Parcel): void => {
    const way = ways.enter(owed, parcel);
    const startedAtMs = Math.floor(ports.clock.nowMs());
    const startedMs = ports.clock.monotonicMs();
    const { tenantId, channelId } = owed;
    const deliveryIds = parcel.items.map(({ delivery }) => delivery.deliveryId);
    void attempt(ports, parcel).then((outcome) => {
      if (!running) return;
      const tookMs = Math.round(ports.clock.monotonicMs() - startedMs);
      const about = { startedAtMs, tookMs, isLook: isLook(parcel) };
      const tried: Tried = { tenantId, channelId, deliveryIds, outcome, ...about };
      way.answered(outcome.kind === 'delivered');
      ports.commitGroup.enqueue(
        () => ports.record(tried),
        ({ kind }) => {
          const done = (): void => {
            way.recorded();
            wakeIn(0);
          };
          if (kind === 'committed') done();
          else ports.timers.after(breathMs, done);
        },
      );
      // The receiver has its hands free: what is next need not wait for the disk.
      wakeIn(0);
    });
  };

  // One broken channel must not stop the round.
  const pack = (owed: OwedChannel): Parcel | undefined => {
    try {
      return ports.pack(owed, ways.of(owed));
    } catch (error) {
      ports.failed(error);
      return undefined;
    }
  };

  const serve = (owed: OwedChannel): void => {
    while (ways.hasRoom(owed)) {
      const parcel = pack(owed);
      if (parcel === undefined) return;
      deliver(owed, parcel);
      if (parcel.channel.kind !== 'webhook') return;
    }
  };

  const round = (): void => {
    alarm = undefined;
    if (!running) return;
    const nowMs = ports.clock.nowMs();
    for (const owed of ports.owed.channels()) if (owed.dueAtMs <= nowMs) serve(owed);
    // What was put off meanwhile is seen here; what is under way wakes us when it is done.
    const later = ports.owed.channels().find(({ dueAtMs }) => dueAtMs > nowMs);
    if (later !== undefined) wakeIn(Math.min(longestSleepMs, later.dueAtMs - nowMs));
  };

  return {
    wake: () => wakeIn(0),
    start: () => {
      running = true;
      const stopBroom = watchAge(ports);
      wakeIn(0);
      return () => {
        running = false;
        alarm?.cancel();
        alarm = undefined;
        stopBroom();
      };
    },
  };
}

/** Sends a parcel; what goes wrong here is no fault of the receiver. */
function attempt(ports: PostOfficePorts, parcel: Parcel): Promise<Outcome> {
  return ports.send(parcel).catch((error: unknown): Outcome => {
    ports.failed(error);
    return { kind: 'again', reason: 'internal', status: null };
  });
}

/** Throws old notices away, now and every hour. */
function watchAge({ clock, timers, commitGroup, owed }: PostOfficePorts): Cancel {
  let cancel: Cancel = () => {};
  const sweep = (): void => {
    commitGroup.enqueue(
      () => owed.purge(clock.nowMs() - noticesKeptMs),
      () => {},
    );
    cancel = timers.after(longestSleepMs, sweep);
  };
  sweep();
  return () => cancel();
}
