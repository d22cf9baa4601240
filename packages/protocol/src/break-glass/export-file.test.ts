import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  sampleFile,
  sampleHead,
  sampleKey,
  samplePassphrase,
  samplePayload,
} from '../../test/break-glass-sample.ts';
import { batch } from '../../test/effort.ts';
import { type BreakGlassFile, type BreakGlassPayload, nobleCrypto } from '../index.ts';
import { openBreakGlass, readBreakGlass } from './export-file.ts';

let text: string;
let key: Uint8Array;

beforeAll(async () => {
  text = await sampleFile();
  key = await sampleKey();
});

/** What comes of a file's text under a key: its payload, or why there is none. */
function outcome(fileText: string, passphraseKey = key): BreakGlassPayload | string {
  const file = readBreakGlass(fileText);
  if (file.kind === 'refused') return file.reason;
  const opened = openBreakGlass(nobleCrypto, file, passphraseKey);
  return opened.kind === 'opened' ? opened.payload : opened.reason;
}

/** The file with some of its fields changed. */
function changed(change: object): string {
  return JSON.stringify({ ...JSON.parse(text), ...change });
}

describe('a break-glass file', () => {
  it('opens with its passphrase and nothing else, and holds what was put into it (EM-11)', () => {
    expect(outcome(text)).toEqual(samplePayload);
  });

  it('tells before any passphrase whose it is, when it was made and what a guess costs', () => {
    expect(readBreakGlass(text)).toMatchObject({ kind: 'file', ...sampleHead });
  });

  it('shows no name, no code, no key and no telephone number to who has it without the passphrase', () => {
    for (const secret of [
      'Van 7',
      '01234567',
      '99999999',
      '5a5a5a5a',
      '42424242',
      '1234 5678',
      '4ZK7Q1M0P9XWT',
    ])
      expect(text).not.toContain(secret);
  });

  it('is ASCII and one line, so that no mail program and no editor changes it', () => {
    expect(text).toMatch(/^[\x20-\x7e]+\n$/);
  });

  it('opens after a program has written its JSON anew: blanks, order and escapes do not matter', () => {
    const turned = Object.fromEntries(Object.entries(JSON.parse(text)).reverse());
    expect(outcome(JSON.stringify(turned, null, 2))).toEqual(samplePayload);
  });

  it('refuses a wrong passphrase, and says that it was the passphrase', async () => {
    expect(outcome(text, await sampleKey(`${samplePassphrase}!`))).toBe('wrong-passphrase');
  });

  it.each([
    ['exportId', { exportId: sampleHead.exportId.replace('12', '13') }],
    ['tenantName', { tenantName: 'another' }],
    ['createdAt', { createdAt: '2027-04-01T09:00:00.000Z' }],
    ['nonce', { nonce: '08'.repeat(12) }],
  ])('refuses a head whose %s was changed, as damaged and not as a wrong passphrase', (_field, change) => {
    expect(outcome(changed(change))).toBe('damaged');
  });

  it.each([
    ['memoryKiB', { memoryKiB: 65 }],
    ['passes', { passes: 2 }],
    ['lanes', { lanes: 2 }],
    ['salt', { salt: 'a6'.repeat(16) }],
  ])(
    'refuses a head whose %s was changed: no passphrase fits, and none that would fit opens it',
    async (_field, change) => {
      const argon2 = { ...sampleHead.argon2, ...change };
      expect(outcome(changed({ argon2 }), await sampleKey(samplePassphrase, { ...sampleHead, argon2 }))).toBe(
        'wrong-passphrase',
      );
      expect(outcome(changed({ argon2 }))).toBe('damaged');
    },
  );

  it('refuses a content of which one digit was changed, or that was cut', () => {
    const { ciphertext } = JSON.parse(text) as { ciphertext: string };
    const place = fc.nat(ciphertext.length - 1);
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 15 }), (at, by) => {
        const digit = ((Number.parseInt(ciphertext.charAt(at), 16) + by) % 16).toString(16);
        const bent = ciphertext.slice(0, at) + digit + ciphertext.slice(at + 1);
        expect(outcome(changed({ ciphertext: bent }))).toBe('damaged');
      }),
      { numRuns: batch(100) },
    );
    expect(outcome(changed({ ciphertext: ciphertext.slice(0, -2) }))).toBe('damaged');
    expect(outcome(changed({ ciphertext: '' }))).toBe('damaged');
  });

  it('refuses another version by name: it was made for a newer program', () => {
    expect(outcome(changed({ format: 'smartbox-break-glass-2' }))).toBe('unknown-version');
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '"smartbox-break-glass-1"',
    '{"format":1}',
    '{"format":"x"}',
    'PK\u0003\u0004',
    '\ufeff',
  ])('refuses %j as no export', (other) => {
    expect(outcome(other)).toBe('no-export');
  });

  it.each([
    ['a field too many', { more: 1 }],
    ['no nonce', { nonce: undefined }],
    ['capitals', { nonce: 'AB'.repeat(12) }],
    ['half a byte', { ciphertext: 'abc' }],
    ['a cost that no computer bears', { argon2: { ...sampleHead.argon2, memoryKiB: 2_000_000 } }],
    ['no cost at all', { argon2: { ...sampleHead.argon2, passes: 0 } }],
  ])('refuses %s as damaged, before anything is derived', (_what, change) => {
    expect(readBreakGlass(changed(change))).toEqual({ kind: 'refused', reason: 'damaged' });
  });

  it('is not made of what nobody could open again', async () => {
    const strange = { ...samplePayload, boxes: [{ boxId: 'x' }] } as unknown as BreakGlassPayload;
    await expect(sampleFile(strange)).rejects.toThrow('out-of-range at break-glass');
  });

  it('refuses a content that is no payload, whoever sealed it', async () => {
    const strange = { ...samplePayload };
    Object.defineProperty(strange, 'toJSON', { value: () => ({ boxes: [] }) });
    expect(outcome(await sampleFile(strange))).toBe('damaged');
  });

  it('never throws on a text from outside', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => changed({ argon2: json })),
        ),
        (any) => {
          expect(['file', 'refused']).toContain((readBreakGlass(any) as BreakGlassFile).kind);
        },
      ),
      { numRuns: batch(500) },
    );
  });
});
