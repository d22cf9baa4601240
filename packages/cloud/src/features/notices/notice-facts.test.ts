import { describe, expect, it } from 'vitest';
import { factsOf, type Language } from './notice-facts.ts';

const facts = (data: object, language: Language = 'en', code = '') =>
  factsOf(
    {
      body: { type: 'x.y', timestamp: '2026-04-01T09:00:00.000Z', data: { data } },
      ...{ names: { code, timeZone: 'Asia/Tokyo' }, eventId: null, leftOut: 0 },
    },
    language,
  ).slice(1);

const hourMs = 3_600_000;

describe('the facts of a notice', () => {
  it('say for whom the code was, and for how long the key was away (SEC-11)', () => {
    expect(facts({ away_ms: 26 * hourMs + 125_000 }, 'en', 'Room 12')).toEqual([
      'Code for: Room 12',
      'Was away for: 1 d 2 h 2 min',
    ]);
    expect(facts({ away_ms: 26 * hourMs + 125_000 }, 'ja')).toEqual(['貸出時間: 1日2時間2分']);
    expect(facts({ away_ms: 59_999 })).toEqual(['Was away for: less than 1 min']);
  });

  it('say when a booking begins and ends, and since when a key is late, by the clock of the place', () => {
    expect(facts({ starts_at: '2026-12-31T15:30:00.000Z', ends_at: '2027-01-01T00:00:00.000Z' })).toEqual([
      'From: 1 Jan 2027, 00:30:00 GMT+9',
      'Until: 1 Jan 2027, 09:00:00 GMT+9',
    ]);
    expect(facts({ taken_at: '2026-03-31T23:00:00.000Z', due_at: '2026-04-01T08:00:00.000Z' }, 'ja')).toEqual(
      [
        expect.stringMatching(/^取り出し: 2026\/04\/01 8:00:00|^取り出し: 2026\/04\/01 08:00:00/),
        expect.stringMatching(/^返却期限: 2026\/04\/01 17:00:00/),
      ],
    );
  });

  it('say how full a battery is, how long a box is silent, and that nobody knows who opened by hand', () => {
    expect(facts({ percent: 18 })).toEqual(['Battery: 18 %']);
    expect(facts({ silent_ms: 180_000 })).toEqual(['Silent for: 3 min']);
    expect(facts({ by_hand: true })).toEqual(['Opened by a code without the cloud: nobody knows by whom']);
  });

  it('leave out what is not as it should be, and what no reader can use', () => {
    expect(facts({ grant: 17, percent: '18', away_ms: 'x', by_hand: 'no', due_at: 5 })).toEqual([]);
  });
});
