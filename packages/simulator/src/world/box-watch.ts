// Watches one box from outside the firmware: what the core ordered, what the flash holds, and when a
// bolt really moved. The promises about a single box are checked here, at the moment they could break.
import { type BoxInput, type BoxOutput, type BoxState, initialState, step } from '@smartbox/firmware/core';
import {
  ALL_BINS,
  decodeLogEntry,
  decodeOfflineUse,
  frameType,
  isOfflineGrant,
  type LogEntry,
  type OfflineUse,
  offlineGrant,
  readUint,
} from '@smartbox/protocol';
import { Violation } from './violation.ts';

const BODY_BYTES = 32;
const HELLO_COUNTER_OFFSET = 6;
/** Its openings are intended for bin 0. */
const MAIN_LOCK = 0;
/** The core retries a latch that did not open, this often at most for one grant. */
const PULSES_PER_GRANT = 3;

/** How long an order waits that should not. */
const RECALLED_MS = 60_000;

/** What the cloud granted, asked at the moment of an opening. */
export type GrantLookup = (
  reference: number,
) => { readonly bin: number; readonly codeId: string | null } | undefined;

/** Whoever else wants to know. */
export interface Onlooker {
  /** The core decided to open for a grant of the cloud; its flash may not hold it yet. */
  opens(reference: number): void;
  /** The box lost whatever its RAM held. */
  boots(): void;
}

/** A code that opened without the cloud. */
export interface OfflineUsed {
  /** Bin number, or 0 for all bins. */
  readonly target: number;
  readonly use: OfflineUse;
  /** Bins that were opened under it. */
  readonly bins: Set<number>;
}

/** One box's outside observer. */
export class BoxWatch {
  /** Every entry that the flash certainly holds, in order. */
  readonly log: Uint8Array[] = [];
  /** Everything the box sent, for the search for secrets and for hostile replays. */
  readonly sentFrames: Uint8Array[] = [];
  /** Openings by grant, as the log in flash tells. */
  readonly intended = new Map<number, LogEntry>();
  /** Codes that were used up without the cloud, by the number that their openings carry. */
  readonly offlineUses = new Map<number, OfflineUsed>();
  readonly #name: string;
  readonly #grantOf: GrantLookup;
  readonly #onlooker: Onlooker | undefined;
  /** Entries whose writing was ordered; a power cut decides which of them exist. */
  #ordered: Uint8Array[] = [];
  /** Bins that may be released now, with the pulses that their grant has left. */
  readonly #mayRelease = new Map<number, { readonly grant: number; pulses: number }>();
  #helloCounter = -1;
  /** The last order from afar that waited for somebody to press the button. */
  #lastOrder: BoxState['ordered'];
  #recallsOrder = false;
  #lastTrustedMs = 0;

  constructor(name: string, grantOf: GrantLookup, onlooker?: Onlooker) {
    this.#name = name;
    this.#grantOf = grantOf;
    this.#onlooker = onlooker;
  }

  /** The core, observed. */
  readonly program = {
    initialState: initialState(),
    step: (state: BoxState, input: BoxInput, nowMs: number) => {
      if (input.kind === 'booted') this.restarted(input.log.end);
      else this.#confirmOrdered();
      const result = step(this.#tamperedWith(state, nowMs), input, nowMs);
      for (const output of result.outputs) this.order(output);
      return result;
    },
  };

  /** Somebody changed the firmware: the last order that waited for the button waits for it once more. */
  recallOrder(): void {
    this.#recallsOrder = this.#lastOrder !== undefined;
  }

  #tamperedWith(state: BoxState, nowMs: number): BoxState {
    this.#lastOrder = state.ordered ?? this.#lastOrder;
    if (!this.#recallsOrder || this.#lastOrder === undefined) return state;
    this.#recallsOrder = false;
    return { ...state, ordered: { ...this.#lastOrder, untilMs: nowMs + RECALLED_MS } };
  }

  /** A bolt moved; bin 0 is the main lock's. @throws Violation I1 where no entry in flash allows it */
  released(bin: number): void {
    this.#confirmOrdered();
    const allowed = this.#mayRelease.get(bin);
    if (allowed === undefined || allowed.pulses === 0) {
      throw new Violation('I1', `${this.#name} released bin ${bin} without a grant in its log`);
    }
    allowed.pulses -= 1;
  }

  /** Settles what is certain: call when nothing is being carried out. */
  settle(): void {
    this.#confirmOrdered();
  }

  /** The core ordered this; it is about to be carried out. @throws Violation I2, I5 */
  order(output: BoxOutput): void {
    if (output.kind === 'append-log') {
      const expected = this.log.length + this.#ordered.length + 1;
      if (output.sequence !== expected) {
        throw new Violation('I5', `${this.#name} numbers entry ${expected} as ${output.sequence}`);
      }
      const body = output.entry.slice(0, BODY_BYTES);
      this.#ordered.push(body);
      const { kind, grant } = decodeLogEntry(body);
      if (kind === 'open-intended' && !isOfflineGrant(grant)) this.#onlooker?.opens(grant);
    }
    if (output.kind === 'release-bin') this.#orderedRelease(output.bin);
    if (output.kind === 'release-main-lock') this.#orderedRelease(MAIN_LOCK);
    if (output.kind === 'send-frame') this.#sent(output.frame);
  }

  #orderedRelease(bin: number): void {
    const inLog = [...this.log, ...this.#ordered].some((body) => {
      const entry = decodeLogEntry(body);
      return entry.kind === 'open-intended' && entry.bin === bin;
    });
    if (!inLog)
      throw new Violation('I2', `${this.#name} fires bin ${bin} before it wrote down that it would`);
  }

  #sent(frame: Uint8Array): void {
    this.sentFrames.push(frame);
    if (frameType(frame) !== 'hello') return;
    const counter = readUint(frame, HELLO_COUNTER_OFFSET, 4);
    if (counter <= this.#helloCounter) {
      throw new Violation('I5', `${this.#name} repeats hello counter ${counter}`);
    }
    this.#helloCounter = counter;
  }

