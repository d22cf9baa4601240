// Who is told what, and what became of it: channels, rules and deliveries of notices; and the audit.
import { flag, type Nouns, named, needed } from '../verb.ts';

const channel = { positionals: ['channel_id'], flags: [], columns: [] };
const rule = { positionals: ['rule_id'], flags: [], columns: [] };
const ruleFields = [
  ...[flag('body', 'location_id', 'clearable'), flag('body', 'box_id', 'clearable')],
  ...[flag('body', 'key_id', 'clearable'), flag('body', 'repeat_after_ms', 'whole')],
  ...[flag('body', 'quiet_hours', 'windows'), flag('body', 'time_zone', 'clearable')],
  ...[flag('body', 'urgent', 'yes'), named('not-urgent', flag('body', 'urgent', 'no'))],
  ...[flag('body', 'paused', 'yes'), named('resumed', flag('body', 'paused', 'no'))],
];
const channelFields = [
  named('notice-language', flag('body', 'language')),
  flag('body', 'cap_per_hour', 'whole'),
];

/** @see Nouns */
export const noticeVerbs: Nouns = {
  notice: [
    {
      ...{ verb: 'channels', operation: 'listNoticeChannels', positionals: [], flags: [] },
      columns: ['id', 'kind', 'label', 'address', 'state'],
      says: { ja: '通知先の一覧', en: 'lists where notices go' },
    },
    {
      ...{ ...channel, verb: 'channel', operation: 'getNoticeChannel' },
      says: { ja: '通知先を表示', en: 'shows a channel' },
    },
    {
      ...{ verb: 'add-channel', operation: 'createNoticeChannel', positionals: [], columns: [] },
      flags: [
        ...[needed('body', 'kind'), needed('body', 'label'), needed('body', 'address')],
        ...channelFields,
      ],
      says: {
        ja: '通知先（webhook、mail）を登録し、秘密を一度だけ表示',
        en: 'adds a channel (webhook, mail) and shows its secret, once',
      },
    },
    {
      ...{ verb: 'change-channel', operation: 'changeNoticeChannel', positionals: ['channel_id'] },
      flags: [flag('body', 'label'), flag('body', 'address'), flag('body', 'state'), ...channelFields],
      ...{ columns: [], reads: 'getNoticeChannel' },
      says: { ja: '通知先を変更', en: 'changes a channel' },
    },
    {
      ...{ ...channel, verb: 'remove-channel', operation: 'removeNoticeChannel' },
      says: { ja: '通知先を削除', en: 'removes a channel' },
    },
    {
      ...{ ...channel, verb: 'try-channel', operation: 'tryNoticeChannel' },
      says: { ja: '試しに通知する', en: 'sends a trial' },
    },
    {
      ...{ verb: 'rules', operation: 'listNoticeRules', positionals: [], flags: [] },
      columns: ['id', 'label', 'events', 'channel_ids', 'paused'],
      says: { ja: '通知の規則の一覧', en: 'lists the rules' },
    },
    {
      ...{ ...rule, verb: 'rule', operation: 'getNoticeRule' },
      says: { ja: '規則を表示', en: 'shows a rule' },
    },
    {
      ...{ verb: 'add-rule', operation: 'createNoticeRule', positionals: [], columns: [] },
      flags: [
        ...[needed('body', 'label'), named('event', needed('body', 'events', 'texts'))],
        ...[named('channel', needed('body', 'channel_ids', 'texts')), ...ruleFields],
      ],
      says: { ja: '規則を作る', en: 'makes a rule: which events go to which channels' },
    },
    {
      ...{ verb: 'change-rule', operation: 'changeNoticeRule', positionals: ['rule_id'], columns: [] },
      flags: [
        ...[flag('body', 'label'), named('event', flag('body', 'events', 'texts'))],
        ...[named('channel', flag('body', 'channel_ids', 'texts')), ...ruleFields],
      ],
      reads: 'getNoticeRule',
      says: { ja: '規則を変更', en: 'changes a rule' },
    },
    {
      ...{ ...rule, verb: 'remove-rule', operation: 'removeNoticeRule' },
      says: { ja: '規則を削除', en: 'removes a rule' },
    },
    {
      ...{ verb: 'deliveries', operation: 'listNoticeDeliveries', positionals: [] },
      flags: [flag('query', 'channel_id'), flag('query', 'state')],
      columns: ['id', 'channel_id', 'sequence', 'type', 'state', 'attempts', 'next_attempt_at'],
      says: { ja: '通知の結果', en: 'lists what became of notices' },
    },
    {
      ...{ verb: 'delivery', operation: 'getNoticeDelivery', positionals: ['delivery_id'] },
      ...{ flags: [], columns: [] },
      says: { ja: '通知の結果を 1 件表示', en: 'shows one notice and each try' },
    },
    {
      ...{ verb: 'resend', operation: 'replayNoticeDelivery', positionals: ['delivery_id'] },
      ...{ flags: [], columns: [] },
      says: { ja: 'もう一度通知する', en: 'sends a notice again' },
    },
  ],
  audit: [
    {
      ...{ verb: 'list', operation: 'listAuditRecords', positionals: [] },
      flags: [flag('query', 'order'), flag('query', 'kind')],
      columns: [
        ...['id', 'record.recorded_at', 'record.kind', 'record.operation', 'record.outcome'],
        ...['record.person_id', 'record.token_id', 'record.box_id'],
      ],
      says: { ja: '監査記録', en: 'reads who did what' },
    },
    {
      ...{ verb: 'head', operation: 'getAuditTreeHead', positionals: [], flags: [], columns: [] },
      says: { ja: '署名された現在の要約（保管用）', en: 'has the present head signed, to be kept elsewhere' },
    },
    {
      ...{ verb: 'export', operation: 'exportAudit', positionals: [], columns: [] },
      flags: [flag('query', 'first', 'whole'), flag('query', 'last', 'whole')],
      says: {
        ja: '監査記録をファイルに保存（verify で検証）',
        en: 'saves the audit as a file for audit verify',
      },
    },
  ],
  export: [
    {
      ...{ verb: 'all', operation: 'exportEverything', positionals: [], columns: [] },
      flags: [flag('query', 'history', 'yes')],
      says: {
        ja: 'すべてを NDJSON に保存（要 step-up。個人情報を含みます）',
        en: 'saves everything as lines of JSON, people in full (needs step-up)',
      },
    },
    {
      ...{ verb: 'keys', operation: 'exportKeys', positionals: [], flags: [], columns: [] },
      says: { ja: '鍵の一覧を CSV に保存', en: 'saves the keys as CSV, for import keys' },
    },
    {
      ...{ verb: 'people', operation: 'exportPeople', positionals: [], flags: [], columns: [] },
      says: {
        ja: '人の一覧を CSV に保存（要 step-up。個人情報を含みます）',
        en: 'saves people in full as CSV, for import people (needs step-up)',
      },
    },
  ],
};
