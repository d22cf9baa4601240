// Every text that a person reads at the box, in Japanese and English; those of a box without a cloud are in
// offline-texts.ts. Each is up to four lines of up to 24
// columns, a full-width character counting 2; placeholders stand in braces. A text says what to do next, and
// never who: no guest's and no key's name comes near this display.
import type { Language } from './keypad-entry.ts';
import { type OfflineTextKey, offlineTexts } from './offline-texts.ts';

/** What fills the placeholders. */
export type TextValues = Readonly<Record<string, string>>;

const english = {
  unprovisioned: ['This box has not been', 'prepared at the factory.', 'Please tell its maker.'],
  unclaimed: ['New box. To set it up,', 'hold the small button', 'for 5 seconds.'],
  'claim-code': ['Type in the console:', '{code}', 'Valid for 10 minutes.'],
  'claim-code-offline': ['Type in the console:', '{code}', 'Waiting for network:', 'check cable or Wi-Fi.'],
  ready: ['Enter your code, then #', 'To return a key, hold', 'its tag to the reader.', 'L: 日本語'],
  'ready-on-battery': [
    'Enter your code, then #',
    'To return: tag to reader',
    'Battery: {days} days or',
    '{openings} openings. L: 日本語',
  ],
  connecting: ['Connecting.', 'Please wait a moment.'],
  offline: ['No network. 3# goes over', 'the hotspot of a phone.', 'Or call:', '{phone}'],
  'offline-on-battery': [
    '3# phone hotspot or call',
    '{phone}',
    'Battery: {days} days or',
    '{openings} openings',
  ],
  'battery-empty': ['The battery is empty.', 'Plug in the mains to', 'open bins, or call:', '{phone}'],
  entering: ['Code: {code}', '# open    * clear', 'L: 日本語'],
  'still-there': ['Code: {code}', 'Still there? Press a key', 'or it will be cleared.'],
  checking: ['Checking.', 'Please wait.'],
  'take-key': ['{bin}', 'Take the key, then', 'close the door.'],
  'put-key': ['{bin}', 'Put the key in, then', 'close the door.'],
  'open-for-service': ['{bin}', 'Opened from afar. When', 'you are done, close', 'the door.'],
  'second-code': ['A code was sent to your', 'phone. Type it, then #', '{typed}', '* stop'],
  'choose-bin': ['Which bin? Type its', 'number, then #', '{typed}', '* stop'],
  'question-over': ['Time is up. Type your', 'first code again.'],
  'press-for-bin': ['{bin}', 'Press the small button', 'to open it.'],
  'press-for-main-lock': ['Press the small button', 'to open the whole box.'],
  'order-refused': ['It was not opened.', 'Please call:', '{phone}'],
  'main-lock-released': ['The box is unlocked.', 'Pull the front open.'],
  'main-lock-open': ['The front is open.', 'When you are done,', 'push it shut.'],
  'close-main-lock': ['The front is open.', 'Please push it shut.'],
  'main-lock-closed': ['The front is closed.', 'Thank you.'],
  'main-lock-jammed': ['The front did not open.', 'Push it, try again or', 'call:', '{phone}'],
  closed: ['{bin}', 'Closed. Thank you.'],
  'close-door': ['{bin}', 'The door is open.', 'Please close it.'],
  jammed: ['{bin}', 'did not open. Push the', 'door, try again or call:', '{phone}'],
  refused: ['Not accepted.', 'Check the code and try', 'again. Tries left: {left}'],
  'fob-refused': ['This tag is not accepted', 'here. Please call:', '{phone}'],
  'nothing-free': ['No bin is free for this', 'key. Please call:', '{phone}'],
  'try-again': ['Not ready yet. Wait a', 'moment, then try again.'],
  'no-answer': ['No answer. Wait a moment', 'and try again, or call:', '{phone}'],
  locked: ['Too many tries.', 'Wait {time}, then retry', 'or call:', '{phone}'],
  'locked-today': ['Too many tries today.', 'Wait {time}, or call:', '{phone}'],
  'too-short': ['A code has {min} to {max}', 'digits. Enter all of it,', 'then press #'],
  'log-full': ['The box cannot record', 'openings now, so it', 'stays shut. Please call:', '{phone}'],
  claimed: ['This box is set up.', 'It connects now.'],
  'ready-over-phone': [
    'Enter your code, then #',
    'Keys: tag to the reader',
    "Over a phone's hotspot;",
    '4# forgets it',
  ],
  'network-searching': ['Looking for Wi-Fi.', 'Please wait.', '* stop'],
  'network-none': ['No Wi-Fi found. Turn the', "phone's hotspot on, then", '# search again  * stop'],
  'network-only-open': [
    'Open Wi-Fi is refused.',
    'Set a password of 8-20',
    'digits on the phone.',
    '# search again  * stop',
  ],
  'network-list': ['{first}', '{second}', '{third}', 'No.+#  0#: more  *: stop'],
  'network-list-whole': ['{first}', '{second}', '{third}', 'Number, then #  * stop'],
  'network-password': ["Set the hotspot's", 'password to 8-20 digits.', 'Type it here, then #', '{network}'],
  'network-typing': ['{network}', '{code}', '# connect  * clear'],
  'network-too-short': ['The password needs 8-20', 'digits. Type the rest,', 'then #', '{code}'],
  'network-trying': ['Connecting over', '{network}', 'Please wait.', '* stop'],
  'network-wrong-password': [
    'Wrong password for',
    '{network}',
    'It must be 8-20 digits.',
    '# type again   * forget',
  ],
  'network-not-in-reach': [
    '{network}',
    'is not in reach. Turn',
    'the hotspot on.',
    '# try again    * forget',
  ],
  'network-open': [
    '{network}',
    'is open now: refused.',
    'Set its password again.',
    '# try again    * forget',
  ],
  'network-no-cloud': [
    '{network}',
    'brings no internet, or',
    'the service is down.',
    '# try again    * forget',
  ],
  'network-works': ['Connected over the', "phone's hotspot.", 'Enter your code, then #'],
  'network-back': ['The network is back:', 'no hotspot is needed.', 'Enter your code, then #'],
  'network-remove': ['Forget the hotspot', '{network}?', '# yes          * no'],
  'network-removed': ['The hotspot is', 'forgotten.'],
  bin: ['ＢＩＮ　{wide}'],
  minutes: ['{count} min'],
  seconds: ['{count} s'],
  hours: ['{count} h'],
  'nobody-to-call': ['the box manager'],
} as const;

