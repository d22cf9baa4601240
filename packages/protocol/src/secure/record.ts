// Records: messages sealed under a session's keys. 25 bytes of overhead, one key per session and
// direction, a counter that only rises: gaps are allowed, repeats and reordering are refused.
// Sessions live in RAM only; a reboot starts a new one, so no counter is ever kept in flash.
import { asciiToBytes, concatBytes, readUint, writeUint } from '../basics/bytes.ts';
import { ProtocolError, type Refused, refused } from '../basics/errors.ts';
import type { BoxId } from '../basics/ids.ts';
import { limits } from '../basics/limits.ts';
import { frameByte, refusedUnless } from '../frame/frame.ts';
import type { Direction } from '../messages/definition.ts';
import type { CryptoProvider } from './crypto-provider.ts';

/** One end of a session. A plain value; sealing and opening return the next one. */
export interface Session {
  readonly boxId: BoxId;
  /** 4 bytes chosen by the cloud. */
  readonly sessionId: Uint8Array;
  /** Which way this end sends. */
  readonly sends: Direction;
  readonly sendKey: Uint8Array;
  readonly receiveKey: Uint8Array;
  /** Sequence of the last record sent; 0 before the first. */
  readonly sent: number;
  /** Highest sequence accepted; 0 before the first. */
  readonly received: number;
}

const HEADER_BYTES = 9;

/**
 * Seals one message body. Refuses once the session's counter is used up: shake hands again. The caller
 * must go on with the session that comes back: sealing twice from one session value repeats a nonce.
 * @throws ProtocolError `too-long` for a body that the peer would not open
 */
export function sealRecord(
  crypto: CryptoProvider,
  session: Session,
  plaintext: Uint8Array,
): { readonly kind: 'sealed'; readonly frame: Uint8Array; readonly session: Session } | Refused {
  if (plaintext.length > limits.bodyBytes) throw new ProtocolError('too-long', 'record');
  const sequence = session.sent + 1;
  if (sequence > limits.recordsPerSession) return refused('exhausted');
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = frameByte('record');
  header.set(session.sessionId, 1);
  writeUint(header, 5, { value: sequence, size: 4 });
  const sealed = crypto.seal(session.sendKey, recordNonce(sequence), {
    data: plaintext,
    associated: associatedData(session, header, session.sends),
  });
  return { kind: 'sealed', frame: concatBytes(header, sealed), session: { ...session, sent: sequence } };
}

/** Opens one record of the peer. */
export function openRecord(
  crypto: CryptoProvider,
  session: Session,
  frame: Uint8Array,
): { readonly kind: 'opened'; readonly plaintext: Uint8Array; readonly session: Session } | Refused {
  const otherFrame = refusedUnless('record', frame);
  if (otherFrame !== undefined) return otherFrame;
  const bodyBytes = frame.length - limits.recordOverheadBytes;
  if (bodyBytes < 0 || bodyBytes > limits.bodyBytes) return refused('malformed');
  const header = frame.slice(0, HEADER_BYTES);
  if (session.sessionId.some((byte, index) => header[1 + index] !== byte)) return refused('unknown-session');
  const sequence = readUint(header, 5, 4);
  if (sequence <= session.received) return refused('replayed');
  const plaintext = crypto.open(session.receiveKey, recordNonce(sequence), {
    data: frame.slice(HEADER_BYTES),
    associated: associatedData(session, header, session.sends === 'up' ? 'down' : 'up'),
  });
  if (plaintext === undefined) return refused('bad-tag');
  return { kind: 'opened', plaintext, session: { ...session, received: sequence } };
}

// The key is new in every session and direction, so the counter alone never repeats under it.
function recordNonce(sequence: number): Uint8Array {
  const nonce = new Uint8Array(12);
  writeUint(nonce, 8, { value: sequence, size: 4 });
  return nonce;
}

function associatedData(session: Session, header: Uint8Array, direction: Direction): Uint8Array {
  return concatBytes(header, asciiToBytes(session.boxId), asciiToBytes(direction));
}
