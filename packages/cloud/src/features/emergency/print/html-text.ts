// Text on its way into HTML: everything that is data is escaped, and both languages stand side by side, each
// marked as what it is so that a screen reader speaks it rightly.

import type { BilingualText } from '../../../platform/problems.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** @returns the text so that it is nothing but text between tags and in attributes */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');
}

/** @returns both languages as two elements with their `lang` */
export function bothLanguages(text: BilingualText, element: 'p' | 'span' = 'span'): string {
  const one = (lang: 'ja' | 'en'): string =>
    `<${element} lang="${lang}">${escapeHtml(text[lang])}</${element}>`;
  return `${one('ja')} ${one('en')}`;
}

/** @returns a name, which may be written in any direction without turning its surroundings */
export function htmlName(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}
