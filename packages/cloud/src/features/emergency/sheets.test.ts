// Sheets through the API: printed, copied, replaced, revoked, checked; and what the box makes of it.
import { nobleCrypto, revocationCode, sheetCode } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { fob } from '../../../test/model-box.ts';
import { readSheet } from '../../../test/sheet-reading.ts';
import type { SheetData } from './index.ts';

const dayMs = 86_400_000;
let world: FeaturesWorld;
let depot: Depot;
const params = () => ({ box_id: depot.box.resourceId });
const state = () => depot.read('getEmergency', params());
const sheet = () => state().sheet as Record<string, unknown>;
const prints = () => itemsOf(world.call('listSheets', depot.owner, { params: params() }));
const events = (type: string) =>
  world.features.events
    .ledger(depot.owner.tenantId)
    .read({ types: [type] }, { from: 0, order: 'rising', limit: 100 })
    .map(({ fact }) => fact);

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
});

/** Prints, and reads the paper: rows of bin, key, fob and codes. */
async function print(order: Readonly<Record<string, unknown>> = {}) {
  const answer = world.call('printSheet', depot.owner, {
    params: params(),
    body: { format: 'csv', ...order },
  });
  const text = Buffer.from(await answer.file!.render()).toString('utf8');
  const rows = readSheet(text);
  return { answer, text, rows };
}

/** What would be printed now. */
function sheetNow(): SheetData {
  const printed = { sheetId: 'shs_1', printedBy: 'x', printedAtMs: world.ports.nowMs };
  return world.features.emergency.sheetData(depot.owner.tenantId, depot.box.boxId, printed)!;
}

/** The box's connection stands, and it takes over what it is told at once. */
function connect(): void {
  world.connected.add(depot.box.boxId);
}

describe('the first sheet (EM-11, EM-12)', () => {
  it('is on the box from the first contact, before anybody prints it', async () => {
    const held = depot.box.emergency!;
    expect(held).toMatchObject({ version: 1, sheetGeneration: 1, cellsPerBin: 10, cellsForAll: 5 });
    const { rows } = await print();
    expect(rows[3]!.codes[0]).toBe(sheetCode(nobleCrypto, held.sheetKey, { target: 3, cell: 1 }));
    expect(rows[0]!.codes.at(-1)).toBe(sheetCode(nobleCrypto, held.sheetKey, { target: 0, cell: 5 }));
    expect(world.features.emergency.secrets(depot.owner.tenantId)[0]!.sheet.inForce).toBe(true);
  });

  it('leads from code to bin, key name and fob number for every bin (EM-13, EM-14)', async () => {
    const other = depot.addKey(8);
    world.call('changeKey', depot.owner, {
      params: { key_id: other },
      body: { fob_label: 'A-08' },
      ifMatch: '*',
    });
    depot.box.fill(2, fob(8));
    const { rows } = await print();
    expect(rows.map(({ bin, name, fobLabel, codes }) => [bin, name, fobLabel, codes.length])).toEqual([
      ...[
        [0, '', '', 5],
        [1, '', '', 10],
      ],
      ...[
        [2, 'Van 8', 'A-08', 10],
        [3, 'Van 7', '', 10],
        [4, '', '', 10],
      ],
    ]);
    depot.box.write('key-taken', { bin: 2, tag: fob(8) });
    depot.box.report();
    expect((await print({ renew: false })).rows[2]).toMatchObject({ bin: 2, name: '', fobLabel: '' });
  });

  it('is put together with its place, its date, its order and who printed it', () => {
    world.call('changeEmergency', depot.owner, { params: params(), body: { open_order: [3] }, ifMatch: '*' });
    expect(sheetNow()).toMatchObject({
      box: { id: depot.box.boxId, name: 'Box' },
      location: { name: 'Depot 1', timeZone: 'Asia/Tokyo' },
      ...{ generation: 1, printedBy: 'x', inForce: true, openOrder: [3, 1, 2, 4] },
      qrText: expect.stringMatching(/^SBS1:shs_1:1:[0-9a-f]{24}$/),
    });
  });

  it('states the date that an offline box enforces, and moves it where the box can hear of it (EM-15)', async () => {
    const claimedMs = world.ports.nowMs;
    await print({ valid_for_days: 30 });
    expect(prints()[0]).toMatchObject({ valid_until: new Date(claimedMs + 1_095 * dayMs).toISOString() });
    const other = createDepot(world, 2);
    world.connected.add(other.box.boxId);
    depot = other;
    const answer = world.call('printSheet', other.owner, {
      params: params(),
      body: { format: 'csv', valid_for_days: 30 },
    });
    other.box.hearSent();
    await answer.file!.render();
    expect(other.box.emergency).toMatchObject({ sheetUntilMs: claimedMs + 30 * dayMs, sheetGeneration: 1 });
    expect(prints()[0]).toMatchObject({ valid_until: new Date(claimedMs + 30 * dayMs).toISOString() });
  });

  it('is not printed for a box that was never online: nobody knows its bins', () => {
    world.database.exec('UPDATE box SET bin_count = 0');
    const call = () => world.call('printSheet', depot.owner, { params: params(), body: { format: 'csv' } });
    expect(problemOf(call)?.code).toBe('conflict');
  });
});

