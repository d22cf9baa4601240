// When something that depends on schedules changes next: tried at every moment at which one of them may open or close,
// and nowhere else. For people who ask "when then?"; a decision does not need it.

import { dayAfter, localMoment, momentsOf, nextTurn, startOf } from './local-time.ts';
import { type LocalDay, type Schedule, windowsOn } from './schedule.ts';

/** How far ahead is looked, in days. */
const horizonDays = 15;

/** Where and from when on is looked. */
export interface Search {
  readonly schedules: readonly Schedule[];
  /** IANA name. */
  readonly timeZone: string;
  /** Moments beside those of the schedules at which it may change. */
  readonly besides: readonly number[];
  readonly afterMs: number;
}

/** @returns the first moment after the given one at which it is so; null for none within two weeks or beside them */
export function nextMoment(search: Search, isSo: (atMs: number) => boolean): number | null {
  const { schedules, timeZone, besides, afterMs } = search;
  const { day, dayBefore } = localMoment(afterMs, timeZone);
  const within = (from: number, end: number, moments: readonly number[]): readonly number[] =>
    moments.filter((atMs) => from <= atMs && atMs < end && atMs > afterMs);
  let startsMs = startOf(day, timeZone);
  let before = dayBefore;
  let today = day;
  for (let ahead = 1; ahead <= horizonDays; ahead++) {
    const tomorrow = dayAfter(day, ahead);
    const endsMs = startOf(tomorrow, timeZone);
    const turn = nextTurn(startsMs, timeZone);
    // A clock may be turned at midnight itself.
    const moments = [
      startsMs,
      ...besides,
      ...(turn === null ? [] : [turn]),
      ...[before, today].flatMap((one) => edgesOf(schedules, one, timeZone)),
    ];
    const first = within(startsMs, endsMs, moments).toSorted(rising).find(isSo);
    if (first !== undefined) return first;
    [before, today, startsMs] = [today, tomorrow, endsMs];
  }
  return within(startsMs, Number.POSITIVE_INFINITY, besides).toSorted(rising).find(isSo) ?? null;
}

function edgesOf(schedules: readonly Schedule[], day: LocalDay, timeZone: string): readonly number[] {
  const minutes = schedules
    .flatMap((schedule) => windowsOn(schedule, day))
    .flatMap(({ startMinute, endMinute }) => [startMinute, endMinute]);
  return [...new Set(minutes)].flatMap((minute) => momentsOf(day, minute, timeZone));
}

function rising(left: number, right: number): number {
  return left - right;
}
