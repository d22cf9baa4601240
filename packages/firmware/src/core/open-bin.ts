// The one way in which a bin, or the main lock, is opened, whoever allowed it. Order that matters: append-log
// open-intended, then the pulse; without the entry there is no opening.
import { type Purpose, releaseBin } from './bin-lock.ts';
import { passLocks } from './pass-time.ts';
import { mayPulse } from './power.ts';
import { sound, type Turn, writeAllDown, writeDown } from './turn.ts';

/** @returns false where it could not be written down, or the battery is at its end: the bin stays shut */
export function openBin(
  turn: Turn,
  opening: { readonly bin: number; readonly grant: number; readonly purpose: Purpose },
): boolean {
  const { box, nowMs } = turn;
  const { bin, grant } = opening;
  if (!mayPulse(box.power)) return false;
  if (!writeDown(turn, { kind: 'open-intended', bin, grant })) return false;
  const released = releaseBin(box.locks, { ...opening, nowMs });
  box.locks = released.locks;
  box.focusBin = bin;
  passLocks(turn);
  writeAllDown(turn, released.facts);
  sound(turn, 'granted');
  return true;
}
