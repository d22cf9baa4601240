// The QR code as dark stretches of its rows, which PDF and HTML both draw as rectangles: sharp at any size,
// and no picture file.

import { encodeQR } from 'qr';

/** A dark stretch of one row, in modules. */
export interface DarkRun {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** A QR code without its quiet zone: leave `quietModules` of white round it. */
export interface QrPattern {
  /** Modules from edge to edge. */
  readonly size: number;
  readonly runs: readonly DarkRun[];
}

/** The white that readers need round the code (ISO/IEC 18004). */
export const quietModules = 4;

/** @returns the code of this text, with a quarter of it restorable: paper is folded and stained */
export function qrPattern(text: string): QrPattern {
  const framed = encodeQR(text, 'raw', { ecc: 'quartile', border: 1 });
  const rows = framed.slice(1, -1).map((row) => row.slice(1, -1));
  return { size: rows.length, runs: rows.flatMap(darkRuns) };
}

function darkRuns(row: readonly boolean[], y: number): readonly DarkRun[] {
  const starts = row.flatMap((dark, x) => (dark && row[x - 1] !== true ? [x] : []));
  return starts.map((x) => {
    const end = row.indexOf(false, x);
    return { x, y, length: (end === -1 ? row.length : end) - x };
  });
}
