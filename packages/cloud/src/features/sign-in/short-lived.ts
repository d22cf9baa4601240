// Things that live for minutes, in memory: challenges and device codes. A stranger may ask for them, so they cost no row;
// a restart forgets them, and whoever waited for one begins anew. What names one is kept as a hash.

import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';

/** Things by a secret that names each. */
export interface ShortLived<T> {
  /** Keeps a thing, and lets the oldest go when there are too many. */
  keep(secret: string, thing: T): void;
  get(secret: string): T | undefined;
  /** Gets a thing that nobody gets again. */
  take(secret: string): T | undefined;
  /** Lets go of all that are so. */
  drop(isSo: (thing: T) => boolean): void;
}

/** @param bounds how long each lives, and how many there are at most */
export function createShortLived<T>(
  clock: Pick<Clock, 'nowMs'>,
  bounds: { readonly lifeMs: number; readonly most: number },
): ShortLived<T> {
  const kept = new Map<string, { readonly thing: T; readonly sinceMs: number }>();

  const isOver = (sinceMs: number): boolean => {
    const ageMs = clock.nowMs() - sinceMs;
    // A clock that was set back gives nothing a longer life.
    return ageMs < 0 || ageMs >= bounds.lifeMs;
  };
  const sweep = (): void => {
    for (const [name, { sinceMs }] of kept) {
      if (kept.size <= bounds.most && !isOver(sinceMs)) return;
      kept.delete(name);
    }
  };
  const get = (secret: string): T | undefined => {
    const found = kept.get(nameOf(secret));
    return found === undefined || isOver(found.sinceMs) ? undefined : found.thing;
  };
  return {
    get,
    keep: (secret, thing) => {
      const name = nameOf(secret);
      kept.delete(name);
      kept.set(name, { thing, sinceMs: clock.nowMs() });
      sweep();
    },
    take: (secret) => {
      const found = get(secret);
      kept.delete(nameOf(secret));
      return found;
    },
    drop: (isSo) => {
      for (const [name, { thing }] of kept) if (isSo(thing)) kept.delete(name);
    },
  };
}

function nameOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64');
}
