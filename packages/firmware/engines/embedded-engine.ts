// One face for every JavaScript engine the firmware runs on: Moddable XS with a fixed heap, QuickJS under a
// memory limit, and Node's own engine as the reference. Tests and the bench speak to this, never to an engine.

/**
 * Why an engine stopped for good. The same words on every engine; on XS each has its own exit code
 * (see `exitCodes` and docs/embedded-engines.md).
 */
export type StopReason =
  | 'memory-full'
  | 'stack-overflow'
  | 'out-of-keys'
  | 'too-much-computation'
  | 'unhandled-rejection'
  | 'script-failed'
  | 'engine-fault';

/** The exit code of the XS host for each reason; mirrored in xs/host.h. */
export const exitCodes: Readonly<Record<StopReason, number>> = {
  'memory-full': 20,
  'stack-overflow': 21,
  'out-of-keys': 22,
  'too-much-computation': 23,
  'unhandled-rejection': 24,
  'script-failed': 25,
  'engine-fault': 26,
};

/** A program to load: one script, and the same as a row of scripts for an engine that parses in its own memory. */
export interface Program {
  readonly script: string;
  /** Loaded one after another into one global scope; together they do what `script` does. */
  readonly parts: readonly string[];
}

/** A program small enough to be parsed in one go. */
export function programOf(script: string): Program {
  return { script, parts: [script] };
}

/** What one call of the program cost and said. */
export interface EngineReply {
  /** Everything the program passed to send(), in order. */
  readonly lines: readonly string[];
  /** Set when the program's handler threw; the engine goes on. */
  readonly threw?: string;
  /** Engine's own count of work for this call (XS: bytecodes and weighted built-ins); undefined if it has none. */
  readonly steps?: number;
}

/**
 * Memory in bytes. Engines that cannot tell a part leave it out; `ramBytes` is what the program occupies
 * now, or the peak where an engine cannot tell without using memory itself.
 */
export interface EngineStats {
  readonly ramBytes: number;
  readonly ramPeakBytes: number;
  /** What the engine was given and can never exceed. */
  readonly ramLimitBytes: number;
  /** Read-only bytecode and names, which lie in flash on a device. */
  readonly flashBytes?: number;
  /** Engine-specific figures, named with their units. */
  readonly parts: Readonly<Record<string, number>>;
}

/** A running program. After an EngineStopped every later call rejects with the same error. */
export interface EmbeddedEngine {
  readonly name: string;
  /** Work the load of the program took, in the unit of EngineReply.steps. */
  readonly loadSteps?: number;
  /** Runs globalThis.onLine(line). `line` must not contain a line break. */
  call(line: string): Promise<EngineReply>;
  /** @param collect frees garbage first, so that the figures are what the program really holds */
  stats(collect?: boolean): Promise<EngineStats>;
  close(): Promise<void>;
}

export type EngineErrorCode = 'xs-build-failed' | 'xs-missing' | 'bad-line' | 'bad-reply' | 'closed';

/** Trouble with an engine's surroundings, not with the program in it. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'EngineError';
    this.code = code;
  }
}

/** The engine reached a limit (or could not load the program) and will not answer again. */
export class EngineStopped extends Error {
  readonly reason: StopReason;
  /** Exit code of the process, for engines that are one. */
  readonly exitCode: number | undefined;
  constructor(reason: StopReason, detail: string, exitCode?: number) {
    super(`${reason}: ${detail}`);
    this.name = 'EngineStopped';
    this.reason = reason;
    this.exitCode = exitCode;
  }
}
