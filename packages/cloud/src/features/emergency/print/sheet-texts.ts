// Every word of the emergency sheet, in both languages, in one place: PDF and HTML say the same. Read by
// torchlight by somebody who does it once in some years: short sentences, the real keys, one thing a line.

import type { BilingualText } from '../../../platform/problems.ts';

const facts = {
  title: { ja: '緊急用オフラインコード', en: 'Emergency offline codes' },
  location: { ja: '設置場所', en: 'Location' },
  box: { ja: 'ボックス', en: 'Box' },
  sheet: { ja: 'シート番号', en: 'Sheet no.' },
  printed: { ja: '印刷', en: 'Printed' },
  validUntil: { ja: '有効期限', en: 'Valid until' },
  helpPhone: { ja: '電話', en: 'Help phone' },
  confidential: { ja: '秘', en: 'CONFIDENTIAL' },
  page: { ja: 'ページ', en: 'Page' },
  qr: {
    ja: 'シートの番号と署名（コードは入っていません）',
    en: 'Number and signature of this sheet (no codes)',
  },
} satisfies Record<string, BilingualText>;

const notices = {
  notInForce: {
    ja: 'このシートは次にボックスがオンラインになるまで使えません。それまで前のシートを捨てないでください。',
    en: 'This sheet opens nothing until the box has been online. Keep the sheet before it until then.',
  },
  olderSheets: {
    ja: 'この番号より古いシートは使えません。',
    en: 'Sheets with a lower number do not work.',
  },
  olderSheetsLater: {
    ja: '使えるようになると、この番号より古いシートは使えません。',
    en: 'Once it works, sheets with a lower number do not.',
  },
  inventory: {
    ja: '鍵の名前とキーホルダーの番号は印刷した時のものです。',
    en: 'Key names and fob numbers are as of printing.',
  },
  keepSafe: {
    ja: '鍵と同じように保管し、なくしたらすぐ無効にしてください。',
    en: 'Keep it like a key. If it is lost, have it revoked.',
  },
} satisfies Record<string, BilingualText>;

const steps = {
  heading: { ja: '使い方', en: 'How to use' },
  wake: {
    ja: '黒いボタンを押すと画面がつきます。つながらないと表示されたら 1 と # を押します。',
    en: 'Press the black button: the screen lights up. When it says that there is no connection, press 1 and #.',
  },
  choose: {
    ja: '鍵の番号と # を押します。全部あけるときは 0 と #、もう一度 # を押します。',
    en: 'Press the bin number and #. For all bins press 0 and #, and # again.',
  },
  type: {
    ja: '画面が言うコード番号を下で探し、8 桁と # を押します。鍵を取って扉を閉め、□に印と日時を書きます。',
    en: 'The screen names a code no. Find it below, type its 8 digits and #. Take the key, close the door, tick the box and write when.',
  },
  blackButton: { ja: '黒', en: 'black' },
  binKey: { ja: '番号', en: 'bin' },
  codeKey: { ja: '8 桁', en: '8 digits' },
} satisfies Record<string, BilingualText>;

const table = {
  bin: { ja: '番', en: 'Bin' },
  key: { ja: '鍵', en: 'Key' },
  fob: { ja: 'キーホルダー', en: 'Fob' },
  noKey: { ja: '（鍵なし）', en: '(no key)' },
  codeNumber: { ja: '番号', en: 'No.' },
  code: { ja: 'コード', en: 'Code' },
  usedOn: { ja: '使った日時', en: 'Used on' },
} satisfies Record<string, BilingualText>;

const allBins = {
  title: { ja: '全部の鍵をあけるコード', en: 'Codes that open ALL bins' },
  cut: { ja: '線で切り、別に保管できます。', en: 'Cut along the line and keep it apart.' },
  how: {
    ja: '黒いボタン → 1 # → 0 # → # → 画面が言うコード番号の 8 桁 #',
    en: 'Black button → 1 # → 0 # → # → the 8 digits of the code no. on the screen, #',
  },
  order: {
    ja: 'あく順番（鍵のある番号だけ。扉を閉めると次があきます）',
    en: 'Order of opening (bins with a key only; close a door and the next one opens)',
  },
} satisfies Record<string, BilingualText>;

/** The catalogue. */
export const sheetTexts = { facts, notices, steps, table, allBins } as const;
