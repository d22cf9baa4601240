// The authoriser at work: real tables, real log, a box that asks.
import { noRequest, noTag } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob, ModelBox } from '../../../test/model-box.ts';

let world: FeaturesWorld;
let depot: Depot;
let box: ModelBox;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  box = depot.box;
});

/** The one answer's name, reason and delay. */
function ask(code: string, from = box) {
  const [answer] = from.take(from.ask({ code }));
  return answer === undefined
    ? undefined
    : { name: answer.message.name, holdMs: answer.holdMs, ...reasonOf(answer.message.body) };
}

function reasonOf(body: object): { readonly reason?: unknown } {
  return 'reason' in body ? { reason: body.reason } : {};
}

const granted = { name: 'access-granted', holdMs: 0 };
const refused = { name: 'access-refused', holdMs: 400, reason: 'refused' };
const tryAgain = { name: 'access-refused', holdMs: 0, reason: 'try-again' };

/** Takes the key out of the bin that was opened last, and shuts the door. */
function takeKey(): void {
  const grant = box.opened.at(-1) ?? 0;
  box.write('key-taken', { bin: 3, grant, tag: fob(7) });
  box.write('bin-closed', { bin: 3, grant });
  box.report();
}

describe('a key code at the keypad (AC-01)', () => {
  it('opens the bin in which its key hangs, and tells every step', () => {
    const { digits, id } = depot.issue();
    const [answer] = box.take(box.ask({ code: digits }));
    expect(answer?.message).toMatchObject({
      name: 'access-granted',
      body: { bin: 3, purpose: 'withdraw', grant: 1 },
    });
    takeKey();
    expect(depot.told().slice(-6)).toEqual([
      'code.created',
      'access.granted',
      'bin.opened',
      'key.withdrawn',
      'code.ended',
      'bin.closed',
    ]);
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({
      where: { status: 'out', bin: 3, code_id: id },
    });
  });

  it('is refused the second time, after its key was withdrawn (AC-01, SEC-02)', () => {
    const { digits, id } = depot.issue();
    expect(ask(digits)).toEqual(granted);
    takeKey();
    expect(ask(digits)).toEqual(refused);
    // Also when the key is back.
    box.take(box.ask({ tag: fob(7) }));
    box.write('key-placed', { bin: 3, grant: box.opened.at(-1) ?? 0, tag: fob(7) });
    box.write('bin-closed', { bin: 3, grant: box.opened.at(-1) ?? 0 });
    box.report();
    expect(ask(digits)).toEqual(refused);
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({
      status: 'ended',
      ended_because: 'withdrawn',
    });
  });

  it('works on while its key stays: whoever opens and takes nothing may open again (AC-01)', () => {
    const { digits } = depot.issue();
    expect(ask(digits)).toEqual(granted);
    box.write('bin-closed', { bin: 3, grant: 1 });
    box.report();
    expect(ask(digits)).toEqual(granted);
  });

  it('works after every return when it is unlimited', () => {
    const { digits } = depot.issue({ uses: 'unlimited' });
    for (let visit = 0; visit < 3; visit++) {
      expect(ask(digits)).toEqual(granted);
      takeKey();
      expect(ask(digits)).toEqual(refused);
      box.take(box.ask({ tag: fob(7), bin: 3 }));
      box.write('key-placed', { bin: 3, grant: box.opened.at(-1) ?? 0, tag: fob(7) });
      box.write('bin-closed', { bin: 3, grant: box.opened.at(-1) ?? 0 });
      box.report();
    }
  });

  it('is refused outside its time: negative tests of the window (AC-01)', () => {
    const inMs = (ms: number) => new Date(world.ports.nowMs + ms).toISOString();
    const { digits } = depot.issue({ starts_at: inMs(60_000), expires_at: inMs(120_000) });
    expect(ask(digits)).toEqual(refused);
    world.ports.advance(60_000);
    expect(ask(digits)).toEqual(granted);
    box.write('bin-closed', { bin: 3, grant: 1 });
    box.report();
    world.ports.advance(60_000);
    expect(ask(digits)).toEqual(refused);
  });

  it('is refused from the moment it is revoked (SEC-06)', () => {
    const { digits, id } = depot.issue();
    world.call('revokeKeyCode', depot.owner, { params: { code_id: id } });
    expect(ask(digits)).toEqual(refused);
  });

  it('is refused from the moment its key is retired (SEC-06)', () => {
    const { digits, id } = depot.issue();
    world.call('retireKey', depot.owner, { params: { key_id: depot.keyId }, ifMatch: '*' });
    expect(ask(digits)).toEqual(refused);
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({ ended_because: 'key_retired' });
  });

  it('is refused at a box of another location and of another tenant', () => {
    const other = createDepot(world, 2);
    const { digits } = depot.issue();
    expect(ask(digits, other.box)).toEqual(refused);
    expect(ask(digits)).toEqual(granted);
  });

  it('is stored nowhere in clear: neither in a table nor in an event (SEC-13)', () => {
    const { digits } = depot.issue();
    ask(digits);
    ask('99887766');
    const stored = dump(world.database);
    expect(stored).not.toContain(digits);
    expect(stored).not.toContain('99887766');
  });
});

