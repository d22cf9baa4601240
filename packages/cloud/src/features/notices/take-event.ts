// Makes notices of an event, in the transaction that writes the event into the ledger: what is in the ledger is
// owed, and what is not, is not (I7).

import type { EventMap } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import { type HandOverPorts, handOver } from './hand-over.ts';
import type { Notice, NoticeBody } from './notice.ts';
import { quietFor } from './quiet-hours.ts';
import { fits, type Happening, type Rule, repeatAfterMs, subjectOf } from './rule.ts';
import type { RuleStore } from './rule-store.ts';

/** What is needed. */
export interface TakeEventPorts extends HandOverPorts {
  readonly rules: (tenantId: TenantId) => RuleStore;
}

/** @returns whether there is anything to send now */
export function takeEvent(ports: TakeEventPorts, event: EventMap['ledger-event-recorded']): boolean {
  const { tenantId } = event;
  const live = ports.rules(tenantId).live();
  if (live.length === 0) return false;
  const data = event.data;
  const happening = happeningOf(event.type, event.boxId, data);
  let owed = false;
  for (const rule of live) {
    if (!fits(rule, happening)) continue;
    const leftOut = toldBefore(ports, tenantId, { rule, happening });
    if (leftOut === undefined) continue;
    const body = { type: event.type, timestamp: showInstant(event.occurredAtMs), data };
    owed = makeNotice(ports, tenantId, { rule, eventId: event.id, body, leftOut }) || owed;
  }
  return owed;
}

/** Makes a notice and hands it to its first channel. @returns whether there is anything to send now */
function makeNotice(
  ports: TakeEventPorts,
  tenantId: TenantId,
  about: {
    readonly rule: Rule;
    readonly eventId: string;
    readonly body: NoticeBody;
    readonly leftOut: number;
  },
): boolean {
  const { rule, eventId, body, leftOut } = about;
  const notice: Notice = {
    noticeId: ports.identifiers.create('ntc'),
    ruleId: rule.ruleId,
    ...{ eventId, type: body.type, body, leftOut },
    quiet: quietFor(rule, body.type),
    rest: rule.channels,
    createdAtMs: Math.floor(ports.clock.nowMs()),
  };
  ports.deliveries(tenantId).addNotice(notice);
  return handOver(ports, tenantId, notice);
}

/** @returns how often the same was left out since it was told; undefined when it is left out again (MO-07) */
function toldBefore(
  ports: TakeEventPorts,
  tenantId: TenantId,
  about: { readonly rule: Rule; readonly happening: Happening },
): number | undefined {
  const { rule, happening } = about;
  const afterMs = repeatAfterMs(rule, happening.type);
  if (afterMs === 0 || startsWithWebhook(ports, tenantId, rule)) return 0;
  const store = ports.rules(tenantId);
  const subject = subjectOf(happening);
  const known = store.repeat(rule.ruleId, subject);
  const nowMs = Math.floor(ports.clock.nowMs());
  const again = known !== undefined && nowMs >= known.toldAtMs && nowMs < known.toldAtMs + afterMs;
  if (again) {
    store.saveRepeat(rule.ruleId, subject, { ...known, leftOut: known.leftOut + 1 });
    return undefined;
  }
  store.saveRepeat(rule.ruleId, subject, { toldAtMs: nowMs, leftOut: 0 });
  return known?.leftOut ?? 0;
}

// A program is owed every event: it can leave out by itself what it does not want.
function startsWithWebhook(ports: TakeEventPorts, tenantId: TenantId, rule: Rule): boolean {
  const [first] = rule.channels;
  return first !== undefined && ports.channels(tenantId).get(first)?.kind === 'webhook';
}

function happeningOf(type: string, boxId: string | null, data: Readonly<Record<string, unknown>>): Happening {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    ...{ type, boxId },
    locationId: text(data.location_id),
    keyId: text(data.key_id),
    bin: typeof data.bin === 'number' ? data.bin : null,
  };
}
