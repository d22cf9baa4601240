// The audit as an auditor meets it: records, heads, proofs and the file, checked with the protocol's own checks, which
// need the public key and nothing of the server; and one check by Node's cryptography, which shares no code with them.
import { createPublicKey, verify } from 'node:crypto';
import {
  type AuditRecord,
  auditRecordHash,
  hexToBytes,
  isConsistent,
  isHeadSignedBy,
  isIncluded,
  nobleCrypto,
  readAuditExport,
  type SignedTreeHead,
  type TreeState,
  verifyAuditExport,
} from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import type { OperatorAct } from '../../platform/operator-act.ts';

let world: FeaturesWorld;
let depot: Depot;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
});

const act = (operation: string, more: Partial<OperatorAct> = {}): OperatorAct => ({
  ...{ tenantId: depot.owner.tenantId, operation, tokenId: 'tok_1', personId: null },
  ...{ targets: {}, created: null, outcome: 'done', problem: null, requestId: 'req_1', ...more },
});
const acted = (operation: string, more: Partial<OperatorAct> = {}) =>
  world.commit(() => world.events.publish('operator-acted', act(operation, more)));
const call = (operationId: string, query: object = {}, params: object = {}) =>
  bodyOf(world.call(operationId, depot.owner, { query, params }));
const headNow = () => call('getAuditTreeHead') as unknown as SignedTreeHead;
const stateOf = (head: SignedTreeHead): TreeState => ({
  size: head.tree_size,
  root: hexToBytes(head.root_hash),
});
const pathOf = (proof: Record<string, unknown>) => (proof.path as string[]).map(hexToBytes);
const records = (query: object = {}) =>
  itemsOf(
    world.call('listAuditRecords', depot.owner, { query: { limit: 200, order: 'oldest_first', ...query } }),
  );
const publicKey = () => hexToBytes(world.features.audit.publicKey);
const signing = () =>
  world.features.audit.watch({ timers: world.ports.timers, commitGroup: world.commitGroup });

async function exported(query: object = {}) {
  const { file } = world.call('exportAudit', depot.owner, { query });
  const text = Buffer.from((await file?.render()) ?? []).toString('utf8');
  const read = readAuditExport(text);
  if (read.kind === 'refused') throw new RangeError(read.reason);
  return { file: read, name: file?.fileName, text };
}

describe('the records', () => {
  it('hold every entry that a box wrote into its log, as the box wrote it', () => {
    const told = records({ kind: 'box_log' }).map(({ record }) => record as Record<string, unknown>);
    const bodies = world.features.boxes.logBodies(depot.owner.tenantId, depot.box.boxId);
    expect(told.map(({ entry }) => entry)).toEqual(bodies.map((body) => Buffer.from(body).toString('hex')));
    expect(told[0]).toMatchObject({ box_id: depot.box.resourceId, log_epoch: 1, entry_number: 1 });
  });

  it('hold no entry twice, and none that was not accepted', () => {
    const before = records().length;
    depot.box.write('mains-lost');
    depot.box.report();
    depot.box.report();
    expect(records()).toHaveLength(before + 1);
  });

  it('hold an act with who did what to what, and how it ended (SEC-14)', () => {
    acted('retireKey', { targets: { key_id: depot.keyId }, personId: 'per_1' });
    acted('printSheet', { outcome: 'refused', problem: 'step-up-required' });
    expect(records({ kind: 'act' }).map(({ record }) => record)).toMatchObject([
      {
        operation: 'retireKey',
        outcome: 'done',
        token_id: 'tok_1',
        person_id: 'per_1',
        targets: { key_id: depot.keyId },
      },
      { operation: 'printSheet', outcome: 'refused', problem: 'step-up-required' },
    ]);
  });

  it('are undone with what they tell of, and leave no gap', () => {
    acted('first');
    expect(() =>
      world.commit(() => {
        world.events.publish('operator-acted', act('undone'));
        throw new RangeError('undone');
      }),
    ).toThrow('undone');
    acted('second');
    const all = records();
    expect(all.map(({ record }) => (record as AuditRecord).sequence)).toEqual(
      all.map((_, index) => index + 1),
    );
    expect(records({ kind: 'act' })).toHaveLength(2);
  });

  it('name the one before by its hash, each (SEC-14)', () => {
    acted('one');
    acted('two');
    let previous = '00'.repeat(32);
    for (const { record, hash } of records()) {
      expect((record as AuditRecord).previous_hash).toBe(previous);
      expect(auditRecordHash(nobleCrypto, record as AuditRecord)).toBe(hash);
      previous = String(hash);
    }
  });

  it('come in pages, newest first unless asked otherwise, and one by one', () => {
    for (const name of ['one', 'two', 'three', 'last']) acted(name);
    const page = call('listAuditRecords', { limit: 2 });
    const [newest] = page.data as [{ id: string; record: { operation: string } }];
    expect(newest.record.operation).toBe('last');
    const next = call('listAuditRecords', { limit: 2, cursor: page.next_cursor }).data as { id: string }[];
    const ids = records().map(({ id }) => id);
    expect([...(page.data as { id: string }[]), ...next].map(({ id }) => id)).toEqual(
      ids.slice(-4).reverse(),
    );
    expect(call('getAuditRecord', {}, { record_id: newest.id })).toEqual(newest);
    for (const record_id of ['aud_0', 'aud_000000000000', 'evt_000000000001', 'aud_999999999999'])
      expect(problemOf(() => call('getAuditRecord', {}, { record_id }))?.code).toBe('not-found');
  });
});

