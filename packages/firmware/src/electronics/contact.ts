// A contact that a person or a door moves, and that bounces when it does. Closed pulls its wire low.
import type { Timer } from '../ports/index.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Level, Wire } from './wire.ts';

/** A dome or a micro switch chatters for a few milliseconds. */
const MOST_BOUNCES = 2;
const BOUNCE_MS = 1;

export interface ContactOptions {
  readonly wire: Wire;
  readonly timer: Timer;
  readonly random: SeededRandom;
}

export class Contact {
  readonly #options: ContactOptions;
  #closed: boolean;
  /** Bounces of an earlier move must not end in its position. */
  #move = 0;

  constructor(options: ContactOptions, closed = false) {
    this.#options = options;
    this.#closed = closed;
    options.wire.set(levelOf(closed));
  }

  get closed(): boolean {
    return this.#closed;
  }

  set(closed: boolean): void {
    if (closed === this.#closed) return;
    this.#closed = closed;
    this.#move += 1;
    const { wire, timer, random } = this.#options;
    const move = this.#move;
    wire.set(levelOf(closed));
    const bounces = random.below(MOST_BOUNCES + 1);
    for (let step = 1; step <= 2 * bounces; step++) {
      const level = levelOf(step % 2 === 0 ? closed : !closed);
      timer.set(() => move === this.#move && wire.set(level), step * BOUNCE_MS);
    }
  }
}

function levelOf(closed: boolean): Level {
  return closed ? 0 : 1;
}
