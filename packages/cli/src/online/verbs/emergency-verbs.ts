// What is prepared for the day without a cloud: sheets, answers by phone, counts, break-glass files.
import { flag, type Nouns, named, needed } from '../verb.ts';

/** @see Nouns */
export const emergencyVerbs: Nouns = {
  sheet: [
    {
      ...{ verb: 'print', operation: 'printSheet', positionals: ['box_id'], columns: [] },
      flags: [
        ...[needed('body', 'format'), flag('body', 'valid_for_days', 'whole')],
        ...[flag('body', 'renew', 'yes'), named('copy', flag('body', 'renew', 'no'))],
      ],
      says: { ja: '緊急コード表を保存（要 step-up）', en: 'saves the sheet of a box (needs step-up)' },
    },
    {
      ...{ verb: 'list', operation: 'listSheets', positionals: ['box_id'], flags: [] },
      columns: ['id', 'generation', 'format', 'state', 'printed_at', 'printed_by', 'valid_until'],
      says: { ja: '印刷した緊急コード表', en: 'lists what was printed' },
    },
    {
      ...{
        verb: 'states',
        operation: 'listEmergencyStates',
        positionals: [],
        flags: [flag('query', 'state')],
      },
      columns: ['box_id', 'box_name', 'state', 'generation', 'valid_until', 'reprint_advised'],
      says: { ja: '全ボックスの緊急コード表の状態', en: 'shows how the sheets of all boxes are' },
    },
    {
      ...{ verb: 'check', operation: 'checkSheet', positionals: ['text'], flags: [], columns: [] },
      says: { ja: '表の QR の文字を調べる', en: 'tells whether a sheet is the present one, by its QR text' },
    },
    {
      ...{ verb: 'revoke', operation: 'revokeSheets', positionals: ['box_id'], flags: [], columns: [] },
      says: { ja: '緊急コード表を無効にする（要 step-up）', en: 'ends the sheets of a box (needs step-up)' },
    },
    {
      ...{ verb: 'answer', operation: 'answerChallenge', positionals: ['box_id'], columns: [] },
      flags: [needed('body', 'challenge'), needed('body', 'bin', 'bin'), needed('body', 'caller')],
      says: {
        ja: '電話の質問番号に回答（要 step-up）',
        en: 'answers the challenge of a box (needs step-up)',
      },
    },
  ],
  count: [
    {
      ...{ verb: 'list', operation: 'listCounts', positionals: [], flags: [flag('query', 'box_id')] },
      columns: ['box_id', 'name', 'asked_at', 'bins'],
      says: { ja: '数え直しを待つボックス', en: 'lists boxes that wait for a count' },
    },
    {
      ...{ verb: 'get', operation: 'getBoxCount', positionals: ['box_id'], flags: [], columns: [] },
      says: { ja: '数え直す番号を表示', en: 'shows what is to be counted' },
    },
    {
      ...{ verb: 'take', operation: 'countBox', positionals: ['box_id'], columns: [] },
      flags: [needed('body', 'counted_by'), named('found', needed('body', 'bins', 'found'))],
      says: {
        ja: '数えた結果を送る（--found 3=A-07、空は 3=）',
        en: 'sends what was found (--found 3=A-07; 3= for nothing)',
      },
    },
  ],
  emergency: [
    {
      ...{ verb: 'get', operation: 'getEmergency', positionals: ['box_id'], flags: [], columns: [] },
      says: { ja: '緊急時の設定を表示', en: 'shows the settings for emergencies' },
    },
    {
      ...{ verb: 'change', operation: 'changeEmergency', positionals: ['box_id'], columns: [] },
      flags: [
        ...[flag('body', 'open_order', 'wholes'), flag('body', 'first_use_hours', 'whole')],
        ...[flag('body', 'cells_per_bin', 'whole'), flag('body', 'cells_for_all', 'whole')],
        ...[flag('body', 'sleep_after_ms', 'whole'), flag('body', 'awake_ms', 'whole')],
      ],
      reads: 'getEmergency',
      says: { ja: '緊急時の設定を変更', en: 'changes them' },
    },
  ],
};
