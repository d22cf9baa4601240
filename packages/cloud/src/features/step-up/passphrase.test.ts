// Passphrases as they are kept and refused. The hash is compared with one that another implementation made.
import { describe, expect, it } from 'vitest';
import { seededEntropy } from '../../../test/fixed-ports.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import { hashPassphrase, isPassphrase, passphraseFault } from './passphrase.ts';

const salt = seededEntropy('salt').bytes(16);
const words = 'correct horse battery staple';

describe('a kept passphrase', () => {
  it('is Argon2id with the figures written beside it (SEC-14)', () => {
    expect(hashPassphrase(words, salt)).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/,
    );
    expect(hashPassphrase(words, salt)).not.toBe(hashPassphrase(words, seededEntropy('other').bytes(16)));
  });

  it('is proven by itself and by nothing else', () => {
    const kept = hashPassphrase(words, salt);
    expect(isPassphrase(words, kept)).toBe(true);
    for (const wrong of ['', 'correct horse battery stapl', `${words} `, words.toUpperCase()])
      expect(isPassphrase(wrong, kept)).toBe(false);
  });

  it('is the same whether a keyboard writes its letters wide, narrow, whole or in parts', () => {
    const kept = hashPassphrase('がぎぐげご abc123', salt);
    expect(isPassphrase('がぎぐげご ａｂｃ１２３'.normalize('NFD'), kept)).toBe(true);
  });

  // The reference implementation's command line (P-H-C/phc-winner-argon2, test.c): 2 passes, 64 MiB, 1 lane.
  it('can be read with other figures than today’s, as the reference implementation wrote it', () => {
    const reference =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(isPassphrase('password', reference)).toBe(true);
    expect(isPassphrase('passwore', reference)).toBe(false);
  });

  it('is a fault of our own where it cannot be read', () => {
    expect(() => isPassphrase(words, '$2b$10$abc')).toThrow(InvariantBroken);
  });
});

describe('a passphrase is refused', () => {
  it.each([
    ['eleven char', 'Depot', 'too-short'],
    ['Sakura Hotels', 'sakura hotels', 'like-the-name'],
    ['sakurahotels2026', 'Sakura Hotels', 'like-the-name'],
    ['DEMO-demo-Demo', 'Demo', 'like-the-name'],
    ['aaaaaaaaaaaaaaa', 'Depot', 'too-simple'],
    ['abcdabcdabcdabcd', 'Depot', 'too-simple'],
  ])('“%s” of “%s”: %s', (text, name, fault) => {
    expect(passphraseFault(text, name)).toBe(fault);
  });

  it.each([
    [words, 'Demo'],
    ['my demo opens with plums', 'Demo'],
    ['さくらのはなみはごがつまで', '!!!'],
  ])('not “%s” of “%s”', (text, name) => {
    expect(passphraseFault(text, name)).toBeUndefined();
  });
});