type OnlineTextKey = keyof typeof english;

/** Names a text. */
export type TextKey = OnlineTextKey | OfflineTextKey;

const japanese: Readonly<Record<OnlineTextKey, readonly string[]>> = {
  unprovisioned: ['出荷時の設定がありません', 'メーカーへご連絡ください'],
  unclaimed: ['新しいボックスです', '小さいボタンを５秒間', '押すと登録が始まります'],
  'claim-code': ['管理画面に入力：', '{code}', '１０分間有効です'],
  'claim-code-offline': ['管理画面に入力：', '{code}', 'ネット接続を待っています', '配線やＷｉＦｉを確認'],
  ready: ['コードを入力し # を押す', '返却は鍵のタグを', '読み取り部にかざす', 'L: English'],
  'ready-on-battery': [
    'コードを入力し # を押す',
    '返却はタグをかざす',
    '電池：待機{days}日または',
    '開閉{openings}回  L: English',
  ],
  connecting: ['接続しています', 'しばらくお待ちください'],
  offline: ['ネットに接続できません', '3# でスマホ回線を使う', 'またはお電話ください：', '{phone}'],
  'offline-on-battery': [
    '3# スマホ回線。または：',
    '{phone}',
    '電池：待機{days}日または',
    '開閉{openings}回',
  ],
  'battery-empty': ['電池がなくなりました', '電源をつなぐと使えます', 'お電話ください：', '{phone}'],
  entering: ['コード {code}', '# 開ける   * 消す', 'L: English'],
  'still-there': ['コード {code}', '続けるにはキーを押す', 'まもなく消えます'],
  checking: ['確認しています', 'お待ちください'],
  'take-key': ['{bin}', '鍵を取り出し', '扉を閉めてください'],
  'put-key': ['{bin}', '鍵を入れて', '扉を閉めてください'],
  'open-for-service': ['{bin}', '遠隔で開けました', '済んだら', '扉を閉めてください'],
  'second-code': ['スマホに届いたコードを', '入力し # を押す', '{typed}', '* やめる'],
  'choose-bin': ['何番を開けますか', '番号を入力し # を押す', '{typed}', '* やめる'],
  'question-over': ['時間切れです。初めの', 'コードから入力し直す'],
  'press-for-bin': ['{bin}', '小さいボタンを押すと', '開きます'],
  'press-for-main-lock': ['小さいボタンを押すと', 'ボックス全体が開きます'],
  'order-refused': ['開けられませんでした', 'お電話ください：', '{phone}'],
  'main-lock-released': ['全体の錠が開きました', '前面を引いてください'],
  'main-lock-open': ['前面が開いています', '済んだら押して', '閉めてください'],
  'close-main-lock': ['前面が開いています', '押して閉めてください'],
  'main-lock-closed': ['前面が閉まりました', 'ありがとうございました'],
  'main-lock-jammed': ['前面が開きません。押して', 'やり直すか、お電話を：', '{phone}'],
  closed: ['{bin}', '閉まりました', 'ありがとうございました'],
  'close-door': ['{bin}', '扉が開いています', '閉めてください'],
  jammed: ['{bin}', '開きません。扉を押して', 'やり直すか、お電話を：', '{phone}'],
  refused: ['このコードは使えません', '確かめて入力し直す', 'あと{left}回'],
  'fob-refused': ['このタグは使えません', 'お電話ください：', '{phone}'],
  'nothing-free': ['空きがありません', 'お電話ください：', '{phone}'],
  'try-again': ['まだ準備中です', '少し待って', 'もう一度お試しください'],
  'no-answer': ['応答がありません。少し', '待ってやり直すか電話を：', '{phone}'],
  locked: ['間違いが続きました', '{time}待って入力するか', 'お電話ください：', '{phone}'],
  'locked-today': ['今日は間違いが多すぎます', '{time}待つか、電話を：', '{phone}'],
  'too-short': ['コードは{min}～{max}桁です', 'すべて入力してから', '# を押してください'],
  'log-full': ['記録できないため', '開けられません', 'お電話ください：', '{phone}'],
  claimed: ['登録されました', 'これから接続します'],
  'ready-over-phone': [
    'コードを入力し # を押す',
    '返却はタグをかざす',
    'スマホの電波で接続中',
    '4# でその設定を消す',
  ],
  'network-searching': ['Wi-Fiを探しています', 'お待ちください', '* やめる'],
  'network-none': ['Wi-Fiがありません', 'スマホのテザリングをオン', 'にする  # 探す *やめる'],
  'network-only-open': [
    '鍵なしWi-Fiは使えません',
    'スマホで数字8～20桁の',
    'パスワードを付けて',
    '# 探す  * やめる',
  ],
  'network-list': ['{first}', '{second}', '{third}', '番号+#  0#次へ  *やめる'],
  'network-list-whole': ['{first}', '{second}', '{third}', '番号と #   * やめる'],
  'network-password': ['スマホでパスワードを', '数字8～20桁にし、ここに', '入力して # を押す', '{network}'],
  'network-typing': ['{network}', '{code}', '# 接続  * 消す'],
  'network-too-short': ['パスワードは8～20桁です', '続きを入力してから', '# を押してください', '{code}'],
  'network-trying': ['接続しています', '{network}', 'お待ちください', '* やめる'],
  'network-wrong-password': ['パスワードが違います', '{network}', '数字8～20桁です', '# 入力し直す  * 消す'],
  'network-not-in-reach': ['{network}', 'が見つかりません', 'テザリングをオンにする', '# もう一度  * 消す'],
  'network-open': ['{network}', '鍵なしなので使えません', 'パスワードを付けて', '# もう一度  * 消す'],
  'network-no-cloud': ['{network}', 'ネットに出られないか', 'サービスが止まっています', '# もう一度  * 消す'],
  'network-works': ['スマホの電波で', '接続しました', 'コードを入力し # を押す'],
  'network-back': ['ネットが戻りました', 'テザリングは不要です', 'コードを入力し # を押す'],
  'network-remove': ['この設定を消しますか', '{network}', '# はい  * いいえ'],
  'network-removed': ['設定を消しました'],
  bin: ['{wide}　番'],
  minutes: ['{count}分'],
  seconds: ['{count}秒'],
  hours: ['{count}時間'],
  'nobody-to-call': ['ボックスの管理者へ'],
};

