// What the runtime throws when board and code do not fit together or the core broke its contract. The loop
// answers either by stopping everything and asking for a fresh start.

export type RuntimeErrorCode = 'module-missing' | 'log-full' | 'input-flood';

export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  readonly code: RuntimeErrorCode;

  constructor(code: RuntimeErrorCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.code = code;
  }
}
