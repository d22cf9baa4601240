// The cloud is killed, as a process that loses its power, while a notice is on its way over real sockets; and its
// relay is away for an hour. What the ledger holds is told afterwards.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelKind } from '../src/features/notices/channel.ts';
import { traceStages } from '../src/platform/clock.ts';
import { arm, enrol, post, type RunningCloud, read, skip, startCloud } from './cloud-process.ts';
import { LiveBox } from './live-box.ts';
import { type MailRelay, readMail, startMailRelay } from './mail-relay.ts';
import { createTestBrowser } from './test-browser.ts';
import { startTextProvider, type TextProvider } from './text-provider.ts';
import { startWebReceiver, type WebReceiver } from './web-receiver.ts';

const minuteMs = 60_000;
const browser = createTestBrowser();

let directory: string;
let box: LiveBox;
let hooks: WebReceiver;
let pushes: WebReceiver;
let relay: MailRelay;
let phones: TextProvider;
let cloud: RunningCloud;
/** How far ahead of the machine the cloud's clock is. */
let skippedMs: number;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'smartbox-notices-'));
  skippedMs = 0;
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  writeFileSync(join(directory, 'trusted.pem'), cert);
  hooks = await startWebReceiver();
  pushes = await startWebReceiver({ tls: { cert, key } });
  relay = await startMailRelay();
  phones = await startTextProvider();
  writeFileSync(join(directory, 'text-token'), phones.token, { mode: 0o600 });
  cloud = await start();
  box = new LiveBox(1);
  const location = await post(cloud, '/v1/locations', { name: 'Depot', time_zone: 'Asia/Tokyo' });
  await enrol(cloud, box, location.id ?? '');
});

afterEach(async () => {
  box.unplug();
  cloud.child.kill('SIGKILL');
  await cloud.ended;
  for (const receiver of [hooks, pushes]) receiver.stop();
  await relay.stop();
  await phones.close();
});

function start(): Promise<RunningCloud> {
  return startCloud(directory, {
    skippedMs,
    environment: {
      SMARTBOX_HTTP_PER_ADDRESS: '0',
      SMARTBOX_HTTP_PER_TOKEN: '0',
      SMARTBOX_OUTBOUND_NETWORKS: '127.0.0.1',
      SMARTBOX_SMTP_HOST: '127.0.0.1',
      SMARTBOX_SMTP_PORT: String(relay.port),
      SMARTBOX_SMTP_SECURITY: 'plain',
      SMARTBOX_MAIL_FROM: 'SmartBox <box@example.jp>',
      SMARTBOX_TEXT_MESSAGE_URL: phones.url,
      SMARTBOX_TEXT_MESSAGE_ACCOUNT: phones.account,
      SMARTBOX_TEXT_MESSAGE_TOKEN_FILE: join(directory, 'text-token'),
      SMARTBOX_TEXT_MESSAGE_FROM: phones.from,
      // Node's own setting: the push service of this test is trusted beside those of the system.
      NODE_EXTRA_CA_CERTS: join(directory, 'trusted.pem'),
    },
  });
}

/** Has every exchange told to a channel. */
async function tell(kind: ChannelKind): Promise<void> {
  const addresses = { webhook: hooks.url, mail: 'desk@example.jp', push: pushes.url, text: '+819012345678' };
  if (kind === 'push') await post(cloud, '/v1/push-key');
  const channel = await post(cloud, '/v1/notice-channels', {
    ...{ kind, label: kind, address: addresses[kind], language: 'en', cap_per_hour: 200 },
    ...(kind === 'push' ? { keys: browser.keys } : {}),
  });
  await post(cloud, '/v1/notice-rules', { label: kind, events: ['exchange'], channel_ids: [channel.id] });
}

let isIn = true;
beforeEach(() => {
  isIn = true;
});

/** The key leaves its bin, or comes back, and the cloud has it in its ledger. */
async function exchange(): Promise<void> {
  box.write(isIn ? 'key-taken' : 'key-placed', { bin: 3, tag: box.fob });
  isIn = !isIn;
  await box.report();
}

async function restart(): Promise<void> {
  cloud.child.kill('SIGKILL');
  expect(await cloud.ended).toBe('SIGKILL');
  box.unplug();
  cloud = await start();
  await box.plugIn(cloud.mqttPort);
  expect(await box.openSession()).toBe(true);
}

interface ShownDelivery {
  readonly id: string;
  readonly event_id: string;
  readonly state: string;
  readonly attempts: number;
  readonly next_attempt_at: string | null;
}

async function deliveries(): Promise<readonly ShownDelivery[]> {
  const { data } = await read(cloud, '/v1/notice-deliveries?limit=200');
  return data as readonly ShownDelivery[];
}

/** Waits until nothing is under way that is due by then. @param nowMs of the cloud's clock */
async function settled(nowMs: number): Promise<readonly ShownDelivery[]> {
  for (;;) {
    const all = await deliveries();
    if (all.every(({ next_attempt_at: at }) => at === null || Date.parse(at) > nowMs)) return all;
  }
}

/** Waits until nothing is owed any more. */
function everythingArrived(): Promise<readonly ShownDelivery[]> {
  return settled(Number.POSITIVE_INFINITY);
}

