// Moddable XS behind the EmbeddedEngine face: one process of our C host per box, with a fixed heap.
// Reaching a limit ends the process with that limit's exit code, which becomes an EngineStopped.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  type EmbeddedEngine,
  EngineError,
  type EngineReply,
  type EngineStats,
  EngineStopped,
  exitCodes,
  type Program,
  type StopReason,
} from '../embedded-engine.ts';
import type { XsHost } from './build.ts';
import { parseGauges, statsOf, type XsGauges } from './gauges.ts';
import { widened, type XsLimits } from './xs-limits.ts';

interface Answer {
  readonly lines: string[];
  threw?: string;
}

interface Waiter {
  readonly ends: 'ready' | 'done' | 'stats';
  readonly answer: Answer;
  resolve(last: string): void;
  reject(error: Error): void;
}

/** The process and the one question it is answering. */
class XsProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  #waiter: Waiter | undefined;
  #stopped: Error | undefined;
  #lastWord = '';
  #complaint = '';
  readonly ended: Promise<void>;

  constructor(path: string, limits: XsLimits) {
    const values = Object.entries(limits).flatMap(([name, value]) => [`--${kebab(name)}`, String(value)]);
    this.#child = spawn(path, values, { stdio: 'pipe' });
    createInterface({ input: this.#child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) =>
      this.#hear(line),
    );
    this.#child.stderr.on('data', (part: Buffer) => {
      this.#complaint += part.toString();
    });
    this.#child.stdin.on('error', () => {
      // The process ended while a line was on its way: 'close' tells why.
    });
    this.ended = new Promise((resolve) => {
      this.#child.on('error', (error) => this.#end(new EngineError('xs-missing', path, error)));
      this.#child.on('close', (code) => {
        this.#end(this.#stopOf(code));
        resolve();
      });
    });
  }

  ask(text: string, ends: Waiter['ends'], answer: Answer = { lines: [] }): Promise<string> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    if (this.#waiter !== undefined) return Promise.reject(new EngineError('bad-reply', 'one call at a time'));
    return new Promise((resolve, reject) => {
      this.#waiter = { ends, answer, resolve, reject };
      this.#child.stdin.write(text);
    });
  }

  quit(): void {
    this.#child.stdin.end('quit\n');
  }

  #hear(line: string): void {
    const space = line.indexOf(' ');
    const word = space < 0 ? line : line.slice(0, space);
    const rest = line.slice(space + 1);
    const waiter = this.#waiter;
    if (word === 'stopped') this.#lastWord = rest;
    else if (word === 'reply') waiter?.answer.lines.push(rest);
    else if (word === 'threw') {
      if (waiter !== undefined) waiter.answer.threw = rest;
      this.#complaint = rest;
    } else if (waiter !== undefined && word === waiter.ends) {
      this.#waiter = undefined;
      waiter.resolve(rest);
    }
  }

  #stopOf(code: number | null): Error {
    const reason = (Object.keys(exitCodes) as StopReason[]).find((name) => exitCodes[name] === code);
    if (reason !== undefined) {
      return new EngineStopped(reason, `${this.#lastWord}${this.#complaint}`, exitCodes[reason]);
    }
    if (code === 0) return new EngineError('closed', 'the engine was closed');
    return new EngineStopped('engine-fault', `exit code ${code} ${this.#complaint}`, code ?? undefined);
  }

  #end(error: Error): void {
    this.#stopped ??= error;
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.reject(this.#stopped);
  }
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What XS alone can tell, beside the common face. */
export interface XsEngine extends EmbeddedEngine {
  readonly loadSteps: number;
  gauges(what?: 'now' | 'collect' | 'reset-peaks'): Promise<XsGauges>;
}

/**
 * Starts a box on XS.
 * @param host from buildXsHost(); on a 64-bit host the byte limits are doubled, as slots and pointers are
 * @throws EngineStopped when the program does not load within the limits
 */
export async function startXs(host: XsHost, program: Program, limits: XsLimits): Promise<XsEngine> {
  const box = new XsProcess(host.path, host.bits === 64 ? widened(limits) : limits);
  const length = Buffer.byteLength(program.script);
  const ready = parseGauges(await box.ask(`program ${length}\n${program.script}`, 'ready'));
  const gauges = async (what: 'now' | 'collect' | 'reset-peaks' = 'now'): Promise<XsGauges> =>
    parseGauges(await box.ask(what === 'now' ? 'stats\n' : `${what}\n`, 'stats'));
  return {
    name: `xs-${host.bits}`,
    loadSteps: ready.steps,
    gauges,
    async call(line: string): Promise<EngineReply> {
      if (line.includes('\n')) throw new EngineError('bad-line', 'a line break inside a line');
      const answer: Answer = { lines: [] };
      const steps = Number(await box.ask(`call ${line}\n`, 'done', answer));
      return { ...answer, steps };
    },
    async stats(collect = false): Promise<EngineStats> {
      return statsOf(await gauges(collect ? 'collect' : 'now'));
    },
    async close(): Promise<void> {
      box.quit();
      await box.ended;
    },
  };
}