  // Outputs of one step are carried out before the next input; only a power cut comes between.
  #confirmOrdered(): void {
    for (const body of this.#ordered) this.#written(body);
    this.#ordered = [];
  }

  /** The box started and its flash holds a log up to `end`. @throws Violation I3 */
  restarted(end: number): void {
    const survived = end - this.log.length;
    if (survived < 0) throw new Violation('I3', `${this.#name} forgot ${-survived} entries of its log`);
    if (survived > this.#ordered.length)
      throw new Violation('I3', `${this.#name} has entries that nobody wrote`);
    for (const body of this.#ordered.slice(0, survived)) this.#written(body);
    this.#ordered = [];
    // Whatever was granted before the cut cannot be used any more.
    this.#mayRelease.clear();
    this.#onlooker?.boots();
  }

  #written(body: Uint8Array): void {
    this.log.push(body);
    const entry = decodeLogEntry(body);
    // Only trusted times promise to rise: what a clock chip alone held may turn out to have been wrong.
    if (entry.timeSource === 'trusted') {
      if (entry.timeMs < this.#lastTrustedMs) {
        throw new Violation(
          'I5',
          `${this.#name}: time went back from ${this.#lastTrustedMs} to ${entry.timeMs}`,
        );
      }
      this.#lastTrustedMs = entry.timeMs;
    }
    if (entry.kind === 'code-used') this.#useCode(entry);
    if (entry.kind === 'open-intended') this.#intend(entry);
    if (entry.kind === 'bin-closed') this.#mayRelease.delete(entry.bin);
    if (entry.kind === 'main-lock-closed') this.#mayRelease.delete(MAIN_LOCK);
  }

  #useCode(entry: LogEntry): void {
    const use = decodeOfflineUse(entry.tag);
    if (entry.grant !== offlineGrant(entry.sequence)) {
      throw new Violation('I1', `${this.#name} calls the opening of entry ${entry.sequence} ${entry.grant}`);
    }
    // A booking's code comes back once more, to bring the key back.
    const again = [...this.offlineUses.values()].some(
      (other) => use.method !== 'booking' && sameUse(other, { target: entry.bin, use }),
    );
    if (again) throw new Violation('double-use', `${this.#name} takes a ${use.method} code twice`);
    this.offlineUses.set(entry.grant, { target: entry.bin, use, bins: new Set() });
  }

  #intend(entry: LogEntry): void {
    if (isOfflineGrant(entry.grant)) {
      this.#intendOffline(entry);
      return;
    }
    const granted = this.#grantOf(entry.grant);
    if (granted === undefined || granted.bin !== entry.bin) {
      throw new Violation(
        'I1',
        `${this.#name} opens bin ${entry.bin} for grant ${entry.grant} that nobody gave`,
      );
    }
    if (this.intended.has(entry.grant)) {
      throw new Violation('I1', `${this.#name} uses grant ${entry.grant} twice`);
    }
    this.intended.set(entry.grant, entry);
    this.#allow(entry);
  }

  #intendOffline(entry: LogEntry): void {
    const used = this.offlineUses.get(entry.grant);
    const covered = used !== undefined && (used.target === ALL_BINS || used.target === entry.bin);
    if (!covered || used.bins.has(entry.bin)) {
      throw new Violation(
        'I1',
        `${this.#name} opens bin ${entry.bin} under code ${entry.grant} that does not allow it`,
      );
    }
    used.bins.add(entry.bin);
    this.#allow(entry);
  }

  #allow(entry: LogEntry): void {
    this.#mayRelease.set(entry.bin, { grant: entry.grant, pulses: PULSES_PER_GRANT });
  }
}

function sameUse(
  left: Pick<OfflineUsed, 'target' | 'use'>,
  right: Pick<OfflineUsed, 'target' | 'use'>,
): boolean {
  return (
    left.target === right.target &&
    left.use.method === right.use.method &&
    left.use.generation === right.use.generation &&
    left.use.number === right.use.number
  );
}