describe('what a box may send for a code', () => {
  it.each(['', '１２３４５６７８', 'DROP TABLE', '\u0000', '12345678|x', '鍵'])(
    'refuses %j like any unknown code',
    (code) => {
      expect(ask(code)).toEqual(refused);
    },
  );
});

describe('a request that cannot be decided yet', () => {
  it('sends the box to report its log first: nothing is decided on old facts', () => {
    const { digits } = depot.issue({ uses: 'once' });
    box.write('booted', { detail: 2 });
    expect(ask(digits)).toEqual(tryAgain);
    box.report();
    expect(ask(digits)).toEqual(granted);
  });

  it('never grants to a box that claims a shorter log than it has told', () => {
    const { digits } = depot.issue();
    const [last] = box.log.splice(-1);
    expect(ask(digits)).toEqual(tryAgain);
    if (last !== undefined) box.log.push(last);
  });
});

describe('a one-time code', () => {
  it('is used up by OPEN_INTENT, not by the grant (AC-01)', () => {
    const { digits, id } = depot.issue({ uses: 'once' });
    box.ask({ code: digits });
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({ status: 'reserved' });
    // The answer was lost; the person types the code again.
    expect(ask(digits)).toEqual(granted);
    box.report();
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({
      status: 'ended',
      ended_because: 'used',
    });
    expect(ask(digits)).toEqual(refused);
  });

  it('stays with its grant while another box asks', () => {
    const second = new ModelBox(world, 9);
    second.enrol(depot.owner, depot.locationId);
    const { digits } = depot.issue({ uses: 'once' });
    box.ask({ code: digits });
    second.fill(1, fob(7));
    expect(ask(digits, second)).toEqual(refused);
  });

  it('is free again once the box has opened a session and told its whole log', () => {
    const { digits, id } = depot.issue({ uses: 'once' });
    box.ask({ code: digits });
    box.write('booted', { detail: 2 });
    box.confirm();
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({ status: 'reserved' });
    box.report();
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({ status: 'valid' });
    expect(depot.told()).toContain('access.lapsed');
    expect(ask(digits)).toEqual(granted);
  });

  it('counts as used when nobody can ever know: the box was claimed anew', () => {
    const { digits, id } = depot.issue({ uses: 'once' });
    box.ask({ code: digits });
    box.say('claim', box.hello());
    const claim = {
      label: box.label,
      claim_code: box.shownCode(),
      name: 'Again',
      location_id: depot.locationId,
    };
    world.call('claimBox', depot.owner, { body: claim });
    expect(depot.read('getKeyCode', { code_id: id })).toMatchObject({
      status: 'ended',
      ended_because: 'used',
    });
    expect(depot.told()).toContain('access.untraceable');
  });

  it('gives the same grant to the same request, so a repeated question opens once', () => {
    const { digits } = depot.issue({ uses: 'once' });
    const first = box.ask({ code: digits });
    const second = box.askAgain({ code: digits });
    expect(second.map(({ message }) => message)).toEqual(first.map(({ message }) => message));
    box.take(first);
    box.take(second);
    expect(box.opened).toEqual([1]);
  });
});

