import { describe, expect, it } from 'vitest';
import { alerts, fits, type Happening, isEventPattern, type Rule, repeatAfterMs, subjectOf } from './rule.ts';

const happening: Happening = {
  type: 'key.withdrawn',
  locationId: 'loc_1',
  boxId: 'B',
  keyId: 'key_1',
  bin: 3,
};
const rule = (change: Partial<Rule> = {}): Rule => ({
  ...{
    ruleId: 'nrl_1',
    label: 'x',
    events: ['*'],
    channels: ['nch_1'],
    paused: false,
    rev: 1,
    createdAtMs: 0,
  },
  ...{ locationId: null, boxId: null, keyId: null, repeatAfterMs: null },
  ...{ quietHours: [], timeZone: null, urgent: false },
  ...change,
});

describe('a rule', () => {
  it.each([
    ['*', true],
    ['key.*', true],
    ['key.withdrawn', true],
    ['exchange', true],
    ['key.returned', false],
    ['box.*', false],
    ['power', false],
    // A name that every object has.
    ['constructor', false],
  ])('of %s tells that a key was taken: %s', (pattern, told) => {
    expect(fits(rule({ events: [pattern] }), happening)).toBe(told);
  });

  it('tells only of its place, its box and its key, and nothing while it is paused', () => {
    expect(fits(rule({ locationId: 'loc_1', boxId: 'B', keyId: 'key_1' }), happening)).toBe(true);
    for (const change of [{ locationId: 'loc_2' }, { boxId: 'C' }, { keyId: 'key_2' }, { paused: true }])
      expect(fits(rule(change), happening)).toBe(false);
  });

  it('never tells what became of notices: a dead mailbox would report its own death for ever', () => {
    expect(fits(rule(), { ...happening, type: 'notice.undelivered' })).toBe(false);
    expect(fits(rule({ events: ['notice.*'] }), { ...happening, type: 'notice.channel_off' })).toBe(false);
  });

  it('takes alerts, types and patterns, and no other text', () => {
    for (const text of [...Object.keys(alerts), 'a.b', 'sign_in.burst', 'box.*', '*'])
      expect([text, isEventPattern(text)]).toEqual([text, true]);
    for (const text of ['', 'key', 'constructor', 'key.', '*.lost', 'Key.Lost', 'a.b.c', 'key.with*'])
      expect([text, isEventPattern(text)]).toEqual([text, false]);
  });

  it('tells each exchange, and others of the same thing only after ten minutes (MO-07)', () => {
    expect(repeatAfterMs(rule(), 'key.returned')).toBe(0);
    expect(repeatAfterMs(rule(), 'mains.lost')).toBe(600_000);
    expect(repeatAfterMs(rule({ repeatAfterMs: 5 }), 'key.returned')).toBe(5);
    expect(subjectOf(happening)).not.toBe(subjectOf({ ...happening, bin: 4 }));
  });
});
