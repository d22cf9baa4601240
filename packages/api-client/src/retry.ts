// Whether a call that failed is made again, and when. Pure.
import type { ApiFault } from './api-fault.ts';

/** How patient a client is. */
export interface Patience {
  /** How often a call is repeated. */
  readonly retries: number;
  /** A server that asks to wait longer is not waited for. */
  readonly longestWaitMs: number;
}

/** What is known about a call that failed. */
export interface FailedCall {
  readonly fault: ApiFault;
  /** 1 after the first try. */
  readonly tries: number;
  /** Whether a second effect is ruled out, or the first had none. */
  readonly repeatable: boolean;
  /** From 0 to 1. */
  readonly chance: number;
}

const FIRST_WAIT_MS = 250;
const LONGEST_BACKOFF_MS = 8_000;

/** @returns how long to wait before the next try, in ms; undefined: give up */
export function retryDelayMs(failed: FailedCall, patience: Patience): number | undefined {
  const { fault, tries, repeatable, chance } = failed;
  if (tries > patience.retries || !worthIt(fault, repeatable)) return undefined;
  const asked = fault.name === 'ApiProblem' ? fault.retryAfterMs : undefined;
  if (asked !== undefined && asked > patience.longestWaitMs) return undefined;
  return Math.max(asked ?? 0, backoffMs(tries, chance));
}

/** @returns 250 ms, doubling up to 8 s, between half and the whole of it */
export function backoffMs(tries: number, chance: number): number {
  const wholeMs = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  return (wholeMs * (1 + chance)) / 2;
}

// A problem says that the request had no effect; silence says nothing.
function worthIt(fault: ApiFault, repeatable: boolean): boolean {
  if (fault.name === 'ApiProblem') return fault.problem.retryable;
  return fault.reason !== 'foreign' && repeatable;
}
