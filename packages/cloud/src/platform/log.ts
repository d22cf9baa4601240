// The log: pino, with redaction decided by the message catalogue. A field that the catalogue
// calls secret is never written, in whatever object it turns up; neither is anything whose name
// says that it is a credential. Whoever wants a box's lines to be told apart binds boxId once.

import { bytesToHex, catalogue, type Field, type Message, messageNamed } from '@smartbox/protocol';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Clock } from './clock.ts';

/** A logger. Bind `boxId` with `child`; write a message of the device protocol as `device`. */
export type Log = Logger;

/** How much is written. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** What credentials are called outside the device protocol. */
const credentialNames = [
  'authorization',
  'cookie',
  'password',
  'passphrase',
  'current',
  'secret',
  'token',
  'pepper',
  'digits',
  'id_code',
  'idCode',
  'secondCode',
  'claimCode',
  'claim_code',
  'invitation',
  'challenge',
  'deviceCode',
  'device_code',
  'userCode',
  'user_code',
  'rootKey',
  'factoryKey',
  'recoveryKey',
  'frame',
  'plaintext',
];

/** Every name that is never logged with its value. */
export const redactedNames: readonly string[] = [
  ...new Set([...catalogue.flatMap((message) => secretFields(message.fields)), ...credentialNames]),
];

/** A log that writes lines of JSON to `destination` (standard output unless given). */
export function createLog(
  options: { readonly level: LogLevel; readonly clock: Clock },
  destination?: DestinationStream,
): Log {
  const settings = {
    level: options.level,
    timestamp: () => `,"time":"${new Date(options.clock.nowMs()).toISOString()}"`,
    base: null,
    redact: {
      paths: redactedNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
      censor: '[redacted]',
    },
    serializers: { err: safeError, error: safeError, device: showMessage },
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}

/** A log that writes nothing, for tests and simulated worlds. */
export function silentLog(): Log {
  return pino({ level: 'silent' });
}

function secretFields(fields: Readonly<Record<string, Field>>): string[] {
  return Object.entries(fields)
    .filter(([, field]) => field.secret)
    .map(([name]) => name);
}

// A message of the device protocol with its bytes in hex and without its secret fields: what an
// engineer needs at level trace, decided field by field by the catalogue.
function showMessage(message: Message): object {
  const { fields } = messageNamed(message.name);
  const shown = Object.entries(message.body).map(([name, value]) => [
    name,
    fields[name]?.secret === false ? showValue(value) : '[redacted]',
  ]);
  return { name: message.name, ...Object.fromEntries(shown) };
}

function showValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return bytesToHex(value);
  // Entries of a box's log hold tags of fobs: lists are counted, not shown.
  return Array.isArray(value) ? `${value.length} items` : value;
}

// An error's own properties may hold what it choked on; its name, code and stack do not. SQLite's
// messages name columns and never values. `code` alone would be redacted: codes open bins here.
function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { errorCode: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: safeError(error.cause) };
  return { name: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}
