// HTTP of late keys: which ones are late, and how long each may be out.

import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Key } from '../keys/index.ts';
import { type AbsencePorts, changeRule } from './keep-absences.ts';
import { lateKeySchema, readRule, ruleSchema, showLateKey, showRule } from './late-key-resource.ts';
import type { LateWatch } from './watch-late.ts';

const params = Type.Object({ key_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export interface LateKeyDesk extends AbsencePorts {
  readonly watch: Pick<LateWatch, 'changed'>;
}

/** The routes of late keys. */
export function lateKeyRoutes(desk: LateKeyDesk): readonly Route[] {
  return [listLateKeys(desk), getReturnRule(desk), setReturnRule(desk)];
}

function listLateKeys(desk: LateKeyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/late-keys',
    permission: 'keys:read',
    operationId: 'listLateKeys',
    summary: 'List the keys that are out and were due by now',
    tag: 'keys',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(lateKeySchema) },
    handle: ({ principal: { tenantId, scope }, query }) => {
      const nowMs = Math.floor(desk.clock.nowMs());
      const body = readPage(query, {
        load: (after, limit) =>
          desk
            .lateKeys(tenantId)
            .late(nowMs, String(after?.[0] ?? ''), limit)
            .map((absence) => ({ absence, key: desk.keys.find(tenantId, absence.keyId) })),
        keyOf: ({ absence }) => [absence.keyId],
        show: ({ absence, key }) => showLateKey({ absence, key: key as Key }),
        scope,
        placeOf: ({ key }) => key?.locationId ?? null,
      });
      return { body };
    },
  });
}

function getReturnRule(desk: LateKeyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/keys/:key_id/return-rule',
    permission: 'keys:read',
    operationId: 'getReturnRule',
    summary: 'Read how long a key may be out',
    tag: 'keys',
    params,
    responses: { 200: ruleSchema },
    handle: ({ principal: { tenantId }, params: { key_id } }) => {
      const { keyId } = findKey(desk, tenantId, key_id);
      return { body: showRule(desk.lateKeys(tenantId).rule(keyId)) };
    },
  });
}

function setReturnRule(desk: LateKeyDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/keys/:key_id/return-rule',
    permission: 'keys:write',
    operationId: 'setReturnRule',
    summary: 'Set how long a key may be out before it is called late',
    description:
      'It holds also for the time that the key is out now, unless that was called late already. A late key is taken back like any other.',
    tag: 'keys',
    params,
    body: ruleSchema,
    responses: { 200: ruleSchema },
    handle: ({ principal: { tenantId }, params: { key_id }, body }) => {
      const { keyId } = findKey(desk, tenantId, key_id);
      const rule = readRule(body);
      changeRule(desk, tenantId, keyId, rule);
      desk.watch.changed();
      return { body: showRule(rule) };
    },
  });
}

function findKey(desk: LateKeyDesk, tenantId: TenantId, keyId: string): Key {
  const key = desk.keys.find(tenantId, keyId);
  if (key === undefined) throw new CloudError('not-found');
  return key;
}
