import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Key } from './inputs.ts';
import {
  emptyKeypad,
  expireKeypad,
  isIdleWarning,
  type KeypadEntry,
  type KeypadOutcome,
  keypadDueMs,
  languageOf,
  maskedCode,
  pressKey,
} from './keypad-entry.ts';

const NAMED: Readonly<Record<string, Key>> = { '#': 'enter', '*': 'clear', L: 'language' };

function type(
  keys: string,
  start: KeypadEntry = emptyKeypad(),
): { entry: KeypadEntry; outcomes: KeypadOutcome[] } {
  let entry = start;
  const outcomes: KeypadOutcome[] = [];
  for (const [index, key] of [...keys].entries()) {
    const pressed = pressKey(entry, {
      key: NAMED[key] ?? (key as Key),
      nowMs: index * 100,
      homeLanguage: 'ja',
    });
    entry = pressed.entry;
    outcomes.push(pressed.outcome);
  }
  return { entry, outcomes };
}

describe('keypad entry', () => {
  it('submits the digits typed since the last submit or clear, and only on enter (AC-01)', () => {
    const { entry, outcomes } = type('99*12345678#');
    expect(outcomes.filter((outcome) => outcome.kind === 'submitted')).toEqual([
      { kind: 'submitted', code: '12345678' },
    ]);
    expect(entry.digits).toBe('');
  });

  it('never runs two codes together: one entry submits at most one code of its own digits', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'0123456789#*L'), { maxLength: 60 }), (keys) => {
        const { outcomes } = type(keys.join(''));
        const codes = outcomes.flatMap((outcome) => (outcome.kind === 'submitted' ? [outcome.code] : []));
        const expected = keys
          .join('')
          .replaceAll('L', '')
          .split('#')
          .slice(0, -1)
          .map((part) => part.slice(part.lastIndexOf('*') + 1).slice(0, 16))
          .filter((part) => part.length >= 4);
        expect(codes).toEqual(expected);
      }),
    );
  });

  it('does not submit what is too short, and takes no digit beyond the longest code', () => {
    expect(type('123#').outcomes[3]).toEqual({ kind: 'too-short' });
    expect(type('#').outcomes[0]).toEqual({ kind: 'nothing' });
    const long = type('12345678901234567');
    expect(long.outcomes[16]).toEqual({ kind: 'too-long' });
    expect(long.entry.digits).toHaveLength(16);
  });

  it('shows the last digit for a moment and stars for all others', () => {
    const { entry } = type('1234');
    expect(maskedCode(entry, entry.lastKeyMs)).toBe('***4');
    expect(maskedCode(entry, entry.lastKeyMs + 1_500)).toBe('****');
    expect(maskedCode(emptyKeypad(), 0)).toBe('');
  });

  it('switches between Japanese and English, and back to the setting when nobody is there', () => {
    const { entry } = type('L');
    expect(languageOf(entry, 'ja')).toBe('en');
    expect(languageOf(type('LL').entry, 'ja')).toBe('ja');
    expect(languageOf(expireKeypad(entry, 30_000, 30_000), 'ja')).toBe('ja');
  });

  it('warns before it forgets the digits, and any key gives the time again', () => {
    const { entry } = type('12');
    expect(isIdleWarning(entry, entry.lastKeyMs + 19_999, 30_000)).toBe(false);
    expect(isIdleWarning(entry, entry.lastKeyMs + 20_000, 30_000)).toBe(true);
    expect(expireKeypad(entry, entry.lastKeyMs + 29_999, 30_000).digits).toBe('12');
    expect(expireKeypad(entry, entry.lastKeyMs + 30_000, 30_000).digits).toBe('');
    const again = pressKey(entry, { key: '3', nowMs: 25_000, homeLanguage: 'ja' }).entry;
    expect(expireKeypad(again, 50_000, 30_000).digits).toBe('123');
  });

  it('asks to be woken when the digit is hidden, when it warns and when it forgets', () => {
    const { entry } = type('1');
    expect(keypadDueMs(emptyKeypad(), 0, 30_000)).toBeUndefined();
    expect(keypadDueMs(entry, 0, 30_000)).toBe(1_500);
    expect(keypadDueMs(entry, 1_500, 30_000)).toBe(20_000);
    expect(keypadDueMs(entry, 20_000, 30_000)).toBe(30_000);
  });
});
