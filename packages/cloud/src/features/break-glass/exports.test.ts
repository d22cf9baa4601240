// Break-glass files over the features' API: what is in one, who may have it, and what is left of it here.

import {
  ALL_BINS,
  type BreakGlassPayload,
  hexToBytes,
  nobleCrypto,
  phoneAnswer,
  sheetCode,
  usePublicKey,
} from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { fob } from '../../../test/model-box.ts';
import { openExport, readExport } from '../../../test/open-break-glass.ts';
import { exportedBoxState } from './export.ts';

const passphrase = 'correct horse battery staple';
let world: FeaturesWorld;
let depot: Depot;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
});

/** Makes a file, as the HTTP edge does: the transaction first, then the bytes. */
async function exported() {
  const answer = world.call('exportBreakGlass', depot.owner, { body: { passphrase } });
  return { ...answer, ...(await readExport(answer)) };
}

async function openedPayload(): Promise<BreakGlassPayload> {
  return openExport((await exported()).head, passphrase) as BreakGlassPayload;
}

const listed = () => itemsOf(world.call('listBreakGlassExports', depot.owner));

describe('a break-glass file', () => {
  it('holds the codes and the answers that the box itself would take (EM-11, EM-16)', async () => {
    const payload = await openedPayload();
    const [box] = payload.boxes;
    const { sheetKey, sheetGeneration, phoneKey } = depot.box.emergency!;
    expect([box!.boxId, box!.name, box!.location]).toEqual([
      ...[depot.box.boxId, 'Box', { name: 'Depot 1', timeZone: 'Asia/Tokyo' }],
    ]);
    expect([box!.sheet.generation, box!.sheet.inForce]).toEqual([sheetGeneration, true]);
    expect(box!.sheet.rows.map(({ bin }) => bin)).toEqual([1, 2, 3, 4]);
    for (const { bin, codes } of box!.sheet.rows)
      for (const [index, code] of codes.entries())
        expect(code).toBe(sheetCode(nobleCrypto, sheetKey, { target: bin, cell: index + 1 }));
    expect(box!.sheet.allBinsCodes[0]).toBe(sheetCode(nobleCrypto, sheetKey, { target: ALL_BINS, cell: 1 }));
    const asked = { challenge: '12345678', target: 3 };
    expect(phoneAnswer(nobleCrypto, hexToBytes(box!.phoneKey), asked)).toBe(
      phoneAnswer(nobleCrypto, phoneKey, asked),
    );
  });

  it('holds every key with its fob, and where it was at that moment (EM-13)', async () => {
    depot.addKey(8);
    depot.addKey(9);
    depot.box.fill(1, fob(9));
    depot.box.write('key-taken', { bin: 1, tag: fob(9) });
    depot.box.report();
    const payload = await openedPayload();
    expect(payload.inventoryAtMs).toBe(Math.floor(world.ports.clock.nowMs()));
    expect(payload.inventory.map(({ name, status, boxId, bin }) => [name, status, boxId, bin])).toEqual([
      ['Van 7', 'in-bin', depot.box.boxId, 3],
      ['Van 8', 'unknown', null, null],
      ['Van 9', 'out', depot.box.boxId, 1],
    ]);
    expect(payload.boxes[0]!.sheet.rows[2]!.key).toEqual({ name: 'Van 7', fobLabel: '' });
  });

  it('is downloaded under a name, says whose it is, and opens with its passphrase only', async () => {
    const { file, status, head } = await exported();
    expect([status, file?.fileName, file?.contentType]).toEqual([
      ...[201, 'smartbox-2026-04-01.sbx', 'application/vnd.smartbox.break-glass+json'],
    ]);
    expect(head).toMatchObject({
      ...{ tenantName: 'Depot 1', createdAt: '2026-04-01T09:00:00.000Z' },
      argon2: { memoryKiB: 65_536, passes: 3, lanes: 1 },
    });
    expect(openExport(head, 'correct horse battery stable')).toBe('wrong-passphrase');
  });

  it('is never the same twice: salt, nonce, name and signing key are new', async () => {
    const [one, other] = [(await exported()).head, (await exported()).head];
    expect(one.argon2.salt).not.toBe(other.argon2.salt);
    expect(one.nonce).not.toBe(other.nonce);
    expect(one.exportId).not.toBe(other.exportId);
  });

  it('tells the ledger who made it and which sheets are in it, and no secret (EM-12)', async () => {
    const { exportId } = (await exported()).head;
    const ledger = world.features.events.ledger(depot.owner.tenantId);
    const [event] = ledger.read({ types: ['break_glass.exported'] }, { from: 0, order: 'rising', limit: 9 });
    expect(event?.fact.data).toEqual({
      ...{ export_id: exportId, by: 'tok_test', token_id: 'tok_test' },
      boxes: [{ box_id: depot.box.resourceId, generation: depot.box.emergency!.sheetGeneration }],
    });
  });

  it('leaves neither its passphrase nor a key of its own in the database (SEC-13)', async () => {
    const payload = await openedPayload();
    const stored = dump(world.database);
    for (const secret of [
      passphrase,
      payload.useKey,
      payload.boxes[0]!.phoneKey,
      payload.boxes[0]!.sheet.allBinsCodes[0]!,
    ])
      expect(stored).not.toContain(secret);
    expect(stored).toContain(Buffer.from(usePublicKey(hexToBytes(payload.useKey))).toString('hex'));
  });

  it.each([
    'short',
    'aaaaaaaaaaaaaaaa',
    'abababababababab',
    'ééééé        ééé',
    '            ',
    'correct horse\u0000battery',
  ])('is not sealed under %j', (words) => {
    const call = () => world.call('exportBreakGlass', depot.owner, { body: { passphrase: words } });
    expect(problemOf(call)?.code).toBe('invalid-request');
    expect(listed()).toEqual([]);
  });

  it('is not made for a tenant without a box', () => {
    const nobody = world.tenant('Nobody');
    const call = () => world.call('exportBreakGlass', nobody, { body: { passphrase } });
    expect(problemOf(call)?.code).toBe('conflict');
  });
});

