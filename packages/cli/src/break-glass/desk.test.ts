import {
  challengeHash,
  firstUseHash,
  isSignedBy,
  nobleCrypto,
  phoneAnswer,
  readUse,
  type SignedUse,
  useHash,
} from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { exportId, payload, publicKey, secretsOf } from '../../test/sample-export.ts';
import { createDesk } from './desk.ts';

const [back, garage] = payload.boxes;

/** A desk whose records are a list; `fails` makes the journal refuse. */
function deskWith(lines: string[] = [], options: { readonly fails?: boolean } = {}) {
  const desk = createDesk({
    ...{ exportId, payload },
    nowMs: () => 1_795_000_000_000.75,
    newChain: () => '0011223344556677',
    journal: {
      add: (write) => {
        if (options.fails) throw new RangeError('disk full');
        lines.push(write(lines.at(-1)));
      },
    },
  });
  const uses = (): readonly SignedUse[] => lines.flatMap((line) => readUse(line) ?? []);
  return { desk, lines, uses };
}

describe('a desk', () => {
  it('answers as the box expects, for a bin and for all', () => {
    const { desk } = deskWith();
    const key = secretsOf(2).phoneKey;
    for (const target of [1, 0]) {
      const asked = { challenge: '12345678', target };
      expect(desk.answer({ box: garage!, ...asked })).toBe(phoneAnswer(nobleCrypto, key, asked));
    }
  });

  it('records each use, signed under the key of the export and chained to the one before', () => {
    const { desk, uses } = deskWith();
    desk.showSheet(back!);
    desk.showInventory();
    desk.answer({ box: garage!, challenge: '12345678', target: 0 });
    const [first, second, third] = uses();
    expect(uses().map(({ sequence, kind, boxId, target }) => [sequence, kind, boxId, target])).toEqual([
      [1, 'sheet-shown', back!.boxId, null],
      [2, 'inventory-shown', null, null],
      [3, 'answer-given', garage!.boxId, 0],
    ]);
    expect(first!.previousHash).toBe(firstUseHash(nobleCrypto, first!));
    expect(second!.previousHash).toBe(useHash(nobleCrypto, first!));
    expect(third!.previousHash).toBe(useHash(nobleCrypto, second!));
    expect(uses().every((use) => isSignedBy(publicKey, use))).toBe(true);
    expect(third!.challengeHash).toBe(
      challengeHash(nobleCrypto, { boxId: garage!.boxId, challenge: '12345678' }),
    );
    expect(first!.atMs).toBe(1_795_000_000_000);
  });

  it('writes neither answer nor challenge nor code into its records', () => {
    const { desk, lines } = deskWith();
    const answer = desk.answer({ box: back!, challenge: '12345678', target: 2 });
    desk.showSheet(back!);
    for (const secret of [answer, '12345678', ...back!.sheet.allBinsCodes, back!.phoneKey, payload.useKey])
      expect(lines.join()).not.toContain(secret);
  });

  it('gives nothing that it cannot record', () => {
    const { desk } = deskWith([], { fails: true });
    const answer = () => desk.answer({ box: back!, challenge: '12345678', target: 2 });
    for (const use of [answer, () => desk.showSheet(back!), () => desk.showInventory()])
      expect(use).toThrow('disk full');
  });

  it('goes on with the chain that it finds', () => {
    const { lines } = deskWith();
    deskWith(lines).desk.showInventory();
    const { desk, uses } = deskWith(lines);
    desk.showInventory();
    expect(uses().map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it.each([
    ['torn', (line: string) => line.slice(0, -20)],
    ['changed', (line: string) => line.replace('"sequence":1', '"sequence":7')],
    ['of another export', (line: string) => line.replace('bgx_019', 'bgx_018')],
  ])('begins another chain after a last line that is %s', (_what, spoil) => {
    const { lines } = deskWith();
    deskWith(lines).desk.showInventory();
    lines[0] = spoil(lines[0]!);
    const { desk } = deskWith(lines);
    desk.showInventory();
    const use = readUse(lines[1]!)!;
    expect([use.sequence, use.previousHash]).toEqual([1, firstUseHash(nobleCrypto, use)]);
  });
});
