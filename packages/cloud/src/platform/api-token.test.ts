// The text of an API token: minted, parsed, and refused when it was mistyped.

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededEntropy } from '../../test/fixed-ports.ts';
import { mintApiToken, parseApiToken } from './api-token.ts';

describe('an API token', () => {
  const minted = mintApiToken(seededEntropy());

  it('is found again by its public id and the hash of its secret', () => {
    const secret = minted.text.split('_')[2] ?? '';
    expect(secret).toHaveLength(43);
    expect(parseApiToken(minted.text)).toEqual({
      kind: 'token',
      publicId: minted.publicId,
      secretHash: minted.secretHash,
    });
    expect(Buffer.from(minted.secretHash)).toEqual(createHash('sha256').update(secret).digest());
  });

  it('is none of a session with another prefix, nor the other way round', () => {
    const session = mintApiToken(seededEntropy(), 'session');
    expect(parseApiToken(session.text)).toMatchObject({ kind: 'session', publicId: session.publicId });
    expect(parseApiToken(session.text.replace('sbs', 'sbk'))).toBeUndefined();
    expect(parseApiToken(minted.text.replace('sbk', 'sbs'))).toBeUndefined();
  });

  it('is refused after any one character was mistyped', () => {
    for (let index = 4; index < minted.text.length; index++) {
      const other = minted.text[index] === 'a' ? 'b' : 'a';
      expect(
        parseApiToken(minted.text.slice(0, index) + other + minted.text.slice(index + 1)),
      ).toBeUndefined();
    }
  });

  it.each(['', 'sbk_', 'sbk___', `${minted.text} `, `x${minted.text}`])('is not: %o', (text) => {
    expect(parseApiToken(text)).toBeUndefined();
  });
});
