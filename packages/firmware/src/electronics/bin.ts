// One bin, or the main lock with the front of the box for its door: latch, spring-loaded door, door switch, and the hook whose reader sees the fob. A pulled latch lets
// the door spring open unless something holds it; a shut door is held by the latch again.
import type { Timer, TimerHandle } from '../ports/index.ts';
import { Contact } from './contact.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Wire } from './wire.ts';

/** The coil must be fed this long before the bolt is drawn. */
const DRAW_MS = 30;

export interface BinOptions {
  readonly latch: Wire;
  readonly latchSupply: Wire;
  readonly door: Wire;
  readonly timer: Timer;
  readonly random: SeededRandom;
  /** Door, latch or jam changed. */
  readonly onChange: () => void;
}

export class Bin {
  /** Whether something holds the door shut even with the bolt drawn. */
  jammed = false;
  readonly #options: BinOptions;
  readonly #switch: Contact;
  #drawing: TimerHandle | undefined;
  #drawn = false;

  constructor(options: BinOptions) {
    this.#options = options;
    const { door: wire, timer, random } = options;
    this.#switch = new Contact({ wire, timer, random }, true);
    options.latch.watch(() => this.#coilChanged());
    options.latchSupply.watch(() => this.#coilChanged());
  }

  get open(): boolean {
    return !this.#switch.closed;
  }

  /** Whether the bolt is drawn at this moment. */
  get released(): boolean {
    return this.#drawn;
  }

  /** Whether current flows through the coil. */
  get energised(): boolean {
    return this.#options.latch.level === 1 && this.#options.latchSupply.level === 1;
  }

  /** Opens (a locked door: by force) or shuts the door; who shuts it against a drawn bolt holds it until that falls. */
  setDoor(open: boolean): void {
    if (open === this.open) return;
    this.#switch.set(!open);
    this.#options.onChange();
  }

  setJammed(jammed: boolean): void {
    this.jammed = jammed;
    this.#options.onChange();
    this.#springOpen();
  }

  #coilChanged(): void {
    const { timer, onChange } = this.#options;
    if (this.energised === (this.#drawing !== undefined || this.#drawn)) return;
    timer.clear(this.#drawing);
    this.#drawing = undefined;
    if (this.energised) this.#drawing = timer.set(() => this.#draw(), DRAW_MS);
    else this.#drawn = false;
    onChange();
  }

  #draw(): void {
    this.#drawing = undefined;
    this.#drawn = true;
    this.#options.onChange();
    this.#springOpen();
  }

  #springOpen(): void {
    if (this.#drawn && !this.jammed && !this.open) this.setDoor(true);
  }
}
