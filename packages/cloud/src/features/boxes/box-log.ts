// Takes a batch of a box's log and decides what of it is new and true. Every entry must continue the
// last one that is stored: next number, right authenticator under the evolving key. A gap or a fork
// is a fault to tell people about; nothing after it is accepted. Pure.

import {
  type CryptoProvider,
  chainHash,
  decodeLogEntry,
  entryMac,
  equalBytes,
  type LogEntry,
  limits,
  nextLogKey,
  ProtocolError,
} from '@smartbox/protocol';

/** Where the replay of a log stands. */
export interface LogChain {
  /** Sequence of the last entry that is stored; 0 for none. */
  readonly end: number;
  /** Chain hash of that entry. */
  readonly hash: Uint8Array;
  /** Authenticator key of entry `end + 1`. */
  readonly nextKey: Uint8Array;
}

/** An entry that continues the chain. */
export interface VerifiedEntry {
  readonly entry: LogEntry;
  readonly body: Uint8Array;
  readonly mac: Uint8Array;
}

/**
 * `gap`: entries are missing. `forked`: an entry differs from the one stored under its number.
 * `forged`: its authenticator is wrong. `unreadable`: authentic, but not an entry that we know.
 * `rolled-back`: the box's log ends before ours.
 */
export type LogFaultKind = 'gap' | 'forked' | 'forged' | 'unreadable' | 'rolled-back';

/** Why a log was not taken further. */
export interface LogFault {
  readonly kind: LogFaultKind;
  /** The entry at which it showed. */
  readonly sequence: number;
}

/** What a batch brought. */
export interface VerifiedReport {
  readonly accepted: readonly VerifiedEntry[];
  readonly chain: LogChain;
  readonly fault?: LogFault;
}

/**
 * @param report as the box sent it: each entry 32 bytes of body and 16 of authenticator
 * @param storedBody the stored body of an entry that was accepted earlier
 */
export function verifyReport(
  crypto: CryptoProvider,
  chain: LogChain,
  report: { readonly first: number; readonly entries: readonly Uint8Array[] },
  storedBody: (sequence: number) => Uint8Array | undefined,
): VerifiedReport {
  const accepted: VerifiedEntry[] = [];
  let current = chain;
  const stop = (kind: LogFaultKind, sequence: number): VerifiedReport => ({
    accepted,
    chain: current,
    fault: { kind, sequence },
  });
  if (report.first > chain.end + 1) return stop('gap', chain.end + 1);
  for (const [index, bytes] of report.entries.entries()) {
    const sequence = report.first + index;
    const body = bytes.slice(0, limits.logEntryBytes);
    if (sequence <= chain.end) {
      // Sent again because our acknowledgement was lost: it must be the same.
      const stored = storedBody(sequence);
      if (stored === undefined || !equalBytes(stored, body)) return stop('forked', sequence);
      continue;
    }
    const mac = bytes.slice(limits.logEntryBytes);
    if (!equalBytes(mac, entryMac(crypto, current.nextKey, body))) return stop('forged', sequence);
    const entry = readEntry(body);
    if (entry === undefined || entry.sequence !== sequence) return stop('unreadable', sequence);
    accepted.push({ entry, body, mac });
    current = {
      end: sequence,
      hash: chainHash(crypto, current.hash, body),
      nextKey: nextLogKey(crypto, current.nextKey),
    };
  }
  return { accepted, chain: current };
}

/** @returns what is wrong with a box's claim that its log ends so, before any entry is compared */
export function checkLogHead(
  chain: Pick<LogChain, 'end' | 'hash'>,
  told: { readonly logEnd: number; readonly logHash: Uint8Array },
): LogFault | undefined {
  if (told.logEnd < chain.end) return { kind: 'rolled-back', sequence: told.logEnd };
  if (told.logEnd === chain.end && !equalBytes(told.logHash, chain.hash))
    return { kind: 'forked', sequence: chain.end };
  return undefined;
}

function readEntry(body: Uint8Array): LogEntry | undefined {
  try {
    return decodeLogEntry(body);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
