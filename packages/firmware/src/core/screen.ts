// What the display shows: a pure function of what the box knows. The order of the questions below is the order
// of importance; nothing else decides what a person sees.
import { ALL_BINS } from '@smartbox/protocol';
import { columnsOf, phrase, type TextKey, type TextValues, textLines, wideDigits } from './display-texts.ts';
import type { Language } from './keypad-entry.ts';
import { boxLimits } from './limits.ts';
import type { NetworkText } from './network-setup-screen.ts';
import type { ShownScreen } from './outputs.ts';

const COLUMNS = 24;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const YEAR_DAYS = 365;
const unitMs = { seconds: SECOND_MS, minutes: MINUTE_MS, hours: HOUR_MS } as const;

/** The outcome of something a person did; shown for a while. */
export interface Notice {
  readonly text: TextKey;
  readonly untilMs: number;
  readonly bin?: number;
  readonly left?: number;
  /** Fills {time}. */
  readonly waitMs?: number;
  /** Fills what else the text has; the same in every language. */
  readonly values?: TextValues;
}

/** A text and what fills it. */
export interface ShownText {
  readonly text: TextKey;
  readonly values: TextValues;
}

/** What is to be done with a bin. */
type BinText = 'take-key' | 'put-key' | 'open-for-service' | 'close-door';

/** Everything that the display depends on. */
export interface ScreenFacts {
  readonly language: Language;
  readonly helpPhone: string;
  readonly lit: boolean;
  readonly life: 'unprovisioned' | 'unclaimed' | 'claimed';
  readonly claimCode: string | undefined;
  readonly linkUp: boolean;
  readonly notice: Notice | undefined;
  readonly asking: boolean;
  /** Of a box that is alone: what it does by itself, what it asks, its menu, and the menu's choices in short. */
  readonly doing: ShownText | undefined;
  readonly question: ShownText | undefined;
  readonly menu: ShownText | undefined;
  readonly choices: string;
  /** What was typed as it may be shown, empty for nothing. */
  readonly typed: string;
  readonly idleWarning: boolean;
  /** The bin that a person should deal with, and how. */
  readonly bin: { readonly number: number; readonly text: BinText } | undefined;
  /** An opening from afar waits for the button; what is to be done with the main lock. */
  readonly invitation: ShownText | undefined;
  readonly mainLock: ShownText | undefined;
  readonly locked: { readonly waitMs: number; readonly day: boolean };
  readonly cloud: 'live' | 'connecting' | 'offline';
  /** The session is live over a phone's hotspot. */
  readonly overPhone: boolean;
  /** The dialog for a second network, while there is one. */
  readonly network: NetworkText | undefined;
  /** What the battery still gives; undefined on mains. */
  readonly battery: { readonly days: number; readonly openings: number } | 'empty' | undefined;
}

/** @returns the lines and the light */
export function screenOf(facts: ScreenFacts): ShownScreen {
  const { text, values } = chosenText(facts);
  const phone = printable(facts.helpPhone) || phrase(facts.language, 'nobody-to-call');
  const lines = textLines(facts.language, text, { phone, more: phone, choices: facts.choices, ...values });
  return { lines: lines.map(cut), lit: facts.lit };
}

function chosenText(facts: ScreenFacts): ShownText {
  const { notice, bin, language, question } = facts;
  if (facts.battery === 'empty') return { text: 'battery-empty', values: {} };
  if (facts.life === 'unprovisioned') return { text: 'unprovisioned', values: {} };
  if (facts.claimCode !== undefined) {
    const code = `${facts.claimCode.slice(0, 4)} ${facts.claimCode.slice(4)}`;
    return { text: facts.linkUp ? 'claim-code' : 'claim-code-offline', values: { code } };
  }
  if (facts.life === 'unclaimed') return { text: 'unclaimed', values: {} };
  if (facts.asking) return { text: 'checking', values: {} };
  // A door that somebody left open must not hide the dialog; one that was just granted comes first.
  if (facts.network !== undefined && (bin === undefined || bin.text === 'close-door')) return facts.network;
  if (facts.doing !== undefined) return facts.doing;
  if (facts.typed !== '') {
    if (question !== undefined && !facts.idleWarning) return question;
    return { text: facts.idleWarning ? 'still-there' : 'entering', values: { code: facts.typed } };
  }
  if (notice !== undefined) return { text: notice.text, values: noticeValues(notice, language) };
  if (question !== undefined) return question;
  return lockText(facts) ?? waitingText(facts) ?? idleText(facts);
}