const catalogue: Readonly<Record<Language, Readonly<Record<OnlineTextKey, readonly string[]>>>> = {
  ja: japanese,
  en: english,
};

/** @returns every text's key, for the tests */
export function textKeys(): readonly TextKey[] {
  return [...Object.keys(english), ...Object.keys(offlineTexts.en)] as TextKey[];
}

/** @returns the lines of a text with its placeholders filled */
export function textLines(language: Language, key: TextKey, values: TextValues = {}): string[] {
  return linesOf(language, key).map((line) => fill(line, values));
}

/** @returns the first line of a text: a word or a phrase for a placeholder */
export function phrase(language: Language, key: TextKey, values: TextValues = {}): string {
  return fill(linesOf(language, key)[0] ?? '', values);
}

/** @returns how many columns of the display a text takes */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += isWide(character) ? 2 : 1;
  return columns;
}

/** @returns digits as full-width characters: the largest form that a text display has */
export function wideDigits(value: number): string {
  return String(value).replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
}

function linesOf(language: Language, key: TextKey): readonly string[] {
  return isOnline(key) ? catalogue[language][key] : offlineTexts[language][key].split('\n');
}

function isOnline(key: TextKey): key is OnlineTextKey {
  return key in english;
}

function fill(line: string, values: TextValues): string {
  if (!line.includes('{')) return line;
  return line.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

// Unicode's East Asian Wide and Fullwidth, as far as these texts go: CJK, kana, full-width forms.
function isWide(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return (
    (point >= 0x2e80 && point <= 0xa4cf) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff00 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6)
  );
}
