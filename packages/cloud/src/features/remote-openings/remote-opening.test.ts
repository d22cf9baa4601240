// Orders to open from afar, judged as a table, and their states over any grant.
import { type BoxId, boxIdFromBytes } from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterGrant, judgeOrder, openingStates, type RemoteOpening } from './remote-opening.ts';

const boxId: BoxId = boxIdFromBytes(new Uint8Array(8).fill(1));
const another: BoxId = boxIdFromBytes(new Uint8Array(8).fill(2));
const opening: RemoteOpening = {
  ...{ openingId: 'opn_1', boxId, order: new Uint8Array(8), bin: 3, press: 'none', reason: 'x' },
  ...{ by: { personId: 'per_1', tokenId: 'ses_1' }, orderedAtMs: 0, expiresAtMs: 30_000 },
  ...{ state: 'ordered', because: null, grant: null, changedAtMs: 0 },
};
const facts = { boxId, bin: 3, isLive: true, mayOpen: true };

describe('an order to open from afar', () => {
  it('opens what was ordered, at the box for which it was ordered (AC-06)', () => {
    const live = { kind: 'live', order: { openingId: 'opn_1', by: opening.by } };
    expect(judgeOrder(opening, facts)).toEqual(live);
    expect(judgeOrder({ ...opening, state: 'asked' }, facts)).toEqual(live);
    expect(judgeOrder({ ...opening, bin: 0 }, { ...facts, bin: 0 })).toEqual(live);
  });

  it.each([
    ['that nobody gave', undefined, {}, 'unknown-order'],
    ['for another box', opening, { boxId: another }, 'order-elsewhere'],
    ['for another bin', opening, { bin: 4 }, 'order-of-another-bin'],
    ['for a bin, at the main lock', opening, { bin: 0 }, 'order-of-another-bin'],
    ['whose time is over', opening, { isLive: false }, 'order-over'],
    ['that expired', { ...opening, state: 'expired' as const }, {}, 'order-over'],
    ['that was refused', { ...opening, state: 'refused' as const }, {}, 'order-over'],
    ['that opened', { ...opening, state: 'opened' as const, grant: 7 }, {}, 'order-used'],
    ['of somebody who may not open any more', opening, { mayOpen: false }, 'right-lost'],
  ])('opens nothing %s (AC-06, AC-07)', (_name, order, change, because) => {
    expect(judgeOrder(order, { ...facts, ...change })).toEqual({ kind: 'dead', because });
  });

  it('is live only where every one of its facts is right (AC-06)', () => {
    const anyOpening = fc.record({
      state: fc.constantFrom(...openingStates),
      grant: fc.constantFrom(null, 7),
      bin: fc.constantFrom(0, 3),
    });
    const anyFacts = fc.record({
      boxId: fc.constantFrom(boxId, another),
      bin: fc.constantFrom(0, 3),
      isLive: fc.boolean(),
      mayOpen: fc.boolean(),
    });
    fc.assert(
      fc.property(anyOpening, anyFacts, (change, known) => {
        const waits = ['ordered', 'asked'].includes(change.state) && change.grant === null;
        const fits = known.boxId === boxId && known.bin === change.bin;
        const isRight = waits && fits && known.isLive && known.mayOpen;
        expect(judgeOrder({ ...opening, ...change }, known).kind).toBe(isRight ? 'live' : 'dead');
      }),
    );
  });

  it('goes as its grant goes, and stays as it ended', () => {
    const grants = ['granted', 'intended', 'opened', 'closed', 'void'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...openingStates), fc.array(fc.constantFrom(...grants)), (from, told) => {
        const ended = told.reduce(afterGrant, from);
        if (from !== 'granted') expect(ended).toBe(from);
        const first = told.find((state) => state !== 'granted' && state !== 'intended');
        const expected = first === undefined ? 'granted' : first === 'opened' ? 'opened' : 'not-opened';
        if (from === 'granted') expect(ended).toBe(expected);
      }),
    );
  });
});
