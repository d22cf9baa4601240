// Names and labels that people type. They are data everywhere; what is refused here is what would
// make one text look like another on a screen: control characters, direction overrides and characters that nobody sees.
// Joiners and variation selectors stay: families of emoji and old forms of kanji are written with them.

import { type TString, Type } from 'typebox';

const refused = [
  ...['\\u0000-\\u001f', '\\u007f-\\u009f', '\\u2028\\u2029'],
  ...['\\u061c', '\\u200e\\u200f', '\\u202a-\\u202e', '\\u2066-\\u2069'],
  ...[
    '\\u00ad',
    '\\u115f\\u1160',
    '\\u17b4\\u17b5',
    '\\u180e',
    '\\u200b',
    '\\u2060-\\u2065',
    '\\u206a-\\u206f',
  ],
  ...['\\u2800', '\\u3164', '\\ufeff', '\\uffa0', '\\ufff0-\\ufffb'],
].join('');
// Nothing by themselves, so that a name of these alone is none.
const joining = '\\u200c\\u200d\\ufe00-\\ufe0f';

const pattern = `^[^${refused}]*[^\\s${refused}${joining}][^${refused}]*$`;

/** A text of at least one visible character. @param maxLength in UTF-16 units */
export function plainText(maxLength: number, description: string): TString {
  return Type.String({ minLength: 1, maxLength, pattern, description });
}

/** The same, but it may be empty. */
export function optionalPlainText(maxLength: number, description: string): TString {
  return Type.String({ maxLength, pattern: `^[^${refused}]*$`, description });
}

/** @returns whether {@link plainText} would take the text, if it is not too long */
export function isPlain(text: string): boolean {
  return plain.test(text);
}

const plain = new RegExp(pattern);

/** @returns the text in one Unicode form (NFC) without blanks at its ends: what is stored */
export function tidyText(text: string): string {
  return text.normalize('NFC').trim();
}
