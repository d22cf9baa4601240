// What was done with a break-glass file, imported later: every record once, and none that is not believed.

import {
  type BreakGlassPayload,
  type BreakGlassUse,
  challengeHash,
  firstUseHash,
  hexToBytes,
  nobleCrypto,
  type SignedUse,
  signUse,
  useHash,
  useToLine,
} from '@smartbox/protocol';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { openExport, readExport } from '../../../test/open-break-glass.ts';

const passphrase = 'correct horse battery staple';
const otherChain = '8877665544332211';
let image: Uint8Array;
let file: { readonly exportId: string; readonly useKey: Uint8Array };
let world: FeaturesWorld;
let depot: Depot;

// Making a file costs half a second: it is made once, and every test goes on from there.
beforeAll(async () => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  const { head } = await readExport(world.call('exportBreakGlass', depot.owner, { body: { passphrase } }));
  const { useKey } = openExport(head, passphrase) as BreakGlassPayload;
  file = { exportId: head.exportId, useKey: hexToBytes(useKey) };
  image = world.database.serialize();
});

beforeEach(() => {
  world = createFeaturesWorld({ image });
});

/** A chain of uses: a sheet, the inventory, then answers. */
function chainOf(length: number, chain = '0011223344556677', signer = file.useKey): readonly SignedUse[] {
  const uses: SignedUse[] = [];
  for (let sequence = 1; sequence <= length; sequence++) {
    const last = uses.at(-1);
    const begun = { exportId: file.exportId, chain };
    const { boxId } = depot.box;
    const what: Pick<BreakGlassUse, 'kind' | 'boxId' | 'target' | 'challengeHash'> =
      sequence === 1
        ? { kind: 'sheet-shown', boxId, target: null, challengeHash: null }
        : sequence === 2
          ? { kind: 'inventory-shown', boxId: null, target: null, challengeHash: null }
          : {
              ...{ kind: 'answer-given', boxId, target: sequence % 4 },
              challengeHash: challengeHash(nobleCrypto, { boxId, challenge: `0000000${sequence % 10}` }),
            };
    const previousHash = last ? useHash(nobleCrypto, last) : firstUseHash(nobleCrypto, begun);
    uses.push(
      signUse(signer, { ...begun, sequence, previousHash, atMs: 1_775_100_000_000 + sequence, ...what }),
    );
  }
  return uses;
}

function importing(uses: readonly (SignedUse | string)[], caller = depot.owner) {
  const lines = uses.map((use) => (typeof use === 'string' ? use : useToLine(use)));
  const body = { uses: lines.map((line) => `${line}\n`).join('') };
  return bodyOf(world.call('importBreakGlassUses', caller, { body }));
}

const reasons = (imported: Record<string, unknown>) =>
  (imported.refused as readonly { line: number; reason: string }[]).map(({ line, reason }) => [line, reason]);

const told = () =>
  world.features.events
    .ledger(depot.owner.tenantId)
    .read({ types: ['break_glass.used'] }, { from: 0, order: 'rising', limit: 1_000 })
    .map(({ fact }) => fact);

