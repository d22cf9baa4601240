// HTTP of the audit: read it, have a head signed, ask for proofs, take it away. Nothing here changes a record.

import { bytesToHex, consistencyProof, inclusionProof } from '@smartbox/protocol';
import { Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import {
  auditKeySchema,
  auditRecordSchema,
  consistencySchema,
  inclusionSchema,
  showAuditRecord,
  showTreeHead,
  treeHeadSchema,
} from './audit-resource.ts';
import { type AuditDesk, auditContentType, makeAuditExport } from './make-export.ts';
import { auditKinds, readAuditId } from './record.ts';
import type { StoredRecord } from './store.ts';
import { fromStored, signHead, subtreesOf } from './tree.ts';

const facts = { method: 'GET', permission: 'audit:read', tag: 'audit', tenantWide: true } as const;
const params = Type.Object({ record_id: Type.String({ maxLength: 64 }) });
const wholeNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** The routes of the audit. */
export function auditRoutes(desk: AuditDesk): readonly Route[] {
  const reading = [listRecords(desk), getRecord(desk), getKey(desk), exportAudit(desk)];
  return [...reading, getTreeHead(desk), listTreeHeads(desk), proveInclusion(desk), proveConsistency(desk)];
}

function listRecords(desk: AuditDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/audit/records',
    operationId: 'listAuditRecords',
    summary: 'Read who did what, and what boxes wrote into their logs',
    description: 'Records are never changed or removed; they hold ids, never names, codes or bodies.',
    query: Type.Object(
      {
        ...pageQuery,
        order: Type.Optional(
          Type.Enum(['newest_first', 'oldest_first'], { description: 'newest_first unless given.' }),
        ),
        kind: Type.Optional(Type.Enum([...auditKinds], { description: 'Only these.' })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: pageSchema(auditRecordSchema) },
    handle: ({ principal, query }) => {
      const order = query.order === 'oldest_first' ? 'rising' : 'falling';
      const { kind } = query;
      const body = readPage(query, {
        load: (after, limit) =>
          desk.stores(principal.tenantId).read({ kind, from: startOf(after, order), order, limit }),
        keyOf: ({ sequence }) => [sequence],
        show: showAuditRecord,
      });
      return { body };
    },
  });
}

function getRecord(desk: AuditDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/audit/records/:record_id',
    operationId: 'getAuditRecord',
    summary: 'Read one record',
    params,
    responses: { 200: auditRecordSchema },
    handle: ({ principal, params: { record_id } }) => ({
      body: showAuditRecord(findRecord(desk, principal.tenantId, record_id)),
    }),
  });
}

function getKey(desk: AuditDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/audit/key',
    operationId: 'getAuditKey',
    summary: 'Read the public key that signs tree heads',
    description:
      'Keep it outside this server: a key that comes together with what it signs proves nothing. It is also in the server’s log at each start.',
    responses: { 200: auditKeySchema },
    handle: () => ({ body: { algorithm: 'Ed25519', public_key: desk.publicKey } }),
  });
}

function exportAudit(desk: AuditDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/audit/export',
    operationId: 'exportAudit',
    summary: 'Take the audit away as a file that can be checked without this server',
    description: 'smartbox audit verify checks it with the public key alone. The export is itself recorded.',
    audited: true,
    query: Type.Object(
      {
        first: Type.Optional(
          Type.Integer({ minimum: 1, description: 'Number of the first record; 1 unless given.' }),
        ),
        last: Type.Optional(
          Type.Integer({
            minimum: 0,
            description: 'Number of the last record; as far as one file goes unless given.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    responses: { 200: { fileTypes: [auditContentType] } },
    ratePerMinute: 30,
    handle: ({ principal, query }) => ({ file: makeAuditExport(desk, principal.tenantId, query) }),
  });
}

function getTreeHead(desk: AuditDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/audit/tree-head',
    operationId: 'getAuditTreeHead',
    summary: 'Have a head of all records signed now',
    description:
      'Whoever keeps it can prove later that a record was changed: smartbox audit verify --head, or a consistency proof.',
    responses: { 200: treeHeadSchema },
    ratePerMinute: 120,
    handle: ({ principal: { tenantId } }) => {
      const at = { size: sizeOf(desk, tenantId), atMs: Math.floor(desk.clock.nowMs()) };
      return { body: showTreeHead(signHead(desk, tenantId, at)) };
    },
  });
}

function listTreeHeads(desk: AuditDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/audit/tree-heads',
    operationId: 'listAuditTreeHeads',
    summary: 'Read the heads that were signed by the minute, newest first',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(treeHeadSchema) },
    handle: ({ principal: { tenantId }, query }) => {
      const body = readPage(query, {
        load: (after, limit) => {
          const most = startOf(after, 'falling') - 1;
          return [...desk.stores(tenantId).heads({ least: 1, most, limit })].reverse();
        },
        keyOf: ({ size }) => [size],
        show: (head) => showTreeHead(fromStored(tenantId, head)),
      });
      return { body };
    },
  });
}

