// Waits until a box has confirmed a change, for as long as somebody waits for a paper that says whether the box
// takes its codes.

import type { BoxId } from '@smartbox/protocol';
import type { Timers } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events.ts';

/** Ends when the box has confirmed this version, or after a few seconds. */
export type Hearing = (boxId: BoxId, version: number) => Promise<void>;

/** A box answers within a second or is not there. */
const patienceMs = 4_000;

/** Hears what is committed. */
export function createHearing(ports: { readonly events: EventBus; readonly timers: Timers }): Hearing {
  return (boxId, version) =>
    new Promise((resolve) => {
      const end = (): void => {
        stop();
        cancel();
        resolve();
      };
      const stop = ports.events.on('emergency-confirmed', (told) => {
        if (told.boxId === boxId && told.version >= version) end();
      });
      const cancel = ports.timers.after(patienceMs, end);
    });
}
