// The demo's passphrase: long enough, readable, and left alone where there is one.
import { describe, expect, it } from 'vitest';
import type { ApiCall } from './api-call.ts';
import { newPassphrase, setPassphrase } from './passphrase.ts';

describe('the passphrase of the demo', () => {
  it('is three groups of letters that nobody confuses', () => {
    const bytes = Uint8Array.from({ length: 15 }, (_, place) => place * 17);
    expect(newPassphrase(bytes)).toMatch(/^[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){2}$/);
    expect(newPassphrase(bytes)).not.toBe(newPassphrase(bytes.map((byte) => byte + 1)));
  });

  it.each([
    [null, ['GET', 'PUT']],
    ['2026-04-01T09:00:00.000Z', ['GET']],
  ])('is set where the tenant has none (set_at %s)', async (set_at, calls) => {
    const called: string[] = [];
    const api: ApiCall = async (method) => {
      called.push(method);
      return { set_at };
    };
    await setPassphrase(api, 'abcde-fghjk-mnpqr');
    expect(called).toEqual(calls);
  });
});
