// A night at a depot: people sleep until their quiet hours end, programs and what is urgent do not wait. Over the real
// tables; the world's clock stands at 18:00 in Tokyo when a test begins.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { fob } from '../../../test/model-box.ts';
import { createNoticeDesk } from '../../../test/notice-desk.ts';
import { createTestBrowser } from '../../../test/test-browser.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const night = {
  quiet_hours: [{ days: [...week], from: '22:00', until: '06:00' }],
  time_zone: 'Asia/Tokyo',
};
const number = '+819012345678';
const browser = createTestBrowser();

let world: FeaturesWorld;
let desk: ReturnType<typeof createNoticeDesk>;

beforeEach(() => {
  world = createFeaturesWorld();
  desk = createNoticeDesk(world);
});

const mailbox = (name = 'desk') =>
  desk.channel({ kind: 'mail', address: `${name}@example.jp`, language: 'en' });
const webhook = () => desk.channel({ kind: 'webhook', address: 'https://hooks.example.jp/' });
const phone = () => desk.channel({ kind: 'text', address: number, language: 'en' });
const pushed = () => {
  world.call('makePushKey', desk.owner);
  const address = 'https://push.example.net/abc';
  return desk.channel({ kind: 'push', address, keys: browser.keys });
};
const write = (kind: 'mains-lost' | 'mains-restored' | 'bin-forced'): void => {
  desk.depot.box.write(kind, kind === 'bin-forced' ? { bin: 3 } : {});
  desk.depot.box.report();
};
/** How many notices reached people: by mail, by push, by text message. */
const reached = () => [
  world.outside.mails.length,
  world.outside.requests.filter(({ headers }) => headers['content-encoding'] === 'aes128gcm').length,
  world.phones.on(number).length,
];
const events = (text: string | undefined) => text?.match(/evt_\d+/g) ?? [];
/** Lets the clock come to a moment, in steps. */
const come = async (atMs: number): Promise<void> => {
  while (world.ports.nowMs < atMs) await desk.pass(Math.min(10 * minuteMs, atMs - world.ports.nowMs));
};
/** The same to a time in Tokyo, of this day or, before 18:00, of the next. */
const until = (time: string): Promise<void> =>
  come(Date.parse(`${time < '18:00' ? '2026-04-02' : '2026-04-01'}T${time}+09:00`));

