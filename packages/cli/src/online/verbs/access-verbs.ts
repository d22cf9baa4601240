// Who may take what: key codes, bookings, API tokens; and what happened.
import { flag, type Nouns, named, needed } from '../verb.ts';

const live = flag('query', 'live', 'yes');
const booked = ['id', 'key_id', 'box_id', 'bin', 'label', 'status', 'starts_at', 'ends_at'];
const happened = ['id', 'occurred_at', 'type', 'box_id', 'bin', 'key_id', 'code_id'];

/** @see Nouns */
export const accessVerbs: Nouns = {
  code: [
    {
      ...{ verb: 'list', operation: 'listKeyCodes', positionals: [], flags: [flag('query', 'key_id'), live] },
      columns: ['id', 'key_id', 'label', 'uses', 'status', 'starts_at', 'expires_at'],
      says: { ja: 'キーコードの一覧', en: 'lists key codes' },
    },
    {
      ...{ verb: 'get', operation: 'getKeyCode', positionals: ['code_id'], flags: [], columns: [] },
      says: { ja: 'キーコードを表示（数字は出ません）', en: 'shows a key code, without its digits' },
    },
    {
      ...{ verb: 'create', operation: 'createKeyCode', positionals: [], columns: [] },
      flags: [
        ...[needed('body', 'key_id'), flag('body', 'uses'), flag('body', 'label'), flag('body', 'code')],
        ...[named('from', flag('body', 'starts_at')), named('to', flag('body', 'expires_at'))],
      ],
      says: { ja: 'キーコードを発行', en: 'makes a key code and shows its digits, once' },
    },
    {
      ...{ verb: 'change', operation: 'changeKeyCode', positionals: ['code_id'], columns: [] },
      flags: [
        flag('body', 'label'),
        ...[named('from', flag('body', 'starts_at')), named('to', flag('body', 'expires_at'))],
      ],
      reads: 'getKeyCode',
      says: { ja: 'キーコードを変更', en: 'changes a key code' },
    },
    {
      ...{ verb: 'revoke', operation: 'revokeKeyCode', positionals: ['code_id'], flags: [], columns: [] },
      says: { ja: 'キーコードを無効にする', en: 'ends a key code' },
    },
  ],
  booking: [
    {
      ...{ verb: 'list', operation: 'listBookings', positionals: [], columns: booked },
      flags: [flag('query', 'key_id'), flag('query', 'box_id'), live],
      says: { ja: '予約の一覧', en: 'lists bookings' },
    },
    {
      ...{ verb: 'get', operation: 'getBooking', positionals: ['booking_id'], flags: [], columns: [] },
      says: { ja: '予約を表示', en: 'shows a booking' },
    },
    {
      ...{ verb: 'create', operation: 'createBooking', positionals: [], columns: [] },
      flags: [
        ...[needed('body', 'key_id'), flag('body', 'label')],
        ...[named('from', needed('body', 'starts_at')), named('to', needed('body', 'ends_at'))],
        ...[flag('body', 'box_id'), flag('body', 'bin', 'whole')],
      ],
      says: { ja: '鍵を予約', en: 'books a key and shows the digits, once' },
    },
    {
      ...{ verb: 'cancel', operation: 'cancelBooking', positionals: ['booking_id'], flags: [], columns: [] },
      says: { ja: '予約を取り消す', en: 'cancels a booking' },
    },
  ],
  token: [
    {
      ...{ verb: 'list', operation: 'listApiTokens', positionals: [], flags: [] },
      columns: ['id', 'name', 'created_at', 'expires_at', 'revoked_at'],
      says: { ja: 'API トークンの一覧', en: 'lists API tokens' },
    },
    {
      ...{ verb: 'create', operation: 'createApiToken', positionals: [], columns: [] },
      flags: [
        needed('body', 'name'),
        named('permission', needed('body', 'permissions', 'texts')),
        flag('body', 'expires_at'),
      ],
      says: { ja: 'API トークンを発行', en: 'makes an API token and shows it, once' },
    },
    {
      ...{ verb: 'revoke', operation: 'revokeApiToken', positionals: ['token_id'], flags: [], columns: [] },
      says: { ja: 'API トークンを無効にする', en: 'ends an API token' },
    },
  ],
  events: [
    {
      ...{ verb: 'list', operation: 'listEvents', positionals: [], columns: happened },
      flags: [
        ...[flag('query', 'type'), flag('query', 'box_id'), flag('query', 'key_id')],
        ...[flag('query', 'code_id'), flag('query', 'location_id'), flag('query', 'order')],
      ],
      says: { ja: 'できごとの記録', en: 'reads the ledger' },
    },
    {
      ...{ verb: 'get', operation: 'getEvent', positionals: ['event_id'], flags: [], columns: [] },
      says: { ja: 'できごとを表示', en: 'shows an event' },
    },
  ],
};
