// Every word that `smartbox audit` says, in Japanese and English.
import type { AuditFault, AuditUnreadable } from '@smartbox/protocol';
import type { Language } from '../break-glass/index.ts';

const faults: Readonly<Record<AuditFault, Readonly<Record<Language, string>>>> = {
  gap: {
    ja: '記録 {at} が抜けているか、順番が変わっています。',
    en: 'Record {at} is missing, double or out of its order.',
  },
  'broken-chain': {
    ja: '記録 {at} が指す前の記録が違います。どちらかが書き換えられています。',
    en: 'Record {at} names another record before it than the one that is there: one of the two was changed.',
  },
  'no-canonical-form': {
    ja: '記録 {at} は、ハッシュされた時の形ではありません。',
    en: 'Record {at} is not what was hashed.',
  },
  'not-signed': {
    ja: '記録数 {at} の署名が、この公開鍵のものではありません。公開鍵が正しいか確かめてください。',
    en: 'The head of {at} records was not signed by this key. Make sure that the public key is the right one.',
  },
  'other-tenant': {
    ja: '記録数 {at} の署名は、別の組織のものです。',
    en: 'The head of {at} records belongs to another organisation.',
  },
  'other-root': {
    ja: '{at} 件までの記録が、署名されたものと一致しません。',
    en: 'The {at} records up to the end of the file are not those that were signed.',
  },
  'other-history': {
    ja: '記録数 {at} のときに署名された内容と一致しません。その後に記録が書き換えられたか、削除されています。',
    en: 'The head of {at} records is of other records than these: the history was changed or cut since.',
  },
  'not-covered': {
    ja: '--head の署名（記録数 {at}）は、このファイルの範囲にありません。その番号を含む範囲を書き出してください。',
    en: 'The kept head of {at} records ends outside of this file. Export a range that holds this number.',
  },
};

const unreadable: Readonly<Record<AuditUnreadable['reason'], Readonly<Record<Language, string>>>> = {
  'no-export': {
    ja: '{file} は SmartBox の監査記録ではありません。',
    en: '{file} is no exported SmartBox audit.',
  },
  'unknown-version': {
    ja: '{file} は新しい版の SmartBox で作られています。その版の smartbox を使ってください。',
    en: '{file} was made by a newer SmartBox. Use the smartbox program of that version.',
  },
  damaged: {
    ja: '{file} は壊れているか、書き換えられています。',
    en: '{file} is damaged or was changed.',
  },
};

const others = {
  verified: {
    ja: '検証できました: 記録 {first}〜{last}（全 {size} 件、署名 {at}）',
    en: 'Verified: records {first} to {last} of {size}, signed {at}',
  },
  nothing: {
    ja: '検証できました: 記録はまだありません（署名 {at}）',
    en: 'Verified: there are no records yet, signed {at}',
  },
  tenant: { ja: '組織 {tenant}', en: 'organisation {tenant}' },
  heads: {
    ja: '以前の署名 {count} 件とも一致します。',
    en: 'It also agrees with {count} earlier heads.',
  },
  partial: {
    ja: '注意: 全体の一部だけのファイルです。',
    en: 'Attention: this file holds a part of the audit only.',
  },
  noHead: { ja: '{file} は署名された tree-head ではありません。', en: '{file} is no signed tree head.' },
  noKey: {
    ja: '{file} に 64 桁の 16 進数の公開鍵がありません。',
    en: '{file} holds no public key of 64 hexadecimal digits.',
  },
} as const;

/** Every text by its name. */
export const auditTexts = { ...faults, ...unreadable, ...others };

/** Names of the texts. */
export type AuditTextKey = keyof typeof auditTexts;

/** @returns the text with its `{names}` filled in */
export function sayAudit(
  language: Language,
  key: AuditTextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return auditTexts[key][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}