describe('the heads', () => {
  it('are signed on demand over all records, as Node’s own Ed25519 confirms (SEC-14)', () => {
    const head = headNow();
    expect(head.tree_size).toBe(records().length);
    expect(call('getAuditKey')).toEqual({ algorithm: 'Ed25519', public_key: world.features.audit.publicKey });
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey()]);
    const signed = Buffer.concat([
      Buffer.from(`smartbox-audit-head-1\n${depot.owner.tenantId}\n`),
      uint64(head.timestamp),
      uint64(head.tree_size),
      ...[Buffer.from([32]), Buffer.from(head.root_hash, 'hex'), Buffer.alloc(2)],
    ]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(verify(null, signed, key, Buffer.from(head.signature, 'hex'))).toBe(true);
  });

  it('are signed by the minute while there is something new, and stored (SEC-14)', () => {
    const stop = signing();
    const heads = () => itemsOf(world.call('listAuditTreeHeads', depot.owner)) as unknown as SignedTreeHead[];
    world.ports.advance(60_000);
    world.ports.advance(60_000);
    expect(heads()).toHaveLength(1);
    acted('one more');
    world.ports.advance(60_000);
    expect(heads().map(({ tree_size }) => tree_size)).toEqual([records().length, records().length - 1]);
    expect(heads().every((head) => isHeadSignedBy(publicKey(), head))).toBe(true);
    stop();
    acted('after the stop');
    world.ports.advance(120_000);
    expect(heads()).toHaveLength(2);
  });

  it('catch up after a restart with what was recorded before it', () => {
    const image = world.database.serialize();
    world = createFeaturesWorld({ image, ports: world.ports });
    signing();
    world.ports.advance(60_000);
    const [head] = itemsOf(world.call('listAuditTreeHeads', depot.owner));
    expect(head?.tree_size).toBe(records().length);
  });

  it('follow a long import in turns, without waiting for the next minute', () => {
    signing();
    const entries = Array.from({ length: 4_500 }, (_, index) => ({
      sequence: index + 1,
      body: new Uint8Array(32),
    }));
    const { tenantId } = depot.owner;
    const told = { tenantId, boxId: depot.box.boxId, logEpoch: 9, entries };
    world.commit(() => world.events.publish('box-log-accepted', told));
    world.ports.advance(63_000);
    const stored = world.database
      .prepare<{ n: number }>('SELECT max(tree_size) AS n FROM audit_head')
      .get()?.n;
    expect(stored).toBe(headNow().tree_size);
    const [newest] = itemsOf(world.call('listAuditTreeHeads', depot.owner));
    expect(newest?.root_hash).toBe(headNow().root_hash);
  });
});

describe('the proofs', () => {
  it('show that each record stands in a signed tree, whether its subtrees are stored or not (SEC-14)', () => {
    for (let count = 0; count < 20; count++) acted('something');
    signing();
    const older = headNow();
    world.ports.advance(60_000);
    for (let count = 0; count < 5; count++) acted('something');
    const newer = headNow();
    for (const { id, hash } of records())
      for (const head of [older, newer]) {
        const params = { record_id: id };
        const query = { tree_size: head.tree_size };
        if (Number(String(id).slice(4)) > head.tree_size) {
          expect(problemOf(() => call('proveAuditInclusion', query, params))?.pointers).toEqual([
            '/query/tree_size no-such-tree',
          ]);
          continue;
        }
        const proof = call('proveAuditInclusion', query, params);
        const leaf = { index: Number(proof.leaf_index), hash: hexToBytes(String(hash)) };
        expect(isIncluded(nobleCrypto, leaf, stateOf(head), pathOf(proof))).toBe(true);
      }
  });

  it('show that nothing was changed between two heads (SEC-14)', () => {
    const heads = [headNow()];
    for (const name of ['a', 'b', 'c']) {
      acted(name);
      heads.push(headNow());
    }
    const newest = heads.at(-1) as SignedTreeHead;
    for (const head of heads) {
      const proof = call('proveAuditConsistency', { first: head.tree_size });
      expect(proof.second).toBe(newest.tree_size);
      expect(isConsistent(nobleCrypto, stateOf(head), stateOf(newest), pathOf(proof))).toBe(true);
    }
    for (const query of [
      { first: 0, second: 1_000 },
      { first: 5, second: 4 },
    ])
      expect(problemOf(() => call('proveAuditConsistency', query))?.code).toBe('invalid-request');
  });
});

