// The two ways to load a server. Closed: a fixed number of requests is always outstanding, which finds the rate.
// Open: requests fall due by the clock whatever the server does, and waiting counts from the due time, so that a
// stall is not hidden by the generator's own politeness (coordinated omission).
import { processorTimeUs } from '../harness/processors.ts';
import { type LatencySummary, summarise } from '../harness/statistics.ts';
import type { Fleet } from './fleet.ts';

/** What one window showed. */
export interface WindowResult extends LatencySummary {
  readonly perSecond: number;
  /** Processor time of the watched processes per answer, in microseconds. */
  readonly serverUs: number;
  /** Share of one core that the watched processes used. */
  readonly serverShare: number;
  /** Share of one core that the load generator used: near 1 it is the limit, not the server. */
  readonly loadShare: number;
  readonly wrong: number;
  /** Requests without an answer five seconds after the window, and connections that ended. */
  readonly lost: number;
}

interface WindowOptions {
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Processes whose processor time counts as the server's. */
  readonly watch: readonly number[];
}

const drainMs = 5_000;

/** Keeps `inFlight` requests outstanding. */
export async function closedLoop(
  fleet: Fleet,
  options: WindowOptions & { readonly inFlight: number },
): Promise<WindowResult> {
  const sentAt = new Float64Array(fleet.size);
  const idle = createRing(fleet.size);
  const books = keepBooks(options);
  let outstanding = 0;
  const askNext = (): void => {
    const box = idle.take();
    if (box === undefined) return;
    outstanding++;
    sentAt[box] = performance.now();
    fleet.ask(box);
  };
  fleet.onAnswer = (box, right, atMs) => {
    outstanding--;
    books.answered(right, atMs - (sentAt[box] as number), atMs);
    idle.put(box);
    if (!books.over()) askNext();
  };
  for (let index = 0; index < options.inFlight; index++) askNext();
  return finish(fleet, books, () => outstanding);
}

/** Lets `perSecond` requests fall due, evenly spaced. A request that finds every box busy waits for one. */
export async function openLoop(
  fleet: Fleet,
  options: WindowOptions & { readonly perSecond: number },
): Promise<WindowResult> {
  const dueAt = new Float64Array(fleet.size);
  const idle = createRing(fleet.size);
  const books = keepBooks(options);
  const startedAt = performance.now();
  let fallen = 0;
  let asked = 0;
  let outstanding = 0;
  const dueTime = (request: number): number => startedAt + (request * 1000) / options.perSecond;
  const askWhatIsDue = (): void => {
    while (asked < fallen) {
      const box = idle.take();
      if (box === undefined) return;
      dueAt[box] = dueTime(asked++);
      outstanding++;
      fleet.ask(box);
    }
  };
  fleet.onAnswer = (box, right, atMs) => {
    outstanding--;
    books.answered(right, atMs - (dueAt[box] as number), atMs);
    idle.put(box);
    askWhatIsDue();
  };
  const tick = (): void => {
    if (books.over()) return;
    while (dueTime(fallen) <= performance.now()) fallen++;
    askWhatIsDue();
    setImmediate(tick);
  };
  tick();
  return finish(fleet, books, () => outstanding + (fallen - asked));
}

interface Books {
  answered(right: boolean, latencyMs: number, atMs: number): void;
  over(): boolean;
  wrong(): number;
  latencies(): Float64Array;
  serverUs(): { readonly server: number; readonly load: number };
  readonly endMs: number;
  readonly measureMs: number;
}

// Whatever is answered inside the window counts, whenever it was asked.
function keepBooks(options: WindowOptions): Books {
  const startMs = performance.now() + options.warmUpMs;
  const endMs = startMs + options.measureMs;
  const latencies: number[] = [];
  const used = { server: 0, load: 0 };
  const read = () => ({ server: processorTimeUs(options.watch), load: processorTimeUs([process.pid]) });
  let wrong = 0;
  let before = read();
  setTimeout(() => {
    before = read();
  }, options.warmUpMs);
  setTimeout(() => {
    const after = read();
    used.server = after.server - before.server;
    used.load = after.load - before.load;
  }, options.warmUpMs + options.measureMs);
  return {
    answered(right, latencyMs, atMs) {
      if (!right) wrong++;
      if (atMs >= startMs && atMs < endMs) latencies.push(latencyMs);
    },
    over: () => performance.now() >= endMs,
    wrong: () => wrong,
    latencies: () => Float64Array.from(latencies),
    serverUs: () => used,
    endMs,
    measureMs: options.measureMs,
  };
}

async function finish(fleet: Fleet, books: Books, missing: () => number): Promise<WindowResult> {
  await until(() => books.over(), books.endMs + 1_000);
  await until(() => missing() === 0, performance.now() + drainMs);
  fleet.onAnswer = () => undefined;
  const latencies = books.latencies();
  const { server, load } = books.serverUs();
  const windowUs = books.measureMs * 1000;
  return {
    ...summarise(latencies),
    perSecond: (latencies.length * 1000) / books.measureMs,
    serverUs: server / latencies.length,
    serverShare: server / windowUs,
    loadShare: load / windowUs,
    wrong: books.wrong(),
    lost: missing() + fleet.lost(),
  };
}

async function until(holds: () => boolean, deadlineMs: number): Promise<void> {
  while (!holds() && performance.now() < deadlineMs) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Box numbers in the order in which they became idle. */
function createRing(size: number): { take(): number | undefined; put(box: number): void } {
  const boxes = Int32Array.from({ length: size }, (_, box) => box);
  let first = 0;
  let count = size;
  return {
    take() {
      if (count === 0) return undefined;
      const box = boxes[first];
      first = (first + 1) % size;
      count--;
      return box;
    },
    put(box) {
      boxes[(first + count) % size] = box;
      count++;
    },
  };
}