describe('in quiet hours', () => {
  it('mails, pushes and text messages wait until these end; a webhook does not (SEC-11)', async () => {
    for (const channel of [mailbox(), pushed(), phone(), webhook()])
      desk.rule(['exchange'], [channel], night);
    await until('23:00');
    desk.exchange();
    await desk.settle();
    expect([desk.arrived().length, ...reached()]).toEqual([1, 0, 0, 0]);
    const waiting = desk.deliveries({ state: 'pending' });
    expect(waiting.map(({ next_attempt_at, attempts }) => [next_attempt_at, attempts])).toEqual(
      Array.from({ length: 3 }, () => ['2026-04-01T21:00:00.000Z', 0]),
    );
    await until('05:59:59');
    expect(reached()).toEqual([0, 0, 0]);
    await until('06:00');
    expect([desk.arrived().length, ...reached()]).toEqual([1, 1, 1, 1]);
  });

  it('what waits goes in its order and together, the same of it once (MO-07)', async () => {
    desk.rule(['power', 'exchange'], [mailbox()], night);
    await until('23:00');
    desk.exchange();
    write('mains-lost');
    write('mains-lost');
    write('mains-restored');
    await until('05:00');
    desk.depot.box.write('key-placed', { bin: 3, tag: fob(7) });
    desk.depot.box.report();
    await until('06:00');
    expect(world.outside.mails.map(({ subject }) => subject)).toEqual(['SmartBox: 4 notices']);
    const told = events(world.outside.mails[0]?.text);
    expect(told).toHaveLength(4);
    expect(told).toEqual([...told].sort());
  });

  it('all of a night arrives in the morning, fifty in a mail', async () => {
    desk.rule(['power'], [mailbox()], { ...night, repeat_after_ms: 0 });
    await until('22:00');
    for (let count = 0; count < 120; count++) write(count % 2 === 0 ? 'mains-lost' : 'mains-restored');
    await until('06:00');
    const told = world.outside.mails.map(({ text }) => events(text).length);
    expect(told).toEqual([50, 50, 20]);
    expect(new Set(world.outside.mails.flatMap(({ text }) => events(text))).size).toBe(120);
  });

  it('another rule, or a trial, on the same channel does not wait, and wakes nothing that does', async () => {
    const channel = mailbox();
    desk.rule(['exchange'], [channel], night);
    desk.rule(['power'], [channel]);
    await until('23:00');
    desk.exchange();
    write('mains-lost');
    await desk.settle();
    expect(world.outside.mails.map(({ subject }) => subject)).toEqual(['SmartBox: Box Box lost its power']);
    world.call('tryNoticeChannel', desk.owner, { params: { channel_id: String(channel.id) } });
    await desk.settle();
    expect(world.outside.mails).toHaveLength(2);
    await until('06:00');
    expect(world.outside.mails.map(({ subject }) => subject)[2]).toBe('SmartBox: Key Van 7 was taken');
  });

  it('an urgent rule tells of a break-in at once, and of all else in the morning (SEC-11)', async () => {
    desk.rule(['*'], [mailbox()], { ...night, urgent: true });
    desk.rule(['*'], [mailbox('home')], night);
    await until('23:00');
    write('mains-lost');
    write('bin-forced');
    await desk.settle();
    expect(world.outside.mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['desk@example.jp', expect.stringContaining('forced')],
    ]);
    await until('06:00');
    expect(world.outside.mails.map(({ to, text }) => [to, events(text).length])).toEqual([
      ['desk@example.jp', 1],
      ['desk@example.jp', 1],
      ['home@example.jp', 2],
    ]);
  });

  it('a later attempt waits too, and so does the next channel of a webhook that fails (MO-08)', async () => {
    desk.rule(['power'], [mailbox('late')], night);
    desk.rule(['power'], [webhook(), mailbox('next')], night);
    const failing = { kind: 'failed', reason: 'connection' } as const;
    world.outside.answer = () => failing;
    world.outside.take = () => ({ kind: 'failed', status: 451 });
    await until('21:59:58');
    write('mains-lost');
    await desk.settle();
    await until('05:59');
    expect(world.outside.mails.map(({ to }) => to)).toEqual(['late@example.jp']);
    expect(desk.arrived().length).toBeGreaterThan(3);
    world.outside.take = () => ({ kind: 'accepted' });
    await until('06:00');
    expect(world.outside.mails.map(({ to }) => to).sort()).toEqual([
      ...['late@example.jp', 'late@example.jp', 'next@example.jp'],
    ]);
  });

  it('what a provider took before them is asked about in them', async () => {
    desk.rule(['power'], [phone()], night);
    await until('21:59:55');
    write('mains-lost');
    await desk.settle();
    expect(desk.deliveries()).toMatchObject([{ state: 'pending', attempts: 1 }]);
    await until('22:10');
    expect(desk.deliveries()).toMatchObject([{ state: 'delivered' }]);
  });

  it('what waits keeps the hours of its rule, whatever becomes of that', async () => {
    const kept = desk.rule(['power'], [mailbox()], night);
    await until('23:00');
    write('mains-lost');
    await desk.settle();
    world.call('removeNoticeRule', desk.owner, { params: { rule_id: String(kept.id) } });
    await until('05:59');
    expect(world.outside.mails).toEqual([]);
    await until('06:00');
    expect(world.outside.mails).toHaveLength(1);
  });

  it('a channel that is paused and active again does not wake anybody either', async () => {
    const channel = mailbox();
    desk.rule(['power'], [channel], night);
    await until('23:00');
    write('mains-lost');
    await desk.settle();
    for (const state of ['paused', 'active']) {
      world.call('changeNoticeChannel', desk.owner, {
        ...{ params: { channel_id: String(channel.id) }, body: { state }, ifMatch: '*' },
      });
      await desk.settle();
    }
    expect(world.outside.mails).toEqual([]);
  });

  it('end by the clock of their place on the nights on which it is turned', async () => {
    const berlin = { quiet_hours: night.quiet_hours, time_zone: 'Europe/Berlin' };
    desk.rule(['power'], [mailbox()], { ...berlin, repeat_after_ms: 0 });
    for (const [evening, end] of [
      // Turned back: from 22:00 to 06:00 there are nine hours. Turned forward: seven.
      ['2026-10-24T20:30Z', '2026-10-25T05:00Z'],
      ['2027-03-27T21:30Z', '2027-03-28T04:00Z'],
    ] as const) {
      const before = world.outside.mails.length;
      await desk.pass(Date.parse(evening) - world.ports.nowMs);
      write('mains-lost');
      await come(Date.parse(end) - 1_000);
      expect(world.outside.mails.length).toBe(before);
      await come(Date.parse(end));
      expect(world.outside.mails.length).toBe(before + 1);
    }
  });
});

