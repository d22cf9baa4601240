// The screen: rows of text and the back light. Sends only rows that changed, because a display on a serial
// bus is slow, and never more columns than the display has.
import type { ShownScreen } from '../core/index.ts';
import type { TextDisplay, TextDisplayConstructor } from '../ports/index.ts';

/** Unicode blocks whose characters take two columns (East Asian Width W and F, as far as our texts use them). */
const FULL_WIDTH: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
];

/** Still readable, at a fifth of the current. */
const SPARING_BRIGHTNESS = 0.2;

export class Screen {
  readonly #display: TextDisplay;
  #shown: string[];
  #lit = false;
  #sparing = false;

  constructor({ io }: { readonly io: TextDisplayConstructor }) {
    this.#display = new io({});
    this.#shown = new Array<string>(this.#display.rows).fill('');
    this.#display.configure({ brightness: 0 });
  }

  show({ lines, lit }: ShownScreen): void {
    for (let row = 0; row < this.#display.rows; row++) {
      const text = cutToColumns(lines[row] ?? '', this.#display.columns);
      if (text === this.#shown[row]) continue;
      this.#shown[row] = text;
      this.#display.write(row, text);
    }
    if (lit === this.#lit) return;
    this.#lit = lit;
    this.#light();
  }

  /** Dims a lit screen for a moment, because the cell cannot feed light and latch at once. */
  set sparing(sparing: boolean) {
    if (sparing === this.#sparing) return;
    this.#sparing = sparing;
    if (this.#lit) this.#light();
  }

  close(): void {
    this.#display.close();
  }

  #light(): void {
    this.#display.configure({ brightness: this.#lit ? (this.#sparing ? SPARING_BRIGHTNESS : 1) : 0 });
  }
}

function cutToColumns(text: string, columns: number): string {
  let cut = '';
  let used = 0;
  for (const character of text) {
    used += columnsOf(character);
    if (used > columns) break;
    cut += character;
  }
  return cut;
}

function columnsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return FULL_WIDTH.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}
