// Notices from the ledger to whoever is told: over the real tables, with an outside that answers as a test says.
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { createNoticeDesk } from '../../../test/notice-desk.ts';
import { answered } from '../../../test/outside.ts';
import type { OutboundResult } from '../../platform/outbound-http.ts';
import { p256Key, p256PublicKey } from './push-message.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let world: FeaturesWorld;
let desk: ReturnType<typeof createNoticeDesk>;

beforeEach(() => {
  world = createFeaturesWorld();
  desk = createNoticeDesk(world);
});

const webhook = (name = 'hooks') => desk.channel({ kind: 'webhook', address: `https://${name}.example.jp/` });
const mailbox = (name = 'desk', about: object = {}) =>
  desk.channel({ kind: 'mail', address: `${name}@example.jp`, language: 'en', ...about });
const browser = () =>
  desk.channel({
    kind: 'push',
    address: 'https://push.example.net/abc',
    keys: {
      p256dh: Buffer.from(p256PublicKey(p256Key(new Uint8Array(32).fill(5)))).toString('base64url'),
      auth: Buffer.alloc(16, 3).toString('base64url'),
    },
  });
const told = () => desk.depot.told().filter((type) => type.startsWith('notice.'));
const write = (...kinds: readonly ('mains-lost' | 'mains-restored' | 'bin-forced')[]): void => {
  for (const kind of kinds) desk.depot.box.write(kind, kind === 'bin-forced' ? { bin: 3 } : {});
  desk.depot.box.report();
};
const change = (channel: Record<string, unknown>, body: object): void =>
  void world.call('changeNoticeChannel', desk.owner, {
    ...{ params: { channel_id: String(channel.id) }, body, ifMatch: '*' },
  });
const failing: OutboundResult = { kind: 'failed', reason: 'connection' };

