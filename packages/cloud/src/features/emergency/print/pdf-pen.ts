// The few strokes of which a printed sheet is made, over pdfkit: text, frame, line, all in black, each either
// part of the tagged document or an artifact that screen readers skip. Nothing else here knows pdfkit.

import { createRequire } from 'node:module';
import type { BilingualText } from '../../../platform/problems.ts';

/** How a text stands. Lengths in points. */
export interface Typing {
  readonly width: number;
  readonly size: number;
  readonly bold?: boolean;
  readonly align?: 'left' | 'center' | 'right';
}

/** A place on the present page, from its upper left corner, in points. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A rectangle on the present page. */
export interface Frame extends Place {
  readonly width: number;
  readonly height: number;
}

/** A part of the document's structure, which screen readers follow. */
export type Part = PDFKit.PDFStructureElement;

/** What an element of the structure may carry. */
export interface PartOptions {
  readonly lang?: 'ja' | 'en';
  readonly alt?: string;
  /** Of a heading cell. */
  readonly scope?: 'Row' | 'Column';
}

/** Draws one document. */
export interface Pen {
  newPage(): void;
  /** Adds to a part what `draw` draws. Nothing in it may begin a page. */
  tag(parent: Part, type: string, draw: () => void, options?: PartOptions): void;
  /** Adds a part that holds other parts. */
  part(parent: Part, type: string, options?: PartOptions): Part;
  /** Draws what belongs to the page and not to the document. */
  artifact(draw: () => void): void;
  /** @returns the height it took, in points */
  write(text: string, at: Place, typing: Typing): number;
  /** @returns the height that it would take */
  heightOf(text: string, typing: Typing): number;
  widthOf(text: string, typing: Pick<Typing, 'size' | 'bold'>): number;
  frame(frame: Frame, lineWidth: number, dash?: number): void;
  fill(frame: Frame): void;
  line(from: Place, to: Place, lineWidth: number): void;
  /** @returns the document once everything is drawn */
  finish(): Promise<Uint8Array>;
}

/** What stands in the file's properties. */
export interface Imprint {
  readonly title: BilingualText;
  readonly subject: string;
  readonly atMs: number;
}

const require = createRequire(import.meta.url);
const fonts = {
  regular: require.resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
} as const;

/** Space between lines, as a part of the letters' height. */
const leading = 0.28;

/** Opens a document of A4 pages, tagged, in Japanese, and its root part. */
export async function openPdf(imprint: Imprint): Promise<{ readonly pen: Pen; readonly root: Part }> {
  // Loaded when the first sheet is printed: the server starts without it.
  const { default: Document } = await import('pdfkit');
  const title = `${imprint.title.ja} ${imprint.title.en}`;
  const doc = new Document({
    ...{ size: 'A4', margin: 0, autoFirstPage: false, pdfVersion: '1.7' },
    ...{ tagged: true, lang: 'ja', displayTitle: true },
    info: { Title: title, Subject: imprint.subject, CreationDate: new Date(imprint.atMs) },
    // No default font: it would not be embedded, and one that is registered again is read again at each use.
    font: '',
  });
  for (const [name, file] of Object.entries(fonts)) doc.registerFont(name, file);
  const root = doc.struct('Document', { title });
  doc.addStructure(root);
  return { pen: penOver(doc, root), root };
}

function penOver(doc: PDFKit.PDFDocument, root: Part): Pen {
  const drawable = drawableIn(doc);
  const choose = ({ size, bold }: Pick<Typing, 'size' | 'bold'>) =>
    doc.font(bold === true ? 'bold' : 'regular').fontSize(size);
  const options = ({ width, size, align = 'left' }: Typing) => ({ width, align, lineGap: size * leading });
  const heightOf = (text: string, typing: Typing): number =>
    choose(typing).heightOfString(drawable(text), options(typing));
  return {
    ...strokes(doc),
    newPage: () => void doc.addPage(),
    tag: (parent, type, draw, of = {}) => void parent.add(doc.struct(type, of, draw)),
    part: (parent, type, of = {}) => {
      const part = doc.struct(type, of);
      parent.add(part);
      return part;
    },
    artifact: (draw) => {
      doc.markContent('Artifact', { type: 'Layout' });
      draw();
      doc.endMarkedContent();
    },
    heightOf,
    widthOf: (text, typing) => choose(typing).widthOfString(drawable(text)),
    write: (text, { x, y }, typing) => {
      choose(typing).text(drawable(text), x, y, options(typing));
      return heightOf(text, typing);
    },
    finish: () => {
      root.end();
      return bytesOf(doc);
    },
  };
}

function strokes(doc: PDFKit.PDFDocument): Pick<Pen, 'frame' | 'fill' | 'line'> {
  return {
    frame: ({ x, y, width, height }, lineWidth, dash) => {
      doc.lineWidth(lineWidth);
      if (dash !== undefined) doc.dash(dash, {});
      doc.rect(x, y, width, height).stroke('black').undash();
    },
    fill: ({ x, y, width, height }) => void doc.rect(x, y, width, height).fill('black'),
    line: (from, to, lineWidth) =>
      void doc.lineWidth(lineWidth).moveTo(from.x, from.y).lineTo(to.x, to.y).stroke('black'),
  };
}

const variationSelector = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

// A character that the font does not have would be an empty frame, or nothing. The geta mark is what Japanese
// printers have always put there: something stands here that could not be set.
function drawableIn(doc: PDFKit.PDFDocument): (text: string) => string {
  doc.font('regular');
  const { font } = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(point: number): boolean } } })
    ._font;
  return (text) =>
    Array.from(text.replace(variationSelector, ''), (character) =>
      font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) ? character : '〓',
    ).join('');
}

function bytesOf(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    doc.on('data', (chunk: Uint8Array) => void chunks.push(chunk));
    doc.on('error', reject);
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.end();
  });
}
