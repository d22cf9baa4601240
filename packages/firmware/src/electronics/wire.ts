// One wire of the board and who watches it. Its rest level is what the pull resistor makes of it while
// nobody drives it, which is also its level while the board has no power.

export type Level = 0 | 1;

export class Wire {
  readonly rest: Level;
  #level: Level;
  readonly #watchers = new Set<(level: Level) => void>();

  constructor(rest: Level) {
    this.rest = rest;
    this.#level = rest;
  }

  get level(): Level {
    return this.#level;
  }

  set(level: Level): void {
    if (level === this.#level) return;
    this.#level = level;
    for (const watcher of [...this.#watchers]) watcher(level);
  }

  /** Nobody drives the wire any more. */
  letGo(): void {
    this.set(this.rest);
  }

  /** @returns how to stop watching */
  watch(watcher: (level: Level) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
