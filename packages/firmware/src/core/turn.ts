// One turn of the crank: the state under change, the time, and the outputs so far. What every part of the
// composition needs (write an entry down, send a message, draw random bytes) is here, so that each order of
// outputs that a power-cut argument rests on exists in one place only.
import type { CryptoProvider, LogEntry, UpMessage } from '@smartbox/protocol';
import { applyEntry, type BinMemory, encodeMemory, forgetOpening } from './bin-memory.ts';
import type { BoxState } from './box-state.ts';
import { boxLimits } from './limits.ts';
import type { LogFact } from './log-fact.ts';
import { encodeMainLock, isSameTold, type MainLockTold, mainLockAfter } from './main-lock-memory.ts';
import { appendFact, encodeLogKey } from './outbox.ts';
import type { BoxOutput, RecordName, Tone } from './outputs.ts';
import { drawRandom } from './random.ts';
import type { Notice } from './screen.ts';
import { encodeSecondNetwork, type KeptNetwork, networkAfter } from './second-network.ts';
import { endSession, sealMessage } from './session.ts';
import { hasMoved, learnTime, readClock, remember } from './trusted-clock.ts';

type Draft = { -readonly [Name in keyof BoxState]: BoxState[Name] };

export interface Turn {
  readonly crypto: CryptoProvider;
  readonly nowMs: number;
  /** A shallow copy of the state that came in; its parts are replaced, never changed. */
  readonly box: Draft;
  readonly outputs: BoxOutput[];
}

export function openTurn(crypto: CryptoProvider, state: BoxState, nowMs: number): Turn {
  return { crypto, nowMs, box: { ...state }, outputs: [] };
}

export function note(turn: Turn, level: 'info' | 'warn', code: string): void {
  turn.outputs.push({ kind: 'note', level, code });
}

export function save(turn: Turn, record: RecordName, bytes: Uint8Array): void {
  turn.outputs.push({ kind: 'save-record', record, bytes });
}

/** @returns `length` random bytes, at most 32 */
export function draw(turn: Turn, length: number): Uint8Array {
  const drawn = drawRandom(turn.crypto, turn.box.random, length);
  turn.box.random = drawn.random;
  return drawn.bytes;
}

/**
 * Writes a fact into the log: append-log, save-record of its bin, save-record log-key, in this order.
 * @returns false where it could not be written: the box is unclaimed, or the log is full
 */
export function writeDown(turn: Turn, fact: LogFact): boolean {
  const { box } = turn;
  if (box.outbox === undefined) return false;
  const reading = readClock(box.clock, turn.nowMs);
  const appended = appendFact(turn.crypto, box.outbox, { fact, reading });
  if (appended === undefined) {
    note(turn, 'warn', 'log-full');
    box.untold = true;
    return false;
  }
  box.outbox = appended.outbox;
  box.clock = remember(box.clock, reading);
  turn.outputs.push({ kind: 'append-log', sequence: appended.entry.sequence, entry: appended.bytes });
  learnEntry(turn, appended.entry);
  save(turn, 'log-key', encodeLogKey(appended.outbox));
  return true;
}

export function writeAllDown(turn: Turn, facts: readonly LogFact[]): void {
  for (const fact of facts) writeDown(turn, fact);
}

/** What an entry tells of its bin, the main lock or the second network is remembered: save-record, where that is news. */
export function learnEntry(turn: Turn, entry: LogEntry): void {
  keepMemory(turn, applyEntry(turn.box.memory, entry), entry.bin);
  keepMainTold(turn, mainLockAfter(turn.box.mainTold, entry));
  keepSecondNetwork(turn, networkAfter(turn.box.secondNetwork, entry));
}

/** Remembers the second network, or none: save-record, where that is news. */
export function keepSecondNetwork(turn: Turn, network: KeptNetwork | undefined): void {
  if (network === turn.box.secondNetwork) return;
  turn.box.secondNetwork = network;
  save(turn, 'second-network', encodeSecondNetwork(network));
}

/** Remembers what the log said of the main lock: save-record, where that is news. */
export function keepMainTold(turn: Turn, told: MainLockTold): void {
  if (isSameTold(told, turn.box.mainTold)) return;
  turn.box.mainTold = told;
  save(turn, 'main-lock', encodeMainLock(told));
}

/** The bin's last opening is over: save-record of the bin, where that is news. */
export function endOpening(turn: Turn, bin: number): void {
  keepMemory(turn, forgetOpening(turn.box.memory, bin), bin);
}

function keepMemory(turn: Turn, memory: BinMemory, bin: number): void {
  if (memory === turn.box.memory) return;
  turn.box.memory = memory;
  const { record, bytes } = encodeMemory(memory, bin);
  save(turn, record, bytes);
}

/** The cloud's time, said between `sentMs` and now (monotonic); sets the real-time clock where it was off. */
export function learnCloudTime(turn: Turn, timeMs: number, sentMs: number): void {
  const { box, nowMs } = turn;
  const before = box.clock;
  box.clock = learnTime(before, { timeMs, sentMs, nowMs });
  if (!hasMoved(before, box.clock)) return;
  turn.outputs.push({ kind: 'set-rtc', timeMs: Math.round(box.clock.offsetMs + nowMs) });
}

/** Seals and sends one message in the live session; without one, nothing happens. */
export function sendMessage(turn: Turn, message: UpMessage): void {
  const { box } = turn;
  if (box.session === undefined) return;
  const sealed = sealMessage(turn.crypto, box.session, message);
  if (sealed.kind === 'refused') {
    // The session's counter is used up: shake hands again.
    if (sealed.reason === 'exhausted') box.session = endSession(box.session, turn.nowMs);
    return;
  }
  box.session = sealed.state;
  turn.outputs.push({ kind: 'send-frame', frame: sealed.frame });
}

/** Shows the outcome of something for a while. */
export function tell(turn: Turn, notice: Omit<Notice, 'untilMs'>): void {
  turn.box.notice = { ...notice, untilMs: turn.nowMs + boxLimits.noticeMs };
  wakeLight(turn);
}

export function sound(turn: Turn, tone: Tone): void {
  turn.outputs.push({ kind: 'sound', tone });
}

/** Somebody is at the box. */
export function wakeLight(turn: Turn): void {
  turn.box.litUntilMs = turn.nowMs + boxLimits.litMs;
}

/** @returns whether a session is live */
export function isLive(box: BoxState): boolean {
  return box.session?.phase.kind === 'live';
}
