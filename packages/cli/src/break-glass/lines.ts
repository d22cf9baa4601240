// Sheet, inventory and answer as lines for a terminal of 80 columns. Every code stands beside its number, because the
// box asks for it by that number.
import type { BreakGlassBox, BreakGlassPayload } from '@smartbox/protocol';
import { printable, table } from './columns.ts';
import { placeOfTime, sheetWarnings, showTarget, spaced, whereabouts } from './sheet-view.ts';
import { showInstant } from './show-instant.ts';
import { type Language, say } from './texts.ts';

const CODES_IN_A_LINE = 5;

/** @param nowMs of the computer's clock: only to warn */
export function sheetLines(box: BreakGlassBox, language: Language, nowMs: number): readonly string[] {
  const { sheet, location } = box;
  const until = showInstant(sheet.validUntilMs, location.timeZone, language);
  const title = [
    say(language, 'sheet', { generation: sheet.generation }),
    say(language, 'validUntil', { at: until }),
    ...(box.helpPhone === '' ? [] : [say(language, 'help', { phone: box.helpPhone })]),
  ];
  const order = say(language, 'allBinsOrder', { order: sheet.openOrder.join(' ') });
  return [
    printable(`${box.name}  box_${box.boxId}  ${location.name}`),
    printable(title.join('   ')),
    ...sheetWarnings(box, nowMs).map((key) => say(language, key)),
    say(language, 'howToSheet'),
    ...sheet.rows.flatMap(({ bin, key, codes }) => ['', binLine(language, bin, key), ...codeLines(codes)]),
    '',
    `${say(language, 'allBins')}  ${order}`,
    ...codeLines(sheet.allBinsCodes),
  ];
}

function binLine(
  language: Language,
  bin: number,
  key: BreakGlassBox['sheet']['rows'][number]['key'],
): string {
  const name = key === null ? say(language, 'noKey') : key.name;
  const fob = key === null || key.fobLabel === '' ? '' : `  [${key.fobLabel}]`;
  return printable(`${say(language, 'binNumber', { bin })}  ${name}${fob}`);
}

function codeLines(codes: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (let first = 0; first < codes.length; first += CODES_IN_A_LINE) {
    const part = codes.slice(first, first + CODES_IN_A_LINE);
    const cells = part.map((code, index) => `${String(first + index + 1).padStart(2)}: ${spaced(code)}`);
    lines.push(`  ${cells.join('  ')}`);
  }
  return lines;
}

/** @returns every key, its fob and where it is */
export function inventoryLines(payload: BreakGlassPayload, language: Language): readonly string[] {
  const title = say(language, 'inventory', {
    at: showInstant(payload.inventoryAtMs, placeOfTime(payload), language),
  });
  if (payload.inventory.length === 0) return [title, '', say(language, 'noKeys')];
  const head = (['key', 'fob', 'location', 'where'] as const).map((key) => say(language, key));
  const rows = payload.inventory.map((key) => [
    ...[key.name, key.fobLabel, key.locationName],
    whereabouts(key, payload.boxes, language),
  ]);
  return [title, '', ...table([head, ...rows])];
}

/** @param given.answer 8 digits */
export function answerLines(
  given: { readonly box: BreakGlassBox; readonly target: number; readonly answer: string },
  language: Language,
): readonly string[] {
  const { box, target, answer } = given;
  const values = { answer: spaced(answer), box: printable(box.name), target: showTarget(target, language) };
  return [say(language, 'answer', values), say(language, 'beforeAnswer')];
}
