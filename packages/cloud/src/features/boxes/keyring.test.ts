// The boxes' keys at rest: sealed for one box, tenant and epoch, and never moving backwards (SEC-08).
import { createHash } from 'node:crypto';
import { mqttPassword, nobleCrypto } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import type { BoxKeyring } from '../../platform/box-keyring.ts';

let world: FeaturesWorld;
let depot: Depot;
let keyring: BoxKeyring;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  keyring = world.features.keyring;
});

const key = (fill: number) => new Uint8Array(32).fill(fill);

describe('the keyring', () => {
  it('gives back what was saved, with the pending key of a Diffie-Hellman step', () => {
    const { boxId } = depot.box;
    keyring.save(boxId, { epoch: 1, rootKey: key(1), counter: 5, pending: key(2) });
    expect(keyring.load(boxId)).toMatchObject({
      tenantId: depot.owner.tenantId,
      keys: { epoch: 1, rootKey: key(1), counter: 5, pending: key(2) },
      settingsVersion: 1,
      logEnd: depot.box.log.length,
    });
    keyring.save(boxId, { epoch: 2, rootKey: key(3), counter: 1 });
    expect(keyring.load(boxId)?.keys).toEqual({ epoch: 2, rootKey: key(3), counter: 1 });
  });

  it.each([
    ['an earlier epoch', { epoch: 0, rootKey: key(9), counter: 99 }],
    ['an earlier counter of the same epoch', { epoch: 1, rootKey: key(9), counter: 4 }],
  ])('refuses %s: keys never move backwards', (_what, keys) => {
    keyring.save(depot.box.boxId, { epoch: 1, rootKey: key(1), counter: 5 });
    expect(() => keyring.save(depot.box.boxId, keys)).toThrow('backwards');
  });

  it('does not open a key that was copied to another box (SEC-08)', () => {
    const other = createDepot(world, 2);
    world.database
      .prepare(
        `UPDATE box_key SET sealed_root_key = (SELECT sealed_root_key FROM box_key WHERE box_id = ?) WHERE box_id = ?`,
      )
      .run(other.box.boxId, depot.box.boxId);
    expect(() => keyring.load(depot.box.boxId)).toThrow('altered or belongs elsewhere');
  });

  it('takes the claim’s password and the factory’s, and no other box’s', () => {
    const hash = (of: Uint8Array) =>
      new Uint8Array(createHash('sha256').update(mqttPassword(nobleCrypto, of)).digest());
    const root = keyring.load(depot.box.boxId)?.keys.rootKey as Uint8Array;
    const hashes = keyring.loginHashes(depot.box.boxId).map((one) => new Uint8Array(one));
    expect(hashes).toEqual([hash(root), hash(depot.box.factoryKey)]);
    expect(keyring.loginHashes('0000000000000' as never)).toEqual([]);
  });

  it('knows no keys of a box that nobody owns', () => {
    expect(keyring.load('0000000000000' as never)).toBeUndefined();
    expect(() => keyring.save('0000000000000' as never, { epoch: 0, rootKey: key(1), counter: 0 })).toThrow(
      'nobody owns',
    );
  });
});
