// What a port throws. A refused value is a bug of the caller; `power-lost` and `flash-failed` are the two
// that the runtime must expect, and answers by stopping and starting the board again.

export type PortErrorCode =
  | 'power-lost'
  | 'flash-failed'
  | 'out-of-range'
  | 'no-such-partition'
  | 'no-such-pin'
  | 'bus-no-answer'
  | 'not-connected'
  | 'closed';

export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code: PortErrorCode;

  constructor(code: PortErrorCode, detail = '', options: { readonly cause?: unknown } = {}) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.code = code;
  }
}
