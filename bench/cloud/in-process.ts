// One authorisation in the real cloud without sockets and broker: frames go straight in and come straight out, in
// groups that share a commit. What is left is opening, deciding, storing and sealing, so that the price of a large
// database shows. The boxes' own work is done between the groups and is not counted.
import type { Cloud, DeviceTransport, DeviceTransportHandlers } from '@smartbox/cloud';
import {
  type BoxId,
  decodeMessage,
  encodeMessage,
  nobleCrypto,
  noRequest,
  openRecord,
  type Session,
  sealRecord,
} from '@smartbox/protocol';
import type { AuthorisationCost } from '../floors/naive-authorise.ts';
import { answerAsks } from '../harness/asks.ts';
import { BenchError } from '../harness/bench-error.ts';
import { childSettings } from '../harness/child.ts';
import { createSealedTalk } from '../load/sealed-talk.ts';
import type { Talk } from '../load/talk.ts';
import { boxIdOf, type Population } from '../seed/population.ts';
import { composeForBench } from './compose-for-bench.ts';

/** What the process is told at its start. */
export interface InProcessSettings {
  readonly databasePath: string;
  readonly population: Population;
}

/** What it answers. */
export type InProcessAsks = {
  readonly measure: (options: { readonly ms: number; readonly group: number }) => AuthorisationCost;
  /** The protocol's share of one authorisation: open, decode, encode, seal. Microseconds. */
  readonly sealing: (options: { readonly ms: number }) => number;
};

const { databasePath, population } = childSettings<InProcessSettings>();
const sent: { readonly boxId: BoxId; readonly frame: Uint8Array }[] = [];
const deferred: (() => void)[] = [];
let handlers: DeviceTransportHandlers | undefined;
const transport: DeviceTransport = {
  start: async (given) => {
    handlers = given;
  },
  send: (boxId, frame) => sent.push({ boxId, frame }) > 0,
  stop: async () => undefined,
};
const cloud: Cloud = composeForBench({
  databasePath,
  defer: (run) => void deferred.push(run),
  deviceTransport: transport,
});
await cloud.start();
const talks = new Map<BoxId, Talk>();
for (let box = 0; box < population.boxes; box++) greet(box);
let nextBox = 0;

answerAsks({ measure, sealing } satisfies InProcessAsks);

function hand(boxId: BoxId, frame: Uint8Array): void {
  handlers?.frame(boxId, frame, () => undefined);
}

function endTurn(): void {
  for (const run of deferred.splice(0)) run();
}

function greet(box: number): void {
  const boxId = boxIdOf(box);
  const talk = createSealedTalk(population, box);
  talks.set(boxId, talk);
  handlers?.connected(boxId);
  const hello = talk.begin();
  if (hello !== undefined) hand(boxId, hello);
  endTurn();
  const confirmation = talk.take(Buffer.from(sent.pop()?.frame ?? []));
  if (confirmation.kind !== 'reply') throw new BenchError('unexpected-answer', confirmation.kind);
  hand(boxId, confirmation.frame);
  endTurn();
  hearAnswers();
}

/** @returns how many of them were right answers to the outstanding requests */
function hearAnswers(): number {
  let right = 0;
  for (const { boxId, frame } of sent.splice(0)) {
    const taken = talks.get(boxId)?.take(Buffer.from(frame));
    if (taken?.kind === 'answer' && taken.right) right++;
  }
  return right;
}

function measure({ ms, group }: { readonly ms: number; readonly group: number }): AuthorisationCost {
  const endMs = performance.now() + ms;
  let wallUs = 0;
  let processorUs = 0;
  let done = 0;
  for (; performance.now() < endMs; done += group) {
    const requests = Array.from({ length: group }, () => {
      const boxId = boxIdOf(nextBox++ % population.boxes);
      return { boxId, frame: Uint8Array.from(talks.get(boxId)?.request() ?? []) };
    });
    const before = process.cpuUsage();
    const startMs = performance.now();
    for (const { boxId, frame } of requests) hand(boxId, frame);
    endTurn();
    wallUs += (performance.now() - startMs) * 1000;
    const used = process.cpuUsage(before);
    processorUs += used.user + used.system;
    if (hearAnswers() !== group) throw new BenchError('unexpected-answer', 'a request was not granted');
  }
  return { wallUs: wallUs / done, processorUs: processorUs / done };
}

function sealing({ ms }: { readonly ms: number }): number {
  const ends = sessionPair();
  const request = encodeMessage({
    name: 'access-requested',
    body: {
      request: new Uint8Array(8),
      kind: 'code',
      code: '12345678',
      tag: new Uint8Array(0),
      bin: 0,
      logEnd: 0,
      follows: noRequest(),
    },
  });
  const sealed = sealRecord(nobleCrypto, ends.box, request);
  if (sealed.kind === 'refused') throw new BenchError('unexpected-answer', sealed.reason);
  const endMs = performance.now() + ms;
  let spentMs = 0;
  let done = 0;
  for (; performance.now() < endMs; done++) {
    const startMs = performance.now();
    const opened = openRecord(nobleCrypto, ends.cloud, sealed.frame);
    if (opened.kind === 'refused') throw new BenchError('unexpected-answer', opened.reason);
    decodeMessage(opened.plaintext, 'up');
    const grant = { request: new Uint8Array(8), bin: 3, purpose: 'withdraw', grant: done } as const;
    sealRecord(nobleCrypto, ends.cloud, encodeMessage({ name: 'access-granted', body: grant }));
    spentMs += performance.now() - startMs;
  }
  return (spentMs * 1000) / done;
}

function sessionPair(): { readonly box: Session; readonly cloud: Session } {
  const keys = { up: new Uint8Array(32).fill(1), down: new Uint8Array(32).fill(2) };
  const common = { boxId: boxIdOf(0), sessionId: new Uint8Array(4), sent: 0, received: 0 };
  return {
    box: { ...common, sends: 'up', sendKey: keys.up, receiveKey: keys.down },
    cloud: { ...common, sends: 'down', sendKey: keys.down, receiveKey: keys.up },
  };
}
