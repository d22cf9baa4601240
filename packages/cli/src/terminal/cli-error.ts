// What ends a command: a closed list of codes, each with its exit code, so that a script can tell them apart without
// reading the words. docs/cli.md has the same table.

/** Exit code of each reason to end. */
export const exitCodes = {
  'bad-arguments': 2,
  'no-terminal': 3,
  'file-unreadable': 4,
  'no-export': 5,
  'unknown-version': 5,
  damaged: 5,
  'wrong-passphrase': 6,
  'no-box': 7,
  'no-bin': 7,
  'no-challenge': 7,
  'use-not-recorded': 8,
  'not-signed-in': 9,
  'login-exposed': 9,
  'plain-http': 9,
  unreachable: 10,
  refused: 11,
  forbidden: 12,
  'not-found': 13,
  conflict: 14,
  'server-trouble': 15,
  'not-written': 16,
  'not-well': 17,
  'cannot-listen': 18,
  'audit-refused': 19,
  'faulty-file': 20,
  cancelled: 130,
} as const;

/** Why a command ended. */
export type CliErrorCode = keyof typeof exitCodes;

/** Thrown to main.ts, which prints the message and nothing else. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}

/** @returns what the operating system said: `EACCES`, `ENOSPC` … */
export function systemReason(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
