// The one timer of late keys: set to the moment at which the next key is due, and set anew when that changes. Nothing
// is looked for in between.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import { nextLookMs } from './lateness.ts';
import type { DueAbsences } from './store.ts';

/** What the watch needs. */
export interface LateWatchPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly commitGroup: CommitGroup;
  readonly due: Pick<DueAbsences, 'nextDueAtMs'>;
  /** Tells of what is due; runs in a transaction of its own. */
  tell(): void;
}

/** A watch that was not started does nothing. */
export interface LateWatch {
  /** Another key may be the next now; inside a transaction. */
  changed(): void;
  start(): Cancel;
}

/** After a commit that failed: the disk may be full for a while. */
const afterFailureMs = 60_000;

/** Makes the watch. */
export function createLateWatch(ports: LateWatchPorts): LateWatch {
  const { clock, timers, commitGroup, due, tell } = ports;
  let running = false;
  let cancel: Cancel = () => {};
  const arm = (atLeastMs: number): void => {
    cancel();
    if (!running) return;
    const waitMs = nextLookMs(due.nextDueAtMs(), clock.nowMs());
    if (waitMs === undefined) return;
    cancel = timers.after(Math.max(waitMs, atLeastMs), () =>
      commitGroup.enqueue(tell, ({ kind }) => arm(kind === 'failed' ? afterFailureMs : 0)),
    );
  };
  return {
    changed: () => commitGroup.afterCommit(() => arm(0)),
    start: () => {
      running = true;
      arm(0);
      return () => {
        running = false;
        cancel();
      };
    },
  };
}
