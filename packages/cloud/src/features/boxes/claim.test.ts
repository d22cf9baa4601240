// How a box comes to its owner: presence, five tries, ten minutes, one owner; and how it leaves again.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { ModelBox } from '../../../test/model-box.ts';
import type { Principal } from '../../platform/token-register.ts';

let world: FeaturesWorld;
let owner: Principal;
let stranger: Principal;
let box: ModelBox;

beforeEach(() => {
  world = createFeaturesWorld();
  owner = world.tenant('Owner');
  stranger = world.tenant('Stranger');
  box = new ModelBox(world);
  const factory = { box_id: box.boxId, factory_key: Buffer.from(box.factoryKey).toString('hex') };
  world.call('importFactoryBox', owner, { body: factory });
});

function place(at: Principal): string {
  return String(bodyOf(world.call('createLocation', at, { body: { name: 'Here', time_zone: 'UTC' } })).id);
}

function claim(by: Principal, change: Readonly<Record<string, unknown>> = {}) {
  const body = {
    label: box.label,
    claim_code: box.shownCode(),
    name: 'Box',
    location_id: place(by),
    ...change,
  };
  return world.call('claimBox', by, { body });
}

const claimRefused = { code: 'conflict', pointers: ['/body/claim_code claim-refused'] };

describe('a claim', () => {
  beforeEach(() => {
    box.say('claim', box.hello());
  });

  it('gives the box to whoever repeats the digits that it shows, by its label', () => {
    const answer = claim(owner);
    expect(answer).toMatchObject({ status: 201, location: `/v1/boxes/${box.resourceId}` });
    expect(bodyOf(answer)).toMatchObject({ id: box.resourceId, life: 'claimed', online: false });
    expect(box.finish(world.sent.at(-1)?.frame)).toHaveLength(32);
  });

  it('takes the bare number and full-width digits, as people type them', () => {
    const wide = box
      .shownCode()
      .replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(
      claim(owner, { label: undefined, box_id: box.boxId.toLowerCase(), claim_code: wide }),
    ).toMatchObject({
      status: 201,
    });
  });

  it('is refused after ten minutes', () => {
    world.ports.advance(600_001);
    expect(problemOf(() => claim(owner))).toEqual(claimRefused);
  });

  it('is refused after five wrong tries, although the sixth is right (SEC-15)', () => {
    const wrong = box.shownCode() === '00000000' ? '00000001' : '00000000';
    for (let tries = 0; tries < 5; tries++)
      expect(problemOf(() => claim(owner, { claim_code: wrong }))).toEqual(claimRefused);
    expect(problemOf(() => claim(owner))).toEqual(claimRefused);
  });

  it('gives no new tries and no new time to a hello that is repeated', () => {
    const wrong = box.shownCode() === '00000000' ? '00000001' : '00000000';
    const frame = box.hello();
    box.say('claim', frame);
    for (let tries = 0; tries < 5; tries++) {
      problemOf(() => claim(owner, { claim_code: wrong }));
      box.say('claim', frame);
    }
    expect(problemOf(() => claim(owner))).toEqual(claimRefused);
  });

  it('gives no new tries when a broker plays old hellos in turn (SEC-15)', () => {
    const first = box.hello();
    box.say('claim', first);
    const wrong = '99999999';
    for (let tries = 0; tries < 5; tries++) problemOf(() => claim(owner, { claim_code: wrong }));
    const second = box.hello();
    box.say('claim', second);
    for (let tries = 0; tries < 5; tries++) problemOf(() => claim(owner, { claim_code: wrong }));
    box.say('claim', first);
    box.say('claim', second);
    expect(problemOf(() => claim(owner))).toEqual(claimRefused);
  });

  it('gives the same answer to the same hello again, also after a restart, because the first may be lost', () => {
    const frame = box.hello();
    box.say('claim', frame);
    claim(owner);
    const image = world.database.serialize();
    box.world = createFeaturesWorld({ seed: 'again', image, ports: world.ports });
    expect(box.finish(box.say('claim', frame) as Uint8Array)).toHaveLength(32);
  });

  it('keeps the factory key and the keys agreed on sealed: none is in the database (SEC-08, SEC-13)', () => {
    claim(owner);
    const rootKey = box.finish(world.sent.at(-1)?.frame) as Uint8Array;
    const stored = dump(world.database);
    expect(stored).not.toContain(Buffer.from(box.factoryKey).toString('hex'));
    expect(stored).not.toContain(Buffer.from(rootKey).toString('hex'));
  });

  it('is refused for an unknown location with what to do', () => {
    expect(problemOf(() => claim(owner, { location_id: place(stranger) }))).toEqual({
      code: 'invalid-request',
      pointers: ['/body/location_id unknown-location'],
    });
  });

  it('is refused for a mistyped label with what to do', () => {
    expect(problemOf(() => claim(owner, { label: 'SBX1:4ZK7Q1M0P9XWT:00' }))).toEqual({
      code: 'invalid-request',
      pointers: ['/body/label not-a-box'],
    });
  });
});

