// Who may take which key without a code, and who opens a bin from afar.
import { flag, type Nouns, named, needed } from '../verb.ts';

const right = { positionals: ['permission_id'], flags: [], columns: [] };
const keyGroup = { positionals: ['key_group_id'], flags: [], columns: [] };
const member = { positionals: ['key_group_id', 'key_member_id'], flags: [], columns: [] };
const period = [named('from', flag('body', 'starts_at')), named('to', flag('body', 'ends_at'))];
const group = (into: 'query' | 'body') => named('group', flag(into, 'user_group_id'));

/** @see Nouns */
export const rightsVerbs: Nouns = {
  permission: [
    {
      ...{ verb: 'list', operation: 'listKeyPermissions', positionals: [] },
      flags: [
        ...[flag('query', 'person_id'), group('query')],
        ...[flag('query', 'key_id'), flag('query', 'key_group_id')],
      ],
      columns: [
        ...['id', 'right', 'person_id', 'user_group_id', 'key_id', 'key_group_id'],
        ...['location_id', 'starts_at', 'ends_at'],
      ],
      says: { ja: '鍵を使う権利の一覧', en: 'lists who may take which key' },
    },
    {
      ...{ ...right, verb: 'get', operation: 'getKeyPermission' },
      says: { ja: '権利を表示', en: 'shows a permission' },
    },
    {
      ...{ verb: 'give', operation: 'giveKeyPermission', positionals: [], columns: [] },
      flags: [
        ...[needed('body', 'right'), flag('body', 'person_id'), group('body'), flag('body', 'key_id')],
        ...[flag('body', 'key_group_id'), flag('body', 'location_id'), ...period],
      ],
      says: {
        ja: '人かグループに、鍵か鍵グループの権利（exchange、manage）を与える',
        en: 'gives a person or group the right (exchange, manage) to a key or key group',
      },
    },
    {
      ...{ verb: 'change', operation: 'changeKeyPermission', positionals: ['permission_id'], columns: [] },
      ...{ flags: [flag('body', 'right'), ...period], reads: 'getKeyPermission' },
      says: { ja: '権利を変更', en: 'changes a permission' },
    },
    {
      ...{ ...right, verb: 'end', operation: 'endKeyPermission' },
      says: { ja: '権利を終わらせる', en: 'ends a permission' },
    },
  ],
  'key-group': [
    {
      ...{ verb: 'list', operation: 'listKeyGroups', positionals: [], flags: [] },
      columns: ['id', 'name', 'location_id', 'built_in'],
      says: { ja: '鍵グループの一覧', en: 'lists groups of keys' },
    },
    {
      ...{ ...keyGroup, verb: 'get', operation: 'getKeyGroup' },
      says: { ja: '鍵グループを表示', en: 'shows a group of keys' },
    },
    {
      ...{ verb: 'create', operation: 'createKeyGroup', positionals: [], columns: [] },
      flags: [needed('body', 'name'), flag('body', 'location_id')],
      says: { ja: '鍵グループを作る', en: 'makes a group of keys' },
    },
    {
      ...{ verb: 'change', operation: 'changeKeyGroup', positionals: ['key_group_id'], columns: [] },
      ...{ flags: [needed('body', 'name')], reads: 'getKeyGroup' },
      says: { ja: '鍵グループの名前を変更', en: 'renames it' },
    },
    {
      ...{ ...keyGroup, verb: 'remove', operation: 'removeKeyGroup' },
      says: { ja: '鍵グループを削除', en: 'removes it, with the rights to it' },
    },
    {
      ...{ verb: 'members', operation: 'listKeyGroupMembers', positionals: ['key_group_id'], flags: [] },
      columns: ['id', 'kind'],
      says: { ja: '直接入っている鍵とグループ', en: 'lists what is directly in it' },
    },
    {
      ...{ ...member, verb: 'put', operation: 'addKeyGroupMember' },
      says: { ja: '鍵または鍵グループを入れる', en: 'puts a key or a group of keys into it' },
    },
    {
      ...{ ...member, verb: 'take', operation: 'removeKeyGroupMember' },
      says: { ja: '鍵または鍵グループを外す', en: 'takes a key or a group of keys out of it' },
    },
  ],
  opening: [
    {
      ...{ verb: 'list', operation: 'listOpenings', positionals: [] },
      flags: [flag('query', 'box_id'), flag('query', 'pending', 'yes')],
      columns: ['id', 'box_id', 'target', 'press', 'state', 'because', 'reason', 'ordered_at'],
      says: { ja: '遠隔で開けた記録', en: 'lists openings from afar' },
    },
    {
      ...{ verb: 'get', operation: 'getOpening', positionals: ['opening_id'], flags: [], columns: [] },
      says: { ja: '遠隔の操作を表示', en: 'shows what became of one' },
    },
    {
      ...{ verb: 'order', operation: 'orderOpening', positionals: ['box_id'], columns: [] },
      flags: [
        ...[needed('body', 'target', 'target'), needed('body', 'press'), needed('body', 'reason')],
        flag('body', 'wait_seconds', 'whole'),
      ],
      says: {
        ja: '遠隔で番号または主錠（main）を開ける（press: none、button。要 step-up）',
        en: 'opens a bin, or the main lock, from afar (press: none, button; needs step-up)',
      },
    },
  ],
};
