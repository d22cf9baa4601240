// Which fob hangs in which bin, as the bins' readers say: remembers the last word of each, tells changes
// only, and asks all of them now and then, so that a lost report does not stay lost.
import { KeyReaders, type KeyReadersOptions } from '../peripherals/key-readers.ts';
import type { Timer, TimerHandle } from '../ports/index.ts';

/** A report lost on the line is made good within this. */
const ASK_AGAIN_MS = 60_000;

export interface BinTagsOptions {
  readonly line: Omit<KeyReadersOptions, 'onTag'>;
  readonly binCount: number;
  readonly timer: Timer;
  readonly onChange: (bin: number, tag: Uint8Array | null) => void;
}

export class BinTags {
  /** What each bin's reader saw last, index 0 is bin 1; undefined until it spoke. */
  readonly #seen: (Uint8Array | null | undefined)[];
  readonly #options: BinTagsOptions;
  readonly #readers: KeyReaders;
  #asking: TimerHandle | undefined;

  constructor(options: BinTagsOptions) {
    this.#options = options;
    this.#seen = new Array<undefined>(options.binCount).fill(undefined);
    this.#readers = new KeyReaders({ ...options.line, onTag: (bin, tag) => this.#sensed(bin, tag) });
    this.#ask();
  }

  /** Whether every reader has spoken since the start. */
  get complete(): boolean {
    return this.#seen.every((tag) => tag !== undefined);
  }

  /** For the start: what hangs where; a reader that did not speak sees nothing. */
  all(): readonly (Uint8Array | null)[] {
    return this.#seen.map((tag) => tag ?? null);
  }

  close(): void {
    this.#options.timer.clear(this.#asking);
    this.#readers.close();
  }

  #ask(): void {
    this.#readers.ask();
    this.#asking = this.#options.timer.set(() => this.#ask(), ASK_AGAIN_MS);
  }

  #sensed(bin: number, tag: Uint8Array | null): void {
    if (bin < 1 || bin > this.#seen.length) return;
    const before = this.#seen[bin - 1];
    if (before !== undefined && sameTag(before, tag)) return;
    this.#seen[bin - 1] = tag;
    this.#options.onChange(bin, tag);
  }
}

function sameTag(left: Uint8Array | null, right: Uint8Array | null): boolean {
  if (left === null || right === null) return left === right;
  return left.every((byte, index) => byte === right[index]);
}
