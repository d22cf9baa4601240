// From the bytes of a file to its text: what spreadsheets in Japan write. Pure.

/** How a text was written down. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'shift_jis';

/** @returns the text without its byte order mark; undefined for bytes that are no text in any of the encodings */
export function decodeText(
  bytes: Uint8Array,
): { readonly text: string; readonly encoding: TextEncoding } | undefined {
  const [first, second] = bytes;
  // A mark says so; without one, few texts of another encoding are UTF-8 by chance.
  const candidates: readonly TextEncoding[] =
    first === 0xff && second === 0xfe ? ['utf-16le'] : ['utf-8', 'shift_jis'];
  for (const encoding of candidates) {
    const text = decode(bytes, encoding);
    if (text !== undefined) return { text, encoding };
  }
  return undefined;
}

function decode(bytes: Uint8Array, encoding: TextEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Bytes that this encoding does not have: another may.
    return undefined;
  }
}
