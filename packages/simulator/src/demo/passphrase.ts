// The demo's step-up passphrase: drawn at the first start, kept in the demo's notes, printed like the token.
import type { ApiCall } from './api-call.ts';

// Crockford's 32: no letter that looks like another.
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** @param bytes random; each gives one letter of five bits @returns groups of five, as people copy them */
export function newPassphrase(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('');
  return letters.replaceAll(/(.{5})(?=.)/g, '$1-');
}

/** Sets the passphrase unless the tenant has one: then it is the one of an earlier start, or its owner's. */
export async function setPassphrase(api: ApiCall, passphrase: string): Promise<void> {
  const state = await api('GET', '/v1/step-up-passphrase');
  if (state.set_at === null) await api('PUT', '/v1/step-up-passphrase', { passphrase });
}
