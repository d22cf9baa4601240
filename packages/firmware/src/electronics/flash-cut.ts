// Counts the flash operations of one box, every byte programmed and every step of an erase, and ends the
// power at a chosen one. Apart from the memory itself because all partitions of a box lose power together.

export class FlashCut {
  /** Operations finished since the count was started. */
  operations = 0;
  /** While false every operation fails with `power-lost`. */
  powered = true;
  #remaining: number | undefined;
  #onCut: (() => void) | undefined;

  /** Cuts the power inside the operation that follows `operations` further ones. */
  arm(operations: number, onCut?: () => void): void {
    this.#remaining = operations;
    this.#onCut = onCut;
  }

  disarm(): void {
    this.#remaining = undefined;
  }

  /** One operation begins. @returns whether the power fails in the middle of it */
  fails(): boolean {
    if (this.#remaining === 0) {
      this.#remaining = undefined;
      this.powered = false;
      this.#onCut?.();
      return true;
    }
    if (this.#remaining !== undefined) this.#remaining -= 1;
    this.operations += 1;
    return false;
  }
}
