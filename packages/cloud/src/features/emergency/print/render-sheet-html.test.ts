// The sheet in HTML: whole without a network, deaf to what names may contain.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { GreyPicture } from '../../../../test/paper-tools.ts';
import { readQr } from '../../../../test/read-qr.ts';
import { linesOfData, linesOfHtml, sampleSheet } from '../../../../test/sample-sheet.ts';
import { renderSheetHtml } from './render-sheet-html.ts';

describe('the sheet in HTML', () => {
  it('leads from a code to its bin, key and fob (EM-14)', () => {
    const data = sampleSheet(16);
    expect(linesOfHtml(renderSheetHtml(data))).toEqual(linesOfData(data));
  });

  it('needs no server: it asks for nothing, runs nothing, and forbids itself both (EM-12)', () => {
    const html = renderSheetHtml(sampleSheet(3));
    expect(html).not.toMatch(/<(script|link|img|iframe|object|form)|https?:|url\(|@import|\son\w+=/i);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
    const hash = createHash('sha256').update(style, 'utf8').digest('base64');
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('escapes every name and shows what is invisible (EM-13)', () => {
    const evil = '"><script>alert(1)</script>\u202e&amp;\u0000';
    const html = renderSheetHtml(
      sampleSheet(1, {
        box: { id: evil, name: evil },
        location: { name: evil, timeZone: 'UTC' },
        ...{ printedBy: evil, helpPhone: evil },
        rows: [{ bin: 1, key: { name: evil, fobLabel: evil }, codes: ['04210917'] }],
      }),
    );
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/[\u202e\0]/);
    const shown = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]&amp;amp;[U+0000]';
    expect(html).toContain(`<bdi>${shown}</bdi>`);
    expect(linesOfHtml(html)[0]).toMatchObject({ code: '04210917', number: 1 });
  });

  it('is printed on A4, repeats its heading row and breaks no bin over a page', () => {
    const html = renderSheetHtml(sampleSheet(1));
    expect(html).toContain('@page { size: A4 portrait;');
    expect(html).toContain('thead { display: table-header-group; }');
    expect(html).toContain('tr { break-inside: avoid; }');
  });

  it('says everything in Japanese and in English, each marked as what it is', () => {
    const html = renderSheetHtml(sampleSheet(2, { inForce: false }));
    expect(html).toContain('<html lang="ja">');
    expect(html.match(/lang="en"/g)?.length).toBe((html.match(/<(p|span) lang="ja"/g)?.length ?? 0) - 2);
    expect(
      html.split('<p lang="ja">このシートは次にボックスがオンラインになるまで使えません。'),
    ).toHaveLength(3);
  });

  it('has a QR code that reads back as the sheet’s number and signature, without a code', () => {
    const data = sampleSheet(3);
    const read = readQr(drawn(renderSheetHtml(data)));
    expect(read).toBe(data.qrText);
    for (const { code } of linesOfData(data)) expect(read).not.toContain(code);
  });
});

/** Draws the rectangles of the one path, 4 pixels a module. */
function drawn(html: string): GreyPicture {
  const side = 4 * Number(/viewBox="0 0 (\d+)/.exec(html)?.[1]);
  const pixels = new Uint8Array(side * side).fill(255);
  for (const [, x, y, length] of html.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 4 * Number(y); row < 4 * Number(y) + 4; row++)
      pixels.fill(0, row * side + 4 * Number(x), row * side + 4 * (Number(x) + Number(length)));
  }
  return { width: side, height: side, pixels };
}
