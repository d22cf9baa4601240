// Loads several servers with the same pattern, interleaved, and says where answers were wrong or missing: a figure
// that rests on those is none.
import type { Bench } from '../harness/bench.ts';
import type { Child } from '../harness/child.ts';
import type { Loaded } from '../harness/contenders.ts';
import { type Contender, interleave, type Repeats } from '../harness/interleave.ts';
import type { LoadAsks } from './load-process.ts';
import type { WindowResult } from './loops.ts';

/** How to load. */
export type Pattern =
  | { readonly kind: 'closed'; readonly inFlight: number }
  | { readonly kind: 'open'; readonly perSecond: number };

/** Loads one server for one window. */
export function loadOnce(
  bench: Bench,
  load: Child<LoadAsks>,
  options: { readonly loaded: Loaded; readonly pattern: Pattern },
): Promise<WindowResult> {
  const { plan } = bench;
  const { fleet, watch } = options.loaded;
  const window = { fleet, watch, warmUpMs: plan.warmUpMs, measureMs: plan.windowMs };
  const { pattern } = options;
  return pattern.kind === 'closed'
    ? load.ask('closed', { ...window, inFlight: pattern.inFlight })
    : load.ask('open', { ...window, perSecond: pattern.perSecond });
}

/**
 * Loads all of them, each once a repeat.
 * @param others measured in the same repeats by means of their own
 */
export function sideBySide(
  bench: Bench,
  load: Child<LoadAsks>,
  options: {
    readonly loaded: readonly Loaded[];
    readonly pattern: Pattern;
    readonly others?: readonly Contender<WindowResult>[];
  },
): Promise<Repeats<WindowResult>> {
  const contenders = options.loaded.map((loaded) => ({
    name: loaded.fleet,
    measure: () => loadOnce(bench, load, { loaded, pattern: options.pattern }),
  }));
  return interleave([...contenders, ...(options.others ?? [])], bench.plan.repeats, (name, repeat) =>
    bench.progress(`  repeat ${repeat + 1}: ${name}`),
  );
}

/** @returns one sentence for each contender whose answers were wrong or missing */
export function faultsIn(repeats: Repeats<WindowResult>): readonly string[] {
  return [...repeats].flatMap(([name, windows]) => {
    const wrong = windows.reduce((sum, window) => sum + window.wrong, 0);
    const lost = windows.reduce((sum, window) => sum + window.lost, 0);
    return wrong + lost === 0 ? [] : [`${name}: ${wrong} wrong and ${lost} lost answers.`];
  });
}
