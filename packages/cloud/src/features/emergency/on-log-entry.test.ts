// The ledger's side of openings without the cloud: what the box's log tells when it is back.
import { encodeOfflineUse, type OfflineMethod, offlineGrant } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob } from '../../../test/model-box.ts';

let world: FeaturesWorld;
let depot: Depot;
const params = () => ({ box_id: depot.box.resourceId });
const sheet = () => depot.read('getEmergency', params()).sheet as Record<string, unknown>;
const facts = (...types: string[]) =>
  world.features.events
    .ledger(depot.owner.tenantId)
    .read({ types }, { from: 0, order: 'rising', limit: 200 })
    .map(({ fact }) => fact);

/** Writes that a code was used. @returns the grant of the openings that follow */
function useCode(bin: number, number: number, method: OfflineMethod = 'sheet', generation = 1): number {
  const tag = encodeOfflineUse({ method, generation, number });
  const grant = offlineGrant(depot.box.log.length + 1);
  depot.box.write('code-used', { bin, grant, tag });
  return grant;
}

function openBin(bin: number, grant: number, taken?: Uint8Array): void {
  depot.box.write('open-intended', { bin, grant });
  depot.box.write('bin-opened', { bin, grant });
  if (taken !== undefined) depot.box.write('key-taken', { bin, grant, tag: taken });
  depot.box.write('bin-closed', { bin, grant });
}

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  world.call('printSheet', depot.owner, { params: params(), body: { format: 'csv' } });
});

describe('a cell of the sheet that was used (EM-08, EM-09)', () => {
  it('is told, covers the opening of its bin, and puts the key in nobody’s hands', () => {
    const grant = useCode(3, 1);
    openBin(3, grant, fob(7));
    depot.box.report();
    expect(facts('offline.opened')).toMatchObject([
      { bin: 3, data: { method: 'sheet', target: 'bin', generation: 1, cell: 1, grant } },
    ]);
    expect(facts('bin.opened_without_grant', 'offline.unexpected')).toEqual([]);
    expect(depot.read('getKey', { key_id: depot.keyId }).where).toMatchObject({
      ...{ status: 'out', bin: 3, code_id: null, by_hand: true },
    });
    expect(facts('key.withdrawn')[0]?.data).toEqual({ grant, by_hand: true });
    expect(world.features.emergency.offlineUses(depot.owner.tenantId, depot.box.boxId)).toMatchObject([
      { grant, method: 'sheet', number: 1, target: 3, openedBins: [3], expected: true },
    ]);
  });

  it('leaves fewer cells, and asks once for another sheet (EM-15)', () => {
    for (const cell of [1, 2, 3, 4]) useCode(0, cell);
    useCode(2, 1);
    depot.box.report();
    const left = sheet().cells_left as { all: number; bins: object[] };
    expect(left.all).toBe(1);
    expect(left.bins).toEqual([10, 9, 10, 10].map((count, index) => ({ bin: index + 1, left: count })));
    expect(sheet()).toMatchObject({ state: 'cells_low', reprint_advised: true });
    expect(facts('sheet.reprint_advised')).toHaveLength(1);
    world.call('printSheet', depot.owner, { params: params(), body: { format: 'csv' } });
    depot.box.confirmEmergency();
    expect(sheet()).toMatchObject({ state: 'current', reprint_advised: false, cells_left: { all: 5 } });
  });

  it('for all bins covers each bin once (EM-10)', () => {
    const grant = useCode(0, 1);
    for (const bin of [3, 1]) openBin(bin, grant);
    depot.box.write('open-all-ended', { grant, detail: 2 });
    depot.box.report();
    expect(facts('bin.opened_without_grant')).toEqual([]);
    expect(facts('offline.open_all_ended')[0]?.data).toEqual({ bins: 2, grant });
    openBin(3, grant);
    depot.box.report();
    expect(facts('bin.opened_without_grant').map(({ bin, data }) => [bin, data?.entry])).toEqual([
      [3, 'open_intended'],
      [3, 'bin_opened'],
    ]);
  });
});

