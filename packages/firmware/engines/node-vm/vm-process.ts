// The inside of vm-engine.ts: holds the context, runs what it is told and says how it ended.
import { createContext, Script } from 'node:vm';
import type { VmAnswer } from './vm-engine.ts';

const callMs = Number(process.argv[2]);
let lines: string[] = [];
let rejected: unknown;
const context = createContext(
  { send: (text: unknown) => lines.push(String(text)) },
  { microtaskMode: 'afterEvaluate' },
);

// V8 puts its inspector's console into every context.
new Script('delete globalThis.console').runInContext(context);

process.on('unhandledRejection', (reason) => {
  rejected = { reason };
});

interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
}

// Errors come from the context's own realm, so they are told apart by name, not by class.
function answerFor(error: unknown, loading: boolean): VmAnswer {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Thrown;
  const detail = `${thrown.name ?? 'Error'}: ${thrown.message ?? String(error)}`;
  if (thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
    return { kind: 'stopped', reason: 'too-much-computation', detail };
  if (thrown.name === 'RangeError' && thrown.message?.includes('call stack') === true) {
    return { kind: 'stopped', reason: 'stack-overflow', detail };
  }
  if (loading) return { kind: 'stopped', reason: 'script-failed', detail };
  return { kind: 'done', lines, threw: detail, heapBytes: process.memoryUsage().heapUsed };
}

function run(text: string, loading: boolean): VmAnswer {
  lines = [];
  try {
    new Script(text, { filename: 'firmware.js' }).runInContext(context, { timeout: callMs });
    return { kind: 'done', lines, heapBytes: process.memoryUsage().heapUsed };
  } catch (error) {
    return answerFor(error, loading);
  }
}

process.on('message', (message: { readonly kind: 'load' | 'call'; readonly text: string }) => {
  const loading = message.kind === 'load';
  const answer = run(loading ? message.text : `onLine(${JSON.stringify(message.text)})`, loading);
  // A rejection is reported only after this turn; the answer waits for it.
  setImmediate(() => {
    if (rejected === undefined) process.send?.(answer);
    else process.send?.({ kind: 'stopped', reason: 'unhandled-rejection', detail: 'a promise was rejected' });
  });
});
