// HTTP of rules: which events are told, and where.

import { Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError } from '../../platform/errors.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { defineRoute, entityTag, type Route, type RouteAnswer, requireMatch } from '../../platform/route.ts';
import { mostPerTenant } from './channel.ts';
import { type ReadRulePorts, readRule, unsetRule } from './read-rule.ts';
import type { Rule } from './rule.ts';
import { newRuleSchema, ruleChangeSchema, ruleSchema, showRule } from './rule-resource.ts';
import type { RuleStore } from './rule-store.ts';

const params = Type.Object({ rule_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export interface RuleDesk extends ReadRulePorts {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  rules(tenantId: TenantId): RuleStore;
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
        ...readRule(desk, tenantId, body, unsetRule),
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
      const changed: Rule = { ...rule, ...readRule(desk, tenantId, call.body, rule), rev: rule.rev + 1 };
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

const tooMany: BilingualText = {
  ja: `規則は ${mostPerTenant} 件までです。使っていないものを消してください。`,
  en: `There may be ${mostPerTenant} rules. Remove what is not used.`,
};
