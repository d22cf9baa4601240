// What was so, and for how long: the memory of the oracle. Apart from what it remembers, so that the one question of
// time is answered in one place: two things in the same millisecond have no order that anybody outside could see.

interface Fact<T> {
  readonly what: T;
  readonly fromMs: number;
  untilMs: number;
}

/** Facts of one kind. Times are in whole milliseconds of the world. */
export class Facts<T> {
  readonly #facts: Fact<T>[] = [];

  /** It is so from now on. */
  begin(what: T, nowMs: number): void {
    this.#facts.push({ what, fromMs: nowMs, untilMs: Number.POSITIVE_INFINITY });
  }

  /** Those that are so now and that `which` names are so no longer. */
  end(which: (what: T) => boolean, nowMs: number): void {
    for (const fact of this.#facts)
      if (fact.untilMs === Number.POSITIVE_INFINITY && which(fact.what)) fact.untilMs = nowMs;
  }

  /** What is so now. */
  now(): readonly T[] {
    return this.#facts.filter(({ untilMs }) => untilMs === Number.POSITIVE_INFINITY).map(({ what }) => what);
  }

  /** Whatever may have been so at some time in a period, its ends included. */
  perhaps(fromMs: number, untilMs = fromMs): readonly T[] {
    return this.#facts
      .filter((fact) => fact.fromMs <= untilMs && fact.untilMs >= fromMs)
      .map(({ what }) => what);
  }

  /** What was so without any doubt. */
  surely(atMs: number): readonly T[] {
    return this.#facts.filter((fact) => fact.fromMs < atMs && fact.untilMs > atMs).map(({ what }) => what);
  }
}
