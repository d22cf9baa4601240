// The head of the PDF's first page: what this sheet is, for which box and until when, and how to use it. Japanese
// and English side by side. Each function draws from `y` downwards and returns the place below it.

import type { BilingualText } from '../../../platform/problems.ts';
import { column, page, running, size } from './pdf-layout.ts';
import type { Part, Pen, Place } from './pdf-pen.ts';
import { type QrPattern, qrPattern, quietModules } from './qr-pattern.ts';
import { sheetTexts } from './sheet-texts.ts';
import type { FactView, SheetView, StepView } from './sheet-view.ts';

const qrSide = 92;
const labelWidth = 98;
const gap = 10;

/** Draws the whole head. */
export function drawHead(pen: Pen, root: Part, view: SheetView): number {
  const { title } = sheetTexts.facts;
  const width = column.width - qrSide - gap;
  const at: Place = { x: column.left, y: running.top };
  let { y } = at;
  pen.tag(root, 'H1', () => {
    y += pen.write(title.ja, at, { width, size: size.title, bold: true });
    y += pen.write(title.en, { ...at, y: y - 2 }, { width, size: size.name, bold: true });
  });
  drawQr(pen, root, qrPattern(view.qrText), { x: page.width - page.margin - qrSide, y: running.top });
  y = drawFacts(pen, root, view.facts, { x: at.x, y: y + 2, width });
  y = drawNotices(pen, root, view, Math.max(y, running.top + qrSide) + 2);
  return drawSteps(pen, root, view.steps, y + 4) + gap;
}

/** Draws label and value, one pair a line. */
export function drawFacts(
  pen: Pen,
  parent: Part,
  facts: readonly FactView[],
  { x, y, width }: Place & { readonly width: number },
): number {
  let lineY = y;
  for (const { label, value } of facts) {
    // The number is what tells two sheets apart: it is seen first.
    const valueSize = label === sheetTexts.facts.sheet ? size.sheet : size.text + 0.5;
    pen.tag(parent, 'P', () => {
      const text = `${label.ja} ${label.en}`;
      pen.write(text, { x, y: lineY + valueSize - size.small }, { width: labelWidth, size: size.small });
      const values = { width: width - labelWidth, size: valueSize, bold: true };
      lineY += pen.write(value, { x: x + labelWidth, y: lineY }, values);
    });
  }
  return lineY;
}

/** Draws what must be read first, in a thick frame. */
export function drawWarning(
  pen: Pen,
  parent: Part,
  warning: BilingualText,
  { x, y, width }: Place & { readonly width: number },
): number {
  const inside = { width: width - 2 * gap, size: size.name, bold: true };
  let bottom = y + gap / 2;
  pen.tag(parent, 'P', () => {
    bottom += pen.write(warning.ja, { x: x + gap, y: bottom }, inside);
  });
  pen.tag(
    parent,
    'P',
    () => {
      bottom += pen.write(warning.en, { x: x + gap, y: bottom }, { ...inside, size: size.text });
    },
    { lang: 'en' },
  );
  pen.artifact(() => pen.frame({ x, y, width, height: bottom - y + 2 }, 2.5));
  return bottom + gap / 2;
}

function drawNotices(pen: Pen, root: Part, { warning, notices }: SheetView, y: number): number {
  const { left: x, width } = column;
  let lineY = warning === null ? y : drawWarning(pen, root, warning, { x, y: y + 2, width }) + 2;
  for (const notice of notices) lineY = drawPair(pen, root, notice, { x, y: lineY, width });
  return lineY;
}

/** One text in both languages, side by side. `japanese` is its share of the width. @returns the place below the longer of the two */
function drawPair(
  pen: Pen,
  parent: Part,
  text: BilingualText,
  { x, y, width, japanese = 0.5 }: Place & { readonly width: number; readonly japanese?: number },
): number {
  const left = { width: (width - gap) * japanese, size: size.small + 0.5 };
  const right = { ...left, width: width - gap - left.width };
  let bottom = y;
  pen.tag(parent, 'P', () => {
    bottom = Math.max(bottom, y + pen.write(text.ja, { x, y }, left));
  });
  pen.tag(
    parent,
    'P',
    () => {
      bottom = Math.max(bottom, y + pen.write(text.en, { x: x + left.width + gap, y }, right));
    },
    { lang: 'en' },
  );
  return bottom + 1;
}

const keyHeight = 19;
const keysWidth = 106;

function drawSteps(pen: Pen, root: Part, steps: readonly StepView[], y: number): number {
  const { heading } = sheetTexts.steps;
  const inside = column.width - 2 * gap;
  let lineY = y + 6;
  pen.tag(root, 'H2', () => {
    const typing = { width: inside, size: size.name, bold: true };
    lineY += pen.write(`${heading.ja} ${heading.en}`, { x: column.left + gap, y: lineY }, typing) + 2;
  });
  const list = pen.part(root, 'L');
  for (const [index, step] of steps.entries()) {
    const item = pen.part(list, 'LI');
    const at = { x: column.left + gap, y: lineY };
    pen.tag(item, 'Lbl', () => {
      pen.write(`${index + 1}`, at, { width: 20, size: size.title, bold: true });
      drawKeys(pen, step.keys, { x: at.x + 22, y: lineY + 1 });
    });
    const texts = { x: at.x + 22 + keysWidth, y: lineY, width: inside - 22 - keysWidth, japanese: 0.43 };
    lineY = Math.max(drawPair(pen, pen.part(item, 'LBody'), step.text, texts), lineY + keyHeight + 3) + 1;
  }
  pen.artifact(() => pen.frame({ x: column.left, y, width: column.width, height: lineY - y + 2 }, 1));
  return lineY + 2;
}

// Pictures of the keys, in the order in which they are pressed.
function drawKeys(pen: Pen, keys: readonly BilingualText[], { x, y }: Place): void {
  let keyX = x;
  for (const { ja, en } of keys) {
    const text = ja === en ? ja : `${ja} ${en}`;
    const typing = { size: ja === en ? size.name : size.small, bold: true };
    const width = Math.max(keyHeight, pen.widthOf(text, typing) + 8);
    pen.frame({ x: keyX, y, width, height: keyHeight }, 1.25);
    const at = { x: keyX, y: y + (keyHeight - typing.size) / 2 };
    pen.write(text, at, { ...typing, width, align: 'center' });
    keyX += width + 5;
  }
}

function drawQr(pen: Pen, root: Part, pattern: QrPattern, at: Place): void {
  const module = qrSide / (pattern.size + 2 * quietModules);
  const { ja, en } = sheetTexts.facts.qr;
  const draw = (): void => {
    for (const { x, y, length } of pattern.runs) {
      const place = { x: at.x + (x + quietModules) * module, y: at.y + (y + quietModules) * module };
      pen.fill({ ...place, width: length * module, height: module });
    }
  };
  pen.tag(root, 'Figure', draw, { alt: `${ja} ${en}` });
}
