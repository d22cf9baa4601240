// Reads a QR code off a grey picture, as a phone's camera would.

import jsQr from 'jsqr';
import type { GreyPicture } from './paper-tools.ts';

/** @returns the text in the picture's QR code; undefined where none is found */
export function readQr({ width, height, pixels }: GreyPicture): string | undefined {
  const colours = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [index, grey] of pixels.entries()) colours.fill(grey, index * 4, index * 4 + 3);
  return jsQr.default(colours, width, height)?.data;
}
