// Tries at the door with mail addresses that nobody has: counted and timed as those of people, so that a guesser learns
// nothing. There is nobody to tell of them and no tenant whose ledger they belong to, so whoever runs the server hears of
// many, as a number and never with an address: it may be somebody's password in the wrong field.

import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { addWrongTry, nextTryAtMs, triesLeft, type WrongTries } from '../step-up/index.ts';
import { type Brought, isPassword, type Proof } from './prove.ts';

/** What strangers are met with. */
export interface StrangerPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'strangerTried'>;
}

/** Mail addresses whose tries are remembered; beyond, the oldest are forgotten. */
const strangersAtMost = 10_000;

/** So many tries within the window are no slips any more; the log says so then, and at every tenfold. */
const burst = { tries: 20, windowMs: 900_000 } as const;

/** Nobody has tried yet. @returns what becomes of a try with an address that nobody has */
export function createStrangers({
  clock,
  log,
  metrics,
}: StrangerPorts): (mail: string, brought: Brought) => Proof {
  const tries = new Map<string, WrongTries>();
  let window = { sinceMs: 0, tries: 0 };

  const notice = (nowMs: number): void => {
    metrics.strangerTried();
    const ageMs = nowMs - window.sinceMs;
    if (ageMs < 0 || ageMs >= burst.windowMs) window = { sinceMs: nowMs, tries: 0 };
    window.tries += 1;
    if (isTold(window.tries))
      log.warn({ tries: window.tries }, 'sign-ins are tried with mail addresses that nobody has');
  };
  return (mail, { password }) => {
    const nowMs = Math.floor(clock.nowMs());
    notice(nowMs);
    const wrong = tries.get(mail) ?? [];
    if (triesLeft(wrong, nowMs) === 0) return { kind: 'wait', untilMs: nextTryAtMs(wrong, nowMs) };
    isPassword(password, null);
    tries.delete(mail);
    tries.set(mail, addWrongTry(wrong, nowMs));
    const [oldest] = tries.keys();
    if (tries.size > strangersAtMost && oldest !== undefined) tries.delete(oldest);
    return { kind: 'wrong' };
  };
}

function isTold(tries: number): boolean {
  return tries >= burst.tries && Number.isInteger(Math.log10(tries / burst.tries));
}
