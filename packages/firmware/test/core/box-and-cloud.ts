// A box in memory and a cloud peer with a perfect network between them, for tests that read as one story. A frame
// reaches the cloud at the moment it is sent, also when the power goes in the same step; the answer comes after it.
import type {
  BoxInput,
  BoxOutput,
  FoundNetwork,
  JoinTrouble,
  SecondNetwork,
  WokeBy,
} from '@smartbox/firmware/core';
import { CloudPeer } from './cloud-peer.ts';
import { type Flash, MemoryBoard, type Sensors } from './memory-board.ts';

/** A phone that lends its connection. */
interface Hotspot extends SecondNetwork {
  secured: boolean;
  internet: boolean;
}

export class BoxAndCloud {
  board: MemoryBoard;
  readonly cloud: CloudPeer;
  /** Whether connections succeed and frames pass. */
  network = true;
  /** The phone in reach, if there is one. */
  hotspot: Hotspot | undefined = undefined;
  /** What else a search finds. */
  neighbours: FoundNetwork[] = [];
  private overHotspot = false;
  private arriving: BoxInput[] = [];

  constructor(flash?: Flash, cloud = new CloudPeer(), sensors?: Sensors) {
    this.board = new MemoryBoard(flash, sensors);
    this.cloud = cloud;
  }

  boot(wokeBy: WokeBy = 'power'): void {
    this.arriving = [];
    this.board.onOutput = (output) => this.heard(output);
    this.board.boot(wokeBy);
    this.settle();
  }

  /** Power off, then on, with the flash as it is; or the end of a sleep. */
  reboot(wokeBy: WokeBy = 'power'): void {
    const { flash, sensors, capacity, cutAt, carriedOut, entropy } = this.board;
    this.board = new MemoryBoard(flash, sensors);
    Object.assign(this.board, { capacity, cutAt, carriedOut, entropy });
    this.boot(wokeBy);
  }

  /** Does something at the board and lets the network answer. @returns all outputs, the answers' too */
  act(action: (board: MemoryBoard) => unknown): readonly BoxOutput[] {
    const from = this.board.outputs.length;
    action(this.board);
    this.settle();
    return this.board.outputs.slice(from);
  }

  /** Lets time pass; the cloud's clock goes along. */
  wait(ms: number): readonly BoxOutput[] {
    const { board } = this;
    const from = board.outputs.length;
    const until = board.nowMs + ms;
    for (let turns = 0; board.wakeAtMs !== undefined && board.wakeAtMs <= until; turns++) {
      if (turns > 100_000) throw new RangeError('the box wakes without end');
      this.cloud.timeMs += board.wakeAtMs - board.nowMs;
      board.nowMs = board.wakeAtMs;
      this.act((one) => one.give({ kind: 'woke' }));
    }
    this.cloud.timeMs += until - board.nowMs;
    board.nowMs = until;
    return board.outputs.slice(from);
  }

  /** Claims the box and brings its first session up. */
  claim(): void {
    this.act((board) => board.give({ kind: 'button-moved', down: true }));
    this.wait(5_000);
    this.act((board) => board.give({ kind: 'button-moved', down: false }));
    this.wait(3_000);
  }

  /** Cuts the network, or mends it. */
  setNetwork(works: boolean): void {
    this.network = works;
    if (!works && this.board.linkUp && !this.overHotspot) this.act((board) => board.setLink(false));
  }

  /** A phone comes into reach with its hotspot on, or is carried away. */
  setHotspot(hotspot: Hotspot | undefined): void {
    this.hotspot = hotspot;
    if (this.board.linkUp && this.overHotspot) this.act((board) => board.setLink(false));
  }

  // Whether the network that was asked for can be joined, and leads anywhere.
  private join(network: SecondNetwork | undefined): { readonly up: boolean; readonly trouble?: JoinTrouble } {
    const { hotspot } = this;
    this.overHotspot = network !== undefined;
    if (network === undefined) return { up: this.network };
    if (hotspot === undefined || hotspot.name !== network.name) return { up: false, trouble: 'not-in-reach' };
    if (!hotspot.secured) return { up: false, trouble: 'not-secured' };
    if (hotspot.passphrase !== network.passphrase) return { up: false, trouble: 'wrong-passphrase' };
    return { up: hotspot.internet };
  }

  private heard(output: BoxOutput): void {
    const { board } = this;
    if (output.kind === 'connect') {
      const joined = this.join(output.network);
      board.linkUp = joined.up;
      this.arriving.push({ kind: 'link-changed', ...joined, entropy: new Uint8Array(16) });
    }
    if (output.kind === 'scan-networks') {
      const networks = this.hotspot === undefined ? this.neighbours : [this.hotspot, ...this.neighbours];
      this.arriving.push({ kind: 'networks-found', networks });
    }
    if (output.kind === 'disconnect') board.linkUp = false;
    if (output.kind === 'sleep') this.arriving = [];
    if (output.kind !== 'send-frame' || !board.linkUp) return;
    for (const frame of this.cloud.take(output.frame)) this.arriving.push({ kind: 'frame-received', frame });
  }

  private settle(): void {
    for (let next = this.arriving.shift(); next !== undefined; next = this.arriving.shift()) {
      if (next.kind === 'frame-received' && !this.board.linkUp) continue;
      this.board.give(next);
    }
  }
}

/** @returns a box that is claimed, online and quiet */
export function claimedBox(): BoxAndCloud {
  const pair = new BoxAndCloud();
  pair.boot();
  pair.claim();
  return pair;
}
