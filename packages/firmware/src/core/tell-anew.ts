// Brings the log into agreement with the sensors: after a claim, when nothing was told yet, and after a full log has
// swallowed what happened. Doors are told at once, tags once their readers have settled.
import { isDoorOpen, MAIN_LOCK } from './bin-lock.ts';
import { untoldDoors } from './bin-memory.ts';
import { presenceFrom } from './key-presence.ts';
import { untoldMainLock } from './main-lock-memory.ts';
import { type Turn, writeAllDown } from './turn.ts';

/** @param fresh true after a claim: doors that stand open were opened, not forced */
export function tellAnew(turn: Turn, fresh = false): void {
  const { box } = turn;
  box.untold = false;
  const doorsOpen = box.locks.bins.map((_, index) => isDoorOpen(box.locks, index + 1));
  writeAllDown(turn, untoldDoors(box.memory, doorsOpen, fresh));
  writeAllDown(turn, untoldMainLock(box.mainTold, isDoorOpen(box.locks, MAIN_LOCK), fresh));
  const seen = box.presence.bins.map((bin) => bin.seen);
  box.presence = presenceFrom(box.memory, seen, turn.nowMs);
}
