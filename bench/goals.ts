// The goals, their bars and what each compares: the one table behind every verdict. The bars come from the
// performance plan and are changed only with a decision record.
import type { Bar, GoalResult } from './harness/report-shapes.ts';
import type { Ratio } from './harness/statistics.ts';

interface Goal {
  readonly what: string;
  readonly bar: Bar;
  readonly unit?: string;
}

const atMost = (must: number, stretch: number): Bar => ({ good: 'at-most', must, stretch });
const atLeast = (must: number, stretch: number): Bar => ({ good: 'at-least', must, stretch });

const goals = {
  G1: {
    what: 'p50 of an authorisation, one box, against mosquitto hop + one durable insert',
    bar: atMost(1.5, 1.25),
  },
  G2: {
    what: 'authorisations a second, 1000 boxes × 64 in flight, against the bare aedes echo',
    bar: atLeast(0.38, 0.5),
  },
  G3: { what: 'the same rate against mosquitto + Node service', bar: atLeast(4, 5) },
  'G4 p50': { what: '1000 a second: p50 against hop at that rate + durable insert', bar: atMost(2.3, 1.8) },
  'G4 p99': { what: '1000 a second: p99 against mosquitto + Node service', bar: atMost(0.6, 0.35) },
  G5: { what: '2000 a second: p99, nothing lost', bar: atMost(25, 12), unit: 'ms' },
  'G6 growth': { what: 'cost of one authorisation, most codes against fewest', bar: atMost(2, 1.3) },
  'G6 naive': {
    what: 'the same at most codes against the naive four statements at fewest',
    bar: atMost(1, 1),
  },
  'G7 ratio': { what: 'memory per connected box against bare aedes', bar: atMost(1.25, 1) },
  'G7 size': { what: 'memory per connected box, keys and session included', bar: atMost(38, 20), unit: 'KB' },
  'G8 cost': {
    what: 'herd: server time per box to log in and subscribe, against bare aedes',
    bar: atMost(1.25, 0.6),
  },
  'G8 time': { what: 'herd: until all have subscribed', bar: atMost(3, 3), unit: 's' },
  'G9 MQTT': {
    what: 'group commit against one transaction a request, MQTT, 64 in flight',
    bar: atLeast(3, 4),
  },
  'G9 HTTP': {
    what: 'group commit against one transaction a request, HTTP, 64 connections',
    bar: atLeast(4.5, 6),
  },
  'G11 share': {
    what: 'cryptography (code look-up hash included) in an authorisation’s processor time',
    bar: atMost(30, 20),
    unit: '%',
  },
  'G11 noble': {
    what: 'slowest noble operation (≤ 512 B) against node:crypto',
    bar: atMost(1, 0.7),
  },
  G15: { what: 'box client, minified and compressed by gzip', bar: atMost(14, 11), unit: 'KB' },
  'engine size': {
    what: 'embedded engine: the box’s whole program, minified',
    bar: atMost(60, 60),
    unit: 'KB',
  },
  'engine RAM': {
    what: 'embedded engine: least RAM that gets through a recorded day',
    bar: atMost(256, 150),
    unit: 'KB',
  },
} as const satisfies Readonly<Record<string, Goal>>;

/** A goal's name. */
export type GoalId = keyof typeof goals;

/** A goal with what was measured for it; a sentence where it could not be. */
export function goalResult(id: GoalId, measured: Ratio | string): GoalResult {
  const goal: Goal = goals[id];
  return typeof measured === 'string'
    ? { id, ...goal, measured: undefined, note: measured }
    : { id, ...goal, measured };
}
