// An opening from afar through every layer of the cloud: API, step-up, broker, authoriser, database and back, over real
// sockets and in a real session.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { systemEntropy } from '../src/platform/entropy.ts';
import { silentLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { systemClock, systemDefer, systemTimers } from '../src/platform/system-clock.ts';
import { LiveBox } from './live-box.ts';

const words = 'correct horse battery staple';

describe('an opening from afar', () => {
  const box = new LiveBox(1);
  let cloud: Cloud;
  let address: string;
  let token: string;

  async function send(method: string, path: string, body?: object, idempotencyKey?: string) {
    const response = await fetch(address + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  const order = (body: object, key?: string) =>
    send('POST', `/v1/boxes/box_${box.boxId}/openings`, { press: 'none', reason: 'Test', ...body }, key);

  beforeAll(async () => {
    cloud = compose({
      config: readConfig({
        SMARTBOX_DATA_DIR: mkdtempSync(join(tmpdir(), 'smartbox-afar-')),
        SMARTBOX_HTTP_PORT: '0',
        SMARTBOX_MQTT_PORT: '0',
        SMARTBOX_MQTT_PLAIN: '1',
        SMARTBOX_MQTT_TLS_PORT: '0',
      }),
      ...{ clock: systemClock, timers: systemTimers, entropy: systemEntropy, defer: systemDefer },
      log: silentLog(),
    });
    await cloud.start();
    address = await cloud.listen();
    token = await cloud.commitGroup.run(() => {
      const { tenants } = cloud.features;
      return tenants.issueToken(tenants.create('Test'), { name: 'Test', permissions: allPermissions }).text;
    });
    const factory_key = Buffer.from(box.factoryKey).toString('hex');
    await send('POST', '/v1/factory-boxes', { box_id: box.boxId, factory_key });
    const location = await send('POST', '/v1/locations', { name: 'Depot', time_zone: 'Asia/Tokyo' });
    await box.plugIn(cloud.mqttPorts()?.plain ?? 0);
    const claim = box.claim();
    await box.settled();
    const place = { name: 'Box', location_id: location.body.id };
    await send('POST', '/v1/boxes', { label: box.label, claim_code: claim.code, ...place });
    await claim.finish();
    await box.openSession();
  });
  afterAll(async () => {
    box.unplug();
    await cloud.stop();
  });

  it('asks first whether a person is there', async () => {
    expect((await order({ target: { bin: 3 } })).body).toMatchObject({ code: 'step-up-required' });
    await send('PUT', '/v1/step-up-passphrase', { passphrase: words });
    expect((await send('POST', '/v1/step-ups', { passphrase: words })).status).toBe(201);
  });

  it.each([
    ['a bin (AC-06)', { bin: 3 }, 3],
    ['the main lock (AC-07)', 'main_lock', 0],
  ])('opens %s on the answer to the box’s own question, and once', async (_name, target, bin) => {
    const made = await order({ target }, `open-${bin}`);
    expect(made).toMatchObject({ status: 201, body: { state: 'ordered', target } });
    expect(await order({ target }, `open-${bin}`)).toEqual(made);
    expect(await box.askAsOrdered()).toMatchObject({ bin, press: 'none' });
    expect(await box.answered()).toBe('granted');
    await box.report();
    expect(box.opened.at(-1)).toBe(bin);
    const read = await send('GET', `/v1/openings/${made.body.id}`);
    expect(read.body).toMatchObject({ state: 'opened', target });
  });

  it('ends with the box’s connection, and is not given to a box that is not there (AC-06, AC-07)', async () => {
    await order({ target: { bin: 3 }, press: 'button' });
    box.unplug();
    await expect.poll(async () => (await send('GET', '/v1/openings?pending=true')).body.data).toHaveLength(0);
    expect((await order({ target: { bin: 3 } })).body).toMatchObject({ code: 'box-offline', status: 409 });
    expect((await order({ target: 'main_lock' })).body).toMatchObject({ code: 'box-offline' });
  });
});
