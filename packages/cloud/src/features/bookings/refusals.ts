// What people are told when there is no booking: which field, and what to do instead.

import { CloudError, invalidField } from '../../platform/errors.ts';
import type { BilingualText } from '../../platform/problems.ts';
import type { BookingRefusal } from './make-booking.ts';

/** `invalid`: the request is wrong in itself. `conflict`: the present state does not allow it. */
const refusals: Readonly<Record<BookingRefusal, readonly ['invalid' | 'conflict', string, BilingualText]>> = {
  'not-after-start': [
    'invalid',
    '/body/ends_at',
    {
      ja: 'starts_at より後の日時を指定してください。',
      en: 'Give a moment after starts_at.',
    },
  ],
  'in-the-past': [
    'invalid',
    '/body/ends_at',
    { ja: 'これからの日時を指定してください。', en: 'Give a moment in the future.' },
  ],
  'too-long': [
    'invalid',
    '/body/ends_at',
    {
      ja: '予約は開始時刻を含む正時から 28 日までです。短くするか、二つに分けてください。',
      en: 'A booking lasts at most 28 days from the full hour of its start. Shorten it, or make two.',
    },
  ],
  'too-far-ahead': [
    'invalid',
    '/body/starts_at',
    {
      ja: '予約は 1 年先までです。近くなってから作ってください。',
      en: 'A booking starts within a year. Make it when the time is nearer.',
    },
  ],
  'key-not-in-a-bin': [
    'conflict',
    '/body/key_id',
    {
      ja: 'この鍵はどの庫にも掛かっていません。掛ける予定の box_id と bin を指定するか、鍵を戻してから作ってください。',
      en: 'The key hangs in no bin. Name the box_id and bin where it will hang, or return it first.',
    },
  ],
  'hangs-elsewhere': [
    'conflict',
    '/body/bin',
    {
      ja: 'この鍵は別の庫に掛かっています。box_id と bin を省くか、先に鍵を移してください。',
      en: 'The key hangs in another bin. Leave box_id and bin out, or move the key first.',
    },
  ],
  'unknown-box': [
    'invalid',
    '/body/box_id',
    { ja: 'GET /v1/boxes にある id を指定してください。', en: 'Give an id from GET /v1/boxes.' },
  ],
  'wrong-location': [
    'conflict',
    '/body/box_id',
    {
      ja: 'ボックスが鍵と別の場所にあります。番号は鍵の場所でしか使えません。鍵か場所の登録を直してください。',
      en: 'The box stands at another location than the key’s, where its codes do not work. Correct the key’s location, or the box’s.',
    },
  ],
  'no-such-bin': [
    'invalid',
    '/body/bin',
    {
      ja: 'GET /v1/boxes/{box_id}/bins にある庫を指定してください。',
      en: 'Give a bin from GET /v1/boxes/{box_id}/bins.',
    },
  ],
  'bin-too-high': [
    'conflict',
    '/body/bin',
    {
      ja: '予約の番号は 1〜31 番の庫にしか使えません。鍵をその庫へ移してください。',
      en: 'Booking codes name bins 1 to 31 only. Move the key to one of them.',
    },
  ],
  'all-taken': [
    'conflict',
    '/body/starts_at',
    {
      ja: 'この庫では、同じ時刻に始まる同じ長さの予約に使える番号をすべて使いました(取り消した予約の番号は再び使いません)。開始を 1 時間前後にずらすか、終わりを延ばしてください。',
      en: 'All codes for bookings of this bin with this start and length are given out (a cancelled one’s are never used again). Start an hour earlier or later, or end later.',
    },
  ],
};

/** @returns the problem for the caller */
export function notMade(reason: BookingRefusal): CloudError {
  const [kind, pointer, detail] = refusals[reason];
  return kind === 'invalid'
    ? invalidField(pointer, reason, detail)
    : new CloudError('conflict', { detail, errors: [{ pointer, code: reason, detail }] });
}