describe('the forms of a sheet (EM-12)', () => {
  it.each([
    ['pdf', 'application/pdf', '%PDF-'],
    ['html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['csv', 'text/csv; charset=utf-8', '\ufeff'],
  ])('%s is a file that needs no server', async (format, contentType, head) => {
    const body = { format };
    const { file } = world.call('printSheet', depot.owner, { params: params(), body });
    expect(file).toMatchObject({
      contentType,
      fileName: `smartbox-${depot.box.boxId}-sheet-1.${format}`,
    });
    const text = Buffer.from(await file!.render()).toString('utf8');
    expect(text.slice(0, head.length).toLowerCase()).toBe(head.toLowerCase());
  });
});

describe('a later print (EM-15)', () => {
  it('is a new sheet that waits for a box that is offline, while the one before still opens', async () => {
    const first = await print();
    const second = await print();
    expect(second.rows[1]!.codes[0]).not.toBe(first.rows[1]!.codes[0]);
    expect(sheetNow().inForce).toBe(false);
    expect(sheet()).toMatchObject({ state: 'waiting_for_box', generation: 2, generation_in_force: 1 });
    expect(prints().map(({ generation, state }) => [generation, state])).toEqual([
      [2, 'waiting_for_box'],
      [1, 'replaced'],
    ]);
    depot.box.confirmEmergency();
    expect(depot.box.sheetBefore).toMatchObject({ sheetGeneration: 1 });
    expect(sheet()).toMatchObject({ state: 'current', generation_in_force: 2 });
    expect(depot.told()).toContain('sheet.in_force');
  });

  it('waits for a box that is connected to confirm it, so that the paper says what is true', async () => {
    await print();
    connect();
    const answer = world.call('printSheet', depot.owner, { params: params(), body: { format: 'csv' } });
    const rendered = answer.file!.render();
    depot.box.hearSent();
    await rendered;
    expect(depot.box.emergency).toMatchObject({ sheetGeneration: 2 });
    expect(sheet()).toMatchObject({ state: 'current' });
  });

  it('waits some seconds and no longer', async () => {
    connect();
    const answer = world.call('printSheet', depot.owner, { params: params(), body: { format: 'csv' } });
    const rendered = answer.file!.render();
    world.ports.advance(4_000);
    expect(Buffer.from(await rendered).length).toBeGreaterThan(100);
  });

  it('can be another copy of the same sheet', async () => {
    const first = await print();
    const copy = await print({ renew: false });
    expect(copy.rows).toEqual(first.rows);
    expect(prints().map(({ generation }) => generation)).toEqual([1, 1]);
    expect(events('sheet.printed').map(({ data }) => data?.copy)).toEqual([false, true]);
    const dated = () =>
      world.call('printSheet', depot.owner, {
        params: params(),
        body: { format: 'csv', renew: false, valid_for_days: 30 },
      });
    expect(problemOf(dated)?.pointers).toEqual(['/body/valid_for_days copy-keeps-its-date']);
  });

  it('has the numbers of cells that were set since; a sheet on paper keeps its own', async () => {
    const body = { cells_per_bin: 4, cells_for_all: 2 };
    await print();
    world.call('changeEmergency', depot.owner, { params: params(), body, ifMatch: '*' });
    depot.box.confirmEmergency();
    expect(depot.box.emergency).toMatchObject({ cellsPerBin: 10, cellsForAll: 5 });
    expect((await print()).rows.map(({ codes }) => codes.length)).toEqual([2, 4, 4, 4, 4]);
  });
});

describe('who printed what (EM-12)', () => {
  it('is told with name, time and format, and never with a code', async () => {
    const { secret: _, ...token } = bodyOf(
      world.call('createApiToken', depot.owner, {
        body: { name: 'Front desk', permissions: ['emergency:write'] },
      }),
    );
    depot = { ...depot, owner: { ...depot.owner, tokenId: String(token.id) } };
    const { rows } = await print();
    expect(prints()[0]).toMatchObject({ printed_by: 'Front desk', token_id: token.id, format: 'csv' });
    const [told] = events('sheet.printed');
    expect(told?.data).toMatchObject({ by: 'Front desk', token_id: token.id, generation: 1 });
    const stored = dump(world.database);
    const answers = JSON.stringify([state(), prints()]);
    for (const code of rows.flatMap(({ codes }) => codes)) {
      expect(stored).not.toContain(code);
      expect(answers).not.toContain(code);
    }
    for (const key of ['sheetKey', 'bookingKey', 'phoneKey'] as const)
      expect(stored).not.toContain(Buffer.from(depot.box.emergency![key]).toString('hex'));
  });

  it('is listed over all boxes: which sites have no current sheet (EM-12)', async () => {
    await print();
    const list = (query = {}) => itemsOf(world.call('listEmergencyStates', depot.owner, { query }));
    expect(list()).toMatchObject([
      { box_id: depot.box.resourceId, box_name: 'Box', location_id: depot.locationId, state: 'current' },
    ]);
    expect(list({ state: 'none' })).toEqual([]);
    expect(list({ state: 'current' })).toHaveLength(1);
  });
});

describe('a paper’s QR code', () => {
  const check = (text: string) => bodyOf(world.call('checkSheet', depot.owner, { query: { text } }));
  const textOf = (print: Record<string, unknown>) => {
    const printed = { sheetId: String(print.id), printedBy: 'x', printedAtMs: 0 };
    return world.features.emergency.sheetData(depot.owner.tenantId, depot.box.boxId, printed)!.qrText;
  };

  it('says whether the sheet is current, old or revoked', async () => {
    await print();
    const first = textOf(prints()[0]!);
    expect(check(first)).toMatchObject({ status: 'current', in_force: true, generation: 1 });
    await print();
    const second = textOf(prints()[0]!);
    expect(check(first)).toMatchObject({ status: 'old', in_force: false });
    expect(check(second)).toMatchObject({ status: 'current', in_force: false });
    world.call('revokeSheets', depot.owner, { params: params() });
    expect(check(second)).toMatchObject({ status: 'revoked' });
  });

  it('is unknown with another letter, another number or for another tenant', async () => {
    await print();
    const text = textOf(prints()[0]!);
    const other = createDepot(world, 2);
    expect(bodyOf(world.call('checkSheet', other.owner, { query: { text } }))).toMatchObject({
      status: 'unknown',
    });
    for (const forged of ['', 'SBS1:', text.replace(':1:', ':2:'), `${text.slice(0, -1)}x`])
      expect(check(forged)).toMatchObject({ status: 'unknown', sheet_id: null });
  });
});

describe('a revocation', () => {
  const revoke = () => bodyOf(world.call('revokeSheets', depot.owner, { params: params() }));

  it('gives the digits that close the sheet of an offline box, and keeps them nowhere', async () => {
    await print();
    const { sheetKey } = depot.box.emergency!;
    const { revocation_code, generation, sent } = revoke();
    expect([revocation_code, generation, sent]).toEqual([revocationCode(nobleCrypto, sheetKey, 1), 1, false]);
    expect(dump(world.database)).not.toContain(String(revocation_code));
    expect(sheet()).toMatchObject({ state: 'revoked', generation: 2 });
    expect(events('sheet.revoked')[0]?.data).toMatchObject({ generation: 1, at: 'cloud', by: 'tok_test' });
  });

  it('leaves the box no day of grace for the sheet that was revoked', async () => {
    await print();
    const revoked = depot.box.emergency!.sheetKey;
    revoke();
    const versions = depot.box
      .confirmEmergency()
      .map(({ message }) => (message.name === 'emergency-changed' ? message.body.sheetGeneration : -1));
    expect(versions).toEqual([0, 2]);
    expect(depot.box.sheetBefore?.sheetKey).not.toEqual(revoked);
    expect(depot.box.emergency?.sheetKey).not.toEqual(revoked);
  });

  it('is about the sheet that the box takes, also when a newer one was printed meanwhile', async () => {
    await print();
    const { sheetKey } = depot.box.emergency!;
    await print();
    expect(revoke()).toMatchObject({
      generation: 1,
      revocation_code: revocationCode(nobleCrypto, sheetKey, 1),
    });
    expect(prints().map(({ state }) => state)).toEqual(['revoked', 'revoked']);
  });

  it('at the keypad gets the box another sheet, once, and is told', async () => {
    await print();
    depot.box.write('sheet-revoked', { detail: 1 });
    depot.box.report();
    depot.box.confirmEmergency({ sheetRevoked: true });
    expect(depot.box.emergency).toMatchObject({ sheetGeneration: 2 });
    expect(sheet()).toMatchObject({ state: 'revoked', generation: 2, generation_in_force: 2 });
    expect(events('sheet.revoked').map(({ data }) => data)).toEqual([{ generation: 1, at: 'box' }]);
    expect((await print()).rows).toHaveLength(5);
    expect(sheet()).toMatchObject({ state: 'current', generation: 2 });
  });
});
