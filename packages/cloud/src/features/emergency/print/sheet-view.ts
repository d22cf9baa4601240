// What a sheet says, in the order in which it says it, before anybody decides how it looks: PDF and HTML draw
// this and nothing else, so that one cannot tell more or less than the other. Pure.

import type { BilingualText } from '../../../platform/problems.ts';
import type { SheetData } from '../sheet.ts';
import { groupDigits } from './code-groups.ts';
import { harmless } from './harmless-text.ts';
import { printedMoment } from './printed-moment.ts';
import { sheetTexts } from './sheet-texts.ts';

/** One line of the head. */
export interface FactView {
  readonly label: BilingualText;
  readonly value: string;
}

/** One step of the instructions; `keys` are the keys to press, in order. */
export interface StepView {
  readonly keys: readonly BilingualText[];
  readonly text: BilingualText;
}

/** One cell. */
export interface CodeView {
  /** From 1; what the box's screen asks for. */
  readonly number: number;
  /** In groups of four. */
  readonly digits: string;
}

/** One bin. */
export interface BinView {
  readonly bin: number;
  readonly key: { readonly name: string; readonly fobLabel: string } | null;
  readonly codes: readonly CodeView[];
}

/** The tear-off. */
export interface AllBinsView {
  /** `3 → 1 → 2` */
  readonly order: string;
  readonly codes: readonly CodeView[];
}

/** A whole sheet, in words. */
export interface SheetView {
  readonly facts: readonly FactView[];
  /** The few facts that every page and the tear-off repeat. */
  readonly shortFacts: readonly FactView[];
  /** What must be read first; null for nothing. */
  readonly warning: BilingualText | null;
  readonly notices: readonly BilingualText[];
  readonly steps: readonly StepView[];
  readonly bins: readonly BinView[];
  readonly allBins: AllBinsView | null;
  /** `ボックス · シート番号 7`: what tells this sheet from others. */
  readonly name: string;
  readonly helpPhone: string;
  readonly qrText: string;
}

/** @returns what is printed of this data */
export function sheetView(data: SheetData): SheetView {
  const { facts, notices } = sheetTexts;
  const moment = (atMs: number): string => printedMoment(atMs, data.location.timeZone);
  const boxName = harmless(data.box.name);
  const place = { label: facts.location, value: harmless(data.location.name) };
  const box = { label: facts.box, value: `${boxName} (${harmless(data.box.id)})` };
  const sheet = { label: facts.sheet, value: String(data.generation) };
  const until = { label: facts.validUntil, value: moment(data.validUntilMs) };
  const printed = {
    label: facts.printed,
    value: `${moment(data.printedAtMs)} · ${harmless(data.printedBy)}`,
  };
  const helpPhone = harmless(data.helpPhone);
  const phone = helpPhone === '' ? [] : [{ label: facts.helpPhone, value: helpPhone }];
  return {
    facts: [place, box, sheet, printed, until, ...phone],
    shortFacts: [place, box, sheet, until, ...phone],
    warning: data.inForce ? null : notices.notInForce,
    notices: [
      data.inForce ? notices.olderSheets : notices.olderSheetsLater,
      notices.inventory,
      notices.keepSafe,
    ],
    steps: stepViews(),
    bins: data.rows.map(({ bin, key, codes }) => ({
      bin,
      key: key === null ? null : { name: harmless(key.name), fobLabel: harmless(key.fobLabel) },
      codes: codeViews(codes),
    })),
    allBins:
      data.allBinsCodes.length === 0
        ? null
        : { order: data.openOrder.join(' → '), codes: codeViews(data.allBinsCodes) },
    name: `${boxName} · ${facts.sheet.ja} ${facts.sheet.en} ${data.generation}`,
    helpPhone,
    qrText: data.qrText,
  };
}

function codeViews(codes: readonly string[]): readonly CodeView[] {
  return codes.map((code, index) => ({ number: index + 1, digits: groupDigits(code) }));
}

function stepViews(): readonly StepView[] {
  const { steps } = sheetTexts;
  const [one, hash] = [key('1'), key('#')];
  return [
    { keys: [steps.blackButton, one, hash], text: steps.wake },
    { keys: [steps.binKey, hash], text: steps.choose },
    { keys: [steps.codeKey, hash], text: steps.type },
  ];
}

function key(symbol: string): BilingualText {
  return { ja: symbol, en: symbol };
}
