// Which of the two languages a caller reads, from Accept-Language (RFC 9110, 12.5.4). English
// answers whoever says nothing, because that is mostly a program.

import type { BilingualText } from '../platform/problems.ts';

/** The product's languages. */
export type Language = keyof BilingualText;

/** @returns the language that the header prefers */
export function preferredLanguage(header: string | undefined): Language {
  let best: { readonly language: Language; readonly weight: number } = { language: 'en', weight: 0 };
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = range.startsWith('ja') ? 'ja' : range.startsWith('en') ? 'en' : undefined;
    const weight = weightOf(parameters);
    if (language !== undefined && weight > best.weight) best = { language, weight };
  }
  return best.language;
}

function weightOf(parameters: readonly string[]): number {
  const text = parameters
    .map((parameter) => parameter.trim())
    .find((parameter) => parameter.startsWith('q='));
  const weight = text === undefined ? 1 : Number(text.slice(2));
  return Number.isFinite(weight) ? weight : 0;
}
