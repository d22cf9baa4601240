// The ways in that need no paper: answers on the phone, and an authenticator app.
import { authenticatorCode, base32, nobleCrypto, phoneAnswer } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';

let world: FeaturesWorld;
let depot: Depot;
const params = () => ({ box_id: depot.box.resourceId });
const facts = (type: string) =>
  world.features.events
    .ledger(depot.owner.tenantId)
    .read({ types: [type] }, { from: 0, order: 'rising', limit: 20 })
    .map(({ fact }) => fact);

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
});

describe('an answer on the phone (EM-16)', () => {
  const ask = (body: object) =>
    bodyOf(
      world.call('answerChallenge', depot.owner, { params: params(), body: { caller: 'Sato', ...body } }),
    );

  it.each(['12345678', '1234 5678', '1234-5678', '１２３４　５６７８', '１２３４－５６７８', '1234‐5678'])(
    'is what the box reckons, however the digits are typed: %s',
    (challenge) => {
      const { phoneKey } = depot.box.emergency!;
      const right = phoneAnswer(nobleCrypto, phoneKey, { challenge: '12345678', target: 3 });
      expect(ask({ challenge, bin: 3 })).toEqual({ answer: right });
    },
  );

  it('can be for all bins, and is told with who called and never with the digits', () => {
    const { phoneKey } = depot.box.emergency!;
    const { answer } = ask({ challenge: '87654321', bin: 'all' });
    expect(answer).toBe(phoneAnswer(nobleCrypto, phoneKey, { challenge: '87654321', target: 0 }));
    const told = facts('phone.answered');
    expect(told).toMatchObject([{ data: { caller: 'Sato', target: 'all', by: 'tok_test' } }]);
    const stored = dump(world.database);
    expect(stored).not.toContain('87654321');
    expect(stored).not.toContain(String(answer));
  });

  it.each([
    [{ challenge: '1234567', bin: 3 }, '/body/challenge not-a-challenge'],
    [{ challenge: '1234567x', bin: 3 }, '/body/challenge not-a-challenge'],
    [{ challenge: '12345678', bin: 5 }, '/body/bin no-such-bin'],
  ])('is refused for %j', (body, pointer) => {
    expect(problemOf(() => ask(body))?.pointers).toEqual([pointer]);
    expect(facts('phone.answered')).toEqual([]);
  });

  it('is not given for a box that has no key for it yet', () => {
    world.database.exec('UPDATE emergency_box SET version_in_force = 0');
    expect(problemOf(() => ask({ challenge: '12345678', bin: 3 }))?.code).toBe('conflict');
  });
});

describe('an authenticator app (EM-16)', () => {
  const enrol = (label = 'Night porter') =>
    bodyOf(world.call('enrolAuthenticator', depot.owner, { params: params(), body: { label } }));
  const enrolled = () => depot.read('getEmergency', params()).authenticator;

  it('is enrolled by an address that is shown once and works in every app', () => {
    world.call('changeBox', depot.owner, { params: params(), body: { name: '北口: A' }, ifMatch: '*' });
    const uri = new URL(String(enrol().uri));
    depot.box.confirmEmergency();
    const { authenticatorKey } = depot.box.emergency!;
    expect(uri.href).toMatch(/^otpauth:\/\/totp\/SmartBox:/);
    expect(decodeURIComponent(uri.pathname)).toContain('SmartBox:北口  A');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      ...{
        secret: base32(authenticatorKey),
        issuer: 'SmartBox',
        algorithm: 'SHA1',
        digits: '8',
        period: '30',
      },
    });
    expect(authenticatorCode(nobleCrypto, authenticatorKey, 1)).toMatch(/^\d{8}$/);
    expect(dump(world.database)).not.toContain(Buffer.from(authenticatorKey).toString('hex'));
    expect(dump(world.database)).not.toContain(base32(authenticatorKey));
  });

  it('is shown by its label, and as in force once the box has confirmed it', () => {
    enrol();
    expect(enrolled()).toMatchObject({ label: 'Night porter', in_force: false });
    depot.box.confirmEmergency();
    expect(enrolled()).toMatchObject({ in_force: true });
    expect(facts('authenticator.enrolled')[0]?.data).toMatchObject({ label: 'Night porter', by: 'tok_test' });
  });

  it('replaces the one before', () => {
    const first = enrol().uri;
    expect(enrol('Day porter').uri).not.toBe(first);
    expect(enrolled()).toMatchObject({ label: 'Day porter' });
  });

  it('is removed, and a second removal changes nothing', () => {
    const remove = () => world.call('removeAuthenticator', depot.owner, { params: params() });
    enrol();
    depot.box.confirmEmergency();
    expect(remove().status).toBe(204);
    depot.box.confirmEmergency();
    expect(depot.box.emergency?.authenticatorKey).toHaveLength(0);
    expect(enrolled()).toBeNull();
    remove();
    expect(facts('authenticator.removed')).toHaveLength(1);
  });
});
