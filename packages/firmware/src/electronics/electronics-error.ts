// What the simulated board throws when it is asked for something that no board has: a key that is not on the
// keypad, a bin that does not exist, a fob with an impossible number.

export type ElectronicsErrorCode = 'unknown-key' | 'unknown-bin' | 'bad-tag' | 'board-crashed';

export class ElectronicsError extends Error {
  override readonly name = 'ElectronicsError';
  readonly code: ElectronicsErrorCode;

  constructor(code: ElectronicsErrorCode, detail: string, options: { readonly cause?: unknown } = {}) {
    super(`${code}: ${detail}`, options);
    this.code = code;
  }
}