describe('the ownership lock', () => {
  it('refuses a box of somebody else exactly like one that is not there', () => {
    box.say('claim', box.hello());
    claim(owner);
    box.say('claim', box.hello());
    expect(problemOf(() => claim(stranger))).toEqual(claimRefused);
    expect(problemOf(() => claim(stranger, { label: undefined, box_id: '0000000000000' }))).toEqual(
      claimRefused,
    );
  });

  it('gives a wiped box back to its owner, with a new log', () => {
    box.say('claim', box.hello());
    claim(owner);
    box.say('claim', box.hello());
    expect(claim(owner, { name: 'Again' })).toMatchObject({ status: 201, body: { name: 'Again' } });
  });

  it('lets a box go that its owner releases, and forgets its keys', () => {
    box.say('claim', box.hello());
    claim(owner);
    world.call('releaseBox', owner, { params: { box_id: box.resourceId } });
    expect(world.features.keyring.load(box.boxId)).toBeUndefined();
    expect(problemOf(() => world.call('getBox', owner, { params: { box_id: box.resourceId } }))?.code).toBe(
      'not-found',
    );
    box.say('claim', box.hello());
    expect(claim(stranger)).toMatchObject({ status: 201 });
    expect(world.features.keyring.load(box.boxId)?.tenantId).toBe(stranger.tenantId);
  });

  it('lets nobody bring a box into the register twice', () => {
    const factory = { box_id: box.boxId, factory_key: '11'.repeat(32) };
    expect(problemOf(() => world.call('importFactoryBox', stranger, { body: factory }))?.code).toBe(
      'conflict',
    );
  });
});

describe('a hello', () => {
  it('of a box that is in no register is refused', () => {
    const unknown = new ModelBox(world, 9);
    expect(unknown.say('claim', unknown.hello())).toMatchObject({ kind: 'refused', reason: 'bad-hello' });
  });

  it('made with another key is refused (SEC-08)', () => {
    const forged = new ModelBox(world, 9);
    const frame = forged.hello();
    expect(box.say('claim', frame)).toMatchObject({ kind: 'refused', reason: 'bad-hello' });
  });
});

describe('a recovery', () => {
  beforeEach(() => {
    box.claim(owner, place(owner));
  });

  const approve = (by = owner) => world.call('approveRecovery', by, { params: { box_id: box.resourceId } });

  it('waits for an operator, who is told once', () => {
    const frame = box.hello('recover');
    expect(box.say('recover', frame)).toBeUndefined();
    box.say('recover', frame);
    const ledger = world.features.events.ledger(owner.tenantId);
    expect(
      ledger.read({ types: ['box.recovery_needed'] }, { from: 0, order: 'rising', limit: 9 }),
    ).toHaveLength(1);
  });

  it('agrees on new keys once it is approved, and the log goes on', () => {
    approve();
    const before = world.features.keyring.load(box.boxId)?.keys.rootKey;
    const answer = box.say('recover', box.hello('recover')) as Uint8Array;
    const rootKey = box.finish(answer);
    expect(world.features.keyring.load(box.boxId)?.keys).toMatchObject({ epoch: 0, counter: 0, rootKey });
    expect(rootKey).not.toEqual(before);
    box.write('booted');
    box.report();
    expect(box.acknowledged).toBe(1);
  });

  it('is approved for one exchange, once a day, and not for ever', () => {
    approve();
    expect(problemOf(approve)?.code).toBe('conflict');
    box.finish(box.say('recover', box.hello('recover')) as Uint8Array);
    expect(box.say('recover', box.hello('recover'))).toBeUndefined();
    world.ports.advance(86_400_000);
    approve();
    world.ports.advance(86_400_001);
    expect(box.say('recover', box.hello('recover'))).toBeUndefined();
  });

  it('is not answered for a hello without the recovery key', () => {
    approve();
    box.recoveryKey = new Uint8Array(32);
    expect(box.say('recover', box.hello('recover'))).toMatchObject({ kind: 'refused' });
  });
});
