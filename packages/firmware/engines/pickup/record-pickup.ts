// One day of a box as a row of inputs: claim, first session, a key taken with a code, brought back by its fob, taken
// in two steps and brought back, the main lock opened from afar, the key taken and its bin opened again without a network, by a booking code and from the sheet, and a session whose root key
// takes a Diffie-Hellman step. Recorded once against the real protocol of the cloud, then
// replayed on any engine: since a step depends on nothing but state, input and time, equal outputs at every step
// mean that the same cloud would have answered in the same way.
import { type BoxInput, type BoxOutput, initialState, step } from '@smartbox/firmware/core';
import { BoxAndCloud } from '../../test/core/box-and-cloud.ts';
import { grantBin } from '../../test/core/cloud-peer.ts';
import { MemoryBoard, tagOf } from '../../test/core/memory-board.ts';
import { booking, desired, press, sheet, takeKey as takeOut } from '../../test/core/offline-box.ts';

export interface RecordedStep {
  readonly input: BoxInput;
  /** Monotonic milliseconds since boot. */
  readonly nowMs: number;
  /** What the core answers in Node. */
  readonly outputs: readonly BoxOutput[];
  readonly wakeAtMs: number | undefined;
}

class RecordingBoard extends MemoryBoard {
  readonly given: { readonly input: BoxInput; readonly nowMs: number }[] = [];

  override give(input: BoxInput): readonly BoxOutput[] {
    this.given.push({ input, nowMs: this.nowMs });
    return super.give(input);
  }
}

const key = tagOf(3);

function takeKey(pair: BoxAndCloud): void {
  pair.cloud.decide = grantBin(3, 'withdraw', 77);
  pair.act((board) => board.press('12345678#'));
  pair.act((board) => board.moveDoor(3, true));
  pair.act((board) => board.senseTag(3, null));
  pair.wait(1_000);
  pair.act((board) => board.moveDoor(3, false));
  pair.wait(10_000);
}

/** An ID code, and then the code that was sent to the person's phone. */
function takeKeyInTwoSteps(pair: BoxAndCloud): void {
  pair.cloud.decide = (asked) =>
    asked.kind === 'further'
      ? grantBin(3, 'withdraw', 79)(asked)
      : { name: 'further-asked', body: { request: asked.request, what: 'second-code', waitMs: 120_000 } };
  press(pair, '12345678#135790#');
  takeOut(pair, 3);
  pair.wait(10_000);
}

/** As an administrator orders it, with somebody at the box who presses the button. */
function openMainLock(pair: BoxAndCloud): void {
  pair.cloud.decide = grantBin(0, 'service', 80);
  const body = { order: new Uint8Array(8).fill(5), bin: 0, press: 'button', waitMs: 60_000 } as const;
  for (const frame of pair.cloud.say({ name: 'opening-asked', body })) {
    pair.act((one) => one.give({ kind: 'frame-received', frame }));
  }
  pair.wait(2_000);
  for (const down of [true, false]) pair.act((one) => one.give({ kind: 'button-moved', down }));
  for (const open of [true, false]) pair.act((one) => one.moveMainLock(open));
  pair.wait(10_000);
}

function bringKeyBack(pair: BoxAndCloud): void {
  pair.cloud.decide = grantBin(3, 'return', 78);
  pair.act((board) => board.give({ kind: 'fob-tapped', tag: key }));
  pair.act((board) => board.moveDoor(3, true));
  pair.act((board) => board.senseTag(3, key));
  pair.act((board) => board.moveDoor(3, false));
  pair.wait(30_000);
}

/** @returns the inputs, and what the reference answers to each */
export function recordPickup(): readonly RecordedStep[] {
  const pair = new BoxAndCloud();
  const board = new RecordingBoard();
  pair.board = board;
  board.sensors.tags[2] = key;
  pair.boot();
  pair.claim();
  takeKey(pair);
  bringKeyBack(pair);
  takeKeyInTwoSteps(pair);
  bringKeyBack(pair);
  openMainLock(pair);
  for (const frame of pair.cloud.say({ name: 'emergency-changed', body: desired() })) {
    pair.act((one) => one.give({ kind: 'frame-received', frame }));
  }
  // Without a network for an hour: the key step is due when it comes back.
  pair.network = false;
  pair.act((one) => one.setLink(false));
  pair.wait(60_000);
  press(pair, `${booking(pair, { bin: 3 }).code}#`);
  takeOut(pair, 3);
  press(pair, `1#3#${sheet(3, 1)}#`);
  takeOut(pair, 3);
  pair.wait(3_600_000);
  pair.network = true;
  pair.wait(60_000);
  return replay(board.given);
}

function replay(given: readonly { readonly input: BoxInput; readonly nowMs: number }[]): RecordedStep[] {
  let state = initialState();
  return given.map(({ input, nowMs }) => {
    const result = step(state, input, nowMs);
    state = result.state;
    return { input, nowMs, outputs: result.outputs, wakeAtMs: result.wakeAtMs };
  });
}
