// Each alert by its name, from what happens at a box or a desk to what three people and programs are told of it.
import { beforeEach, describe, expect, it } from 'vitest';
import { createBookingDesk } from '../../../test/booking-desk.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob } from '../../../test/model-box.ts';
import { createNoticeDesk } from '../../../test/notice-desk.ts';
import { createTestBrowser } from '../../../test/test-browser.ts';

const browser = createTestBrowser();
const minuteMs = 60_000;

let world: FeaturesWorld;
let desk: ReturnType<typeof createNoticeDesk>;

beforeEach(() => {
  world = createFeaturesWorld();
  desk = createNoticeDesk(world);
  world.call('makePushKey', desk.owner);
});

/** Has an alert told by webhook, mail and push. */
function tell(alert: string): void {
  const kinds = [
    { kind: 'webhook', address: 'https://hooks.example.jp/' },
    { kind: 'mail', address: 'desk@example.jp', language: 'en' },
    { kind: 'push', address: 'https://push.example.net/abc', language: 'ja', keys: browser.keys },
  ];
  for (const about of kinds) desk.rule([alert], [desk.channel(about)]);
}

const pushes = () =>
  world.outside.requests
    .filter(({ headers }) => headers['content-encoding'] === 'aes128gcm')
    .map(({ body }) => browser.read(Buffer.from(body)));

/** The types that came by webhook, and how many notices by mail and by push. */
const told = () => ({
  webhook: desk
    .arrived()
    .filter(({ url }) => !url.includes('hangs'))
    .map(({ body }) => body.type),
  mail: world.outside.mails.flatMap(({ text }) => text.match(/^Event: evt_\d+$/gm) ?? []).length,
  push: pushes().length,
});

describe('every pickup and every return', () => {
  it('is told by webhook, mail and push before a second has passed, whoever hangs elsewhere (SEC-11)', async () => {
    const hangs = desk.channel({ kind: 'webhook', address: 'https://hangs.example.jp/' });
    desk.rule(['*'], [hangs]);
    const { answer } = world.outside;
    world.outside.answer = (request) =>
      request.url.includes('hangs') ? new Promise(() => {}) : answer(request);
    tell('exchange');
    const { box } = desk.depot;
    for (let count = 1; count <= 10; count++) {
      const beforeMs = world.ports.nowMs;
      if (count % 2 === 1) desk.exchange();
      else {
        box.write('key-placed', { bin: 3, tag: fob(7) });
        box.report();
      }
      // No time passes but what settling takes: nothing waits for a clock.
      await desk.settle();
      expect(world.ports.nowMs - beforeMs).toBeLessThan(1_000);
      expect(told()).toMatchObject({ mail: count, push: count });
      expect(told().webhook).toHaveLength(count);
    }
    const delivered = desk.deliveries({ state: 'delivered' });
    expect(delivered).toHaveLength(30);
    for (const { id } of delivered) expect(desk.results(id)).toHaveLength(1);
  });
});

describe('an alert', () => {
  const happen: Readonly<Record<string, () => void | Promise<void>>> = {
    exchange: () => desk.exchange(),
    booking_made: () => void createBookingDesk(desk.depot).book(),
    late_key: async () => {
      const params = { key_id: desk.depot.keyId };
      const body = { due_after_minutes: 60, grace_minutes: 0 };
      world.call('setReturnRule', desk.owner, { params, body });
      desk.exchange();
      const stop = world.features.start();
      await desk.pass(61 * minuteMs, minuteMs);
      expect(world.outside.mails[0]?.text).toMatch(/^Due: 1 Apr 2026, 19:00:00 GMT\+9$/m);
      stop();
    },
    power: () => write('mains-lost'),
    battery: () => write('battery-low', 18),
    internet: async () => {
      const stop = world.features.boxes.watch({ ...world.ports, commitGroup: world.commitGroup });
      await desk.pass(4 * minuteMs, minuteMs / 2);
      stop();
    },
  };

  const write = (kind: 'mains-lost' | 'battery-low', detail = 0): void => {
    desk.depot.box.write(kind, { detail });
    desk.depot.box.report();
  };

  it.each([
    ['exchange', 'key.withdrawn', 'SmartBox: Key Van 7 was taken', /鍵「Van 7」が取り出されました/],
    ['booking_made', 'booking.created', 'SmartBox: Key Van 7 was booked', /鍵「Van 7」の予約/],
    ['late_key', 'key.late', 'SmartBox: Key Van 7 is late', /返却が遅れています/],
    ['power', 'mains.lost', 'SmartBox: Box Box lost its power', /停電/],
    ['internet', 'box.offline', 'SmartBox: Box Box cannot be reached', /通信できません/],
    ['battery', 'battery.low', 'SmartBox: The battery of box Box is low', /電池が残りわずか/],
  ])('of %s is told by its name, in the language of each channel', async (alert, type, subject, pushed) => {
    tell(alert);
    await happen[alert]?.();
    await desk.settle();
    expect(told()).toEqual({ webhook: [type], mail: 1, push: 1 });
    expect(world.outside.mails[0]).toMatchObject({
      subject,
      text: expect.stringContaining('Where: Depot 1'),
    });
    expect(pushes()[0]?.title).toMatch(pushed);
    expect(pushes()[0]?.body).toContain('場所: Depot 1');
  });

  it.each([
    ['main-lock-forced', 'break_in', 'main_lock.forced', 'SmartBox: The front of box Box was forced'],
    ['main-lock-opened', 'break_in', 'main_lock.opened_without_grant', /opened without a grant$/],
    ['main-lock-left-open', 'trouble', 'main_lock.left_open', 'SmartBox: The front of box Box was left open'],
    ['main-lock-jammed', 'trouble', 'main_lock.jammed', /main lock of box Box is jammed$/],
  ] as const)(
    '%s is of %s: whoever stands at an open front has every key (AC-07)',
    async (kind, alert, type, subject) => {
      tell(alert);
      desk.depot.box.write(kind, {});
      desk.depot.box.report();
      await desk.settle();
      expect(told()).toEqual({ webhook: [type], mail: 1, push: 1 });
      expect(world.outside.mails[0]?.subject).toEqual(
        typeof subject === 'string' ? subject : expect.stringMatching(subject),
      );
    },
  );

  it('is told of one place, box or key where the rule names one', async () => {
    const hook = desk.channel({ kind: 'webhook', address: 'https://hooks.example.jp/' });
    const other = desk.depot.addKey(9);
    desk.rule(['exchange'], [hook], { key_id: other });
    desk.rule(['power'], [hook], { location_id: desk.depot.locationId });
    desk.rule(['battery'], [hook], { box_id: desk.depot.box.resourceId });
    desk.exchange();
    write('mains-lost');
    write('battery-low', 18);
    await desk.settle();
    expect(told().webhook).toEqual(['mains.lost', 'battery.low']);
  });
});
