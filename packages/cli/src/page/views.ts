// Sheet, inventory and answer as elements of the page.
import type { BreakGlassBox, BreakGlassPayload } from '@smartbox/protocol';
import {
  type Language,
  placeOfTime,
  say,
  sheetWarnings,
  showInstant,
  showTarget,
  spaced,
  whereabouts,
} from '../break-glass/index.ts';
import { element, tableOf } from './element.ts';

/** The sheet of a box. */
export function sheetView(box: BreakGlassBox, language: Language, nowMs: number): HTMLElement {
  const { sheet, location } = box;
  const until = showInstant(sheet.validUntilMs, location.timeZone, language);
  const facts = [
    say(language, 'sheet', { generation: sheet.generation }),
    say(language, 'validUntil', { at: until }),
    ...(box.helpPhone === '' ? [] : [say(language, 'help', { phone: box.helpPhone })]),
  ];
  const head = (['bin', 'key', 'fob', 'codes'] as const).map((key) => say(language, key));
  const rows = sheet.rows.map(({ bin, key, codes }) => [
    ...[String(bin), key?.name ?? say(language, 'noKey'), key?.fobLabel ?? ''],
    codeList(codes),
  ]);
  const order = say(language, 'allBinsOrder', { order: sheet.openOrder.join(' ') });
  const all = [say(language, 'allBins'), order, '', codeList(sheet.allBinsCodes)];
  return element(
    'section',
    { id: 'sheet' },
    element('h2', {}, `${box.name} — box_${box.boxId} — ${location.name}`),
    element('p', {}, facts.join(' · ')),
    ...sheetWarnings(box, nowMs).map((key) => element('p', { className: 'warning' }, say(language, key))),
    element('p', {}, say(language, 'howToSheet')),
    tableOf(head, [...rows, all]),
  );
}

// Each code with its number: the box asks by it.
function codeList(codes: readonly string[]): HTMLElement {
  const items = codes.map((code, index) => element('li', {}, `${index + 1}: ${spaced(code)}`));
  return element('ol', { className: 'codes' }, ...items);
}

/** Every key, its fob and where it is. */
export function inventoryView(payload: BreakGlassPayload, language: Language): HTMLElement {
  const at = showInstant(payload.inventoryAtMs, placeOfTime(payload), language);
  const head = (['key', 'fob', 'location', 'where'] as const).map((key) => say(language, key));
  const rows = payload.inventory.map((key) => [
    ...[key.name, key.fobLabel, key.locationName],
    whereabouts(key, payload.boxes, language),
  ]);
  const body = rows.length === 0 ? element('p', {}, say(language, 'noKeys')) : tableOf(head, rows);
  return element('section', { id: 'inventory' }, element('h2', {}, say(language, 'inventory', { at })), body);
}

/** The answer to a challenge. */
export function answerView(
  given: { readonly box: BreakGlassBox; readonly target: number; readonly answer: string },
  language: Language,
): HTMLElement {
  const { box, target, answer } = given;
  const values = { answer: spaced(answer), box: box.name, target: showTarget(target, language) };
  return element(
    'section',
    { id: 'answer' },
    element('p', { className: 'answer' }, say(language, 'answer', values)),
    element('p', {}, say(language, 'beforeAnswer')),
  );
}