describe('the list of break-glass files', () => {
  it('shows who made which when, the newest first, in pages', async () => {
    await exported();
    world.ports.advance(60_000);
    await exported();
    const [newest, oldest] = listed();
    expect([newest!.created_at, oldest!.created_at]).toEqual([
      ...['2026-04-01T09:01:00.000Z', '2026-04-01T09:00:00.000Z'],
    ]);
    expect(newest).toMatchObject({ created_by: 'tok_test', current: true, uses: 0 });
    const page = world.call('listBreakGlassExports', depot.owner, { query: { limit: 1 } });
    const { next_cursor: cursor } = page.body as { next_cursor: string };
    const rest = itemsOf(world.call('listBreakGlassExports', depot.owner, { query: { limit: 1, cursor } }));
    expect(rest.map(({ id }) => id)).toEqual([oldest!.id]);
  });

  it('says which file is not current any more, once a sheet is replaced or a box is gone (EM-15)', async () => {
    await exported();
    expect(listed()[0]).toMatchObject({ current: true, boxes: [{ state: 'current' }] });
    const params = { box_id: depot.box.resourceId };
    world.call('printSheet', depot.owner, { params, body: { format: 'csv', renew: true } });
    expect(listed()[0]).toMatchObject({ current: false, boxes: [{ state: 'sheet_replaced' }] });
    await exported();
    expect(listed().map(({ current }) => current)).toEqual([true, false]);
  });

  it.each([
    [{ claimedAtMs: 5, generation: 2 }, 'current'],
    [{ claimedAtMs: 5, generation: 3 }, 'sheet-replaced'],
    [{ claimedAtMs: 5, generation: undefined }, 'sheet-replaced'],
    [{ claimedAtMs: null, generation: 2 }, 'box-gone'],
    [{ claimedAtMs: 11, generation: 2 }, 'box-gone'],
  ] as const)('knows a box of which today %j is true as %s', (today, state) => {
    expect(exportedBoxState({ boxId: depot.box.boxId, generation: 2 }, 10, today)).toBe(state);
  });
});
