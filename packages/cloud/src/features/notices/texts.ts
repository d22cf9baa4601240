// What notices say to people, in Japanese and English: one sentence for each type of event. Braces hold what is
// filled in: key, box, bin. A type without a sentence of its own gets the general one.

import type { BilingualText } from '../../platform/problems.ts';

/** By type of event. */
export const sentences: Readonly<Record<string, BilingualText>> = {
  'key.withdrawn': { ja: '鍵「{key}」が取り出されました', en: 'Key {key} was taken' },
  'key.returned': { ja: '鍵「{key}」が返却されました', en: 'Key {key} was returned' },
  'key.late': { ja: '鍵「{key}」の返却が遅れています', en: 'Key {key} is late' },
  'key.late_returned': {
    ja: '返却が遅れていた鍵「{key}」が戻りました',
    en: 'Key {key}, which was late, is back',
  },
  'booking.created': { ja: '鍵「{key}」の予約が入りました', en: 'Key {key} was booked' },
  'booking.cancelled': {
    ja: '鍵「{key}」の予約が取り消されました',
    en: 'A booking of key {key} was cancelled',
  },
  'mains.lost': { ja: 'ボックス「{box}」が停電しています', en: 'Box {box} lost its power' },
  'mains.restored': { ja: 'ボックス「{box}」の電源が戻りました', en: 'Box {box} has power again' },
  'box.fell_asleep': {
    ja: 'ボックス「{box}」は停電のため休止しました',
    en: 'Box {box} went to sleep to save its battery',
  },
  'box.offline': { ja: 'ボックス「{box}」と通信できません', en: 'Box {box} cannot be reached' },
  'box.online': { ja: 'ボックス「{box}」の通信が戻りました', en: 'Box {box} is online again' },
  'box.recovery_needed': {
    ja: 'ボックス「{box}」の復旧に承認が必要です',
    en: 'Box {box} waits for a recovery to be approved',
  },
  'battery.low': { ja: 'ボックス「{box}」の電池が残りわずかです', en: 'The battery of box {box} is low' },
  'battery.empty': { ja: 'ボックス「{box}」の電池が切れます', en: 'The battery of box {box} is empty' },
  'sheet.ending': {
    ja: 'ボックス「{box}」の非常用シートの期限が近づいています',
    en: 'The emergency sheet of box {box} ends soon',
  },
  'sheet.ended': {
    ja: 'ボックス「{box}」の非常用シートの期限が切れました',
    en: 'The emergency sheet of box {box} has ended',
  },
  'sheet.missing': {
    ja: 'ボックス「{box}」の非常用シートがまだ印刷されていません',
    en: 'Nobody has printed the emergency sheet of box {box}',
  },
  'sheet.cells_low': {
    ja: 'ボックス「{box}」の非常用シートの番号が残りわずかです',
    en: 'The emergency sheet of box {box} is nearly used up',
  },
  'sheet.reprint_advised': {
    ja: 'ボックス「{box}」の非常用シートを印刷し直してください',
    en: 'Print the emergency sheet of box {box} anew',
  },
  'offline.opened': {
    ja: 'ボックス「{box}」が通信なしの番号で開けられました',
    en: 'Box {box} was opened by a code while it was offline',
  },
  'offline.unexpected': {
    ja: 'ボックス「{box}」で想定外の非常用開扉がありました',
    en: 'An opening of box {box} while it was offline was not expected',
  },
  'break_glass.used': {
    ja: '非常用ファイルで番号が取り出されました',
    en: 'A code was taken from a break-glass file',
  },
  'count.asked': { ja: 'ボックス「{box}」の鍵を数えてください', en: 'The keys in box {box} must be counted' },
  'count.differs': {
    ja: 'ボックス「{box}」の鍵の数が記録と合いません',
    en: 'A count of box {box} differs from the ledger',
  },
  'bin.forced': { ja: 'ボックス「{box}」の扉がこじ開けられました', en: 'A door of box {box} was forced' },
  'bin.opened_without_grant': {
    ja: 'ボックス「{box}」の扉が許可なく開きました',
    en: 'A door of box {box} opened without a grant',
  },
  'bin.jammed': { ja: 'ボックス「{box}」の扉が開きません', en: 'A door of box {box} is jammed' },
  'bin.left_open': { ja: 'ボックス「{box}」の扉が開いたままです', en: 'A door of box {box} was left open' },
  'main_lock.forced': {
    ja: 'ボックス「{box}」の前面がこじ開けられました',
    en: 'The front of box {box} was forced',
  },
  'main_lock.opened_without_grant': {
    ja: 'ボックス「{box}」の前面が許可なく開きました',
    en: 'The front of box {box} opened without a grant',
  },
  'main_lock.jammed': {
    ja: 'ボックス「{box}」の前面が開きません',
    en: 'The main lock of box {box} is jammed',
  },
  'main_lock.left_open': {
    ja: 'ボックス「{box}」の前面が開いたままです',
    en: 'The front of box {box} was left open',
  },
  'keypad.locked': {
    ja: 'ボックス「{box}」のキーパッドが誤入力でロックされました',
    en: 'The keypad of box {box} is locked after wrong codes',
  },
  'fob.unknown_taken': {
    ja: 'ボックス「{box}」から未登録のタグが取り出されました',
    en: 'A fob that is no key was taken from box {box}',
  },
  'sign_in.burst': {
    ja: 'サインインの失敗が続いています',
    en: 'Sign-ins are failing one after another',
  },
  'emergency.out_of_step': {
    ja: 'ボックス「{box}」の非常用の設定が合っていません',
    en: 'Box {box} and the cloud disagree on its emergency keys',
  },
  'notice.trial': { ja: 'お知らせの試し送りです', en: 'This is a trial of your notices' },
};

/** For every other type. */
export const general: BilingualText = { ja: '記録に {type} が加わりました', en: 'New in the ledger: {type}' };

/** What stands before each line of the facts, and around them. */
export const labels = {
  at: { ja: '日時', en: 'When' },
  place: { ja: '場所', en: 'Where' },
  box: { ja: 'ボックス', en: 'Box' },
  bin: { ja: '番号', en: 'Bin' },
  binNumber: { ja: '{count} 番', en: '{count}' },
  key: { ja: '鍵', en: 'Key' },
  code: { ja: 'コードの名目', en: 'Code for' },
  startsAt: { ja: '開始', en: 'From' },
  endsAt: { ja: '終了', en: 'Until' },
  takenAt: { ja: '取り出し', en: 'Taken' },
  dueAt: { ja: '返却期限', en: 'Due' },
  away: { ja: '貸出時間', en: 'Was away for' },
  late: { ja: '遅れ', en: 'Late by' },
  silent: { ja: '応答のない時間', en: 'Silent for' },
  battery: { ja: '電池残量', en: 'Battery' },
  underMinute: { ja: '{count} 分未満', en: 'less than {count} min' },
  byHand: {
    ja: '通信なしの番号で開けられたため、誰が取り出したかは分かりません',
    en: 'Opened by a code without the cloud: nobody knows by whom',
  },
  event: { ja: '記録', en: 'Event' },
  leftOut: {
    ja: 'この前に同じことが {count} 回ありました',
    en: 'The same happened {count} times before this',
  },
  several: { ja: 'お知らせ {count} 件', en: '{count} notices' },
  unnamed: { ja: '(名前なし)', en: '(without a name)' },
} as const satisfies Readonly<Record<string, BilingualText>>;
