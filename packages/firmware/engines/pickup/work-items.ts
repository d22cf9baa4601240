// The messages of a box's day whose cost is worth knowing, found in the recorded row by what they do. A cost is the
// engine's own count of work for that one step: the whole step, not only its cryptography.
import { frameType } from '@smartbox/protocol';
import type { RecordedStep } from './record-pickup.ts';
import type { ReplayedStep } from './replay-pickup.ts';

export interface WorkItem {
  readonly name: string;
  /** Meter units of the engine. */
  readonly steps: number;
  /** Frames of this step, in and out, in bytes. */
  readonly frameBytes: number;
}

type Matches = (step: RecordedStep) => boolean;

const sends =
  (type: ReturnType<typeof frameType>): Matches =>
  ({ outputs }) =>
    outputs.some((output) => output.kind === 'send-frame' && frameType(output.frame) === type);
const orders =
  (kind: string): Matches =>
  ({ outputs }) =>
    outputs.some((output) => output.kind === kind);
const hears =
  (type: ReturnType<typeof frameType>): Matches =>
  ({ input }) =>
    input.kind === 'frame-received' && frameType(input.frame) === type;
const both =
  (...all: readonly Matches[]): Matches =>
  (step) =>
    all.every((one) => one(step));
const is =
  (kind: string): Matches =>
  ({ input }) =>
    input.kind === kind;

/** A bin that no message opens: the last key was pressed, and the box decides by itself. */
const alone = both(is('key-pressed'), orders('release-bin'));

const items: readonly (readonly [name: string, matches: Matches, which: 'first' | 'last'])[] = [
  ['boot', is('booted'), 'first'],
  ['claim: key pair and code', both(is('woke'), orders('connect')), 'first'],
  ['claim: hello out', both(is('link-changed'), sends('claim-hello')), 'first'],
  ['claim: welcome in, keys stored', hears('claim-welcome'), 'first'],
  ['session: hello out', both(is('link-changed'), sends('hello')), 'first'],
  ['session: welcome in, key stepped, confirmed', hears('welcome'), 'first'],
  ['session with key exchange: hello out', both(is('link-changed'), sends('hello')), 'last'],
  ['session with key exchange: welcome in', hears('welcome'), 'last'],
  [
    'one digit typed',
    both(is('key-pressed'), ({ outputs }) =>
      outputs.every((one) => one.kind === 'show' || one.kind === 'sound'),
    ),
    'last',
  ],
  ['code entered: request sealed and sent', both(is('key-pressed'), sends('record')), 'first'],
  ['grant in: logged, bin released', both(hears('record'), orders('release-bin')), 'first'],
  ['booking code entered: judged alone, bin released', alone, 'first'],
  ['sheet code entered: judged alone, bin released', alone, 'last'],
  ['log entries sealed and sent', both(is('log-read'), sends('record')), 'last'],
  ['acknowledgement in', both(hears('record'), orders('release-log')), 'first'],
  ['heartbeat out', both(is('woke'), sends('record')), 'last'],
];

function frameBytes({ input, outputs }: RecordedStep): number {
  let bytes = input.kind === 'frame-received' ? input.frame.length : 0;
  for (const output of outputs) bytes += output.kind === 'send-frame' ? output.frame.length : 0;
  return bytes;
}

/** @returns the costs, leaving out what the recording does not contain */
export function workItems(replayed: readonly ReplayedStep[]): readonly WorkItem[] {
  return items.flatMap(([name, matches, which]) => {
    const found = replayed.filter(({ step }) => matches(step));
    const one = which === 'first' ? found[0] : found[found.length - 1];
    return one === undefined ? [] : [{ name, steps: one.steps ?? 0, frameBytes: frameBytes(one.step) }];
  });
}
