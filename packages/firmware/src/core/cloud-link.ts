// The connection to the broker: when to make it, when to give it up, when to try again. It carries frames and
// is trusted with nothing. Pauses double and are half random, so that ten thousand boxes do not come back in
// the same second after an outage; the longest pause keeps the way back below two minutes.
import { boxLimits } from './limits.ts';

export type CloudLink =
  /** Nobody wants a connection. */
  | { readonly kind: 'unwanted' }
  | { readonly kind: 'paused'; readonly untilMs: number; readonly failures: number }
  | { readonly kind: 'connecting'; readonly untilMs: number; readonly failures: number }
  | { readonly kind: 'up' };

/** @returns a link that connects at once */
export function wantLink(nowMs: number): CloudLink {
  return { kind: 'paused', untilMs: nowMs, failures: 0 };
}

/** Somebody is at the box: a pause is over at once. */
export function hurryLink(link: CloudLink, nowMs: number): CloudLink {
  return link.kind === 'paused' ? { ...link, untilMs: Math.min(link.untilMs, nowMs) } : link;
}

/** @returns whether the time has come to connect */
export function isConnectDue(link: CloudLink, nowMs: number): boolean {
  return link.kind === 'paused' && nowMs >= link.untilMs;
}

/** A connect order went out. */
export function connecting(link: CloudLink, nowMs: number): CloudLink {
  const failures = link.kind === 'paused' ? link.failures : 0;
  return { kind: 'connecting', untilMs: nowMs + boxLimits.connectMs, failures };
}

/** @returns whether a connection that was asked for has not come about in time */
export function isConnectOverdue(link: CloudLink, nowMs: number): boolean {
  return link.kind === 'connecting' && nowMs >= link.untilMs;
}

/**
 * The connection was lost, refused or given up.
 * @param chance 0 to 255, random
 */
export function linkLost(link: CloudLink, nowMs: number, chance: number): CloudLink {
  if (link.kind === 'unwanted' || link.kind === 'paused') return link;
  const failures = link.kind === 'connecting' ? link.failures + 1 : 0;
  const pauseMs = Math.min(
    boxLimits.connectPauseMs * 2 ** Math.min(failures, 16),
    boxLimits.connectPauseMaxMs,
  );
  return { kind: 'paused', untilMs: nowMs + halfRandom(pauseMs, chance), failures };
}

/** @returns between half of `ms` and all of it, by chance from 0 to 255 */
export function halfRandom(ms: number, chance: number): number {
  return Math.floor(ms / 2 + (ms / 2) * (chance / 255));
}

/** @returns when the link acts by itself next, if it does */
export function linkDueMs(link: CloudLink): number | undefined {
  return link.kind === 'paused' || link.kind === 'connecting' ? link.untilMs : undefined;
}
