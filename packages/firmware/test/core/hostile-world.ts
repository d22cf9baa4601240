// A box, its real cloud peer, and a broker that does what it likes: it drops, keeps, reorders, replays, bends and
// invents frames, while people press keys and the power goes at any moment. After every step the world checks what a
// single step must hold; what a whole life must hold is in invariants.ts.
import { type BoxInput, type BoxOutput, type BoxState, step, type WokeBy } from '@smartbox/firmware/core';
import { bytesToHex, type DownMessage, decodeLogEntry } from '@smartbox/protocol';
import { BoxAndCloud } from './box-and-cloud.ts';
import { CloudPeer } from './cloud-peer.ts';
import { copyFlash, type Flash, MemoryBoard, PowerCut } from './memory-board.ts';

export type WorldEvent =
  | { readonly kind: 'press'; readonly keys: string }
  | { readonly kind: 'fob'; readonly number: number }
  | { readonly kind: 'tag'; readonly bin: number; readonly number: number | null }
  | { readonly kind: 'door'; readonly bin: number; readonly open: boolean }
  | { readonly kind: 'button'; readonly down: boolean }
  | { readonly kind: 'supply'; readonly mains: boolean; readonly percent: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | {
      readonly kind: 'cloud-decides';
      /** `further`: nothing is granted to what was keyed or tapped, but to the answer of a question. */
      readonly decision: 'grant' | 'refuse' | 'nothing' | 'further';
      readonly bin: number;
    }
  /** The cloud wants an opening; `bin` 0 is the main lock. */
  | { readonly kind: 'cloud-orders'; readonly bin: number; readonly press: 'none' | 'button' }
  | { readonly kind: 'front'; readonly open: boolean }
  | { readonly kind: 'cloud-grants-unasked'; readonly bin: number; readonly old: boolean }
  | { readonly kind: 'cloud-restarts' }
  | { readonly kind: 'network'; readonly mode: 'fair' | 'held' | 'down' }
  | { readonly kind: 'pass'; readonly up: boolean; readonly pick: number; readonly copy: boolean }
  | { readonly kind: 'drop'; readonly up: boolean; readonly pick: number }
  | { readonly kind: 'replay'; readonly pick: number; readonly bend: number }
  | { readonly kind: 'inject'; readonly frame: Uint8Array }
  /** A genuine grant that another box's cloud sealed for that other box. */
  | { readonly kind: 'foreign'; readonly bin: number }
  | { readonly kind: 'power-cut'; readonly outputs: number }
  | { readonly kind: 'log-read'; readonly first: number };

interface Asked {
  readonly atMs: number;
  readonly boot: number;
}

export class HostileWorld {
  board: MemoryBoard;
  readonly cloud = new CloudPeer();
  /** Outputs of all boots. */
  readonly outputs: BoxOutput[] = [];
  readonly granted = new Map<number, number>();
  readonly broken: string[] = [];
  private readonly requestOfGrant = new Map<number, string>();
  /** What kind of request each grant answered. */
  private readonly kindOfGrant = new Map<number, string>();
  private readonly asked = new Map<string, Asked>();
  private mode: 'fair' | 'held' | 'down' = 'fair';
  private up: Uint8Array[] = [];
  private down: Uint8Array[] = [];
  private readonly history: Uint8Array[] = [];
  private worldMs = 0;
  private boots = 0;
  private grants = 100;
  private connectWanted = false;
  private otherBox: BoxAndCloud | undefined;

  constructor(flash: Flash, cloud?: Partial<CloudPeer>) {
    this.board = new MemoryBoard(copyFlash(flash));
    Object.assign(this.cloud, cloud);
    this.decide('grant', 1);
    this.powerOn();
  }

  handle(event: WorldEvent): void {
    try {
      this.act(event);
      this.flow();
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.powerOn();
    }
  }

  /** All faults stop: a fair network, no more cuts, somebody who claims the box if need be. */
  heal(): void {
    this.board.cutAt = undefined;
    this.handle({ kind: 'supply', mains: true, percent: 55 });
    this.handle({ kind: 'network', mode: 'fair' });
    this.handle({ kind: 'wait', ms: 100_000 });
    if (this.board.state.session === undefined) {
      this.handle({ kind: 'button', down: false });
      this.handle({ kind: 'button', down: true });
      this.handle({ kind: 'wait', ms: 5_000 });
      this.handle({ kind: 'button', down: false });
    }
    this.handle({ kind: 'wait', ms: 20_000 });
    this.outputs.push(...this.board.outputs);
  }

  private act(event: WorldEvent): void {
    const { board } = this;
    switch (event.kind) {
      case 'press':
        for (const key of event.keys) {
          this.give({
            kind: 'key-pressed',
            key: key === '#' ? 'enter' : key === '*' ? 'clear' : (key as '0'),
          });
          this.flow();
        }
        return;
      case 'fob':
        this.give({ kind: 'fob-tapped', tag: this.tag(event.number) });
        return;
      case 'tag': {
        const tag = event.number === null ? null : this.tag(event.number);
        board.sensors.tags[event.bin - 1] = tag;
        this.give({ kind: 'tag-sensed', bin: event.bin, tag });
        return;
      }
      case 'door':
        board.sensors.doorsOpen[event.bin - 1] = event.open;
        this.give({ kind: 'door-moved', bin: event.bin, open: event.open });
        return;
      case 'button':
        if (board.asleep && event.down) this.powerOn('button');
        else this.give({ kind: 'button-moved', down: event.down });
        return;
      case 'supply':
        board.sensors.mains = event.mains;
        board.sensors.batteryPercent = event.percent;
        if (board.asleep && event.mains) this.powerOn('mains');
        this.give({ kind: 'supply-measured', mains: event.mains, batteryPercent: event.percent });
        return;
      case 'wait':
        this.wait(event.ms);
        return;
      case 'cloud-decides':
        this.decide(event.decision, event.bin);
        return;
      case 'cloud-orders': {
        const order = new Uint8Array(8).fill(event.bin + 1);
        const body = { order, bin: event.bin, press: event.press, waitMs: 30_000 };
        this.send(this.cloud.say({ name: 'opening-asked', body }));
        return;
      }
      case 'front':
        board.sensors.mainLockOpen = event.open;
        this.give({ kind: 'main-lock-moved', open: event.open });
        return;
      case 'cloud-grants-unasked':
        this.grantUnasked(event.bin, event.old);
        return;
      case 'cloud-restarts':
        this.cloud.session = undefined;
        return;
      case 'network':
        this.setNetwork(event.mode);
        return;
      case 'pass':
        this.pass(event.up, event.pick, event.copy);
        return;
      case 'drop':
        this.queue(event.up).splice(event.pick % Math.max(this.queue(event.up).length, 1), 1);
        return;
      case 'replay':
        this.replay(event.pick, event.bend);
        return;
      case 'inject':
        this.give({ kind: 'frame-received', frame: event.frame });
        return;
      case 'foreign':
        this.giveForeign(event.bin);
        return;
      case 'power-cut':
        board.cutAt = board.carriedOut + event.outputs;
        return;
      case 'log-read':
        this.give({ kind: 'log-read', first: event.first, entries: [new Uint8Array(48)] });
        return;
    }
  }

  private tag(number: number): Uint8Array {
    return new Uint8Array([4, 1, 1, number, 0, 0, 0, 0]);
  }

  private decide(decision: 'grant' | 'refuse' | 'nothing' | 'further', wanted: number): void {
    this.cloud.decide = ({ request, kind, bin: asked }): DownMessage | undefined => {
      if (decision === 'nothing') return undefined;
      const first = kind === 'code' || kind === 'fob';
      if (decision === 'further' && first) {
        const what = wanted % 2 === 0 ? 'second-code' : 'bin';
        return { name: 'further-asked', body: { request, what, waitMs: 20_000 } };
      }
      const bin = kind === 'remote' ? asked : wanted;
      const purpose = kind === 'remote' || bin === 0 ? 'service' : 'withdraw';
      if (decision === 'refuse')
        return { name: 'access-refused', body: { request, reason: 'refused', waitMs: 0 } };
      this.grants += 1;
      this.granted.set(this.grants, bin);
      this.requestOfGrant.set(this.grants, bytesToHex(request));
      this.kindOfGrant.set(this.grants, kind);
      return { name: 'access-granted', body: { request, bin, purpose, grant: this.grants } };
    };
  }

  // Genuine words of the cloud that answer nothing: for a request never made, or one made earlier.
  private grantUnasked(bin: number, old: boolean): void {
    const last = this.cloud.requests[this.cloud.requests.length - 1];
    const request = old && last !== undefined ? last.request : new Uint8Array(8);
    this.grants += 1;
    this.granted.set(this.grants, bin);
    this.requestOfGrant.set(this.grants, bytesToHex(request));
    const purpose = bin === 0 ? 'service' : 'withdraw';
    const body = { request, bin, purpose, grant: this.grants } as const;
    this.send(this.cloud.say({ name: 'access-granted', body }));
  }

  private giveForeign(bin: number): void {
    if (this.otherBox === undefined) {
      this.otherBox = new BoxAndCloud();
      this.otherBox.board.entropy = 9;
      this.otherBox.boot();
      this.otherBox.claim();
    }
    const { attempt } = this.board.state;
    const request = attempt?.request ?? new Uint8Array(8);
    const body = { request, bin, purpose: 'withdraw', grant: 99 } as const;
    for (const frame of this.otherBox.cloud.say({ name: 'access-granted', body })) {
      this.give({ kind: 'frame-received', frame });
    }
  }

  private setNetwork(mode: 'fair' | 'held' | 'down'): void {
    this.mode = mode;
    if (mode !== 'down' || !this.board.linkUp) return;
    this.up = [];
    this.down = [];
    this.board.linkUp = false;
    this.give({ kind: 'link-changed', up: false, entropy: new Uint8Array(16) });
  }

  private queue(up: boolean): Uint8Array[] {
    return up ? this.up : this.down;
  }

  private pass(up: boolean, pick: number, copy: boolean): void {
    const queue = this.queue(up);
    if (queue.length === 0) return;
    const index = pick % queue.length;
    const frame = queue[index] as Uint8Array;
    if (!copy) queue.splice(index, 1);
    if (up) this.send(this.cloud.take(frame));
    else this.give({ kind: 'frame-received', frame });
  }

  private send(frames: readonly Uint8Array[]): void {
    this.down.push(...frames);
    this.history.push(...frames);
  }

  private replay(pick: number, bend: number): void {
    const frame = this.history[pick % Math.max(this.history.length, 1)];
    if (frame === undefined) return;
    const bent = frame.slice();
    if (bend > 0) bent[bend % bent.length] = (bent[bend % bent.length] as number) ^ (1 << (bend % 8));
    this.give({ kind: 'frame-received', frame: bent });
  }

  // Brings what the network does by itself to an end.
  private flow(): void {
    for (let turns = 0; turns < 2_000; turns++) {
      if (this.connectWanted) {
        this.connectWanted = false;
        this.board.linkUp = this.mode !== 'down';
        this.give({ kind: 'link-changed', up: this.board.linkUp, entropy: new Uint8Array(16) });
      } else if (this.mode === 'fair' && this.up.length > 0) this.pass(true, 0, false);
      else if (this.mode === 'fair' && this.down.length > 0) this.pass(false, 0, false);
      else return;
    }
    throw new RangeError('box and cloud talk without end');
  }

  private wait(ms: number): void {
    const { board } = this;
    const until = board.nowMs + ms;
    while (board.wakeAtMs !== undefined && board.wakeAtMs <= until) {
      this.pastTime(board.wakeAtMs - board.nowMs);
      this.give({ kind: 'woke' });
      this.flow();
    }
    this.pastTime(until - board.nowMs);
  }

  private pastTime(ms: number): void {
    this.board.nowMs += ms;
    this.worldMs += ms;
    this.cloud.timeMs += ms;
  }

  private powerOn(wokeBy: WokeBy = 'power'): void {
    const old = this.board;
    this.outputs.push(...old.outputs);
    this.board = new MemoryBoard(old.flash, old.sensors);
    this.boots += 1;
    this.up = [];
    this.down = [];
    this.connectWanted = false;
    this.board.onOutput = (output) => this.heard(output);
    this.board.boot(wokeBy);
    this.flow();
  }

  private heard(output: BoxOutput): void {
    if (output.kind === 'connect') this.connectWanted = true;
    if (output.kind === 'disconnect') {
      this.board.linkUp = false;
      this.connectWanted = false;
      this.up = [];
      this.down = [];
    }
    if (output.kind === 'send-frame' && this.board.linkUp) this.up.push(output.frame);
    if (output.kind === 'append-log') this.checkOpening(output.entry);
  }

  private checkOpening(bytes: Uint8Array): void {
    const entry = decodeLogEntry(bytes.slice(0, 32));
    if (entry.kind !== 'open-intended') return;
    if (entry.bin === 0 && this.kindOfGrant.get(entry.grant) !== 'remote')
      this.broken.push('the main lock opened for what nobody ordered');
    const request = this.requestOfGrant.get(entry.grant) ?? '';
    const asked = this.asked.get(request);
    this.asked.delete(request);
    if (asked === undefined) this.broken.push('opened for a request that was not open');
    else if (asked.boot !== this.boots) this.broken.push('opened for a request of an earlier boot');
    else if (this.worldMs - asked.atMs >= 8_000) this.broken.push('opened for a request that was too old');
  }

  private give(input: BoxInput): void {
    const { board } = this;
    const before = board.state;
    const frozen = serialised(before);
    const once = step(before, input, board.nowMs);
    const twice = step(structuredClone(before), input, board.nowMs);
    if (serialised(once) !== serialised(twice)) this.broken.push(`${input.kind} is not deterministic`);
    if (serialised(before) !== frozen) this.broken.push(`${input.kind} changed the state that it was given`);
    if (once.wakeAtMs !== undefined && !(once.wakeAtMs > board.nowMs))
      this.broken.push('a wake-up in the past');
    const { attempt } = once.state;
    if (attempt !== undefined && attempt !== before.attempt) {
      this.asked.set(bytesToHex(attempt.request), { atMs: this.worldMs, boot: this.boots });
    }
    this.checkSize(once.state);
    board.give(input);
  }

  private checkSize(state: BoxState): void {
    if (state.keypad.digits.length > 16) this.broken.push('the keypad holds more than a code');
    if (serialised(state).length > 8_000) this.broken.push('the state grows');
  }
}

function serialised(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (one instanceof Uint8Array ? bytesToHex(one) : one));
}
