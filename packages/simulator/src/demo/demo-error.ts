// What can go wrong with the demo itself, with the way out in the message.

/** Why the demo or the terminal cannot go on. */
export type DemoErrorCode = 'box-not-claimed' | 'no-box-running' | 'no-terminal' | 'bad-arguments';

/** Thrown to the command line, which prints the message and nothing else. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
  readonly code: DemoErrorCode;

  constructor(code: DemoErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