describe('an opening that no code covers', () => {
  it.each([
    ['another bin than the code’s', () => openBin(4, useCode(3, 1)), 4],
    ['a number of the box’s own that no code has', () => openBin(3, offlineGrant(99)), 3],
    ['a grant that the cloud never gave', () => openBin(3, 77), 3],
  ])('%s raises the alarm', (_what, act, bin) => {
    act();
    depot.box.report();
    const raised = facts('bin.opened_without_grant');
    expect(raised.map((fact) => [fact.bin, fact.data?.entry])).toEqual([
      [bin, 'open_intended'],
      [bin, 'bin_opened'],
    ]);
  });
});

describe('a code that nobody can have been given', () => {
  it.each([
    ['unknown_generation', () => useCode(3, 1, 'sheet', 9)],
    ['no_such_cell', () => useCode(3, 11)],
    ['no_authenticator', () => useCode(3, 1, 'authenticator', 0)],
    ['unknown_generation', () => useCode(3, 1, 'booking', 2)],
    ['cell_used_before', () => [useCode(3, 1), useCode(3, 1)]],
    ['unknown_method', () => depot.box.write('code-used', { bin: 3, tag: new Uint8Array(8).fill(99) })],
    [
      'never_printed',
      () => {
        world.call('revokeSheets', depot.owner, { params: params() });
        useCode(3, 1, 'sheet', 2);
      },
    ],
    [
      'sheet_revoked',
      () => {
        world.call('revokeSheets', depot.owner, { params: params() });
        world.ports.advance(1_000);
        useCode(3, 1);
      },
    ],
  ])('is told as %s, and the replay goes on', (because, act) => {
    act();
    depot.box.write('mains-lost');
    depot.box.report();
    expect(facts('offline.unexpected').map(({ data }) => data?.because)).toEqual([because]);
    expect(depot.told().at(-1)).toBe('mains.lost');
  });

  it('is none of a sheet that was taken along in an export', () => {
    world.call('revokeSheets', depot.owner, { params: params() });
    world.commit(() => world.features.emergency.secrets(depot.owner.tenantId));
    useCode(3, 1, 'sheet', 2);
    depot.box.report();
    expect(facts('offline.unexpected')).toEqual([]);
  });

  it('is none of a sheet that was used before it was revoked, though told later', () => {
    useCode(3, 1);
    world.ports.advance(1_000);
    world.call('revokeSheets', depot.owner, { params: params() });
    depot.box.report();
    expect(facts('offline.unexpected')).toEqual([]);
  });
});

describe('codes of the other kinds', () => {
  it('are told without what a person typed, and ask for a new sheet as well', () => {
    useCode(0, 12_345_678, 'phone', 0);
    useCode(3, 4_711, 'booking');
    depot.box.report();
    expect(facts('offline.opened').map(({ data }) => data)).toMatchObject([
      { method: 'phone', target: 'all' },
      { method: 'booking', target: 'bin', generation: 1 },
    ]);
    expect(JSON.stringify(facts('offline.opened'))).not.toMatch(/12345678|4711/);
    expect(sheet()).toMatchObject({ reprint_advised: true, cells_left: { all: 5 } });
  });
});

describe('the rest of the log', () => {
  it('tells sleep, an empty battery, hotspots and changes of the keys by stable names (EM-02, EM-07)', () => {
    for (const kind of ['fell-asleep', 'battery-empty', 'network-added', 'network-removed'] as const)
      depot.box.write(kind);
    depot.box.write('emergency-changed', { detail: 2 });
    depot.box.report();
    expect(depot.told().slice(-5)).toEqual([
      ...['box.fell_asleep', 'battery.empty', 'network.added', 'network.removed', 'emergency.applied'],
    ]);
  });

  it('reported twice has no second effect', () => {
    openBin(3, useCode(3, 1));
    const batch = depot.box.batch();
    depot.box.report();
    const before = depot.told();
    depot.box.reportBatch(batch);
    expect(depot.told()).toEqual(before);
  });
});
