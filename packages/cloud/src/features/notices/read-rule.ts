// Reads what people set of a rule, and says what is wrong with it.

import { parseBoxId } from '@smartbox/protocol';
import type { Static } from 'typebox';
import { invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { tidyText } from '../../platform/plain-text.ts';
import { readWeekly } from '../../platform/schedule-resource.ts';
import { knownTimeZone } from '../../platform/time-zone.ts';
import type { ChannelStore } from './channel-store.ts';
import type { Registers } from './pack.ts';
import { isAlways } from './quiet-hours.ts';
import { isEventPattern, type Rule } from './rule.ts';
import type { ruleChangeSchema } from './rule-resource.ts';

/** Who knows what a rule names. */
export interface ReadRulePorts extends Registers {
  channels(tenantId: TenantId): ChannelStore;
}

/** What people set of a rule. */
type Settable = Omit<Rule, 'ruleId' | 'rev' | 'createdAtMs'>;

/** A rule of which nothing is said yet. */
export const unsetRule: Settable = {
  ...{ label: '', events: [], channels: [], paused: false },
  ...{ locationId: null, boxId: null, keyId: null, repeatAfterMs: null },
  ...{ quietHours: [], timeZone: null, urgent: false },
};

/** @param known what stays where nothing is given @throws CloudError naming the field */
export function readRule(
  desk: ReadRulePorts,
  tenantId: TenantId,
  body: Static<typeof ruleChangeSchema>,
  known: Settable,
): Settable {
  const given = <T, U>(value: T | undefined, otherwise: U, use: (value: T) => U): U =>
    value === undefined ? otherwise : use(value);
  return checkQuiet({
    label: given(body.label, known.label, tidyText),
    events: given(body.events, known.events, (events) => events.map(readPattern)),
    channels: given(body.channel_ids, known.channels, (ids) =>
      ids.map((id, index) =>
        required(desk.channels(tenantId).get(id), `/body/channel_ids/${index}`, () => id),
      ),
    ),
    locationId: given(
      body.location_id,
      known.locationId,
      (id) => id && required(desk.locations.find(tenantId, id), '/body/location_id', () => id),
    ),
    boxId: given(body.box_id, known.boxId, (id) => id && readBox(desk, tenantId, id)),
    keyId: given(
      body.key_id,
      known.keyId,
      (id) => id && required(desk.keys.find(tenantId, id), '/body/key_id', () => id),
    ),
    repeatAfterMs: given(body.repeat_after_ms, known.repeatAfterMs, (ms) => ms),
    quietHours: given(body.quiet_hours, known.quietHours, (windows) =>
      readWeekly(windows, '/body/quiet_hours'),
    ),
    timeZone: given(body.time_zone, known.timeZone, (name) => (name === null ? null : knownTimeZone(name))),
    urgent: body.urgent ?? known.urgent,
    paused: body.paused ?? known.paused,
  });
}

function checkQuiet(rule: Settable): Settable {
  if (rule.quietHours.length > 0 && rule.timeZone === null)
    throw invalidField('/body/time_zone', 'time-zone-missing', {
      ja: 'quiet_hours には time_zone も必要です。Asia/Tokyo のような IANA のタイムゾーン名を指定してください。',
      en: 'quiet_hours need time_zone too. Give the IANA name of a time zone, for example Asia/Tokyo.',
    });
  if (isAlways(rule.quietHours))
    throw invalidField('/body/quiet_hours', 'always-quiet', {
      ja: 'この時間帯では誰にも知らされません。一週間のどこかを空けるか、paused を true にしてください。',
      en: 'With these hours nobody is ever told. Leave some time of the week, or set paused to true.',
    });
  return rule;
}

function readPattern(text: string, index: number): string {
  if (isEventPattern(text)) return text;
  throw invalidField(`/body/events/${index}`, 'unknown-event', {
    ja: 'exchange などのお知らせの名前か、key.withdrawn のような記録の種類、key.* または * を指定してください。',
    en: 'Give the name of an alert such as exchange, a type of event such as key.withdrawn, key.* or *.',
  });
}

function readBox(desk: ReadRulePorts, tenantId: TenantId, resourceId: string): string {
  const boxId = resourceId.startsWith('box_') ? parseBoxId(resourceId.slice(4)) : undefined;
  const box = boxId && desk.boxes.find(tenantId, boxId);
  return required(box, '/body/box_id', () => resourceId.slice(4));
}

function required<T>(found: T | undefined, pointer: string, value: () => string): string {
  if (found !== undefined) return value();
  throw invalidField(pointer, 'unknown-reference', {
    ja: 'ここにある ID を指定してください。',
    en: 'Give an id that is there.',
  });
}
