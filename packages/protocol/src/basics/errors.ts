// The one error this package throws. Its codes are a closed list, so that callers count and
// answer by code and never by wording. Refusals of the peer's frames are values, not errors:
// see RefusalReason.

/** What was wrong with bytes or a value. */
export type ProtocolErrorCode =
  | 'truncated'
  | 'trailing-bytes'
  | 'not-shortest'
  | 'wrong-kind'
  | 'out-of-range'
  | 'too-long'
  | 'too-deep'
  | 'unknown-message'
  | 'wrong-direction'
  | 'bad-text'
  | 'bad-padding'
  | 'bad-id';

/** Thrown by encoders and decoders. `path` names the field, for example `access-requested.code`. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;
  readonly path: string;

  constructor(code: ProtocolErrorCode, path = '') {
    super(path === '' ? code : `${code} at ${path}`);
    this.code = code;
    this.path = path;
  }
}

/** Why a frame was not accepted. A closed list: it is the label of a metric. */
export type RefusalReason =
  | 'malformed'
  | 'unknown-version'
  | 'unexpected-type'
  | 'unknown-session'
  | 'replayed'
  | 'bad-tag'
  | 'stale-epoch'
  | 'epoch-too-far'
  | 'replayed-hello'
  | 'bad-hello'
  | 'downgrade'
  | 'no-pending-exchange'
  | 'exhausted';

/** A frame that was not accepted, with its reason. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
}

/** @returns a refusal with `reason` */
export function refused(reason: RefusalReason): Refused {
  return { kind: 'refused', reason };
}