async function pass(wholeMs: number, stepMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < wholeMs; passedMs += stepMs) {
    skippedMs += stepMs;
    await settled(await skip(cloud, stepMs));
  }
}

const webhooks = () =>
  hooks.heard.map(({ headers, body }) => ({ id: headers['webhook-id'], body: body.toString('utf8') }));
const mailedEvents = () => relay.taken.flatMap((mail) => readMail(mail).text.match(/evt_\d+/g) ?? []);
const messageIds = () => relay.taken.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1]);

// Each test starts several processes.
const patienceMs = 300_000;

describe('a cloud that is killed while a notice is on its way', { timeout: patienceMs }, () => {
  it('sends the webhook afterwards: the same bytes under the same id (MO-08)', async () => {
    await tell('webhook');
    hooks.holds = true;
    await exchange();
    await hooks.until(1);
    hooks.holds = false;
    await restart();
    expect((await everythingArrived()).map(({ state }) => state)).toEqual(['delivered']);
    const [first, second, ...others] = webhooks();
    expect(first?.id).toMatch(/^dlv_/);
    expect([second, others]).toEqual([first, []]);
    await exchange();
    await everythingArrived();
    expect(webhooks().map(({ body }) => JSON.parse(body).sequence)).toEqual([1, 1, 2]);
  });

  it('sends the mail afterwards, once, where the relay did not have it yet (MO-08)', async () => {
    await tell('mail');
    relay.holds = 'recipient';
    await exchange();
    await relay.untilHeld();
    relay.holds = undefined;
    await restart();
    const [delivery] = await everythingArrived();
    expect(delivery?.state).toBe('delivered');
    expect(mailedEvents()).toEqual([delivery?.event_id]);
  });

  it('sends a mail that the relay could not confirm once more, under the same Message-ID', async () => {
    await tell('mail');
    relay.holds = 'mail';
    await exchange();
    await relay.untilHeld();
    relay.holds = undefined;
    await restart();
    const [delivery] = await everythingArrived();
    const id = `<${delivery?.id}@example.jp>`;
    expect(messageIds()).toEqual([id, id]);
  });

  it('sends the push afterwards: the browser sees the same delivery', async () => {
    await tell('push');
    pushes.holds = true;
    await exchange();
    await pushes.until(1);
    pushes.holds = false;
    await restart();
    const [delivery] = await everythingArrived();
    expect(pushes.heard.map(({ body }) => browser.read(body))).toEqual(
      [1, 2].map(() =>
        expect.objectContaining({ title: 'SmartBox: Key Van was taken', delivery_id: delivery?.id }),
      ),
    );
  });

  it('asks what became of a text message that the provider has, and sends no other (MO-08)', async () => {
    await tell('text');
    phones.later.set('SM1', { status: 'sent', error_code: null });
    await exchange();
    while ((await deliveries()).every(({ attempts }) => attempts === 0));
    phones.later.delete('SM1');
    await restart();
    await pass(minuteMs, minuteMs / 2);
    expect((await everythingArrived()).map(({ state }) => state)).toEqual(['delivered']);
    expect(phones.arrived).toEqual([
      {
        to: '+819012345678',
        from: phones.from,
        body: expect.stringMatching(/^SmartBox: Key Van was taken\n/),
      },
    ]);
  });

  it('between any two steps of an exchange tells it all the same, under one id and number (SEC-11, I7)', async () => {
    await tell('webhook');
    await tell('mail');
    for (const stage of traceStages) {
      await arm(cloud, stage);
      box.write(isIn ? 'key-taken' : 'key-placed', { bin: 3, tag: box.fob });
      isIn = !isIn;
      await box.report().catch(() => {});
      await restart();
      await box.report();
    }
    const all = await everythingArrived();
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['delivered']));
    const told = new Map(webhooks().map(({ id, body }) => [id, JSON.parse(body)]));
    const inOrder = [...told.values()].sort((one, other) => one.sequence - other.sequence);
    expect(inOrder.map(({ sequence, type }) => [sequence, type])).toEqual(
      traceStages.map((_, index) => [index + 1, index % 2 === 0 ? 'key.withdrawn' : 'key.returned']),
    );
    expect(new Set(mailedEvents())).toEqual(new Set(inOrder.map(({ data }) => data.id)));
  });
});

describe('a relay that is away for an hour', { timeout: patienceMs }, () => {
  it('gets every notice afterwards, once, though the cloud was killed meanwhile (SEC-11, MO-08)', async () => {
    await tell('mail');
    const { port } = relay;
    await relay.stop();
    for (let count = 0; count < 30; count++) {
      await exchange();
      await pass(2 * minuteMs, minuteMs);
      if (count === 15) await restart();
    }
    const before = await deliveries();
    expect(before.map(({ state }) => state)).toEqual(before.map(() => 'pending'));
    relay = await startMailRelay({}, port);
    await pass(3 * 60 * minuteMs, 30 * minuteMs);
    const after = await deliveries();
    expect(after.map(({ state }) => state)).toEqual(Array.from({ length: 30 }, () => 'delivered'));
    expect(mailedEvents().sort()).toEqual(after.map(({ event_id }) => event_id).sort());
    expect(new Set(mailedEvents()).size).toBe(30);
  });
});