// A bin that was just granted comes first; a door that somebody left open must not hide the invitation.
function lockText({ bin, invitation, mainLock, language }: ScreenFacts): ShownText | undefined {
  const binText = bin && { text: bin.text, values: { bin: binPhrase(language, bin.number) } };
  return binText?.text === 'close-door'
    ? (invitation ?? mainLock ?? binText)
    : (binText ?? invitation ?? mainLock);
}

function waitingText(facts: ScreenFacts): ShownText | undefined {
  if (facts.menu !== undefined) return facts.menu;
  if (facts.locked.waitMs > 0) {
    const time = duration(facts.language, facts.locked.waitMs);
    return { text: facts.locked.day ? 'locked-today' : 'locked', values: { time } };
  }
  return undefined;
}

// Nobody does anything: what can be done here, and without mains for how long.
function idleText(facts: ScreenFacts): { readonly text: TextKey; readonly values: TextValues } {
  const { cloud, battery, overPhone } = facts;
  if (cloud === 'live' && overPhone) return { text: 'ready-over-phone', values: {} };
  const text = cloud === 'live' ? 'ready' : cloud;
  if (typeof battery !== 'object' || text === 'connecting') return { text, values: {} };
  return { text: `${text}-on-battery`, values: batteryValues(battery) };
}

/** @returns what fills {days} and {openings} */
export function batteryValues(battery: { readonly days: number; readonly openings: number }): TextValues {
  // Beyond a year the days are arithmetic: no cell is that sure.
  const days = battery.days > YEAR_DAYS ? `${YEAR_DAYS}+` : String(battery.days);
  return { days, openings: String(battery.openings) };
}

function noticeValues(notice: Notice, language: Language): TextValues {
  return {
    min: String(boxLimits.codeDigitsMin),
    max: String(boxLimits.codeDigitsMax),
    ...(notice.bin === undefined ? {} : { bin: binPhrase(language, notice.bin) }),
    ...notice.values,
    ...(notice.waitMs === undefined ? {} : { time: duration(language, notice.waitMs) }),
    ...(notice.left === undefined ? {} : { left: String(notice.left) }),
  };
}

/** @returns a bin, or all of them, as the display names it */
export function binPhrase(language: Language, bin: number): string {
  if (bin === ALL_BINS) return phrase(language, 'all-bins');
  return phrase(language, 'bin', { wide: wideDigits(bin) });
}

/** @returns a wait in the unit that fits */
export function duration(language: Language, waitMs: number): string {
  const unit = waitMs > HOUR_MS ? 'hours' : waitMs > MINUTE_MS ? 'minutes' : 'seconds';
  return phrase(language, unit, { count: String(Math.ceil(waitMs / unitMs[unit])) });
}

// The phone number comes from outside: only what a display can show as one line.
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '').trim();
}

function cut(line: string): string {
  let kept = line;
  while (columnsOf(kept) > COLUMNS) kept = kept.slice(0, -1);
  return kept;
}

/** @returns when a countdown on the display changes next, given how long is left */
export function countdownStepMs(waitMs: number): number {
  const unit = waitMs > HOUR_MS ? HOUR_MS : waitMs > MINUTE_MS ? MINUTE_MS : SECOND_MS;
  const over = waitMs % unit;
  return over === 0 ? unit : over;
}
