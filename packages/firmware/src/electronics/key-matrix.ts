// The key matrix as copper: a pressed key joins its row and its column, and whatever is joined to a row that
// is pulled low is low, through other pressed keys too. Three keys of a rectangle so press the fourth.
import type { Wire } from './wire.ts';

export class KeyMatrix {
  readonly #rows: readonly Wire[];
  readonly #columns: readonly Wire[];
  readonly #pressed = new Set<number>();

  constructor(rows: readonly Wire[], columns: readonly Wire[]) {
    this.#rows = rows;
    this.#columns = columns;
    for (const row of rows) row.watch(() => this.#settle());
  }

  /** Joins or parts `row` and `column` (0 is top and left). */
  set(row: number, column: number, pressed: boolean): void {
    const key = row * this.#columns.length + column;
    if (pressed) this.#pressed.add(key);
    else this.#pressed.delete(key);
    this.#settle();
  }

  #settle(): void {
    const lowRows = this.#rows.map((row) => row.level === 0);
    const lowColumns = this.#columns.map(() => false);
    // Each pass spreads "low" over one more joint; there are never more passes than keys.
    for (let spread = true; spread; ) {
      spread = false;
      for (const key of this.#pressed) {
        const row = Math.floor(key / this.#columns.length);
        const column = key % this.#columns.length;
        if (lowRows[row] === lowColumns[column]) continue;
        lowRows[row] = true;
        lowColumns[column] = true;
        spread = true;
      }
    }
    this.#columns.forEach((wire, column) => {
      wire.set(lowColumns[column] === true ? 0 : 1);
    });
  }
}
