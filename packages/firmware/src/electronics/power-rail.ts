// The 3.3 V rail. Every IO object lives on it: when the rail drops, all of them are dead at once, let their
// outputs go and never call back, which is what a power cut does to code that believes to be running.

export class PowerRail {
  #on = false;
  readonly #loads = new Set<() => void>();

  get on(): boolean {
    return this.#on;
  }

  turnOn(): void {
    this.#on = true;
  }

  turnOff(): void {
    this.#on = false;
    const loads = [...this.#loads];
    this.#loads.clear();
    for (const die of loads) die();
  }

  /** @param die called when the rail drops; @returns how to come off the rail */
  attach(die: () => void): () => void {
    this.#loads.add(die);
    return () => this.#loads.delete(die);
  }
}
