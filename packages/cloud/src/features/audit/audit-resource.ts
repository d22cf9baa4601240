// The audit as the API shows it. A record is shown as it is hashed, so that a reader can hash it again.

import { type AuditRecord, bytesToHex, type SignedTreeHead } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import { auditId } from './record.ts';
import type { StoredRecord } from './store.ts';

const hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, in hexadecimal.' });
const size = Type.Integer({ minimum: 0 });
const textOrNull = Type.Union([Type.String(), Type.Null()]);

const placeFields = {
  sequence: Type.Integer({ minimum: 1, description: 'From 1, without gaps.' }),
  previous_hash: hash,
  recorded_at: Type.String({ format: 'date-time' }),
};

const actSchema = Type.Object({
  ...placeFields,
  kind: Type.Literal('act'),
  operation: Type.String({
    description: 'The operation’s name in this description, createKeyCode for example.',
  }),
  outcome: Type.Enum(['done', 'replayed', 'refused']),
  problem: textOrNull,
  token_id: textOrNull,
  person_id: textOrNull,
  request_id: textOrNull,
  targets: Type.Record(Type.String(), Type.String()),
  created: textOrNull,
});

const boxLogSchema = Type.Object({
  ...placeFields,
  kind: Type.Literal('box_log'),
  box_id: Type.String(),
  log_epoch: Type.Integer(),
  entry_number: Type.Integer(),
  entry: Type.String({ description: 'The 32 bytes that the box wrote, in hexadecimal.' }),
});

/** One record. */
export const auditRecordSchema = Type.Object(
  {
    id: Type.String(),
    hash: Type.String({
      description: 'Of the record as RFC 9162 hashes a leaf: its JSON with sorted names.',
    }),
    record: Type.Union([actSchema, boxLogSchema]),
  },
  {
    examples: [
      {
        id: 'aud_000000000042',
        hash: 'ab'.repeat(32),
        record: {
          sequence: 42,
          previous_hash: 'cd'.repeat(32),
          recorded_at: '2026-04-01T09:00:00.000Z',
          kind: 'act',
          operation: 'createKeyCode',
          outcome: 'done',
          problem: null,
          token_id: 'tok_019a0c5e7b1a7c3e',
          person_id: null,
          request_id: 'req_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
          targets: {},
          created: '/v1/key-codes/code_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        },
      },
    ],
  },
);

/** A signed head, in the form in which files hold it and the command line checks it. */
export const treeHeadSchema = Type.Object(
  {
    tenant_id: Type.String(),
    tree_size: size,
    root_hash: hash,
    timestamp: Type.Integer({ description: 'Milliseconds since 1970, as in RFC 9162.' }),
    signature: Type.String({ description: 'Ed25519, 64 bytes in hexadecimal.' }),
  },
  {
    examples: [
      {
        tenant_id: 'ten_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        tree_size: 42,
        root_hash: 'ab'.repeat(32),
        timestamp: 1_775_034_000_000,
        signature: 'ef'.repeat(64),
      },
    ],
  },
);

/** The key that signs heads. */
export const auditKeySchema = Type.Object(
  {
    algorithm: Type.Literal('Ed25519'),
    public_key: Type.String({ description: '32 bytes in hexadecimal.' }),
  },
  { examples: [{ algorithm: 'Ed25519', public_key: 'ab'.repeat(32) }] },
);

/** That a record stands in a tree. */
export const inclusionSchema = Type.Object(
  { leaf_index: size, tree_size: size, hash, path: Type.Array(hash) },
  { examples: [{ leaf_index: 0, tree_size: 2, hash: 'ab'.repeat(32), path: ['cd'.repeat(32)] }] },
);

/** That a tree begins with a smaller one. */
export const consistencySchema = Type.Object(
  { first: size, second: size, path: Type.Array(hash) },
  { examples: [{ first: 1, second: 2, path: ['cd'.repeat(32)] }] },
);

/** @returns the record in the API's form */
export function showAuditRecord(stored: StoredRecord): Static<typeof auditRecordSchema> {
  const record = JSON.parse(stored.record) as AuditRecord & Static<typeof auditRecordSchema>['record'];
  return { id: auditId(stored.sequence), hash: bytesToHex(stored.hash), record };
}

/** @returns the head in the API's form, which is its own */
export function showTreeHead(head: SignedTreeHead): Static<typeof treeHeadSchema> {
  return { ...head };
}