describe('a cloud that starts again in quiet hours', () => {
  it('sends what waited when these end, once', async () => {
    desk.rule(['power'], [mailbox()], night);
    await until('23:00');
    write('mains-lost');
    await desk.settle();
    desk.stop();
    const after = createFeaturesWorld({ image: world.database.serialize(), ports: world.ports });
    const stop = after.features.notices.watch();
    await until('05:59');
    expect(after.outside.mails).toEqual([]);
    await until('06:00');
    await desk.pass(hourMs, 10 * minuteMs);
    expect([world.outside.mails.length, after.outside.mails.length]).toEqual([0, 1]);
    stop();
  });
});

describe('the quiet hours of a rule', () => {
  it('are shown as they were set, changed, and taken away', () => {
    const made = desk.rule(['*'], [mailbox()], { ...night, urgent: true });
    expect(made).toMatchObject({ ...night, urgent: true });
    const change = (body: object) =>
      bodyOf(
        world.call('changeNoticeRule', desk.owner, {
          ...{ params: { rule_id: String(made.id) }, body, ifMatch: '*' },
        }),
      );
    expect(change({ label: 'y' })).toMatchObject({ ...night, urgent: true });
    const weekend = [{ days: ['sat', 'sun'], from: '00:00', until: '24:00' }];
    expect(change({ quiet_hours: weekend, urgent: false })).toMatchObject({
      ...{ quiet_hours: weekend, time_zone: 'Asia/Tokyo', urgent: false },
    });
    expect(change({ quiet_hours: [], time_zone: null })).toMatchObject({ quiet_hours: [], time_zone: null });
    expect(desk.rule(['*'], [mailbox()])).toMatchObject({ quiet_hours: [], time_zone: null, urgent: false });
  });

  it.each([
    [{ quiet_hours: night.quiet_hours }, '/body/time_zone time-zone-missing'],
    [{ ...night, time_zone: null }, '/body/time_zone time-zone-missing'],
    [{ ...night, time_zone: '' }, '/body/time_zone unknown-time-zone'],
    [{ ...night, time_zone: 'Asia/Edo' }, '/body/time_zone unknown-time-zone'],
    [
      { ...night, quiet_hours: [{ days: ['mon'], from: '22:00', until: '22:00' }] },
      '/body/quiet_hours/0/until empty-window',
    ],
    [
      { ...night, quiet_hours: [{ days: ['mon'], from: '25:00', until: '06:00' }] },
      '/body/quiet_hours/0/from not-a-time',
    ],
    [
      {
        ...night,
        quiet_hours: [...night.quiet_hours, { days: ['mon'], from: '05:00', until: '07:00' }],
      },
      '/body/quiet_hours overlapping-windows',
    ],
    [
      { ...night, quiet_hours: [{ days: [...week], from: '00:00', until: '24:00' }] },
      '/body/quiet_hours always-quiet',
    ],
  ])('are refused where they say nothing, or hold for ever: %j', (about, pointer) => {
    const channel = mailbox();
    expect(problemOf(() => desk.rule(['*'], [channel], about))?.pointers).toEqual([pointer]);
  });

  it('keep their time zone: it cannot be taken from under them', () => {
    const made = desk.rule(['*'], [mailbox()], night);
    const refused = problemOf(() =>
      world.call('changeNoticeRule', desk.owner, {
        ...{ params: { rule_id: String(made.id) }, body: { time_zone: null }, ifMatch: '*' },
      }),
    );
    expect(refused?.pointers).toEqual(['/body/time_zone time-zone-missing']);
  });
});
