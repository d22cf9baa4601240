// A box in memory and a cloud peer with a perfect network between them, for tests that read as one story. Tests of a
// bad network move the frames themselves.
import type { BoxOutput } from '@smartbox/firmware/core';
import { CloudPeer } from './cloud-peer.ts';
import { type Flash, MemoryBoard, type Sensors } from './memory-board.ts';

export class BoxAndCloud {
  board: MemoryBoard;
  readonly cloud: CloudPeer;
  /** Whether connections succeed and frames pass. */
  network = true;

  constructor(flash?: Flash, cloud = new CloudPeer(), sensors?: Sensors) {
    this.board = new MemoryBoard(flash, sensors);
    this.cloud = cloud;
  }

  boot(): void {
    this.board.boot();
    this.settle(this.board.outputs.slice());
  }

  /** Power off, then on, with the flash as it is. */
  reboot(): void {
    const { flash, sensors, capacity, cutAt, carriedOut } = this.board;
    this.board = new MemoryBoard(flash, sensors);
    Object.assign(this.board, { capacity, cutAt, carriedOut });
    this.boot();
  }

  /** Does something at the board and lets the network answer. */
  act(action: (board: MemoryBoard) => readonly BoxOutput[]): readonly BoxOutput[] {
    const outputs = action(this.board);
    return outputs.concat(this.settle(outputs));
  }

  /** Lets time pass; the cloud's clock goes along. */
  wait(ms: number): readonly BoxOutput[] {
    const { board } = this;
    const until = board.nowMs + ms;
    const seen: BoxOutput[] = [];
    for (let turns = 0; board.wakeAtMs !== undefined && board.wakeAtMs <= until; turns++) {
      if (turns > 100_000) throw new RangeError('the box wakes without end');
      this.cloud.timeMs += board.wakeAtMs - board.nowMs;
      board.nowMs = board.wakeAtMs;
      seen.push(...this.act((one) => one.give({ kind: 'woke' })));
    }
    this.cloud.timeMs += until - board.nowMs;
    board.nowMs = until;
    return seen;
  }

  /** Claims the box and brings its first session up. */
  claim(): void {
    this.act((board) => board.give({ kind: 'button-moved', down: true }));
    this.wait(5_000);
    this.act((board) => board.give({ kind: 'button-moved', down: false }));
    this.wait(3_000);
  }

  private settle(outputs: readonly BoxOutput[]): readonly BoxOutput[] {
    const seen: BoxOutput[] = [];
    let queue = outputs.slice();
    for (let output = queue.shift(); output !== undefined; output = queue.shift()) {
      const more = this.network ? this.pass(output) : this.fail(output);
      seen.push(...more);
      queue = queue.concat(more);
    }
    return seen;
  }

  private pass(output: BoxOutput): readonly BoxOutput[] {
    const { board, cloud } = this;
    if (output.kind === 'connect') return board.setLink(true);
    if (output.kind === 'disconnect') board.linkUp = false;
    if (output.kind !== 'send-frame' || !board.linkUp) return [];
    const more: BoxOutput[] = [];
    for (const frame of cloud.take(output.frame)) more.push(...board.give({ kind: 'frame-received', frame }));
    return more;
  }

  private fail(output: BoxOutput): readonly BoxOutput[] {
    return output.kind === 'connect' ? this.board.setLink(false) : [];
  }
}

/** @returns a box that is claimed, online and quiet */
export function claimedBox(): BoxAndCloud {
  const pair = new BoxAndCloud();
  pair.boot();
  pair.claim();
  return pair;
}