describe('the uses of a break-glass file', () => {
  it('are recorded and told once each, with what was done and when the computer says it was', () => {
    expect(importing(chainOf(3))).toEqual({ recorded: 3, known: 0, refused: [] });
    const [sheet, inventory, answer] = told();
    expect(sheet).toMatchObject({
      ...{ type: 'break_glass.used', occurredAtMs: 1_775_100_000_001, boxId: depot.box.boxId },
      ...{
        locationId: depot.locationId,
        data: { kind: 'sheet_shown', sequence: 1, imported_by: 'tok_test' },
      },
    });
    expect(inventory!.boxId).toBeUndefined();
    expect(answer).toMatchObject({ bin: 3, data: { kind: 'answer_given', all_bins: false } });
    expect(itemsOf(world.call('listBreakGlassExports', depot.owner))[0]).toMatchObject({ uses: 3 });
  });

  it('change nothing when they are imported again, whole or in parts', () => {
    const uses = chainOf(5);
    importing(uses.slice(0, 2));
    expect(importing(uses)).toEqual({ recorded: 3, known: 2, refused: [] });
    expect(importing(uses)).toEqual({ recorded: 0, known: 5, refused: [] });
    expect(told()).toHaveLength(5);
  });

  it('of two computers with copies of one file stand beside one another', () => {
    const [here, there] = [chainOf(2), chainOf(2, otherChain)];
    expect(importing([here[0]!, there[0]!, there[1]!, here[1]!])).toMatchObject({ recorded: 4, refused: [] });
  });

  it('are read whatever the line ends, and without the one at the end', () => {
    const lines = chainOf(2).map(useToLine);
    const body = { uses: `\r\n${lines.join('\r\n')}` };
    expect(bodyOf(world.call('importBreakGlassUses', depot.owner, { body }))).toMatchObject({ recorded: 2 });
  });

  it.each([
    ['the moment', { atMs: 1 }],
    ['the bin', { target: 1 }],
    ['the box', { boxId: '4ZK7Q1M0P9XWT' }],
    ['the kind', { kind: 'inventory-shown' }],
  ] as const)('are refused as forged where %s was changed, and so is what follows', (_what, change) => {
    const uses = chainOf(4).map((use, index) => (index === 2 ? { ...use, ...change } : use));
    const imported = importing(uses);
    expect(imported.recorded).toBe(2);
    expect(reasons(imported)).toEqual([
      [3, 'forged'],
      [4, 'missing_before'],
    ]);
  });

  it('are refused as forged under any other key', () => {
    const imported = importing(chainOf(1, undefined, new Uint8Array(32).fill(1)));
    expect([imported.recorded, reasons(imported)]).toEqual([0, [[1, 'forged']]]);
  });

  it('are refused where one is missing before them: cut out or out of order', () => {
    const [one, two, three] = chainOf(3);
    expect(reasons(importing([two!, three!]))).toEqual([
      [1, 'missing_before'],
      [2, 'missing_before'],
    ]);
    const swapped = importing([one!, three!, two!]);
    expect([swapped.recorded, reasons(swapped)]).toEqual([2, [[2, 'missing_before']]]);
    expect(importing([one!, two!, three!])).toMatchObject({ recorded: 1, known: 2, refused: [] });
  });

  it('are refused where a line was cut, and the lines beside it are taken', () => {
    const [one, two] = chainOf(2);
    const imported = importing([one!, useToLine(two!).slice(0, 100), two!, 'hello']);
    expect([imported.recorded, reasons(imported)]).toEqual([
      2,
      [
        [2, 'unreadable'],
        [4, 'unreadable'],
      ],
    ]);
  });

  it('are refused as forked where records were removed and others written in their place', () => {
    importing(chainOf(3));
    const [one] = chainOf(1);
    const rewritten = signUse(file.useKey, {
      ...chainOf(2)[1]!,
      ...{ previousHash: useHash(nobleCrypto, one!), atMs: 7 },
    });
    expect(reasons(importing([one!, rewritten]))).toEqual([[2, 'forked']]);
    const [first] = chainOf(1, otherChain);
    const unlinked = signUse(file.useKey, { ...first!, previousHash: '00'.repeat(32) });
    expect(reasons(importing([unlinked]))).toEqual([[1, 'forked']]);
    expect(told()).toHaveLength(3);
  });

  it('of another tenant’s file are those of a file that nobody has', () => {
    world = createFeaturesWorld({ image, seed: 'after a restart' });
    const stranger = world.tenant('Stranger');
    expect(importing(chainOf(1), stranger)).toMatchObject({
      recorded: 0,
      refused: [{ line: 1, reason: 'unknown_export' }],
    });
    expect(told()).toEqual([]);
  });

  it('say why in the language of the caller', () => {
    const [refused] = importing(['x']).refused as readonly { detail: string }[];
    expect(refused!.detail).toBe('This line is no record, or was cut.');
  });

  it('end in the same records however often, cut and shuffled their lines come in', () => {
    const uses = [...chainOf(4), ...chainOf(3, otherChain)];
    const shuffled = fc.array(fc.constantFrom(...uses), { maxLength: 20 });
    fc.assert(
      fc.property(shuffled, (some) => {
        world = createFeaturesWorld({ image });
        importing(some);
        importing(some);
        const before = told().length;
        const whole = importing(uses);
        expect(before + Number(whole.recorded)).toBe(uses.length);
        expect(importing(uses)).toEqual({ recorded: 0, known: uses.length, refused: [] });
        const places = told().map(({ data }) => `${data?.chain} ${data?.sequence}`);
        expect(new Set(places).size).toBe(uses.length);
      }),
      { numRuns: 15 },
    );
  });

  it('cannot be changed or removed in the database', () => {
    importing(chainOf(1));
    expect(() => world.database.exec('DELETE FROM break_glass_use')).toThrow('never removed');
    expect(() => world.database.exec('UPDATE break_glass_use SET at_ms = 1')).toThrow('never changed');
  });
});
