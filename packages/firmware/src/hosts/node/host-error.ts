// What the Node host throws at its user: each message says what to do about it.

export type HostErrorCode =
  | 'data-directory-in-use'
  | 'data-directory-unusable'
  | 'ca-file-unreadable'
  | 'flash-file-damaged'
  | 'bad-mqtt-url'
  | 'control-port-taken'
  | 'control-unreachable'
  | 'control-refused'
  | 'bad-scenario'
  | 'bad-arguments';

export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;

  constructor(code: HostErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
