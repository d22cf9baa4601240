import { describe, expect, it } from 'vitest';
import { columnsOf, textLines } from './display-texts.ts';
import { countdownStepMs, type ScreenFacts, screenOf } from './screen.ts';

const quiet: ScreenFacts = {
  language: 'en',
  helpPhone: '03-1234-5678',
  lit: false,
  life: 'claimed',
  claimCode: undefined,
  linkUp: true,
  notice: undefined,
  asking: false,
  doing: undefined,
  question: undefined,
  menu: undefined,
  choices: '',
  typed: '',
  idleWarning: false,
  bin: undefined,
  invitation: undefined,
  mainLock: undefined,
  locked: { waitMs: 0, day: false },
  cloud: 'live',
  overPhone: false,
  network: undefined,
  battery: undefined,
};

const first = (facts: Partial<ScreenFacts>) => screenOf({ ...quiet, ...facts }).lines[0];

describe('screen', () => {
  it('puts what matters most first', () => {
    const all: Partial<ScreenFacts> = {
      asking: true,
      typed: '**3',
      notice: { text: 'no-answer', untilMs: 9 },
      bin: { number: 3, text: 'close-door' },
      locked: { waitMs: 30_000, day: false },
      cloud: 'offline',
    };
    expect(first(all)).toBe('Checking.');
    expect(first({ ...all, asking: false })).toBe('Code: **3');
    expect(first({ ...all, asking: false, typed: '' })).toBe('No answer. Wait a moment');
    expect(first({ ...all, asking: false, typed: '', notice: undefined })).toBe('ＢＩＮ　３');
    expect(first({ locked: { waitMs: 30_000, day: false }, cloud: 'offline' })).toBe('Too many tries.');
    expect(first({ cloud: 'offline' })).toBe('No network. 3# goes over');
    expect(first({ cloud: 'connecting' })).toBe('Connecting.');
    expect(first({})).toBe('Enter your code, then #');
  });

  it('shows a bin that was just granted before an invitation, and that before a front or door that stands open', () => {
    const facts: Partial<ScreenFacts> = {
      bin: { number: 3, text: 'take-key' },
      invitation: { text: 'press-for-main-lock', values: {} },
      mainLock: { text: 'close-main-lock', values: {} },
    };
    expect(first(facts)).toBe('ＢＩＮ　３');
    expect(first({ ...facts, bin: { number: 3, text: 'close-door' } })).toBe('Press the small button');
    expect(first({ ...facts, bin: undefined })).toBe('Press the small button');
    expect(first({ ...facts, bin: undefined, invitation: undefined })).toBe('The front is open.');
    expect(first({ ...facts, typed: '*2' })).toBe('Code: *2');
  });

  it('shows the claim code in two groups of four', () => {
    expect(screenOf({ ...quiet, life: 'unclaimed', claimCode: '12345678' }).lines[1]).toBe('1234 5678');
    const offline = screenOf({ ...quiet, life: 'unclaimed', claimCode: '12345678', linkUp: false });
    expect(offline.lines[2]).toContain('network');
    expect(first({ life: 'unclaimed' })).toContain('New box');
    expect(first({ life: 'unprovisioned' })).toContain('not been');
  });

  it('names the bin in full-width figures, the largest form that it has', () => {
    expect(first({ bin: { number: 12, text: 'take-key' } })).toBe('ＢＩＮ　１２');
    expect(first({ bin: { number: 12, text: 'put-key' }, language: 'ja' })).toBe('１２　番');
  });

  it('says how many tries are left, and how long to wait', () => {
    const refused = screenOf({ ...quiet, notice: { text: 'refused', untilMs: 1, left: 3 } });
    expect(refused.lines.join(' ')).toContain('Tries left: 3');
    expect(screenOf({ ...quiet, locked: { waitMs: 29_001, day: false } }).lines[1]).toContain('30 s');
    expect(screenOf({ ...quiet, locked: { waitMs: 61_000, day: false } }).lines[1]).toContain('2 min');
    expect(screenOf({ ...quiet, locked: { waitMs: 7_200_000, day: true } }).lines[1]).toContain('2 h');
  });

  it('names somebody to call even where no number is set', () => {
    expect(screenOf({ ...quiet, helpPhone: '', cloud: 'offline' }).lines.at(-1)).toBe('the box manager');
  });

  it('shows a phone number from outside only as far as the display can', () => {
    const hostile = screenOf({
      ...quiet,
      helpPhone: '03\n\u0007１２３４５６７８９０１２３４５６７８9'.repeat(9),
      cloud: 'offline',
    });
    for (const line of hostile.lines) expect(columnsOf(line)).toBeLessThanOrEqual(24);
    for (const character of hostile.lines.join('')) expect(character >= ' ').toBe(true);
    expect(hostile.lines).toHaveLength(textLines('en', 'offline').length);
  });

  it('counts down in the unit that it shows', () => {
    expect(countdownStepMs(30_000)).toBe(1_000);
    expect(countdownStepMs(29_400)).toBe(400);
    expect(countdownStepMs(150_000)).toBe(30_000);
    expect(countdownStepMs(7_300_000)).toBe(100_000);
  });
});