describe('an exchange', () => {
  it('is told at once by webhook, mail and push, in detail (SEC-11)', async () => {
    world.call('makePushKey', desk.owner);
    for (const channel of [webhook(), mailbox(), browser()]) desk.rule(['exchange'], [channel]);
    desk.exchange();
    await desk.settle();
    expect(desk.arrived().map(({ body }) => body)).toEqual([
      {
        type: 'key.withdrawn',
        timestamp: expect.stringMatching(/^2026-/),
        sequence: 1,
        data: expect.objectContaining({
          ...{ type: 'key.withdrawn', bin: 3, key_id: desk.depot.keyId },
          ...{ location_id: desk.depot.locationId, box_id: desk.depot.box.resourceId },
        }),
      },
    ]);
    expect(world.outside.mails).toMatchObject([
      {
        to: 'desk@example.jp',
        subject: 'SmartBox: Key Van 7 was taken',
        text: expect.stringContaining('Depot 1'),
      },
    ]);
    const push = world.outside.requests.find(({ headers }) => headers['content-encoding'] === 'aes128gcm');
    expect(push).toMatchObject({
      url: 'https://push.example.net/abc',
      headers: { authorization: expect.stringMatching(/^vapid t=/), ttl: '86400' },
    });
    expect(desk.deliveries().map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('that was undone is told to nobody (I7)', async () => {
    desk.rule(['*'], [webhook()]);
    const stop = world.events.join('ledger-event-recorded', () => {
      throw new RangeError('undone');
    });
    expect(() => write('mains-lost')).toThrow('undone');
    stop();
    await desk.settle();
    expect(desk.arrived()).toEqual([]);
    expect(desk.deliveries()).toEqual([]);
  });

  it('of another tenant is told to nobody here', async () => {
    desk.rule(['*'], [webhook()]);
    const other = createNoticeDesk(world, createDepot(world, 2));
    other.exchange();
    await desk.settle();
    expect(desk.arrived()).toEqual([]);
  });
});

describe('a webhook', () => {
  it('is owed every event in its sequence, whatever is repeated', async () => {
    desk.rule(['power'], [webhook()]);
    write('mains-lost', 'mains-lost', 'mains-restored', 'mains-lost');
    await desk.settle();
    expect(desk.arrived().map(({ body }) => [body.sequence, body.type])).toEqual([
      [1, 'mains.lost'],
      [2, 'mains.lost'],
      [3, 'mains.restored'],
      [4, 'mains.lost'],
    ]);
  });

  it('gets the same bytes under the same id at every attempt, with a new time, and every result is kept (MO-08)', async () => {
    const answers = [failing, answered(500), answered(302), answered(204)];
    world.outside.answer = () => answers.shift() ?? answered(204);
    desk.rule(['power'], [webhook()]);
    write('mains-lost');
    await desk.pass(10 * minuteMs, 1_000);
    const [first, ...others] = desk.arrived();
    expect(others).toHaveLength(3);
    for (const one of others) {
      expect([one.id, one.body]).toEqual([first?.id, first?.body]);
      expect(one.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp']);
    }
    expect(desk.results(first?.id)).toMatchObject([
      { attempt: 1, outcome: 'connection', status: null },
      { attempt: 2, outcome: 'refused-by-receiver', status: 500 },
      { attempt: 3, outcome: 'redirected', status: 302 },
      { attempt: 4, outcome: 'delivered', status: 204 },
    ]);
  });

  it('that answers 410 is closed, and keeps what it is owed until somebody opens it again', async () => {
    world.outside.answer = () => answered(410);
    const channel = webhook();
    desk.rule(['power'], [channel]);
    write('mains-lost');
    await desk.settle();
    expect(told()).toEqual(['notice.channel_off', 'notice.undelivered']);
    write('mains-restored');
    await desk.pass(hourMs);
    expect(desk.arrived()).toHaveLength(1);
    world.outside.answer = () => answered(200);
    change(channel, { state: 'active' });
    await desk.settle();
    expect(desk.arrived().map(({ body }) => body.sequence)).toEqual([1, 1, 2]);
  });

  it('is given up after three days without an answer, and then replayed from a number on', async () => {
    world.outside.answer = () => failing;
    const channel = webhook();
    desk.rule(['power'], [channel]);
    write('mains-lost');
    await desk.pass(120 * hourMs, 10 * minuteMs);
    expect(desk.arrived()).toHaveLength(11);
    expect(told()).toContain('notice.channel_off');
    world.outside.answer = () => answered(200);
    change(channel, { state: 'active' });
    await desk.settle();
    const params = { channel_id: String(channel.id) };
    world.call('replayNoticeChannel', desk.owner, { params, body: { from_sequence: 1 } });
    await desk.settle();
    const ids = desk.arrived().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([13, 1]);
  });

  it('that hangs holds up nobody but itself', async () => {
    world.outside.answer = ({ url }) => (url.includes('hangs') ? new Promise(() => {}) : answered(200));
    desk.rule(['power'], [webhook('hangs')]);
    desk.rule(['power'], [webhook('well')]);
    for (let count = 0; count < 5; count++) write('mains-lost', 'mains-restored');
    await desk.settle();
    const to = (name: string) => world.outside.requests.filter(({ url }) => url.includes(name)).length;
    expect([to('hangs'), to('well')]).toEqual([2, 10]);
  });

  it('that answers gets eight at once, and two again once it has stopped', async () => {
    desk.rule(['power'], [webhook()]);
    write('mains-lost');
    await desk.settle();
    const hanging: ((result: OutboundResult) => void)[] = [];
    world.outside.answer = () => new Promise((resolve) => hanging.push(resolve));
    for (let count = 0; count < 12; count++) write('mains-restored');
    await desk.settle();
    expect(hanging).toHaveLength(8);
    for (const end of hanging.splice(0)) end(failing);
    await desk.settle();
    expect(hanging).toHaveLength(2);
  });

  it('signs by both secrets for a day after a rotation, and then by the new one', async () => {
    const channel = webhook();
    desk.rule(['power'], [channel]);
    const params = { channel_id: String(channel.id) };
    const rotated = world.call('rotateNoticeSecret', desk.owner, { params }).body as {
      signing: { secret: string };
    };
    expect(rotated.signing.secret).not.toBe((channel.signing as { secret: string }).secret);
    write('mains-lost');
    await desk.pass(25 * hourMs);
    write('mains-restored');
    await desk.settle();
    const signatures = desk.arrived().map(({ headers }) => headers['webhook-signature']?.split(' ').length);
    expect(signatures).toEqual([4, 2]);
  });
});

describe('a notice that does not arrive', () => {
  it('moves to the next channel, and from there to the one after (MO-08)', async () => {
    world.outside.take = ({ to }) =>
      to.startsWith('desk') ? { kind: 'refused', status: 550 } : { kind: 'failed', status: 451 };
    desk.rule(['power'], [mailbox('desk'), mailbox('home'), webhook()]);
    write('mains-lost');
    await desk.pass(minuteMs, 1_000);
    expect(desk.arrived()).toHaveLength(1);
    expect(desk.deliveries().map(({ state, attempts }) => [state, attempts])).toEqual([
      ['delivered', 1],
      ['moved', 3],
      ['failed', 1],
    ]);
    await desk.pass(4 * hourMs, 10 * minuteMs);
    expect(world.outside.mails).toHaveLength(4);
    expect(told()).toEqual([]);
  });

  it('is told to the ledger where no channel is left (MO-07)', async () => {
    world.outside.take = () => ({ kind: 'refused', status: 554 });
    const channel = mailbox();
    desk.rule(['power'], [channel]);
    write('mains-lost');
    await desk.settle();
    const [event] = world.features.events
      .ledger(desk.owner.tenantId)
      .read({ types: ['notice.undelivered'] }, { from: 0, order: 'rising', limit: 10 });
    expect(event?.fact.data).toMatchObject({
      ...{ of: 'mains.lost', channel_id: channel.id, because: 'refused-by-relay' },
    });
  });

  it('goes past a channel that is paused, for people; a program gets it when it is back', async () => {
    const [paused, other, hook] = [mailbox('desk'), mailbox('home'), webhook()];
    desk.rule(['power'], [paused, other]);
    desk.rule(['power'], [hook, other]);
    change(paused, { state: 'paused' });
    change(hook, { state: 'paused' });
    write('mains-lost');
    await desk.settle();
    expect(world.outside.mails.map(({ to }) => to)).toEqual(['home@example.jp']);
    expect(world.outside.mails[0]?.subject).toBe('SmartBox: 2 notices');
    for (const channel of [paused, hook]) change(channel, { state: 'active' });
    await desk.settle();
    expect([world.outside.mails.length, desk.arrived().length]).toEqual([1, 1]);
  });

  it('because its channel was removed goes to the next one', async () => {
    world.outside.answer = () => failing;
    const hook = webhook();
    desk.rule(['power'], [hook, mailbox()]);
    write('mains-lost');
    await desk.settle();
    world.call('removeNoticeChannel', desk.owner, { params: { channel_id: String(hook.id) } });
    await desk.settle();
    expect(world.outside.mails).toHaveLength(1);
  });

  it('arrives afterwards, once, when the relay was down for an hour', async () => {
    let down = true;
    const arrived: string[] = [];
    world.outside.take = ({ text }) => {
      if (down) return { kind: 'failed', status: undefined };
      arrived.push(...(text.match(/evt_\d+/g) ?? []));
      return { kind: 'accepted' };
    };
    desk.rule(['*'], [mailbox()], { repeat_after_ms: 0 });
    for (let count = 0; count < 30; count++) {
      write(count % 2 === 0 ? 'mains-lost' : 'mains-restored');
      await desk.pass(2 * minuteMs, minuteMs);
    }
    down = false;
    await desk.pass(12 * hourMs, 10 * minuteMs);
    expect(arrived).toHaveLength(30);
    expect(new Set(arrived).size).toBe(30);
  });
});

describe('what is told to people', () => {
  it('does not repeat the same within ten minutes, and then says how often it happened (MO-07)', async () => {
    desk.rule(['power'], [mailbox()]);
    for (let count = 0; count < 4; count++) write('mains-lost');
    await desk.settle();
    expect(world.outside.mails).toHaveLength(1);
    await desk.pass(10 * minuteMs);
    write('mains-lost');
    await desk.settle();
    expect(world.outside.mails).toHaveLength(2);
    expect(world.outside.mails[1]?.text).toContain('The same happened 3 times before this');
  });

  it('stays below its cap in any hour; what has no room waits and goes together (MO-07)', async () => {
    desk.rule(['*'], [mailbox('desk', { cap_per_hour: 2 })], { repeat_after_ms: 0 });
    for (let count = 0; count < 10; count++) {
      write('mains-lost');
      await desk.pass(minuteMs);
    }
    expect(world.outside.mails).toHaveLength(2);
    await desk.pass(hourMs, minuteMs);
    expect(world.outside.mails).toHaveLength(3);
    expect(world.outside.mails[2]?.subject).toBe('SmartBox: 8 notices');
    const events = world.outside.mails.flatMap(({ text }) => text.match(/evt_\d+/g) ?? []);
    expect([events.length, new Set(events).size]).toEqual([10, 10]);
  });

  it('goes to one bare address, and an address that is none is refused with its field', () => {
    const bad = (body: object) =>
      problemOf(() => world.call('createNoticeChannel', desk.owner, { body: { label: 'x', ...body } }))
        ?.pointers;
    expect(bad({ kind: 'mail', address: 'a@example.jp\r\nBcc: b@example.jp' })).toEqual([
      '/body/address not-a-mail-address',
    ]);
    expect(bad({ kind: 'mail', address: 'A <a@example.jp>, b@example.jp' })).toHaveLength(1);
    expect(bad({ kind: 'webhook', address: 'javascript:alert(1)' })).toEqual([
      '/body/address not-a-web-address',
    ]);
    expect(bad({ kind: 'webhook', address: 'https://user:pass@example.jp/' })).toHaveLength(1);
    expect(
      bad({ kind: 'push', address: 'https://push.example.net/', keys: { p256dh: 'x', auth: 'y' } }),
    ).toEqual(['/body/keys not-a-subscription']);
  });
});

describe('a channel', () => {
  it('is tried on demand, and what came of it is shown', async () => {
    const channel = webhook();
    world.call('tryNoticeChannel', desk.owner, { params: { channel_id: String(channel.id) } });
    await desk.settle();
    expect(desk.arrived().map(({ body }) => body.type)).toEqual(['notice.trial']);
    const [delivery] = desk.deliveries({ channel_id: channel.id });
    const params = { delivery_id: String(delivery?.id) };
    world.call('replayNoticeDelivery', desk.owner, { params });
    await desk.settle();
    expect(desk.arrived().map(({ id }) => id)).toEqual([delivery?.id, delivery?.id]);
    expect(desk.results(delivery?.id)).toHaveLength(2);
  });

  it('shows its secret only when it is made, and keeps it sealed (I6)', async () => {
    const channel = webhook();
    const { secret } = channel.signing as { secret: string };
    const params = { channel_id: String(channel.id) };
    expect(world.call('getNoticeChannel', desk.owner, { params }).body).toMatchObject({ signing: null });
    const raw = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(dump(world.database)).not.toContain(raw.toString('hex'));
  });

  it('shows its whole address only to those who may change it', () => {
    const reader = { ...desk.owner, permissions: ['notices:read'] as const };
    const shown = [
      mailbox('desk'),
      desk.channel({ kind: 'webhook', address: 'https://a.example/t0ken' }),
    ].map(({ id }) => world.call('getNoticeChannel', reader, { params: { channel_id: String(id) } }).body);
    expect(shown).toMatchObject([{ address: 'd…@example.jp' }, { address: 'https://a.example/…' }]);
  });
});

describe('a cloud that starts again', () => {
  it('sends what is owed, under the ids of before', async () => {
    world.outside.answer = () => new Promise(() => {});
    desk.rule(['power'], [webhook()]);
    write('mains-lost');
    await desk.settle();
    const [before] = desk.arrived();
    desk.stop();
    const after = createFeaturesWorld({ image: world.database.serialize(), ports: world.ports });
    const stop = after.features.notices.watch();
    await desk.settle();
    expect(after.outside.requests.map(({ headers }) => headers['webhook-id'])).toEqual([before?.id]);
    stop();
  });

  it('throws away what is older than 30 days', async () => {
    desk.rule(['power'], [webhook()]);
    write('mains-lost');
    await desk.settle();
    expect(desk.deliveries()).toHaveLength(1);
    await desk.pass(31 * 24 * hourMs, 12 * hourMs);
    expect(desk.deliveries()).toEqual([]);
    expect(dump(world.database)).not.toContain('ntc_');
  });
});
