// Who takes keys and works here: people, and the groups that they are in.
import { flag, type Nouns, named, needed } from '../verb.ts';

const personFields = [
  ...[flag('body', 'mail'), flag('body', 'phone'), flag('body', 'role', 'clearable')],
  named('location', flag('body', 'location_ids', 'texts')),
  flag('body', 'ends_at', 'clearable'),
  // --language is the language of this program.
  named('mail-language', flag('body', 'language')),
];
const who = { positionals: ['person_id'], flags: [], columns: [] };
const group = { positionals: ['group_id'], flags: [], columns: [] };
const member = { positionals: ['group_id', 'member_id'], flags: [], columns: [] };

/** @see Nouns */
export const peopleVerbs: Nouns = {
  person: [
    {
      ...{ verb: 'list', operation: 'listPeople', positionals: [], flags: [] },
      columns: ['id', 'name', 'mail', 'phone', 'role', 'location_ids', 'ends_at'],
      says: { ja: '人の一覧（個人情報は伏せる）', en: 'lists people, personal data masked' },
    },
    {
      ...{ ...who, verb: 'get', operation: 'getPerson' },
      says: { ja: '人を表示（個人情報は伏せる）', en: 'shows a person, personal data masked' },
    },
    {
      ...{ ...who, verb: 'reveal', operation: 'revealPerson' },
      says: { ja: '個人情報まで表示（記録されます）', en: 'shows a person in full, which is written down' },
    },
    {
      ...{ verb: 'create', operation: 'createPerson', positionals: [], columns: [] },
      flags: [needed('body', 'name'), ...personFields],
      says: { ja: '人を登録', en: 'adds a person' },
    },
    {
      ...{ verb: 'change', operation: 'changePerson', positionals: ['person_id'], columns: [] },
      ...{ flags: [flag('body', 'name'), ...personFields], reads: 'getPerson' },
      says: { ja: '人の情報を変更', en: 'changes a person' },
    },
    {
      ...{ ...who, verb: 'invite', operation: 'invitePerson' },
      says: { ja: 'サインインへの招待を作る', en: 'makes an invitation to sign in, and shows it once' },
    },
    {
      ...{ ...who, verb: 'export', operation: 'exportPerson' },
      says: {
        ja: '本人の情報をすべて表示（要 step-up）',
        en: 'shows all that is kept of a person (needs step-up)',
      },
    },
    {
      ...{ ...who, verb: 'erase', operation: 'erasePerson' },
      says: { ja: '個人情報を消去（要 step-up）', en: 'erases a person (needs step-up)' },
    },
    {
      ...{ ...who, verb: 'end-sign-in', operation: 'endSignIn' },
      says: { ja: 'サインインを終わらせる', en: 'ends the sign-in of a person' },
    },
    {
      ...{ verb: 'permissions', operation: 'listKeyPermissions', positionals: ['person_id'], flags: [] },
      columns: ['id', 'right', 'key_id', 'key_group_id', 'location_id', 'starts_at', 'ends_at'],
      says: { ja: '本人に直接与えた権利', en: 'lists what is given to the person directly' },
    },
    {
      ...{ verb: 'keys', operation: 'listPersonKeys', positionals: ['person_id'], flags: [] },
      columns: ['key_id', 'may_take', 'because', 'next_at'],
      says: { ja: 'いま使える鍵と、その理由', en: 'lists which keys the person may take now, and why' },
    },
    {
      ...{ ...who, verb: 'keypad', operation: 'getPersonKeypad' },
      says: { ja: 'キーパッドでの本人確認の設定', en: 'shows how the person is known at keypads' },
    },
    {
      ...{ ...who, verb: 'set-id-code', operation: 'setIdCode' },
      says: { ja: '新しい ID コードを発行し、一度だけ表示', en: 'makes another ID code and shows it, once' },
    },
    {
      ...{ ...who, verb: 'remove-id-code', operation: 'removeIdCode' },
      says: { ja: 'ID コードをなくす', en: 'takes the ID code away' },
    },
    {
      ...{ ...who, verb: 'set-badge', operation: 'setBadge', flags: [needed('body', 'tag')] },
      says: {
        ja: 'タグをバッジにする（コードより弱い。badge が on の設置場所でだけ使えます）',
        en: 'makes a tag the badge (weaker than a code; counts only where a location takes badges)',
      },
    },
    {
      ...{ ...who, verb: 'remove-badge', operation: 'removeBadge' },
      says: { ja: 'バッジをなくす', en: 'takes the badge away' },
    },
    {
      ...{ ...who, verb: 'quarantine', operation: 'quarantinePerson' },
      says: { ja: 'ただちに何もできなくする', en: 'stops everything that the person could do, at once' },
    },
    {
      ...{ ...who, verb: 'lift-quarantine', operation: 'liftQuarantine' },
      says: { ja: 'ふたたび使えるようにする', en: 'ends that' },
    },
  ],
  group: [
    {
      ...{ verb: 'list', operation: 'listUserGroups', positionals: [], flags: [] },
      columns: ['id', 'name', 'location_id'],
      says: { ja: 'グループの一覧', en: 'lists groups' },
    },
    {
      ...{ ...group, verb: 'get', operation: 'getUserGroup' },
      says: { ja: 'グループを表示', en: 'shows a group' },
    },
    {
      ...{ verb: 'create', operation: 'createUserGroup', positionals: [], columns: [] },
      flags: [needed('body', 'name'), flag('body', 'location_id')],
      says: { ja: 'グループを作る', en: 'makes a group' },
    },
    {
      ...{ verb: 'change', operation: 'changeUserGroup', positionals: ['group_id'], columns: [] },
      flags: [flag('body', 'name'), flag('body', 'location_id', 'clearable')],
      reads: 'getUserGroup',
      says: { ja: 'グループを変更', en: 'changes a group' },
    },
    {
      ...{ ...group, verb: 'remove', operation: 'removeUserGroup' },
      says: { ja: 'グループを削除', en: 'removes a group, with the rights that it gave' },
    },
    {
      ...{ verb: 'members', operation: 'listGroupMembers', positionals: ['group_id'], flags: [] },
      columns: ['id', 'kind'],
      says: { ja: '直接の所属', en: 'lists who is directly in it' },
    },
    {
      ...{ ...member, verb: 'put', operation: 'addGroupMember' },
      says: { ja: '人またはグループを入れる', en: 'puts a person or a group into it' },
    },
    {
      ...{ ...member, verb: 'take', operation: 'removeGroupMember' },
      says: { ja: '人またはグループを外す', en: 'takes a person or a group out of it' },
    },
  ],
};
