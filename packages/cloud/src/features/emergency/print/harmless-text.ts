// Names are data, on paper too: what has no shape of its own (control characters, direction overrides,
// invisible joints, private characters) is shown by its number and can change nothing round about it.

const shapeless = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** @returns the text with every character that cannot be seen as `[U+202E]` */
export function harmless(text: string): string {
  return text.replace(shapeless, (character) => {
    const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${number}]`;
  });
}
