// Digits to a finished code. Only enter submits and the buffer is empty afterwards, so digits of two
// people, or of two codes, never run together. Nothing here decides anything: a code is a value for the
// cloud. Nothing is kept in flash; a power cut forgets what was typed.
import type { Key } from './inputs.ts';
import { boxLimits } from './limits.ts';

export type Language = 'ja' | 'en';

export interface KeypadEntry {
  /** What was typed since the last submit or clear. */
  readonly digits: string;
  readonly lastKeyMs: number;
  /** The language that the person at the box chose; undefined while the setting holds. */
  readonly chosen: Language | undefined;
}

/** What one key did. `refused`: the code is too long for another digit, or too short to submit. */
export type KeypadOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'too-short' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'submitted'; readonly code: string };

export interface KeyPress {
  readonly key: Key;
  readonly nowMs: number;
  /** The language in force while nobody has chosen one. */
  readonly homeLanguage: Language;
  /** Fewer digits are no answer: the shortest code, or one digit where a box that is alone asks something. */
  readonly digitsMin?: number;
}

/** @returns an empty keypad */
export function emptyKeypad(): KeypadEntry {
  return { digits: '', lastKeyMs: 0, chosen: undefined };
}

/** @returns the language that the display speaks */
export function languageOf(entry: KeypadEntry, home: Language): Language {
  return entry.chosen ?? home;
}

/** Takes one key. */
export function pressKey(
  entry: KeypadEntry,
  press: KeyPress,
): { readonly entry: KeypadEntry; readonly outcome: KeypadOutcome } {
  const touched = { ...entry, lastKeyMs: press.nowMs };
  const { key } = press;
  if (key === 'language') {
    const chosen = languageOf(entry, press.homeLanguage) === 'ja' ? 'en' : 'ja';
    return { entry: { ...touched, chosen }, outcome: { kind: 'changed' } };
  }
  if (key === 'clear') return { entry: { ...touched, digits: '' }, outcome: { kind: 'changed' } };
  if (key === 'enter') return submit(touched, press.digitsMin ?? boxLimits.codeDigitsMin);
  if (entry.digits.length >= boxLimits.codeDigitsMax)
    return { entry: touched, outcome: { kind: 'too-long' } };
  return { entry: { ...touched, digits: entry.digits + key }, outcome: { kind: 'changed' } };
}

function submit(
  entry: KeypadEntry,
  digitsMin: number,
): { readonly entry: KeypadEntry; readonly outcome: KeypadOutcome } {
  const code = entry.digits;
  const emptied = { ...entry, digits: '' };
  if (code === '') return { entry: emptied, outcome: { kind: 'nothing' } };
  if (code.length < digitsMin) return { entry: emptied, outcome: { kind: 'too-short' } };
  return { entry: emptied, outcome: { kind: 'submitted', code } };
}

/** Forgets digits and language once nobody has pressed a key for `idleMs`. */
export function expireKeypad(entry: KeypadEntry, nowMs: number, idleMs: number): KeypadEntry {
  if (entry.digits === '' && entry.chosen === undefined) return entry;
  return nowMs >= entry.lastKeyMs + idleMs ? { ...entry, digits: '', chosen: undefined } : entry;
}

/** @returns whether the digits are about to be forgotten, so that the display asks first */
export function isIdleWarning(entry: KeypadEntry, nowMs: number, idleMs: number): boolean {
  return entry.digits !== '' && nowMs >= entry.lastKeyMs + idleMs - boxLimits.idleWarningMs;
}

/** @returns the code as the display may show it: stars, and for a moment the digit typed last */
export function maskedCode(entry: KeypadEntry, nowMs: number): string {
  const { digits } = entry;
  const hidden = nowMs < entry.lastKeyMs + boxLimits.digitShownMs ? digits.length - 1 : digits.length;
  return '*'.repeat(Math.max(hidden, 0)) + digits.slice(Math.max(hidden, 0));
}

/** @returns when the keypad changes by itself next, if it does */
export function keypadDueMs(entry: KeypadEntry, nowMs: number, idleMs: number): number | undefined {
  if (entry.digits === '') return entry.chosen === undefined ? undefined : entry.lastKeyMs + idleMs;
  const shownUntil = entry.lastKeyMs + boxLimits.digitShownMs;
  if (nowMs < shownUntil) return shownUntil;
  const warnAt = entry.lastKeyMs + idleMs - boxLimits.idleWarningMs;
  return nowMs < warnAt ? warnAt : entry.lastKeyMs + idleMs;
}
