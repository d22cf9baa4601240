// The screens of a box that is alone: its menu, its questions, and what it is doing. A function of the state, like
// the rest of the display; every screen says what to press.
import { ALL_BINS } from '@smartbox/protocol';
import type { BoxState } from './box-state.ts';
import { phrase, type TextKey, type TextValues } from './display-texts.ts';
import type { EmergencyDialog } from './emergency-dialog.ts';
import { openingsLeft, standbyDaysLeft } from './energy.ts';
import { binsToOpen } from './keep-open-all.ts';
import type { Language } from './keypad-entry.ts';
import { boxLimits } from './limits.ts';
import { lockedFor } from './lockout.ts';
import { networkOffer } from './network-choice.ts';
import { wantedCells } from './offline-code.ts';
import { hasEmergencyKeys, openWays, sheetFacts } from './offline-facts.ts';
import { batteryValues, binPhrase, duration, type ShownText } from './screen.ts';

const ORDER_COLUMNS = 15;

/** What the screens need beside the state. */
export interface Viewer {
  readonly language: Language;
  readonly nowMs: number;
  /** What was typed as it may be shown, empty for nothing. */
  readonly typed: string;
}

/** @returns what the box is doing by itself for a person, if anything */
export function doingText(box: BoxState, { language }: Viewer): ShownText | undefined {
  const { openAll, visit } = box;
  if (openAll !== undefined) {
    const at = String(openAll.total - openAll.waiting.length);
    const bin = binPhrase(language, openAll.bin);
    return { text: 'open-all', values: { bin, at, total: String(openAll.total) } };
  }
  return visit?.waiting === undefined ? undefined : { text: 'trying-network', values: {} };
}

/** @returns the question that is open, if one is */
export function questionText(box: BoxState, viewer: Viewer): ShownText | undefined {
  const { dialog } = box;
  if (dialog === undefined) return undefined;
  const typed = viewer.typed === '' ? '_' : viewer.typed;
  switch (dialog.kind) {
    case 'which-bin': {
      const digits = box.keypad.digits === '' ? '_' : box.keypad.digits;
      return {
        text: dialog.way.kind === 'app' ? 'which-bin-app' : 'which-bin',
        values: { typed: digits },
      };
    }
    case 'announce-all':
      return announcement(box, viewer.language);
    case 'sheet-code':
      return sheetQuestion(box, viewer, dialog.target);
    case 'phone-answer':
      return { text: 'phone-answer', values: { ...challengeValues(dialog, viewer.language), typed } };
  }
}

/** @returns the menu of a box that is alone; undefined where the box was never told a key for that */
export function menuText(box: BoxState, { language, nowMs }: Viewer): ShownText | undefined {
  if (!hasEmergencyKeys(box)) return undefined;
  const values = { choices: choices(box, language, nowMs) };
  const locked = lockedFor(box.offlineTries, nowMs);
  if (locked.waitMs > 0) {
    const time = duration(language, locked.waitMs);
    return { text: locked.day ? 'offline-locked-today' : 'offline-locked', values: { ...values, time } };
  }
  const { booking, app } = openWays(box, nowMs);
  const text: TextKey = booking ? (app ? 'menu-both' : 'menu-booking') : app ? 'menu-app' : 'menu-plain';
  const turns = lastLines(box, language);
  const shown = turns[Math.floor(nowMs / boxLimits.menuTurnMs) % turns.length];
  // Without a line of its own, the last one is the number to call.
  return { text, values: shown === undefined ? values : { ...values, more: shown } };
}

/** @returns when the menu's last line changes by itself next: what does not fit beside each other takes turns */
export function menuDueMs(box: BoxState, nowMs: number): number | undefined {
  if (nowMs >= box.litUntilMs || !hasEmergencyKeys(box)) return undefined;
  return (Math.floor(nowMs / boxLimits.menuTurnMs) + 1) * boxLimits.menuTurnMs;
}

/** @returns the choices of the menu in one phrase */
export function choices(box: BoxState, language: Language, nowMs: number): string {
  const ways = openWays(box, nowMs);
  const keys: TextKey[] = [];
  if (ways.sheet) keys.push('choice-sheet');
  if (ways.phone) keys.push('choice-phone');
  if (keys.length === 0) keys.push('choice-call');
  return keys.map((key) => phrase(language, key)).join(' ');
}

// The hotspot, whom to call (undefined), and on battery what is left of it.
function lastLines(box: BoxState, language: Language): readonly (string | undefined)[] {
  const hotspot = networkOffer(box) === 'add' ? 'choice-hotspot' : 'choice-hotspot-or-forget';
  const lines = [phrase(language, hotspot), undefined];
  return box.power.kind === 'battery' ? [...lines, batteryLeft(box, language)] : lines;
}

function batteryLeft({ supply }: BoxState, language: Language): string {
  const left = { days: standbyDaysLeft(supply.batteryPercent), openings: openingsLeft(supply) };
  return phrase(language, 'battery-left', batteryValues(left));
}

function announcement(box: BoxState, language: Language): ShownText {
  const bins = binsToOpen(box);
  const battery = box.supply.mains
    ? phrase(language, 'one-by-one')
    : phrase(language, 'battery-lasts', { left: String(openingsLeft(box.supply)) });
  let order = bins.join(',');
  if (order.length > ORDER_COLUMNS) order = `${order.slice(0, ORDER_COLUMNS - 2)}..`;
  return { text: 'announce-all', values: { count: String(bins.length), order, battery } };
}

function sheetQuestion(box: BoxState, viewer: Viewer, target: number): ShownText {
  const { language, nowMs } = viewer;
  const wanted = wantedCells(sheetFacts(box, nowMs), target);
  // The last cell of a bin was used, or the sheet ended, while the question was open.
  if (typeof wanted === 'string') return { text: wanted, values: { choices: choices(box, language, nowMs) } };
  const [now, before] = wanted;
  const values: TextValues = {
    bin: binPhrase(language, target),
    cell: String(now?.cell),
    sheet: String(now?.sheet.generation),
    typed: viewer.typed === '' ? '_' : viewer.typed,
  };
  if (before === undefined) return { text: 'sheet-code', values };
  const second = { cell2: String(before.cell), sheet2: String(before.sheet.generation) };
  return { text: 'sheet-code-two', values: { ...values, ...second } };
}

function challengeValues(
  { asked }: Extract<EmergencyDialog, { kind: 'phone-answer' }>,
  language: Language,
): TextValues {
  const { challenge, target } = asked;
  return {
    challenge: `${challenge.slice(0, 4)} ${challenge.slice(4)}`,
    target:
      target === ALL_BINS
        ? phrase(language, 'target-all')
        : phrase(language, 'target-bin', { count: String(target) }),
  };
}
