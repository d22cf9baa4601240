// What the sensor of the main lock says, turned into states and entries. Apart from the doors of the bins: no tag and no
// grant of a person belongs to it, and the display speaks of the whole front.
import { isDoorOpen, lockOf, MAIN_LOCK, moveDoor } from './bin-lock.ts';
import { sound, type Turn, tell, wakeLight, writeAllDown } from './turn.ts';

/** The main lock opened or was shut. */
export function mainLockMoved(turn: Turn, open: boolean): void {
  const { box, nowMs } = turn;
  const before = lockOf(box.locks, MAIN_LOCK);
  if (before === undefined || isDoorOpen(box.locks, MAIN_LOCK) === open) return;
  box.lastPersonMs = nowMs;
  wakeLight(turn);
  const moved = moveDoor(box.locks, { bin: MAIN_LOCK, open, nowMs });
  box.locks = moved.locks;
  writeAllDown(turn, moved.facts);
  if (open) box.notice = undefined;
  else tell(turn, { text: 'main-lock-closed' });
  if (lockOf(box.locks, MAIN_LOCK)?.kind === 'forced') sound(turn, 'reminder');
}
