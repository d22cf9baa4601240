// What there is: locations, boxes, keys.
import { flag, type Nouns, named, needed } from '../verb.ts';

const locationFields = [flag('body', 'name'), flag('body', 'time_zone')];
const keyFields = [
  ...[flag('body', 'name'), flag('body', 'location_id')],
  ...[flag('body', 'fob_label'), flag('body', 'fob_tag')],
];

const policyFields = [
  ...[flag('body', 'second_factor'), flag('body', 'badge')],
  named('open', flag('body', 'opening_windows', 'open')),
  named('holiday', flag('body', 'holidays', 'holidays')),
  named('quiet', flag('body', 'quiet_hours', 'windows')),
];
const ruleFields = [
  flag('body', 'due_after_minutes', 'whole-or-none'),
  flag('body', 'grace_minutes', 'whole'),
];

/** @see Nouns */
export const inventoryVerbs: Nouns = {
  location: [
    {
      ...{ verb: 'list', operation: 'listLocations', positionals: [], flags: [] },
      columns: ['id', 'name', 'time_zone'],
      says: { ja: '設置場所の一覧', en: 'lists locations' },
    },
    {
      ...{ verb: 'get', operation: 'getLocation', positionals: ['location_id'], flags: [], columns: [] },
      says: { ja: '設置場所を表示', en: 'shows a location' },
    },
    {
      ...{ verb: 'add', operation: 'createLocation', positionals: [], columns: [] },
      flags: [needed('body', 'name'), needed('body', 'time_zone')],
      says: { ja: '設置場所を登録', en: 'adds a location' },
    },
    {
      ...{ verb: 'change', operation: 'changeLocation', positionals: ['location_id'], columns: [] },
      ...{ flags: locationFields, reads: 'getLocation' },
      says: { ja: '設置場所を変更', en: 'changes a location' },
    },
    {
      ...{ verb: 'policy', operation: 'getAccessPolicy', positionals: ['location_id'] },
      ...{ flags: [], columns: [] },
      says: { ja: '鍵を取り出す条件を表示', en: 'shows what it asks of whoever takes a key, and when' },
    },
    {
      ...{ verb: 'set-policy', operation: 'setAccessPolicy', positionals: ['location_id'], columns: [] },
      ...{ flags: policyFields, reads: 'getAccessPolicy', keepsRest: true },
      says: {
        ja: '条件を変更（second-factor: text_message、off。badge: off、on）。ほかは今のまま',
        en: 'changes it (second-factor: text_message, off; badge: off, on); the rest stays as it is',
      },
    },
  ],
  box: [
    {
      ...{ verb: 'list', operation: 'listBoxes', positionals: [], flags: [] },
      columns: ['id', 'name', 'online', 'mains', 'battery_percent', 'seen_at', 'firmware'],
      says: { ja: 'ボックスの一覧', en: 'lists boxes' },
    },
    {
      ...{ verb: 'get', operation: 'getBox', positionals: ['box_id'], flags: [], columns: [] },
      says: { ja: 'ボックスを表示', en: 'shows a box' },
    },
    {
      ...{ verb: 'bins', operation: 'listBins', positionals: ['box_id'], flags: [] },
      columns: ['bin', 'door', 'key_id', 'fob_tag', 'changed_at'],
      says: { ja: '番号ごとの中身', en: 'lists its bins' },
    },
    {
      ...{ verb: 'claim', operation: 'claimBox', positionals: [], columns: [] },
      flags: [
        ...[needed('body', 'claim_code'), needed('body', 'name'), needed('body', 'location_id')],
        ...[flag('body', 'label'), flag('body', 'box_id')],
      ],
      says: { ja: '画面のコードで自分のものにする', en: 'claims one by the code on its display' },
    },
    {
      ...{ verb: 'change', operation: 'changeBox', positionals: ['box_id'], columns: [], reads: 'getBox' },
      flags: [
        ...[flag('body', 'name'), flag('body', 'location_id'), flag('body', 'help_phone')],
        ...[flag('body', 'left_open_ms', 'whole'), flag('body', 'idle_ms', 'whole')],
        flag('body', 'offline_after_ms', 'whole'),
        { name: 'display-language', into: 'body', field: 'language', kind: 'text' },
      ],
      says: { ja: 'ボックスの設定を変更', en: 'changes its settings' },
    },
    {
      ...{ verb: 'release', operation: 'releaseBox', positionals: ['box_id'], flags: [], columns: [] },
      says: { ja: 'ボックスを手放す', en: 'gives it up' },
    },
    {
      ...{ verb: 'readiness', operation: 'getOfflineReadiness', positionals: ['box_id'], flags: [] },
      columns: [],
      says: { ja: '通信が切れたときに何が使えるか', en: 'what would work if it were cut off now' },
    },
  ],
  key: [
    {
      ...{ verb: 'list', operation: 'listKeys', positionals: [], flags: [flag('query', 'location_id')] },
      columns: ['id', 'name', 'fob_label', 'where.status', 'where.box_id', 'where.bin', 'where.since'],
      says: { ja: '鍵の一覧と所在', en: 'lists keys and where they are' },
    },
    {
      ...{ verb: 'get', operation: 'getKey', positionals: ['key_id'], flags: [], columns: [] },
      says: { ja: '鍵を表示', en: 'shows a key' },
    },
    {
      ...{ verb: 'add', operation: 'createKey', positionals: [], columns: [] },
      flags: [
        ...[needed('body', 'name'), needed('body', 'location_id'), needed('body', 'fob_tag')],
        flag('body', 'fob_label'),
      ],
      says: { ja: '鍵を登録', en: 'adds a key' },
    },
    {
      ...{ verb: 'change', operation: 'changeKey', positionals: ['key_id'], columns: [], reads: 'getKey' },
      flags: keyFields,
      says: { ja: '鍵を変更', en: 'changes a key' },
    },
    {
      ...{ verb: 'retire', operation: 'retireKey', positionals: ['key_id'], flags: [], columns: [] },
      reads: 'getKey',
      says: { ja: '鍵を廃止', en: 'takes a key out of use' },
    },
    {
      ...{ verb: 'return-rule', operation: 'getReturnRule', positionals: ['key_id'], flags: [], columns: [] },
      says: { ja: '返却までの時間を表示', en: 'shows how long it may be out' },
    },
    {
      ...{ verb: 'set-return-rule', operation: 'setReturnRule', positionals: ['key_id'], columns: [] },
      ...{ flags: ruleFields, reads: 'getReturnRule', keepsRest: true },
      says: { ja: '返却までの時間を変更', en: 'changes how long it may be out; none: nobody waits for it' },
    },
    {
      ...{ verb: 'takers', operation: 'listKeyTakers', positionals: ['key_id'], flags: [] },
      columns: ['person_id', 'may_take', 'because', 'next_at'],
      says: { ja: 'いま使える人と、その理由', en: 'lists who may take it now, and why' },
    },
    {
      ...{ verb: 'late', operation: 'listLateKeys', positionals: [], flags: [] },
      columns: ['key_id', 'name', 'person_id', 'code_id', 'taken_at', 'due_at'],
      says: { ja: '返却が遅れている鍵', en: 'lists keys that are late' },
    },
  ],
};