describe('the file', () => {
  it('holds everything and is checked with the public key alone (SEC-14)', async () => {
    acted('exportAudit');
    signing();
    world.ports.advance(60_000);
    acted('another');
    const kept = [headNow()];
    const { file, name } = await exported();
    const size = records().length;
    expect(name).toBe(`smartbox-audit-2026-04-01-1-${size}.json`);
    expect(file.records).toEqual(records().map(({ record }) => record));
    const result = verifyAuditExport(nobleCrypto, file, { publicKey: publicKey(), kept });
    expect(result).toEqual({ kind: 'verified', first: 1, last: size, earlierHeads: 2 });
  });

  it('holds a part on demand, which is checked alone', async () => {
    for (let count = 0; count < 9; count++) acted('something');
    const size = records().length;
    for (const [first, last] of [
      [1, 1],
      [3, size - 2],
      [size, size],
    ]) {
      const { file } = await exported({ first, last });
      const result = verifyAuditExport(nobleCrypto, file, { publicKey: publicKey(), kept: [] });
      expect(result).toMatchObject({ kind: 'verified', first, last });
    }
    for (const query of [{ first: size + 1 }, { last: size + 1 }, { first: 3, last: 2 }])
      expect(problemOf(() => world.call('exportAudit', depot.owner, { query }))?.code).toBe(
        'invalid-request',
      );
  });

  it('holds over acts that come at once, a clock that is set back, and a new start (SEC-14)', async () => {
    signing();
    for (const name of ['one', 'two', 'undone', 'three'])
      world.commitGroup.enqueue(
        () => {
          world.events.publish('operator-acted', act(name));
          if (name === 'undone') throw new RangeError('undone');
        },
        () => {},
      );
    world.ports.drain();
    world.ports.advance(60_000);
    const kept = [headNow()];
    world.ports.advance(-86_400_000);
    acted('a day before');
    world = createFeaturesWorld({ image: world.database.serialize(), ports: world.ports });
    acted('after the start');
    signing();
    world.ports.advance(60_000);
    kept.push(headNow());
    const { file } = await exported();
    const told = file.records.map((record) => (record as AuditRecord & { operation?: string }).operation);
    expect(told.slice(-5)).toEqual(['one', 'two', 'three', 'a day before', 'after the start']);
    const result = verifyAuditExport(nobleCrypto, file, { publicKey: publicKey(), kept });
    expect(result).toMatchObject({ kind: 'verified', first: 1, last: records().length });
  });

  it('of a tenant in which nothing happened yet is a signed nothing', async () => {
    depot = { ...depot, owner: world.tenant('New') };
    const { file } = await exported();
    expect(verifyAuditExport(nobleCrypto, file, { publicKey: publicKey(), kept: [] })).toMatchObject({
      kind: 'verified',
      last: 0,
    });
  });

  it('tells on a database that was changed behind the server’s back (SEC-14)', async () => {
    signing();
    acted('retireKey');
    world.ports.advance(60_000);
    const { file: before } = await exported();
    const kept = [before.head];
    world.database.exec('DROP TRIGGER audit_record_is_never_changed');
    world.database.exec("UPDATE audit_record SET record = replace(record, 'retireKey', 'changeKey')");
    const { file: after } = await exported();
    const trusted = { publicKey: publicKey(), kept };
    expect(verifyAuditExport(nobleCrypto, before, trusted)).toMatchObject({ kind: 'verified' });
    expect(verifyAuditExport(nobleCrypto, after, trusted)).toMatchObject({ kind: 'refused' });
  });
});

describe('an auditor', () => {
  it('sees everything of the audit and can change none of it: every route of it is a GET (SEC-14)', () => {
    const routes = world.features.routes.filter(({ permission }) => permission === 'audit:read');
    expect(routes.map((route) => (route.kind === 'request' ? route.method : route.kind))).toEqual(
      routes.map(() => 'GET'),
    );
    expect(routes.length).toBeGreaterThan(7);
  });
});

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
