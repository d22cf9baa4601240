// What every section is handed: the plan, the cores, the scratch directory, and ways to start what it measures.
// Whatever a section starts through here is ended for it.
import { type Mosquitto, startMosquitto } from '../peers/mosquitto-node/mosquitto.ts';
import type { Asks } from './asks.ts';
import { type Child, type ChildOptions, startChild } from './child.ts';
import type { Plan } from './plan.ts';
import type { CorePlan } from './processors.ts';
import type { Scratch } from './scratch.ts';

/** The surroundings of a run. */
export interface BenchSurroundings {
  readonly plan: Plan;
  readonly cores: CorePlan;
  readonly scratch: Scratch;
  /** How the cloud's sources are run: `tsx` as by `pnpm start`, or `node`. */
  readonly loader: 'node' | 'tsx';
  readonly hasMosquitto: boolean;
}

/** One section's means. */
export interface Bench extends BenchSurroundings {
  /** Starts a server of the bench on the servers' core. */
  server<A extends Asks>(
    file: URL,
    settings?: unknown,
    options?: Pick<ChildOptions, 'nodeFlags' | 'loader'>,
  ): Promise<Child<A>>;
  /** Starts a process on the load's core. */
  onLoadCore<A extends Asks>(file: URL): Promise<Child<A>>;
  mosquitto(): Promise<Mosquitto>;
  /** Ends one of them early. */
  end(process: { readonly stop: () => Promise<void> }): Promise<void>;
  /** Says what is being done, on standard error. */
  progress(line: string): void;
}

/** Runs one section and ends everything it started, however it ends. */
export async function withBench<T>(
  surroundings: BenchSurroundings,
  section: (bench: Bench) => Promise<T>,
): Promise<T> {
  const running = new Set<{ readonly stop: () => Promise<void> }>();
  const { cores, scratch } = surroundings;
  const keep = <P extends { readonly stop: () => Promise<void> }>(process: P): P => {
    running.add(process);
    return process;
  };
  const bench: Bench = {
    ...surroundings,
    server: async (file, settings, options = {}) =>
      keep(await startChild({ file, core: cores.server, settings, ...options })),
    onLoadCore: async (file) =>
      keep(await startChild({ file, core: cores.load, nodeFlags: ['--max-old-space-size=4096'] })),
    mosquitto: async () => keep(await startMosquitto(scratch.path('mosquitto'), cores.server)),
    async end(process) {
      running.delete(process);
      await process.stop();
    },
    progress: (line) => process.stderr.write(`${line}\n`),
  };
  try {
    return await section(bench);
  } finally {
    await Promise.all([...running].map((process) => process.stop()));
  }
}
