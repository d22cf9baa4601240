// Every word that break-glass says, in Japanese and English: the terminal and the page say the same. `{name}` is
// filled in; nothing here says what a code is.

/** The two languages of the product. */
export type Language = 'ja' | 'en';

const texts = {
  // Opening a file
  askPassphrase: { ja: 'パスフレーズ: ', en: 'Passphrase: ' },
  deriving: {
    ja: '鍵を計算しています（数秒かかります）…',
    en: 'Working out the key (this takes seconds)…',
  },
  'no-export': {
    ja: 'このファイルは SmartBox の緊急用ファイルではありません。拡張子 .sbx のファイルを選んでください。',
    en: 'This is no SmartBox break-glass file. Choose the file that was downloaded as .sbx.',
  },
  'unknown-version': {
    ja: 'このファイルは新しい版の SmartBox で作られています。そのサーバーと同じ版の smartbox で開いてください。',
    en: 'This file was made by a newer SmartBox. Open it with the smartbox program of that version.',
  },
  damaged: {
    ja: 'ファイルが壊れているか、書き換えられています。別の場所に保管した写しを使ってください。',
    en: 'The file is damaged or was changed. Use another copy of it.',
  },
  'wrong-passphrase': {
    ja: 'パスフレーズが違います。大文字と小文字、空白を確かめて、もう一度入力してください。',
    en: 'This is not the passphrase of this file. Check capitals and blanks and type it again.',
  },
  // Head and menu
  fileOf: { ja: '{tenant} の緊急用ファイル（{at} 作成）', en: 'Break-glass file of {tenant}, made {at}' },
  recorded: {
    ja: '表示するたびに、署名した記録が {file} に残ります。',
    en: 'Each thing that is shown leaves a signed record in {file}.',
  },
  menu: {
    ja: '1 緊急コード表を見る   2 鍵の一覧を見る   3 電話で回答する   0 終わる',
    en: '1 show a sheet   2 show the inventory   3 answer a challenge   0 end',
  },
  askChoice: { ja: '番号: ', en: 'Number: ' },
  notOffered: { ja: '一覧にある番号を入力してください。', en: 'Type one of the numbers shown.' },
  askBox: { ja: 'ボックスの番号: ', en: 'Number of the box: ' },
  askChallenge: {
    ja: 'ボックスに表示された 8 桁の質問番号: ',
    en: 'The 8 digits of the challenge that the box shows: ',
  },
  askTarget: { ja: 'キャビネットの番号（0 = 全部）: ', en: 'Bin (0 = all): ' },
  // Sheet
  sheet: { ja: '緊急コード表 第 {generation} 号', en: 'Sheet no. {generation}' },
  validUntil: { ja: '有効期限 {at}', en: 'valid until {at}' },
  help: { ja: '問い合わせ {phone}', en: 'help {phone}' },
  howToSheet: {
    ja: 'ボックスで番号（0 = 全部）を選ぶと「コード n 番」と出ます。n 番のコードを入力してください。コードは一度だけ使えます。',
    en: 'Choose a bin at the box (0 = all). It asks for "code no. n": type that one. Each code works once.',
  },
  bin: { ja: '番号', en: 'Bin' },
  binNumber: { ja: '{bin} 番', en: 'Bin {bin}' },
  key: { ja: '鍵', en: 'Key' },
  fob: { ja: 'キーホルダー', en: 'Fob' },
  codes: { ja: 'コード', en: 'Codes' },
  noKey: { ja: '（鍵なし）', en: '(no key)' },
  allBins: { ja: '全部', en: 'All' },
  allBinsOrder: { ja: '開く順番: {order}', en: 'opens in this order: {order}' },
  notInForce: {
    ja: '注意: ファイルを作った時点で、ボックスはまだこの表を受け取っていませんでした。コードが通らないときは、前の表を使うか、電話の回答を使ってください。',
    en: 'Attention: when this file was made, the box had not heard of this sheet yet. If the codes are refused, use the sheet before it or answer a challenge.',
  },
  pastDate: {
    ja: '注意: この表は有効期限を過ぎています。コードが通らないときは、電話の回答を使ってください。',
    en: 'Attention: this sheet is past its date. If the codes are refused, answer a challenge.',
  },
  // Inventory
  inventory: { ja: '鍵の一覧（{at} 時点）', en: 'Inventory at {at}' },
  location: { ja: '設置場所', en: 'Location' },
  where: { ja: '所在', en: 'Where' },
  hangs: { ja: '{box} の {bin} 番', en: '{box}, bin {bin}' },
  out: { ja: '貸出中', en: 'out' },
  unknown: { ja: '不明', en: 'not known' },
  noKeys: { ja: '鍵は登録されていません。', en: 'No keys are registered.' },
  // Answer
  beforeAnswer: {
    ja: '相手が誰かを確かめてから伝えてください。',
    en: 'Make sure who is calling before you read it out.',
  },
  answer: { ja: '回答: {answer}（{box}、{target}）', en: 'Answer: {answer} ({box}, {target})' },
  targetBin: { ja: '{bin} 番', en: 'bin {bin}' },
  targetAll: { ja: '全部', en: 'all bins' },
  'no-challenge': {
    ja: '質問番号は数字 8 桁です。ボックスの表示をもう一度読んでもらってください。',
    en: 'A challenge is 8 digits. Have it read from the display again.',
  },
  'no-bin': {
    ja: 'このボックスにその番号はありません。番号、または 0（全部）を指定してください。',
    en: 'This box has no such bin. Give a bin of it, or 0 for all.',
  },
  'no-box': {
    ja: 'そのボックスはこのファイルにありません。ある物: {boxes}',
    en: 'That box is not in this file. It has: {boxes}',
  },
  'use-not-recorded': {
    ja: '記録を書けないので、何も表示しません（{why}）。緊急用ファイルを書き込めるフォルダーに写して、もう一度実行してください。',
    en: 'The use cannot be recorded, so nothing is shown ({why}). Copy the break-glass file to a folder that can be written to and try again.',
  },
  // The page
  pageTitle: { ja: 'SmartBox 緊急用ファイル', en: 'SmartBox break-glass' },
  pageIntro: {
    ja: 'このページはどこにも接続しません。ファイルもパスフレーズも、この端末の外には出ません。',
    en: 'This page connects to nothing. Neither the file nor the passphrase leaves this computer.',
  },
  otherLanguage: { ja: 'English', en: '日本語' },
  chooseFile: { ja: '緊急用ファイル（.sbx）', en: 'Break-glass file (.sbx)' },
  passphraseLabel: { ja: 'パスフレーズ', en: 'Passphrase' },
  open: { ja: '開く', en: 'Open' },
  chooseFileFirst: { ja: '先にファイルを選んでください。', en: 'Choose the file first.' },
  boxLabel: { ja: 'ボックス', en: 'Box' },
  showSheet: { ja: '緊急コード表を見る', en: 'Show the sheet' },
  showInventory: { ja: '鍵の一覧を見る', en: 'Show the inventory' },
  challengeLabel: { ja: 'ボックスに表示された質問番号（8 桁）', en: 'Challenge on the box (8 digits)' },
  targetLabel: { ja: '開ける番号（0 = 全部）', en: 'Bin to open (0 = all)' },
  giveAnswer: { ja: '回答を表示', en: 'Show the answer' },
  usesTitle: { ja: '使用の記録', en: 'Record of uses' },
  usesToSave: {
    ja: '保存していない記録が {count} 件あります。ページを閉じる前に保存し、復旧後にサーバーへ取り込んでください。',
    en: 'Uses not yet saved: {count}. Save them before closing this page, and import them once the server is back.',
  },
  usesSaved: { ja: '記録はすべて保存しました（{count} 件）。', en: 'All uses are saved ({count}).' },
  saveUses: { ja: '記録を保存', en: 'Save the uses' },
} as const;

/** Names of the texts. */
export type TextKey = keyof typeof texts;

/** @returns the text with its `{names}` filled in */
export function say(
  language: Language,
  key: TextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
