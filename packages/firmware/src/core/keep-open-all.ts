// Carries out `open-all.ts`: releases the next bin when its turn has come, and ends with an entry that says how many
// opened. It stops before the battery or the log cannot take one more.
import { openingsLeft } from './energy.ts';
import { beginOpenAll, nextBin, type OpenAllEnd, openingOrder, watchBin } from './open-all.ts';
import { openBin } from './open-bin.ts';
import { hasOfflineRoom } from './outbox.ts';
import { sound, type Turn, tell, writeDown } from './turn.ts';

/** A code for all bins was accepted and written down. */
export function startOpenAll(turn: Turn, grant: number): void {
  turn.box.openAll = beginOpenAll(grant, binsToOpen(turn.box));
  keepOpenAll(turn);
}

/** @returns the bins that a code for all would open now, in order */
export function binsToOpen(box: Pick<Turn['box'], 'emergency' | 'binCount' | 'presence'>): number[] {
  const holdsKey = (bin: number) => (box.presence.bins[bin - 1]?.inside ?? null) !== null;
  return openingOrder(box.emergency.rules.openOrder, box.binCount, holdsKey);
}

/** Goes on if it is time to. */
export function keepOpenAll(turn: Turn): void {
  const { box } = turn;
  if (box.openAll === undefined) return;
  const watched = watchBin(box.openAll, box.locks.bins[box.openAll.bin - 1]);
  box.openAll = watched.openAll;
  if (!watched.next) return;
  const next = nextBin(watched.openAll);
  if (next === undefined) {
    endOpenAll(turn, 'done');
    return;
  }
  if (openingsLeft(box.supply) === 0) {
    endOpenAll(turn, 'battery');
    return;
  }
  const room = box.outbox !== undefined && hasOfflineRoom(box.outbox);
  if (!room || !openBin(turn, { bin: next.bin, grant: next.grant, purpose: 'withdraw' })) {
    endOpenAll(turn, 'log-full');
    return;
  }
  box.openAll = next;
}

/** Ends it. What is released already stays released. */
export function endOpenAll(turn: Turn, end: OpenAllEnd): void {
  const { openAll } = turn.box;
  if (openAll === undefined) return;
  const { grant, opened, total } = openAll;
  turn.box.openAll = undefined;
  writeDown(turn, { kind: 'open-all-ended', grant, detail: opened });
  if (end !== 'done') sound(turn, 'refused');
  tell(turn, { text: `open-all-${end}`, values: { opened: String(opened), total: String(total) } });
}
