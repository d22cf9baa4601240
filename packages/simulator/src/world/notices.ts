// Somebody who is told: the operator's webhook and a rule for it, set up while all is well.
import type { Chance } from './chance.ts';
import type { CloudHost, Operator } from './cloud-host.ts';

const RULES: readonly (readonly string[])[] = [
  ['*'],
  ['exchange', 'opening.*'],
  ['key.*', 'access.*', 'permission.*'],
  ['access.granted', 'power', 'internet'],
];

/** What the operator set up. */
export interface Notices {
  readonly channelId: string;
  readonly patterns: readonly string[];
  /** Events up to this one are older than the rule. */
  readonly afterEventId: string;
}

/** The operator sets a webhook up. */
export function openNotices(host: CloudHost, operator: Operator, chance: Chance): Notices {
  const made = host.call(operator, 'createNoticeChannel', {
    body: { kind: 'webhook', label: 'Booking system', address: 'https://hooks.example.jp/smartbox' },
  });
  host.receiver.expect((made.signing as { secret: string }).secret);
  const channelId = String(made.id);
  const patterns = chance.pick(RULES);
  host.call(operator, 'createNoticeRule', {
    body: { label: 'What happens', events: patterns, channel_ids: [channelId] },
  });
  const newest = host.call(operator, 'listEvents', { query: { limit: 1 } }).data as readonly { id: string }[];
  return { channelId, patterns, afterEventId: newest[0]?.id ?? '' };
}