describe('a return', () => {
  beforeEach(() => {
    const { digits } = depot.issue();
    ask(digits);
    takeKey();
  });

  it('is taken at the front reader: a free bin opens and custody ends', () => {
    world.ports.advance(400 * 86_400_000);
    const [answer] = box.take(box.ask({ tag: fob(7).slice(0, 7) }));
    expect(answer?.message).toMatchObject({ name: 'access-granted', body: { bin: 1, purpose: 'return' } });
    box.write('key-placed', { bin: 1, grant: box.opened.at(-1) ?? 0, tag: fob(7) });
    box.write('bin-closed', { bin: 1, grant: box.opened.at(-1) ?? 0 });
    box.report();
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({
      where: { status: 'in_bin', bin: 1, code_id: null },
    });
    expect(depot.told().slice(-3)).toEqual(['bin.opened', 'key.returned', 'bin.closed']);
  });

  it('prefers the bin whose reader saw the fob', () => {
    expect(box.ask({ tag: fob(7), bin: 4 })[0]?.message.body).toMatchObject({ bin: 4 });
  });

  it('does not offer the bin whose lock has just fired for somebody else', () => {
    box.ask({ tag: fob(7), bin: 1 });
    box.write('open-intended', { bin: 1, grant: 2 });
    box.report();
    expect(box.ask({ tag: fob(7) })[0]?.message.body).toMatchObject({ bin: 2 });
  });

  it('offers the next bin when a door did not open, for as long as there is one', () => {
    const jam = (grant: number): number => {
      const answer = box.ask({ tag: fob(7) })[0]?.message;
      const bin = answer?.name === 'access-granted' ? answer.body.bin : 0;
      box.write('open-intended', { bin, grant });
      box.write('bin-jammed', { bin, grant });
      box.report();
      return bin;
    };
    expect([jam(2), jam(3), jam(4), jam(5)]).toEqual([1, 2, 3, 4]);
    expect(jam(6)).toBe(1);
  });

  it('is refused for an unknown fob exactly like an unknown code', () => {
    const [answer] = box.ask({ tag: fob(99) });
    expect(answer).toMatchObject({ holdMs: 400, message: { body: { reason: 'refused', waitMs: 0 } } });
  });

  it('says that nothing is free when every bin is taken', () => {
    for (const bin of [1, 2, 3, 4]) box.fill(bin, fob(20 + bin));
    expect(box.ask({ tag: fob(7) })[0]?.message.body).toMatchObject({ reason: 'nothing-free' });
  });
});

describe('the throttle of a box (SEC-15)', () => {
  it('refuses the right code too during a pause, and takes it afterwards', () => {
    const { digits } = depot.issue();
    for (let wrong = 0; wrong < 5; wrong++) expect(ask('00000000')).toEqual(refused);
    expect(ask(digits)).toEqual(refused);
    world.ports.advance(30_000);
    expect(ask(digits)).toEqual(granted);
  });

  it('is not cleared by a right code: whoever has one cannot guess another', () => {
    const { digits } = depot.issue({ uses: 'unlimited' });
    for (let wrong = 0; wrong < 4; wrong++) ask('00000000');
    expect(ask(digits)).toEqual(granted);
    box.write('bin-closed', { bin: 3, grant: 1 });
    box.report();
    expect(ask('00000000')).toEqual(refused);
    expect(ask(digits)).toEqual(refused);
  });

  it('survives a restart of the cloud', () => {
    const { digits } = depot.issue();
    for (let wrong = 0; wrong < 5; wrong++) ask('00000000');
    const again = createFeaturesWorld({
      seed: 'again',
      image: world.database.serialize(),
      ports: world.ports,
    });
    const request = { request: new Uint8Array(8).fill(5), kind: 'code' as const, code: digits };
    const from = { tenantId: depot.owner.tenantId, boxId: box.boxId };
    const body = { ...request, tag: new Uint8Array(0), bin: 0, logEnd: box.log.length, follows: noRequest() };
    expect(again.say(from, { name: 'access-requested', body })[0]?.message.name).toBe('access-refused');
  });
});

describe('what must never happen', () => {
  it('raises an alarm when a box opens without a live grant', () => {
    box.write('open-intended', { bin: 2, grant: 77, tag: noTag() });
    box.report();
    expect(depot.told()).toContain('bin.opened_without_grant');
  });

  it('raises an alarm when a box uses a grant again', () => {
    const { digits } = depot.issue({ uses: 'unlimited' });
    ask(digits);
    box.write('bin-closed', { bin: 3, grant: 1 });
    box.open(3, 1);
    box.report();
    expect(depot.told()).toContain('bin.opened_without_grant');
  });
});
