// Personal data as they are shown to whoever has not asked to see them: enough to tell two people apart who are known
// already, too little to reach or to name one. Pure.

import type { PersonalData } from './person.ts';

const hidden = '•••';

/** @returns the data with most of each hidden; how much is hidden tells no length */
export function masked({ name, mail, phone }: PersonalData): PersonalData {
  return {
    name: name
      .split(/\s+/u)
      .map((word) => `${firstLetter(word)}${hidden}`)
      .join(' '),
    mail: mail === '' ? '' : maskedMail(mail),
    phone: phone === '' ? '' : `${hidden}${phone.slice(-2)}`,
  };
}

function maskedMail(mail: string): string {
  const at = mail.lastIndexOf('@');
  const domain = mail.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  return `${firstLetter(mail)}${hidden}@${hidden}${dot === -1 ? '' : domain.slice(dot)}`;
}

function firstLetter(text: string): string {
  // A letter with all that is written on it (ガ in two code points, a family emoji) is one letter.
  const [first] = new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text);
  return first?.segment ?? '';
}
