// The 4 by 3 key matrix and the language key, debounced. At rest all rows are low and any key pulls its
// column low; then the rows are driven one by one until everything is released again. Two keys at once are
// fine, with a third the matrix shows keys that nobody presses, so more than two say nothing.
import type { Key } from '../core/index.ts';
import type {
  DigitalBankConstructor,
  DigitalConstructor,
  PinSpecifier,
  Timer,
  TimerHandle,
} from '../ports/index.ts';
import { PushButton } from './push-button.ts';

/** The keys as printed, top row first. */
export const KEYPAD_LEGEND: readonly (readonly Key[])[] = [
  ['1', '2', '3'],
  ['4', '5', '6'],
  ['7', '8', '9'],
  ['clear', '0', 'enter'],
];

const SAMPLE_MS = 5;
/** Samples that must agree: 20 ms, more than a dome contact bounces. */
const STEADY_SAMPLES = 4;
/** A key stuck for a second is looked at rarely. */
const STUCK_SAMPLES = 200;
const STUCK_SAMPLE_MS = 50;

export interface KeypadOptions {
  readonly io: DigitalBankConstructor;
  readonly bank: number;
  /** Pins of the rows, top first, and of the columns, left first; all in `bank`. */
  readonly rows: readonly PinSpecifier[];
  readonly columns: readonly PinSpecifier[];
  readonly language: { readonly io: DigitalConstructor; readonly pin: PinSpecifier };
  readonly timer: Timer;
  readonly onKey: (key: Key) => void;
}

export class Keypad {
  readonly #options: KeypadOptions;
  readonly #rows: InstanceType<DigitalBankConstructor>;
  readonly #columns: InstanceType<DigitalBankConstructor>;
  readonly #language: PushButton;
  readonly #allRows: number;
  #sampling: TimerHandle | undefined;
  #seen = '';
  #steady = 0;
  #held: readonly Key[] = [];

  constructor(options: KeypadOptions) {
    this.#options = options;
    const { io, bank, rows, columns, language, timer, onKey } = options;
    this.#allRows = maskOf(rows);
    this.#rows = new io({ bank, pins: this.#allRows, mode: io.OutputOpenDrain });
    this.#rows.write(0);
    this.#columns = new io({
      bank,
      pins: maskOf(columns),
      mode: io.InputPullUp,
      falls: maskOf(columns),
      onReadable: () => this.#wake(),
    });
    this.#language = new PushButton({ ...language, timer, onMoved: (down) => down && onKey('language') });
    // A key that was down before the board started gives no edge.
    if (this.#scan().length > 0) this.#wake();
    this.#rows.write(0);
  }

  close(): void {
    this.#options.timer.clear(this.#sampling);
    this.#rows.close();
    this.#columns.close();
    this.#language.close();
  }

  #wake(): void {
    if (this.#sampling !== undefined) return;
    this.#steady = 0;
    this.#sampleIn(SAMPLE_MS);
  }

  #sampleIn(ms: number): void {
    this.#sampling = this.#options.timer.set(() => this.#sample(), ms);
  }

  #sample(): void {
    const keys = this.#scan();
    const seen = keys.join();
    this.#steady = seen === this.#seen ? this.#steady + 1 : 0;
    this.#seen = seen;
    if (this.#steady === STEADY_SAMPLES) this.#settled(keys);
    if (this.#steady >= STEADY_SAMPLES && keys.length === 0) this.#rest();
    else this.#sampleIn(this.#steady > STUCK_SAMPLES ? STUCK_SAMPLE_MS : SAMPLE_MS);
  }

  #settled(keys: readonly Key[]): void {
    const pressed = keys.filter((key) => !this.#held.includes(key));
    this.#held = keys;
    const [key] = pressed;
    if (key !== undefined && pressed.length === 1 && keys.length <= 2) this.#options.onKey(key);
  }

  #rest(): void {
    this.#sampling = undefined;
    this.#rows.write(0);
    // A key that went down between the last scan and this moment gave no edge that anybody waited for.
    const columns = maskOf(this.#options.columns);
    if ((this.#columns.read() & columns) !== columns) this.#wake();
  }

  #scan(): Key[] {
    const keys: Key[] = [];
    for (const [row, pin] of this.#options.rows.entries()) {
      this.#rows.write(this.#allRows & ~bit(pin));
      const levels = this.#columns.read();
      for (const [column, columnPin] of this.#options.columns.entries()) {
        const key = KEYPAD_LEGEND[row]?.[column];
        if ((levels & bit(columnPin)) === 0 && key !== undefined) keys.push(key);
      }
    }
    return keys;
  }
}

function bit(pin: PinSpecifier): number {
  return 1 << pin;
}

function maskOf(pins: readonly PinSpecifier[]): number {
  return pins.reduce((mask, pin) => mask | bit(pin), 0);
}
