// Key codes over the API: made, shown once, bounded, changed and ended.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';

let world: FeaturesWorld;
let depot: Depot;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
});

const create = (body: object = {}) =>
  world.call('createKeyCode', depot.owner, { body: { key_id: depot.keyId, ...body } });
const iso = (inMs: number) => new Date(world.ports.nowMs + inMs).toISOString();

describe('making a key code (AC-01)', () => {
  it('answers 8 random digits once; nothing shows them again', () => {
    const made = bodyOf(create({ label: '客室 12' }));
    expect(made).toMatchObject({
      digits: 8,
      uses: 'until_withdrawn',
      status: 'valid',
      label: '客室 12',
      warnings: [],
    });
    expect(made.code).toMatch(/^[0-9]{8}$/);
    const shown = JSON.stringify([
      depot.read('getKeyCode', { code_id: String(made.id) }),
      itemsOf(world.call('listKeyCodes', depot.owner)),
      itemsOf(world.call('listEvents', depot.owner)),
    ]);
    expect(shown).not.toContain(made.code);
    expect(shown).toContain(made.code_tag);
  });

  it('takes digits of one’s own, full-width ones too, and warns of easy ones', () => {
    expect(bodyOf(create({ code: '４０７１８２９３' }))).toMatchObject({ code: '40718293', warnings: [] });
    expect(bodyOf(create({ code: '1234 5678' })).warnings).toMatchObject([{ code: 'easy-to-guess' }]);
  });

  it.each([
    [{ code: '1234567' }, '/body/code not-a-code'],
    [{ code: '12345678901234567' }, '/body/code not-a-code'],
    [{ code: '1234567x' }, '/body/code not-a-code'],
    [{ key_id: 'key_nobody' }, '/body/key_id unknown-key'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, '/body/expires_at in-the-past'],
    [
      { starts_at: '2030-01-02T00:00:00Z', expires_at: '2030-01-01T00:00:00Z' },
      '/body/expires_at not-after-start',
    ],
  ])('refuses %j, naming the field', (body, pointer) => {
    expect(problemOf(() => create(body))).toEqual({ code: 'invalid-request', pointers: [pointer] });
  });

  it.each([
    { uses: 'twice' },
    { code: 12345678 },
    { expires_at: 'tomorrow' },
    { more: 1 },
    { label: 'a\u202eb' },
  ])('refuses %j by its schema', (body) => {
    expect(problemOf(() => create(body))?.code).toBe('invalid-request');
  });

  it('refuses digits that a live code has, and takes them again once that has ended', () => {
    const { id } = depot.issue({ code: '40718293' });
    expect(problemOf(() => create({ code: '40718293' }))).toEqual({
      code: 'conflict',
      pointers: ['/body/code code-taken'],
    });
    world.call('revokeKeyCode', depot.owner, { params: { code_id: id } });
    const again = depot.issue({ code: '40718293' });
    expect(again.id).not.toBe(id);
    const [answer] = depot.box.ask({ code: '40718293' });
    expect(answer?.message.name).toBe('access-granted');
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({ status: 'ended' });
  });

  it('gives longer digits to the 101st code of a location, and refuses short ones of one’s own', () => {
    for (let made = 0; made < 100; made++) expect(depot.issue().digits).toHaveLength(8);
    expect(depot.issue().digits).toHaveLength(9);
    expect(problemOf(() => create({ code: '40718293' }))).toEqual({
      code: 'conflict',
      pointers: ['/body/code code-too-short'],
    });
    expect(create({ code: '407182936' })).toMatchObject({ status: 201 });
  });

  it('counts neither ended nor expired codes', () => {
    const [first] = Array.from({ length: 100 }, () => depot.issue({ expires_at: iso(60_000) }));
    expect(depot.issue({ expires_at: iso(60_000) }).digits).toHaveLength(9);
    world.call('revokeKeyCode', depot.owner, { params: { code_id: String(first?.id) } });
    expect(depot.issue().digits).toHaveLength(8);
    world.ports.advance(60_000);
    expect(depot.issue().digits).toHaveLength(8);
    expect(depot.told().filter((type) => type === 'code.ended')).toHaveLength(101);
  });
});

describe('changing and ending a code', () => {
  it('moves its end, for who has read it', () => {
    const { id } = depot.issue({ expires_at: iso(60_000) });
    const change = (ifMatch: string | undefined, body: object) =>
      world.call('changeKeyCode', depot.owner, {
        params: { code_id: id },
        body,
        ...(ifMatch && { ifMatch }),
      });
    expect(problemOf(() => change(undefined, { label: 'x' }))?.code).toBe('precondition-required');
    expect(change(`"${id}-1"`, { expires_at: null })).toMatchObject({
      body: { expires_at: null },
      etag: `"${id}-2"`,
    });
    expect(problemOf(() => change(`"${id}-1"`, { label: 'x' }))?.code).toBe('precondition-failed');
    world.call('revokeKeyCode', depot.owner, { params: { code_id: id } });
    expect(problemOf(() => change('*', { label: 'x' }))?.code).toBe('conflict');
  });

  it('revokes at once and for good; a second time changes nothing', () => {
    const { id } = depot.issue();
    for (let times = 0; times < 2; times++)
      expect(world.call('revokeKeyCode', depot.owner, { params: { code_id: id } })).toEqual({ status: 204 });
    expect(depot.told().filter((type) => type === 'code.ended')).toHaveLength(1);
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({ ended_because: 'revoked' });
  });

  it('lists live codes of one key', () => {
    const other = depot.addKey(8);
    const { id } = depot.issue();
    depot.issue({ key_id: other });
    const ended = depot.issue();
    world.call('revokeKeyCode', depot.owner, { params: { code_id: ended.id } });
    const query = { key_id: depot.keyId, live: true };
    expect(itemsOf(world.call('listKeyCodes', depot.owner, { query })).map((code) => code.id)).toEqual([id]);
    expect(itemsOf(world.call('listKeyCodes', depot.owner))).toHaveLength(3);
  });
});
