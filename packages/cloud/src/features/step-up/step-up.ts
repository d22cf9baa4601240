// How long a proof counts and how often one may try. Pure: times in, answers out. Times later than now (the
// clock was set back) count as now for tries, and prove nothing.

import { stepUpFreshMs } from '../../platform/step-ups.ts';

/** When the wrong passphrases of the last quarter of an hour were tried, ascending, in Unix ms. */
export type WrongTries = readonly number[];

/** Wrong tries that a tenant has in each window. */
export const stepUpTries = { most: 5, windowMs: 900_000 } as const;

/** @returns whether a proof of `provenAtMs` still counts; not from the very millisecond of its end */
export function isFreshProof(provenAtMs: number | undefined, nowMs: number): boolean {
  return provenAtMs !== undefined && provenAtMs <= nowMs && nowMs < provenAtMs + stepUpFreshMs;
}

/** @returns how many tries are left now */
export function triesLeft(wrong: WrongTries, nowMs: number): number {
  return Math.max(0, stepUpTries.most - recentTries(wrong, nowMs).length);
}

/** @returns when the next try is looked at, where none is left now */
export function nextTryAtMs(wrong: WrongTries, nowMs: number): number {
  const [oldest = nowMs] = recentTries(wrong, nowMs).slice(-stepUpTries.most);
  return oldest + stepUpTries.windowMs;
}

/** @returns the list with one wrong try more and without those that are forgotten */
export function addWrongTry(wrong: WrongTries, nowMs: number): WrongTries {
  return [...recentTries(wrong, nowMs), nowMs].slice(-stepUpTries.most);
}

/** @returns the list without what is forgotten; to be kept, so that a clock set back locks nobody out for long */
export function recentTries(wrong: WrongTries, nowMs: number): WrongTries {
  return wrong.map((atMs) => Math.min(atMs, nowMs)).filter((atMs) => atMs > nowMs - stepUpTries.windowMs);
}