function proveInclusion(desk: AuditDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/audit/records/:record_id/proof',
    operationId: 'proveAuditInclusion',
    summary: 'Prove that a record stands in the tree (RFC 9162, 2.1.3)',
    params,
    query: Type.Object(
      { tree_size: Type.Optional(wholeNumber) },
      { additionalProperties: false, description: 'The size of a head that the caller has.' },
    ),
    responses: { 200: inclusionSchema },
    handle: ({ principal: { tenantId }, params: { record_id }, query }) => {
      const { sequence, hash } = findRecord(desk, tenantId, record_id);
      const size = query.tree_size ?? sizeOf(desk, tenantId);
      if (size < sequence || size > sizeOf(desk, tenantId)) throw noSuchTree('/query/tree_size');
      const wanted = { index: sequence - 1, size };
      const path = inclusionProof(desk.crypto, wanted, subtreesOf(desk.crypto, desk.stores(tenantId)));
      const proof = { hash: bytesToHex(hash), path: path.map(bytesToHex) };
      return { body: { leaf_index: wanted.index, tree_size: size, ...proof } };
    },
  });
}

function proveConsistency(desk: AuditDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/audit/consistency',
    operationId: 'proveAuditConsistency',
    summary: 'Prove that nothing was changed between two heads (RFC 9162, 2.1.4)',
    query: Type.Object(
      { first: wholeNumber, second: Type.Optional(wholeNumber) },
      {
        additionalProperties: false,
        description: 'Sizes of the two heads; the second is the newest unless given.',
        examples: [{ first: 1 }],
      },
    ),
    responses: { 200: consistencySchema },
    handle: ({ principal: { tenantId }, query }) => {
      const size = sizeOf(desk, tenantId);
      const { first, second = size } = query;
      if (second > size) throw noSuchTree('/query/second');
      if (first > second) throw noSuchTree('/query/first');
      const subtree = subtreesOf(desk.crypto, desk.stores(tenantId));
      const path = consistencyProof(desk.crypto, { first, second }, subtree).map(bytesToHex);
      return { body: { first, second, path } };
    },
  });
}

function sizeOf(desk: AuditDesk, tenantId: TenantId): number {
  return desk.stores(tenantId).last()?.sequence ?? 0;
}

/** @throws CloudError `not-found` */
function findRecord(desk: AuditDesk, tenantId: TenantId, recordId: string): StoredRecord {
  const sequence = readAuditId(recordId);
  if (sequence === undefined) throw new CloudError('not-found');
  const [found] = desk.stores(tenantId).read({ from: sequence - 1, order: 'rising', limit: 1 });
  if (found?.sequence !== sequence) throw new CloudError('not-found');
  return found;
}

function startOf(after: readonly (string | number)[] | undefined, order: 'rising' | 'falling'): number {
  if (after === undefined) return order === 'rising' ? 0 : Number.MAX_SAFE_INTEGER;
  const [sequence] = after;
  if (typeof sequence !== 'number') throw new CloudError('invalid-cursor');
  return sequence;
}

function noSuchTree(pointer: string): CloudError {
  return invalidField(pointer, 'no-such-tree', {
    ja: 'そのような木はありません。GET /v1/audit/tree-head の tree_size 以下で、記録を含む大きさを指定してください。',
    en: 'There is no such tree. Give the size of a head that holds the record, up to that of GET /v1/audit/tree-head.',
  });
}
