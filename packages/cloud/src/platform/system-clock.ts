// The real clock and timers of a running process: the only file of the cloud that reads
// the operating system's time.

import { performance } from 'node:perf_hooks';
import type { Clock, Defer, Timers } from './clock.ts';

/** Time of the machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** Timers of the event loop; they do not keep a stopping process alive. */
export const systemTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** End of the current turn: everything that the sockets delivered in this turn has been seen. */
export const systemDefer: Defer = (run) => {
  setImmediate(run);
};
