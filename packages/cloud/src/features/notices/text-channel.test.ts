// Notices by text message: what the provider takes is asked about until it is known to have arrived.
import { beforeEach, describe, expect, it } from 'vitest';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { createNoticeDesk } from '../../../test/notice-desk.ts';

const number = '+819012345678';
const minuteMs = 60_000;

let world: FeaturesWorld;
let desk: ReturnType<typeof createNoticeDesk>;

beforeEach(() => {
  world = createFeaturesWorld();
  desk = createNoticeDesk(world);
});

const phone = (about: object = {}) =>
  desk.channel({ kind: 'text', address: number, language: 'en', ...about });
const mailbox = () => desk.channel({ kind: 'mail', address: 'desk@example.jp', language: 'en' });
const write = (kind: 'mains-lost' | 'mains-restored' = 'mains-lost'): void => {
  desk.depot.box.write(kind);
  desk.depot.box.report();
};
const outcomes = () => desk.results(desk.deliveries().at(-1)?.id).map(({ outcome }) => outcome);

describe('a phone', () => {
  it('is sent one short text, and the delivery is known when the provider says that it arrived (SEC-11)', async () => {
    desk.rule(['exchange'], [phone()]);
    desk.exchange();
    await desk.settle();
    expect(world.phones.on(number)).toEqual([
      expect.stringMatching(/^SmartBox: Key Van 7 was taken\nWhen: /),
    ]);
    expect(Array.from(world.phones.on(number)[0] ?? '').length).toBeLessThanOrEqual(200);
    expect(desk.deliveries()).toMatchObject([{ state: 'pending', attempts: 1 }]);
    await desk.pass(20_000);
    expect(desk.deliveries()).toMatchObject([{ state: 'delivered' }]);
    expect(outcomes()).toEqual(['taken', 'delivered']);
    expect(world.phones.on(number)).toHaveLength(1);
  });

  it('that the provider cannot reach is given up, and the next channel is told (MO-08)', async () => {
    world.phones.later.set('SM1', { kind: 'failed', reason: 'provider-30003' });
    desk.rule(['power'], [phone(), mailbox()]);
    write();
    await desk.settle();
    expect(world.outside.mails).toEqual([]);
    await desk.pass(20_000);
    expect(outcomes()).toEqual(['taken', 'provider-30003']);
    expect(desk.deliveries().map(({ state }) => state)).toEqual(['delivered', 'failed']);
    expect(world.outside.mails).toHaveLength(1);
  });

  it('whose number the provider refuses is given up at once, and the next channel is told (MO-08)', async () => {
    world.phones.outcomes.push({ kind: 'failed', reason: 'provider-21211' });
    desk.rule(['power'], [phone(), mailbox()]);
    write();
    await desk.settle();
    expect(world.outside.mails).toHaveLength(1);
  });

  it('is told later where the provider is away, and the next channel after half a minute (MO-08)', async () => {
    for (let count = 0; count < 3; count++)
      world.phones.outcomes.push({ kind: 'again', reason: 'no-connection', afterMs: undefined });
    desk.rule(['power'], [phone(), mailbox()]);
    write();
    await desk.pass(minuteMs, 1_000);
    expect(desk.deliveries().map(({ state, attempts }) => [state, attempts])).toEqual([
      ['delivered', 1],
      ['moved', 3],
    ]);
    expect(world.phones.on(number)).toEqual([]);
  });

  it('counts as told where the provider never says more than that it has the message', async () => {
    world.phones.later.set('SM1', { kind: 'pending' });
    desk.rule(['power'], [phone()]);
    write();
    await desk.pass(6 * minuteMs, 10_000);
    expect(desk.deliveries()).toMatchObject([{ state: 'delivered' }]);
    expect([world.phones.looks(), world.phones.on(number).length]).toEqual([3, 1]);
  });

  it('gets no more than its cap in any hour; the rest waits and goes as one (MO-07)', async () => {
    desk.rule(['*'], [phone({ cap_per_hour: 2 })], { repeat_after_ms: 0 });
    for (let count = 0; count < 6; count++) {
      write(count % 2 === 0 ? 'mains-lost' : 'mains-restored');
      await desk.pass(minuteMs, minuteMs / 2);
    }
    expect(world.phones.on(number)).toHaveLength(2);
    await desk.pass(60 * minuteMs, minuteMs);
    expect(world.phones.on(number)).toHaveLength(3);
    expect(world.phones.on(number)[2]).toContain('SmartBox: 4 notices');
    await desk.pass(minuteMs, 10_000);
    expect(desk.deliveries().map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'delivered'));
  });

  it('has ten texts an hour unless somebody says otherwise, and a number that is none is refused', () => {
    expect(phone()).toMatchObject({ cap_per_hour: 10, address: number });
    for (const address of ['09012345678', '+81 90 1234', '+819012345678,+81901', 'desk@example.jp'])
      expect([address, problemOf(() => phone({ address }))?.pointers]).toEqual([
        address,
        ['/body/address not-a-phone-number'],
      ]);
    const reader = { ...desk.owner, permissions: ['notices:read'] as const };
    const { id } = phone();
    const params = { channel_id: String(id) };
    expect(world.call('getNoticeChannel', reader, { params }).body).toMatchObject({ address: '+81…78' });
  });
});

describe('a cloud that starts again', () => {
  it('asks what became of the text that a provider has, and sends no other', async () => {
    desk.rule(['power'], [phone()]);
    write();
    await desk.settle();
    desk.stop();
    const after = createFeaturesWorld({ image: world.database.serialize(), ports: world.ports });
    const stop = after.features.notices.watch();
    await desk.pass(20_000);
    expect([after.phones.looks(), after.phones.on(number).length]).toEqual([1, 0]);
    stop();
  });
});
