// What a text message with a second code says. One line that a phone shows without being unlocked in full: who, the
// digits, how long. It names no key, no place and no box.

import { dialogueLimits } from './dialogue.ts';

const minutes = dialogueLimits.codeLivesMs / 60_000;

/** @returns the text in the person's language */
export function secondCodeText(digits: string, language: 'ja' | 'en'): string {
  return language === 'ja'
    ? `SmartBox 確認コード: ${digits}（${minutes}分間・1回のみ有効）。心当たりがないときは管理者に連絡し、誰にも教えないでください。`
    : `SmartBox code: ${digits} (once, within ${minutes} minutes). If you did not ask for it, tell nobody but your manager.`;
}
