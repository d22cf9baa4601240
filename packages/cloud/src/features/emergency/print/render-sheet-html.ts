// The emergency sheet as one HTML file that asks nobody for anything: no script, no request, style and QR code
// inside, and a policy that holds it to that. Says the same as the PDF in the same order, also when printed.

import { createHash } from 'node:crypto';
import type { BilingualText } from '../../../platform/problems.ts';
import type { SheetData } from '../sheet.ts';
import { htmlStyle } from './html-style.ts';
import { bothLanguages, escapeHtml, htmlName } from './html-text.ts';
import { type QrPattern, qrPattern, quietModules } from './qr-pattern.ts';
import { sheetTexts } from './sheet-texts.ts';
import {
  type AllBinsView,
  type BinView,
  type CodeView,
  type FactView,
  type SheetView,
  type StepView,
  sheetView,
} from './sheet-view.ts';

/** @returns the file's text. The same data gives the same text */
export function renderSheetHtml(data: SheetData): string {
  const view = sheetView(data);
  const { facts, steps } = sheetTexts;
  const body = [
    `<p class="secret">${bothLanguages(facts.confidential)}</p>`,
    `<header><div><h1>${bothLanguages(facts.title)}</h1>`,
    factList(view.facts),
    `</div>${qrSvg(qrPattern(view.qrText))}</header>`,
    warning(view),
    ...view.notices.map((notice) => `<div class="pair">${bothLanguages(notice, 'p')}</div>`),
    `<section class="how"><h2>${bothLanguages(steps.heading)}</h2><ol>`,
    ...view.steps.map(stepItem),
    '</ol></section>',
    binTable(view.bins),
    view.allBins === null ? '' : allBinsSection(view, view.allBins),
  ];
  return `${head(view)}<body>\n<main>\n${body.filter((part) => part !== '').join('\n')}\n</main>\n</body>\n</html>\n`;
}

function head(view: SheetView): string {
  const styleHash = createHash('sha256').update(htmlStyle, 'utf8').digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;
  const { ja, en } = sheetTexts.facts.title;
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${ja} ${en} – ${view.name}`)}</title>
<style>${htmlStyle}</style>
</head>
`;
}

function factList(facts: readonly FactView[]): string {
  const items = facts.map(({ label, value }) => {
    const kind = label === sheetTexts.facts.sheet ? ' class="sheet"' : '';
    return `<dt>${bothLanguages(label)}</dt><dd${kind}>${htmlName(value)}</dd>`;
  });
  return `<dl>${items.join('')}</dl>`;
}

function warning(view: SheetView): string {
  return view.warning === null ? '' : `<div class="warning">${bothLanguages(view.warning, 'p')}</div>`;
}

function stepItem({ keys, text }: StepView): string {
  const caps = keys.map((key) => `<kbd>${keyText(key)}</kbd>`).join(' ');
  return `<li><div class="step"><span>${caps}</span>${bothLanguages(text, 'p')}</div></li>`;
}

function keyText(key: BilingualText): string {
  return key.ja === key.en ? escapeHtml(key.ja) : bothLanguages(key);
}

function binTable(bins: readonly BinView[]): string {
  const { bin, key, fob } = sheetTexts.table;
  const first = {
    ja: `${bin.ja}・${key.ja}・${fob.ja}`,
    en: `${bin.en}, ${key.en}, ${fob.en}`,
  };
  const headRow = `<tr><th scope="col">${bothLanguages(first)}</th><th scope="col">${codesHead()}</th></tr>`;
  return `<table>\n<thead>${headRow}</thead>\n<tbody>\n${bins.map(binRow).join('\n')}\n</tbody>\n</table>`;
}

function codesHead(): string {
  const { codeNumber, code, usedOn } = sheetTexts.table;
  return bothLanguages({
    ja: `${codeNumber.ja}　□　${code.ja}　${usedOn.ja}`,
    en: `${codeNumber.en} ${code.en} ${usedOn.en}`,
  });
}

function binRow({ bin, key, codes }: BinView): string {
  const { table } = sheetTexts;
  const number = `<span class="bin">${bin} <span lang="ja">${table.bin.ja}</span></span>`;
  const label = key === null || key.fobLabel === '' ? '—' : key.fobLabel;
  const hanging =
    key === null
      ? `<span class="name">${bothLanguages(table.noKey)}</span>`
      : `<span class="name">${htmlName(key.name)}</span><span class="fob">${bothLanguages(table.fob)}: ${htmlName(label)}</span>`;
  return `<tr><th scope="row">${number}${hanging}</th><td>${codeList(codes)}</td></tr>`;
}

function codeList(codes: readonly CodeView[]): string {
  const items = codes.map(
    ({ number, digits }) =>
      `<li><span class="number">${number}</span><span class="tick"></span><span class="digits">${digits}</span><span class="when"></span></li>`,
  );
  return `<ol class="codes">${items.join('')}</ol>`;
}

function allBinsSection(view: SheetView, allBins: AllBinsView): string {
  const { allBins: texts } = sheetTexts;
  return [
    `<section class="all"><p>${bothLanguages(texts.cut)}</p>`,
    `<h2>${bothLanguages(texts.title)}</h2>`,
    factList(view.shortFacts),
    warning(view),
    `<div class="pair">${bothLanguages(texts.how, 'p')}</div>`,
    `<div class="pair">${bothLanguages(texts.order, 'p')}</div>`,
    `<p class="order">${allBins.order}</p>`,
    `<p>${codesHead()}</p>`,
    codeList(allBins.codes),
    '</section>',
  ].join('\n');
}

function qrSvg({ size, runs }: QrPattern): string {
  const side = size + 2 * quietModules;
  const path = runs.map(
    ({ x, y, length }) => `M${x + quietModules} ${y + quietModules}h${length}v1h-${length}z`,
  );
  const { ja, en } = sheetTexts.facts.qr;
  const name = escapeHtml(`${ja} ${en}`);
  return `<svg viewBox="0 0 ${side} ${side}" role="img" aria-label="${name}"><path d="${path.join('')}"/></svg>`;
}
