// Runs the contenders of a section side by side: every repeat measures each of them once, and each repeat starts
// with another one, so that no contender always has the fresh (or the busy) moment of the host.

/** Something that is measured. */
export interface Contender<Figures> {
  readonly name: string;
  measure(): Promise<Figures>;
}

/** The figures of every repeat, in order, by the contender's name. */
export type Repeats<Figures> = ReadonlyMap<string, readonly Figures[]>;

/** @param told is called before each measurement, for the progress line */
export async function interleave<Figures>(
  contenders: readonly Contender<Figures>[],
  repeats: number,
  told: (name: string, repeat: number) => void = () => undefined,
): Promise<Repeats<Figures>> {
  const figures = new Map<string, Figures[]>(contenders.map(({ name }) => [name, []]));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const contender of turnOrder(contenders, repeat)) {
      told(contender.name, repeat);
      figures.get(contender.name)?.push(await contender.measure());
    }
  }
  return figures;
}

/** The order of one repeat: every contender once, each repeat beginning with the next. */
export function turnOrder<Item>(items: readonly Item[], repeat: number): readonly Item[] {
  const first = items.length === 0 ? 0 : repeat % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
