// The parent's half: starts a process of the bench on its core, waits until it is ready, asks it things and ends
// it. Sources run by Node itself or through tsx, as the caller says, because the product runs through tsx and the
// difference is one of the things to know.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AnswerMessage, Asks } from './asks.ts';
import { BenchError } from './bench-error.ts';

/** A running process of the bench. */
export interface Child<A extends Asks> {
  readonly pid: number;
  /** What it said when it was ready. */
  readonly ready: unknown;
  /** @throws BenchError `child-failed` with the child's own words */
  ask<Name extends keyof A & string>(
    name: Name,
    argument: Parameters<A[Name]>[0],
  ): Promise<Awaited<ReturnType<A[Name]>>>;
  stop(): Promise<void>;
}

/** How to start one. */
export interface ChildOptions {
  readonly file: URL;
  readonly core: number | undefined;
  /** Handed over as one JSON argument. */
  readonly settings?: unknown;
  readonly nodeFlags?: readonly string[];
  /** Who turns TypeScript into JavaScript: Node by erasing the types, or tsx as in `pnpm start`. */
  readonly loader?: 'node' | 'tsx';
}

/** @throws BenchError `child-failed` when it ends before it is ready */
export async function startChild<A extends Asks>(options: ChildOptions): Promise<Child<A>> {
  const child = launch(options);
  const waiting = new Map<number, (message: AnswerMessage) => void>();
  let over = false;
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      over = true;
      for (const tell of waiting.values()) tell({ id: -1, failed: `${options.file.pathname} ended` });
      resolve();
    });
  });
  child.on('message', (message: AnswerMessage) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  const answerTo = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(id, (message) =>
        message.failed === undefined
          ? resolve(message.value)
          : reject(new BenchError('child-failed', message.failed)),
      );
    });
  const ready = await answerTo(0);
  let asked = 0;
  return {
    pid: child.pid ?? 0,
    ready,
    async ask(name, argument) {
      if (over) throw new BenchError('child-failed', `${options.file.pathname} has ended`);
      const id = ++asked;
      const answer = answerTo(id);
      child.send({ id, name, argument });
      return (await answer) as never;
    },
    async stop() {
      if (child.connected) child.disconnect();
      if (!over) child.kill();
      await ended;
    },
  };
}

function launch(options: ChildOptions): ChildProcess {
  const loader = options.loader === 'tsx' ? ['--import', import.meta.resolve('tsx')] : [];
  const program = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    ...loader,
    ...(options.nodeFlags ?? []),
    fileURLToPath(options.file),
    JSON.stringify(options.settings ?? {}),
  ];
  const command = options.core === undefined ? program : ['taskset', '-c', String(options.core), ...program];
  return spawn(command[0] as string, command.slice(1), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
}

/** What {@link startChild} handed over; for the child. */
export function childSettings<Settings>(): Settings {
  return JSON.parse(process.argv[2] ?? '{}') as Settings;
}
