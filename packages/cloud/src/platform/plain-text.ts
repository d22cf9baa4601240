// Names and labels that people type. They are data everywhere; what is refused here is what would
// make one text look like another on a screen: control characters and direction overrides.

import { type TString, Type } from 'typebox';

const invisible = '\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069';

/** A text of at least one visible character. @param maxLength in UTF-16 units */
export function plainText(maxLength: number, description: string): TString {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: `^[^${invisible}]*[^\\s${invisible}][^${invisible}]*$`,
    description,
  });
}

/** The same, but it may be empty. */
export function optionalPlainText(maxLength: number, description: string): TString {
  return Type.String({ maxLength, pattern: `^[^${invisible}]*$`, description });
}

/** @returns whether the text holds what {@link plainText} refuses */
export function hasInvisible(text: string): boolean {
  return invisibleCharacter.test(text);
}

const invisibleCharacter = new RegExp(`[${invisible}]`);

/** @returns the text in one Unicode form (NFC) without blanks at its ends: what is stored */
export function tidyText(text: string): string {
  return text.normalize('NFC').trim();
}
