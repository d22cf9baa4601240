// QuickJS in WebAssembly behind the EmbeddedEngine face: the second engine, everywhere Node runs. Its heap is
// bounded for everything the engine allocates: parser, bytecode, objects. Loops are cut by counting the
// engine's own interrupt polls, not by a clock, so a run is the same on a slow machine.
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, VmCallResult } from 'quickjs-emscripten';
import {
  type EmbeddedEngine,
  EngineError,
  type EngineReply,
  type EngineStats,
  EngineStopped,
  type Program,
  type StopReason,
} from '../embedded-engine.ts';
import { type BoundedModule, newBoundedModule } from './bounded-module.ts';

export interface QuickjsLimits {
  /** Everything the engine allocates, in bytes. */
  readonly heapBytes: number;
  /** The C stack it may use, in bytes. */
  readonly stackBytes: number;
  /** Interrupt polls allowed for one call, and for the load; QuickJS polls every 10,000 branches or calls. */
  readonly polls: number;
}

/** No firmware may need more, heap and C stack together, parser and bytecode included. */
export const quickjsCeilingBytes = 704_000;

/** The box the tests run on. */
export const quickjsLimits: QuickjsLimits = { heapBytes: 640_000, stackBytes: 64_000, polls: 2_000 };

interface Failure {
  readonly name: string;
  readonly message: string;
}

/**
 * Limits that end the box. QuickJS reports them as InternalError, or as null when not even the error found
 * room; everything else is the program's own error.
 */
function stopReason(failure: Failure): StopReason | undefined {
  if (failure.name === 'null') return 'memory-full';
  if (failure.name !== 'InternalError') return undefined;
  if (failure.message.includes('out of memory')) return 'memory-full';
  if (failure.message.includes('stack overflow')) return 'stack-overflow';
  return failure.message.includes('interrupted') ? 'too-much-computation' : undefined;
}

class QuickjsEngine implements EmbeddedEngine {
  readonly name = 'quickjs';
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #limits: QuickjsLimits;
  readonly #bounded: BoundedModule;
  #polls = 0;
  #lines: string[] = [];
  #stopped: Error | undefined;

  constructor(bounded: BoundedModule, limits: QuickjsLimits) {
    const runtime = bounded.module.newRuntime();
    this.#bounded = bounded;
    this.#runtime = runtime;
    this.#limits = limits;
    runtime.setMaxStackSize(limits.stackBytes);
    runtime.setInterruptHandler(() => ++this.#polls > limits.polls);
    this.#context = runtime.newContext();
    const send = this.#context.newFunction('send', (text) => {
      this.#lines.push(this.#context.getString(text));
    });
    this.#context.setProp(this.#context.global, 'send', send);
    send.dispose();
  }

  /** Part by part: the parser's own memory is the peak of a load, and it grows with what it holds at once. */
  load(program: Program): void {
    this.#polls = 0;
    for (const part of program.parts) {
      const failure = this.#settle(this.#context.evalCode(part, 'firmware.js', { strip: true }));
      if (failure !== undefined) throw this.#stop(stopReason(failure) ?? 'script-failed', failure);
    }
  }

  async call(line: string): Promise<EngineReply> {
    if (this.#stopped !== undefined) throw this.#stopped;
    this.#polls = 0;
    this.#lines = [];
    const failure = this.#run(line);
    const lines = this.#lines;
    if (failure === undefined) return { lines };
    const reason = stopReason(failure);
    if (reason !== undefined) throw this.#stop(reason, failure);
    return { lines, threw: `${failure.name}: ${failure.message}` };
  }

  async stats(): Promise<EngineStats> {
    if (this.#stopped !== undefined) throw this.#stopped;
    // Asking QuickJS what it uses takes memory itself and ends badly in a full heap; the paint costs nothing.
    const peakBytes = this.#bounded.peakBytes();
    return {
      ramBytes: peakBytes,
      ramPeakBytes: peakBytes,
      ramLimitBytes: this.#limits.heapBytes,
      parts: { polls: this.#polls, stackLimitBytes: this.#limits.stackBytes },
    };
  }

  close(): Promise<void> {
    if (this.#stopped === undefined) {
      this.#stopped = new EngineError('closed', 'the engine was closed');
      this.#context.dispose();
      this.#runtime.dispose();
    }
    return Promise.resolve();
  }

  #run(line: string): Failure | undefined {
    const context = this.#context;
    try {
      const handler = context.getProp(context.global, 'onLine');
      const text = context.newString(line);
      const failure = this.#settle(context.callFunction(handler, context.undefined, text));
      text.dispose();
      handler.dispose();
      return failure;
    } catch (error) {
      // The module itself gave up: with a full heap that is the heap, else a defect of the engine.
      const full = this.#bounded.isExhausted();
      throw this.#stop(full ? 'memory-full' : 'engine-fault', asFailure(error));
    }
  }

  /** Takes a result, runs the promise jobs it left, and says what went wrong. */
  #settle(result: VmCallResult<QuickJSHandle>): Failure | undefined {
    let failure = this.#failureOf(result);
    while (failure === undefined && this.#runtime.hasPendingJob()) {
      const jobs = this.#runtime.executePendingJobs();
      if (jobs.error !== undefined) {
        failure = this.#describe(jobs.error);
        jobs.error.dispose();
      } else jobs.dispose();
    }
    return failure;
  }

  #failureOf(result: VmCallResult<QuickJSHandle>): Failure | undefined {
    if (result.error === undefined) {
      result.value.dispose();
      return undefined;
    }
    const failure = this.#describe(result.error);
    result.error.dispose();
    return failure;
  }

  /** An error in a full heap cannot be described without the reserve; the box stops after that one anyway. */
  #describe(error: QuickJSHandle): Failure {
    if (this.#bounded.isExhausted()) this.#bounded.freeReserve();
    return asFailure(this.#context.dump(error));
  }

  #stop(reason: StopReason, failure: Failure): EngineStopped {
    const stopped = new EngineStopped(reason, failure.message);
    this.#stopped = stopped;
    return stopped;
  }
}

function asFailure(dumped: unknown): Failure {
  if (typeof dumped === 'object' && dumped !== null && 'message' in dumped) {
    return { name: String((dumped as { name?: unknown }).name ?? 'Error'), message: String(dumped.message) };
  }
  return { name: dumped === null ? 'null' : 'Error', message: String(dumped) };
}

/** Starts a box on QuickJS. @throws EngineStopped when the program does not load within the limits */
export async function startQuickjs(program: Program, limits: QuickjsLimits): Promise<EmbeddedEngine> {
  const engine = new QuickjsEngine(await newBoundedModule(limits.heapBytes), limits);
  engine.load(program);
  return engine;
}
