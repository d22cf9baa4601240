// Which processor does what: servers share one core and the load has another, so that "per core" means what it
// says and the load generator never steals from what it measures. Reads Linux's /proc; elsewhere nothing is pinned.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Cores by their number in the system; undefined where processes cannot be pinned. */
export interface CorePlan {
  readonly server: number | undefined;
  readonly load: number | undefined;
  /** For the report: what was done, or why not. */
  readonly says: string;
}

/** Reads a list such as `0-3,6`. */
export function parseCoreList(text: string): readonly number[] {
  return text
    .trim()
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first, last = first] = part.split('-').map(Number);
      if (first === undefined || last === undefined || Number.isNaN(first) || Number.isNaN(last)) return [];
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}

/** Decides from the cores this process may use. */
export function planCores(allowed: readonly number[], hasTaskset: boolean): CorePlan {
  const [server, load] = allowed;
  if (!hasTaskset) return { server: undefined, load: undefined, says: 'not pinned: taskset is missing' };
  if (server === undefined || load === undefined)
    return { server: undefined, load: undefined, says: 'not pinned: only one core' };
  return { server, load, says: `servers on core ${server}, load on core ${load} (taskset)` };
}

/** The plan of this machine. */
export function findCores(): CorePlan {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '';
    return planCores(parseCoreList(list), has('taskset'));
  } catch {
    return planCores([], has('taskset'));
  }
}

/** Whether a program can be started. */
export function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Processor time that processes have used so far, over all of their threads, in microseconds; NaN where the
 * system does not tell. From schedstat, whose resolution is a nanosecond.
 */
export function processorTimeUs(pids: readonly number[]): number {
  let nanoseconds = 0;
  for (const pid of pids) {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`))
        nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      return Number.NaN;
    }
  }
  return nanoseconds / 1000;
}

/** Resident memory of a process in kilobytes: all of it, and the part that no file backs. */
export interface ResidentMemory {
  readonly totalKb: number;
  readonly anonymousKb: number;
}

/** @returns NaN for each where the system does not tell */
export function residentMemory(pid: number): ResidentMemory {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]);
    return { totalKb: read('VmRSS'), anonymousKb: read('RssAnon') };
  } catch {
    return { totalKb: Number.NaN, anonymousKb: Number.NaN };
  }
}
