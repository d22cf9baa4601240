// Openings without the cloud through every layer: a box on a real connection gets its keys at the first contact and
// confirms them, a sheet is printed over HTTP, the cloud is gone, and the log tells what was opened. Then a reading
// of everything that was logged on the way.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BodyNamed,
  encodeOfflineUse,
  nobleCrypto,
  offlineGrant,
  phoneAnswer,
  sheetCode,
} from '@smartbox/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { systemEntropy } from '../src/platform/entropy.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { systemClock, systemDefer, systemTimers } from '../src/platform/system-clock.ts';
import { LiveBox } from './live-box.ts';
import { readSheet } from './sheet-reading.ts';

describe('a box that will be alone', () => {
  const directory = mkdtempSync(join(tmpdir(), 'smartbox-emergency-'));
  const lines: string[] = [];
  const secrets: string[] = [];
  const box = new LiveBox(1);
  let cloud: Cloud;
  let address: string;
  let token: string;
  let held: BodyNamed<'emergency-changed'>;
  let cells: string[];

  async function start(): Promise<void> {
    cloud = compose({
      config: readConfig({
        ...{ SMARTBOX_DATA_DIR: directory, SMARTBOX_HTTP_PORT: '0', SMARTBOX_MQTT_PORT: '0' },
        ...{ SMARTBOX_MQTT_PLAIN: '1', SMARTBOX_MQTT_TLS_PORT: '0' },
      }),
      ...{ clock: systemClock, timers: systemTimers, entropy: systemEntropy, defer: systemDefer },
      log: createLog({ level: 'trace', clock: systemClock }, { write: (line) => void lines.push(line) }),
    });
    await cloud.start();
    address = await cloud.listen();
  }

  async function call(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(address + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect([path, response.ok]).toEqual([path, true]);
    return response;
  }

  const json = async (method: string, path: string, body?: object) =>
    (await (await call(method, path, body)).json()) as Record<string, string>;
  const path = (rest: string) => `/v1/boxes/box_${box.boxId}/${rest}`;

  /** Says what it holds, and takes over what it is told. */
  function confirm(sheetGeneration = held?.sheetGeneration ?? 0): void {
    const version = held?.version ?? 0;
    const bookingGeneration = held?.bookingGeneration ?? 0;
    const body = { version, sheetGeneration, sheetRevoked: false, bookingGeneration, authenticator: false };
    box.send(box.seal({ name: 'emergency-confirmed', body }));
  }

  async function hearKeys(): Promise<void> {
    const heard = await box.hear();
    if (heard?.name !== 'emergency-changed') throw new RangeError(`heard ${heard?.name}`);
    held = heard.body;
  }

  beforeAll(async () => {
    await start();
    token = await cloud.commitGroup.run(() => {
      const { tenants } = cloud.features;
      return tenants.issueToken(tenants.create('Test'), { name: 'Desk', permissions: allPermissions }).text;
    });
    const proof = { passphrase: 'night shift at the depot' };
    await call('PUT', '/v1/step-up-passphrase', proof);
    await call('POST', '/v1/step-ups', proof);
  });
  afterAll(async () => {
    box.unplug();
    await cloud.stop();
  });

  it('holds its keys after the first contact, before anybody printed anything (EM-11, EM-12)', async () => {
    const factoryKey = Buffer.from(box.factoryKey).toString('hex');
    await json('POST', '/v1/factory-boxes', { box_id: box.boxId, factory_key: factoryKey });
    const location = await json('POST', '/v1/locations', { name: 'Depot', time_zone: 'Asia/Tokyo' });
    await box.plugIn(cloud.mqttPorts()?.plain ?? 0);
    const claim = box.claim();
    await box.settled();
    const wanted = { label: box.label, claim_code: claim.code, name: 'Box', location_id: location.id };
    await json('POST', '/v1/boxes', wanted);
    await claim.finish();
    expect(await box.openSession()).toBe(true);
    confirm();
    await hearKeys();
    expect(held).toMatchObject({ version: 1, sheetGeneration: 1 });
    confirm();
    await box.settled();
    box.write('key-placed', { bin: 3, tag: box.fob });
    await box.report();
    const fob = Buffer.from(box.fob.slice(0, 7)).toString('hex');
    await json('POST', '/v1/keys', { name: 'Van', location_id: location.id, fob_tag: fob });
  });

  it('confirms a later sheet while the paper is still being made (EM-12)', async () => {
    await call('POST', path('sheets'), { format: 'csv', renew: false }).then((answer) => answer.text());
    await hearKeys();
    confirm();
    await box.settled();
    const printing = call('POST', path('sheets'), { format: 'csv' });
    await hearKeys();
    confirm();
    const answer = await printing;
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const [row] = readSheet(await answer.text()).filter(({ name }) => name === 'Van');
    cells = [...(row?.codes ?? [])];
    expect(cells[0]).toBe(sheetCode(nobleCrypto, held.sheetKey, { target: 3, cell: 1 }));
    const state = await json('GET', path('emergency'));
    expect(state).toMatchObject({ sheet: { state: 'current', generation: 2, generation_in_force: 2 } });
  });

  it('gets the answer to its challenge by phone (EM-16)', async () => {
    const asked = { challenge: '２０４６ ８１３５', bin: 3, caller: 'Sato' };
    const { answer } = await json('POST', path('phone-answers'), asked);
    expect(answer).toBe(phoneAnswer(nobleCrypto, held.phoneKey, { challenge: '20468135', target: 3 }));
    secrets.push('20468135', String(answer));
  });

  it('opens without the cloud and tells of it when the cloud is back (EM-08, EM-11)', async () => {
    box.unplug();
    await cloud.stop();
    const grant = offlineGrant(2);
    const tag = encodeOfflineUse({ method: 'sheet', generation: 2, number: 1 });
    box.write('code-used', { bin: 3, grant, tag });
    for (const kind of ['open-intended', 'bin-opened'] as const) box.write(kind, { bin: 3, grant });
    box.write('key-taken', { bin: 3, grant, tag: box.fob });
    await start();
    await box.plugIn(cloud.mqttPorts()?.plain ?? 0);
    expect(await box.openSession()).toBe(true);
    confirm();
    await box.report();
    const types = 'offline.opened,offline.unexpected,bin.opened_without_grant,key.withdrawn';
    const { data } = (await json('GET', `/v1/events?type=${types}`)) as unknown as {
      data: readonly { type: string; data: object }[];
    };
    expect(data).toMatchObject([
      { type: 'key.withdrawn', bin: 3, data: { grant, by_hand: true } },
      { type: 'offline.opened', bin: 3, data: { method: 'sheet', generation: 2, cell: 1 } },
    ]);
  });

  it('leaves no code and no key in the log or in any event (I6)', async () => {
    const { revocation_code } = await json('POST', path('sheet-revocations'));
    const { uri = '' } = await json('PUT', path('authenticator'), { label: 'Night porter' });
    secrets.push(String(revocation_code), new URL(uri).searchParams.get('secret') ?? '', ...cells);
    for (const key of [held.sheetKey, held.bookingKey, held.phoneKey]) {
      secrets.push(Buffer.from(key).toString('hex'), Buffer.from(key).toString('base64'));
    }
    const events = await (await call('GET', '/v1/events?limit=200')).text();
    const log = lines.join('\n');
    expect(lines.length).toBeGreaterThan(20);
    expect(secrets.length).toBe(20);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(7);
      expect(log).not.toContain(secret);
      expect(events).not.toContain(secret);
    }
  });
});
