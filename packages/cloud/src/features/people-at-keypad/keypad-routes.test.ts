// ID codes and badges over the API: made, shown once, unique, taken away.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { fobText } from '../../../test/model-box.ts';
import { rolePermissions } from '../../platform/roles.ts';
import { wholeTenant } from '../../platform/scope.ts';

let world: FeaturesWorld;
let depot: Depot;
let personId: string;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  personId = hire();
});

const hire = (change: object = {}): string =>
  String(bodyOf(world.call('createPerson', depot.owner, { body: { name: 'Member', ...change } })).id);
const of = (person_id = personId) => ({ params: { person_id } });
const setIdCode = (id = personId) => bodyOf(world.call('setIdCode', depot.owner, of(id)));
const setBadge = (tag: string, id = personId) =>
  bodyOf(world.call('setBadge', depot.owner, { ...of(id), body: { tag } }));
const keypad = () => depot.read('getPersonKeypad', { person_id: personId });

describe('an ID code', () => {
  it('has 8 digits, is shown once and stored as a keyed hash only', () => {
    const { id_code } = setIdCode();
    expect(id_code).toMatch(/^\d{8}$/);
    expect(keypad()).toMatchObject({ id_code: { set_at: '2026-04-01T09:00:00.000Z' }, badge: null });
    expect(JSON.stringify(keypad())).not.toContain(id_code);
    expect(dump(world.database)).not.toContain(id_code);
    expect(depot.told()).toContain('person.id_code_set');
  });

  it('goes when it is taken away, and with the person', () => {
    setIdCode();
    setBadge(fobText(9));
    expect(world.call('removeIdCode', depot.owner, of()).status).toBe(204);
    expect(keypad().id_code).toBeNull();
    setIdCode();
    world.commit(() => world.events.publish('person-erased', { tenantId: depot.owner.tenantId, personId }));
    const { tenantId } = depot.owner;
    for (const table of ['id_code', 'badge'])
      expect(world.database.prepare(`SELECT 1 FROM ${table} WHERE tenant_id = ?`).all(tenantId)).toEqual([]);
  });

  it('is never the digits of a key code, nor a key code its digits', () => {
    const { id_code } = setIdCode();
    const body = { key_id: depot.keyId, code: String(id_code) };
    const problem = problemOf(() => world.call('createKeyCode', depot.owner, { body }));
    expect(problem).toEqual({ code: 'conflict', pointers: ['/body/code code-taken'] });
    // Full-width digits are the same digits.
    const wide = String(id_code).replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    expect(
      problemOf(() => world.call('createKeyCode', depot.owner, { body: { ...body, code: wide } }))?.code,
    ).toBe('conflict');
    const { access } = world.features;
    const { tenantId } = depot.owner;
    const { digits } = depot.issue();
    expect([access.hasDigits(tenantId, digits), access.hasDigits(tenantId, '00000000')]).toEqual([
      true,
      false,
    ]);
  });

  it('grows a digit, and makes key codes grow, when a hundred of 8 digits are there', () => {
    for (let count = 0; count < 100; count++) setIdCode(hire());
    expect(setIdCode().id_code).toMatch(/^\d{9}$/);
    expect(depot.issue().digits).toMatch(/^\d{9}$/);
  });

  it('is given by nobody to somebody mightier than himself', () => {
    const manager = { ...depot.owner, permissions: rolePermissions.location_manager };
    const owner = hire({ role: 'owner', mail: 'owner@example.jp' });
    expect(problemOf(() => world.call('setIdCode', manager, of(owner)))?.code).toBe('permission-missing');
    const elsewhere = { ...manager, scope: { kind: 'locations', locationIds: ['loc_x'] } } as const;
    // Who sees some locations only does not even see a person of the whole tenant.
    expect(problemOf(() => world.call('setIdCode', elsewhere, of()))?.code).toBe('not-found');
  });

  it('is given by people to themselves, and by no API token', () => {
    const myself = { ...depot.owner, personId, role: 'auditor', scope: wholeTenant } as const;
    expect(bodyOf(world.call('setOwnIdCode', myself))).toMatchObject({ person_id: personId });
    expect(keypad().id_code).not.toBeNull();
    expect(world.call('removeOwnIdCode', myself).status).toBe(204);
    expect(keypad().id_code).toBeNull();
    expect(problemOf(() => world.call('setOwnIdCode', depot.owner))?.code).toBe('conflict');
  });
});

describe('a badge', () => {
  it.each(['04:A1:B2:C3', '04a1b2c3d4e5f6', '0102030405060708', '０４Ａ１Ｂ２Ｃ３'])(
    'is taken as %s, shown as weaker and never with its tag',
    (tag) => {
      expect(setBadge(tag)).toMatchObject({ badge: { strength: 'weaker' } });
      expect(JSON.stringify(keypad()).toLowerCase()).not.toContain('a1b2c3');
    },
  );

  it.each(['', '04A1', 'hello world', '00000000000000'])('is not taken as %j', (tag) => {
    expect(problemOf(() => setBadge(tag))?.pointers).toEqual(['/body/tag not-a-tag']);
  });

  it('is one person’s in a tenant, and may be another’s once it was taken away', () => {
    const other = hire();
    setBadge(fobText(9));
    setBadge(fobText(9));
    expect(problemOf(() => setBadge(fobText(9), other))?.pointers).toEqual(['/body/tag tag-in-use']);
    world.call('removeBadge', depot.owner, of());
    expect(setBadge(fobText(9), other)).toMatchObject({ person_id: other });
  });

  it('is no key’s fob, and no key’s fob a badge', () => {
    expect(problemOf(() => setBadge(fobText(7)))?.pointers).toEqual(['/body/tag tag-in-use']);
    setBadge(fobText(9));
    const body = { name: 'Van 9', location_id: depot.locationId, fob_tag: fobText(9) };
    expect(problemOf(() => world.call('createKey', depot.owner, { body }))?.pointers).toEqual([
      '/body/fob_tag fob-is-badge',
    ]);
    const change = { params: { key_id: depot.keyId }, body: { fob_tag: fobText(9) }, ifMatch: '*' };
    expect(problemOf(() => world.call('changeKey', depot.owner, change))?.code).toBe('conflict');
  });
});
