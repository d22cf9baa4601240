// Japanese or English: what was asked for, or what the terminal's locale says (POSIX order).
import type { Language } from '../break-glass/index.ts';

/** @param asked the flag, already checked */
export function chooseLanguage(
  asked: Language | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  if (asked !== undefined) return asked;
  const locale = [environment.LC_ALL, environment.LC_MESSAGES, environment.LANG].find(Boolean) ?? '';
  return locale.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
