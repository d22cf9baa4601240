// HTTP of rules: which events are told, and where.

import { parseBoxId } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { tidyText } from '../../platform/plain-text.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { defineRoute, entityTag, type Route, type RouteAnswer, requireMatch } from '../../platform/route.ts';
import { mostPerTenant } from './channel.ts';
import type { ChannelStore } from './channel-store.ts';
import type { Registers } from './pack.ts';
import { isEventPattern, type Rule } from './rule.ts';
import { newRuleSchema, ruleChangeSchema, ruleSchema, showRule } from './rule-resource.ts';
import type { RuleStore } from './rule-store.ts';

const params = Type.Object({ rule_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export interface RuleDesk extends Registers {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  rules(tenantId: TenantId): RuleStore;
  channels(tenantId: TenantId): ChannelStore;
}

/** The routes of rules. */
export function ruleRoutes(desk: RuleDesk): readonly Route[] {
  return [listRules(desk), getRule(desk), createRule(desk), changeRule(desk), removeRule(desk)];
}

function listRules(desk: RuleDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/notice-rules',
    permission: 'notices:read',
    tenantWide: true,
    operationId: 'listNoticeRules',
    summary: 'List the rules of notices',
    tag: 'notices',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(ruleSchema) },
    handle: ({ principal, query }) => ({
      body: readPage(query, {
        load: (after, limit) => desk.rules(principal.tenantId).list(String(after?.[0] ?? ''), limit),
        keyOf: ({ ruleId }) => [ruleId],
        show: showRule,
      }),
    }),
  });
}

function getRule(desk: RuleDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/notice-rules/:rule_id',
    permission: 'notices:read',
    tenantWide: true,
    operationId: 'getNoticeRule',
    summary: 'Read one rule',
    tag: 'notices',
    params,
    responses: { 200: ruleSchema },
    handle: ({ principal, params: { rule_id } }) => answer(find(desk, principal.tenantId, rule_id)),
  });
}

function createRule(desk: RuleDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/notice-rules',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'createNoticeRule',
    summary: 'Say which events are told, and where',
    description:
      'The first channel is told. The next one is told when nothing has arrived there after half a minute, or at once when nothing ever will. To tell several places, make several rules.',
    tag: 'notices',
    body: newRuleSchema,
    responses: { 201: ruleSchema },
    handle: ({ principal: { tenantId }, body }) => {
      const store = desk.rules(tenantId);
      if (store.count() >= mostPerTenant) throw new CloudError('conflict', { detail: tooMany });
      const rule: Rule = {
        ruleId: desk.identifiers.create('nrl'),
        ...read(desk, tenantId, body, unset),
        rev: 1,
        createdAtMs: Math.floor(desk.clock.nowMs()),
      };
      store.add(rule);
      return { ...answer(rule), status: 201, location: `/v1/notice-rules/${rule.ruleId}` };
    },
  });
}

function changeRule(desk: RuleDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/notice-rules/:rule_id',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'changeNoticeRule',
    summary: 'Change, pause or resume a rule',
    description: 'Needs If-Match with the ETag that was read. What is owed already is sent as it was.',
    tag: 'notices',
    params,
    body: ruleChangeSchema,
    responses: { 200: ruleSchema },
    handle: (call) => {
      const { tenantId } = call.principal;
      const store = desk.rules(tenantId);
      const rule = find(desk, tenantId, call.params.rule_id);
      requireMatch(call, rule.ruleId, rule.rev);
      const changed: Rule = { ...rule, ...read(desk, tenantId, call.body, rule), rev: rule.rev + 1 };
      store.change(changed);
      store.forgetRepeats(rule.ruleId);
      return answer(changed);
    },
  });
}

function removeRule(desk: RuleDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/notice-rules/:rule_id',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'removeNoticeRule',
    summary: 'Remove a rule; what is owed already is still sent',
    tag: 'notices',
    params,
    responses: { 204: null },
    handle: ({ principal: { tenantId }, params: { rule_id } }) => {
      desk.rules(tenantId).remove(find(desk, tenantId, rule_id).ruleId);
      return { status: 204 };
    },
  });
}

function find(desk: RuleDesk, tenantId: TenantId, ruleId: string): Rule {
  const rule = desk.rules(tenantId).get(ruleId);
  if (rule === undefined) throw new CloudError('not-found');
  return rule;
}

function answer(rule: Rule): RouteAnswer {
  return { body: showRule(rule), etag: entityTag(rule.ruleId, rule.rev) };
}

type Settable = Omit<Rule, 'ruleId' | 'rev' | 'createdAtMs'>;

const unset: Settable = {
  ...{ label: '', events: [], channels: [], paused: false },
  ...{ locationId: null, boxId: null, keyId: null, repeatAfterMs: null },
};

/** @param known what stays where nothing is given @throws CloudError naming the field */
function read(
  desk: RuleDesk,
  tenantId: TenantId,
  body: Static<typeof ruleChangeSchema>,
  known: Settable,
): Settable {
  const given = <T, U>(value: T | undefined, otherwise: U, use: (value: T) => U): U =>
    value === undefined ? otherwise : use(value);
  return {
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
    paused: body.paused ?? known.paused,
  };
}

function readPattern(text: string, index: number): string {
  if (isEventPattern(text)) return text;
  throw invalidField(`/body/events/${index}`, 'unknown-event', {
    ja: 'exchange などのお知らせの名前か、key.withdrawn のような記録の種類、key.* または * を指定してください。',
    en: 'Give the name of an alert such as exchange, a type of event such as key.withdrawn, key.* or *.',
  });
}

function readBox(desk: RuleDesk, tenantId: TenantId, resourceId: string): string {
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

const tooMany: BilingualText = {
  ja: `規則は ${mostPerTenant} 件までです。使っていないものを消してください。`,
  en: `There may be ${mostPerTenant} rules. Remove what is not used.`,
};
