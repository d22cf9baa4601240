// Node's own engine behind the EmbeddedEngine face: the reference that the embedded ones are compared with.
// The program runs in a process of its own (V8 ends a process whose heap is full), in a fresh context without
// any of Node's globals, under limits of the same kind; only its runaway stop is a clock: V8 counts nothing.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  type EmbeddedEngine,
  EngineError,
  type EngineReply,
  type EngineStats,
  EngineStopped,
  type Program,
  type StopReason,
} from '../embedded-engine.ts';

export interface VmLimits {
  readonly heapMegabytes: number;
  /** Longest time for one call, in milliseconds. */
  readonly callMs: number;
}

/** Generous: this engine is here for its answers, not for its size. */
export const vmLimits: VmLimits = { heapMegabytes: 32, callMs: 60_000 };

/** What the process says; see vm-process.ts. */
export type VmAnswer =
  | {
      readonly kind: 'done';
      readonly lines: readonly string[];
      readonly threw?: string;
      readonly heapBytes: number;
    }
  | { readonly kind: 'stopped'; readonly reason: StopReason; readonly detail: string };

class VmEngine implements EmbeddedEngine {
  readonly name = 'node';
  readonly #child: ChildProcess;
  readonly #limits: VmLimits;
  readonly #ended: Promise<void>;
  #waiting: { resolve(answer: VmAnswer): void; reject(error: Error): void } | undefined;
  #stopped: Error | undefined;
  #heapBytes = 0;
  #closing = false;
  #peakBytes = 0;

  constructor(limits: VmLimits) {
    this.#limits = limits;
    this.#child = fork(fileURLToPath(new URL('./vm-process.ts', import.meta.url)), [String(limits.callMs)], {
      execArgv: [`--max-old-space-size=${limits.heapMegabytes}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (answer: VmAnswer) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.resolve(answer);
    });
    this.#ended = new Promise((resolve) => {
      this.#child.on('exit', (code, signal) => {
        // V8 aborts when its heap is full; nothing else in there does.
        const full = signal === 'SIGABRT' || code === 134;
        const error = new EngineStopped(
          full ? 'memory-full' : 'engine-fault',
          `ended with ${signal ?? code}`,
        );
        this.#end(this.#closing ? new EngineError('closed', 'the engine was closed') : error);
        resolve();
      });
    });
  }

  async ask(kind: 'load' | 'call', text: string): Promise<EngineReply> {
    if (this.#stopped !== undefined) throw this.#stopped;
    const answer = await new Promise<VmAnswer>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#child.send({ kind, text });
    });
    if (answer.kind === 'stopped') {
      const stopped = new EngineStopped(answer.reason, answer.detail);
      this.#end(stopped);
      throw stopped;
    }
    this.#heapBytes = answer.heapBytes;
    this.#peakBytes = Math.max(this.#peakBytes, answer.heapBytes);
    return answer.threw === undefined
      ? { lines: answer.lines }
      : { lines: answer.lines, threw: answer.threw };
  }

  call(line: string): Promise<EngineReply> {
    return this.ask('call', line);
  }

  stats(): Promise<EngineStats> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    return Promise.resolve({
      ramBytes: this.#heapBytes,
      ramPeakBytes: this.#peakBytes,
      ramLimitBytes: this.#limits.heapMegabytes * 1024 * 1024,
      parts: {},
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #end(error: Error): void {
    this.#stopped ??= error;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(this.#stopped);
  }
}

/** Starts a box on Node's engine. @throws EngineStopped when the program does not load */
export async function startVm(program: Program, limits: VmLimits = vmLimits): Promise<EmbeddedEngine> {
  const engine = new VmEngine(limits);
  try {
    await engine.ask('load', program.script);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return engine;
}
