// One key press through every layer of the cloud: API, broker, authoriser, database and back, over
// real sockets; and then a reading of everything that was logged and counted on the way.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mqttPassword, nobleCrypto } from '@smartbox/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { systemEntropy } from '../src/platform/entropy.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { systemClock, systemDefer, systemTimers } from '../src/platform/system-clock.ts';
import { LiveBox } from './live-box.ts';
import { startTextProvider, type TextProvider } from './text-provider.ts';

describe('one key press', () => {
  const lines: string[] = [];
  const box = new LiveBox(1);
  const secrets: string[] = [];
  let cloud: Cloud;
  let address: string;
  let token: string;
  let keyId: string;
  let phones: TextProvider;

  async function call(method: string, path: string, body?: object): Promise<Record<string, string>> {
    const response = await fetch(address + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect([path, response.status]).toEqual([path, method === 'POST' ? 201 : 200]);
    return (await response.json()) as Record<string, string>;
  }

  beforeAll(async () => {
    const clock = systemClock;
    phones = await startTextProvider();
    const tokenFile = join(mkdtempSync(join(tmpdir(), 'smartbox-trip-')), 'text-token');
    writeFileSync(tokenFile, `${phones.token}\n`, { mode: 0o600 });
    cloud = compose({
      config: readConfig({
        SMARTBOX_DATA_DIR: mkdtempSync(join(tmpdir(), 'smartbox-trip-')),
        SMARTBOX_HTTP_PORT: '0',
        SMARTBOX_MQTT_PORT: '0',
        SMARTBOX_MQTT_PLAIN: '1',
        SMARTBOX_MQTT_TLS_PORT: '0',
        SMARTBOX_TEXT_MESSAGE_URL: phones.url,
        SMARTBOX_TEXT_MESSAGE_ACCOUNT: phones.account,
        SMARTBOX_TEXT_MESSAGE_TOKEN_FILE: tokenFile,
        SMARTBOX_TEXT_MESSAGE_FROM: phones.from,
      }),
      ...{ clock, timers: systemTimers, entropy: systemEntropy, defer: systemDefer },
      log: createLog({ level: 'trace', clock }, { write: (line) => void lines.push(line) }),
    });
    await cloud.start();
    address = await cloud.listen();
    token = await cloud.commitGroup.run(() => {
      const tenantId = cloud.features.tenants.create('Test');
      return cloud.features.tenants.issueToken(tenantId, { name: 'Test', permissions: allPermissions }).text;
    });
  });
  afterAll(async () => {
    box.unplug();
    await cloud.stop();
    await phones.close();
  });

  it('opens the right bin, and the ledger tells it live (AC-01)', async () => {
    const factoryKey = Buffer.from(box.factoryKey).toString('hex');
    await call('POST', '/v1/factory-boxes', { box_id: box.boxId, factory_key: factoryKey });
    const location = await call('POST', '/v1/locations', { name: 'Depot', time_zone: 'Asia/Tokyo' });
    await box.plugIn(cloud.mqttPorts()?.plain ?? 0);
    const claim = box.claim();
    await box.settled();
    await call('POST', '/v1/boxes', {
      label: box.label,
      claim_code: claim.code,
      name: 'Box',
      location_id: location.id,
    });
    await claim.finish();
    expect(await box.openSession()).toBe(true);
    box.write('key-placed', { bin: 3, tag: box.fob });
    await box.report();
    const fobTag = Buffer.from(box.fob.slice(0, 7)).toString('hex');
    const key = await call('POST', '/v1/keys', { name: 'Van', location_id: location.id, fob_tag: fobTag });
    keyId = key.id ?? '';
    const { code = '' } = await call('POST', '/v1/key-codes', { key_id: keyId });

    const live = await fetch(`${address}/v1/events/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const reader = live.body?.pipeThrough(new TextDecoderStream()).getReader();
    box.ask('73197319');
    expect(await box.answered()).toBe('refused');
    box.ask(code);
    expect(await box.answered()).toBe('granted');
    expect(box.opened).toEqual([3]);
    await box.report();
    let seen = '';
    while (!seen.includes('bin.opened')) seen += (await reader?.read())?.value ?? 'bin.opened missing';
    expect(seen).toContain('event: bin.opened');
    await reader?.cancel();

    const password = mqttPassword(nobleCrypto, box.factoryKey);
    secrets.push(
      code,
      '73197319',
      claim.code,
      token,
      token.split('_')[2] ?? '',
      factoryKey,
      fobTag,
      password,
    );
  });

  it('opens by a booking’s digits live, and alone, until the booking is cancelled (AC-02, EM-08)', async () => {
    box.write('bin-closed', { bin: 3 });
    await box.report();
    box.confirmEmergency();
    await box.learnEmergency();
    const hour = (from: number): string => new Date(Date.now() + from * 3_600_000).toISOString();
    const made = await call('POST', '/v1/bookings', {
      ...{ key_id: keyId, starts_at: hour(-0.5), ends_at: hour(2) },
    });
    const { code = '', id } = made;
    expect(made).toMatchObject({ bin: 3, offline: { works: 'arithmetic' } });
    box.ask(code);
    expect(await box.answered()).toBe('granted');
    box.write('bin-closed', { bin: 3 });
    box.unplug();

    box.openAlone(code);
    await box.plugIn(cloud.mqttPorts()?.plain ?? 0);
    expect(await box.openSession()).toBe(true);
    await box.report();
    const booking = await call('GET', `/v1/bookings/${id}`);
    expect(booking).toMatchObject({
      used_offline_at: expect.any(String),
      offline: { works: 'live_only', because: 'key_out' },
    });
    expect(await call('GET', `/v1/keys/${keyId}`)).toMatchObject({
      where: { status: 'out', code_id: booking.code_id },
    });

    expect(await call('DELETE', `/v1/bookings/${id}`)).toMatchObject({ cancellation: { box: 'was_told' } });
    await box.learnEmergency();
    expect(box.emergency?.cancelled).toHaveLength(1);
    expect(await call('GET', `/v1/bookings/${id}`)).toMatchObject({ cancellation: { box: 'knows' } });
    box.ask(code);
    expect(await box.answered()).toBe('refused');
    secrets.push(code, Buffer.from(box.emergency?.bookingKey ?? []).toString('hex'));
  });

  it('lets a member of staff in by an ID code and the code that came to the phone (AC-03, SEC-04)', async () => {
    box.write('key-placed', { bin: 3, tag: box.fob });
    await box.report();
    const phone = '+819012345678';
    const person = await call('POST', '/v1/people', { name: 'Hanako', phone });
    const { id_code: idCode = '' } = await call('PUT', `/v1/people/${person.id}/id-code`);
    await call('POST', '/v1/key-permissions', { person_id: person.id, key_id: keyId, right: 'exchange' });
    box.ask(idCode);
    const follows = await box.askedFurther();
    const code = /\d{6}/.exec((await phones.next()).body)?.[0] ?? '';
    box.ask(code, follows);
    expect(await box.answered()).toBe('granted');
    expect(phones.arrived).toHaveLength(1);
    secrets.push(idCode, code, phone, phones.token);
  });

  it('leaves no secret in the log, at its most talkative (I6)', () => {
    expect(lines.length).toBeGreaterThan(10);
    const text = lines.join('\n');
    expect(secrets.length).toBe(14);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('is counted at every step', async () => {
    const metrics = await (await fetch(`${address}/metrics`)).text();
    for (const stage of ['decided', 'before-commit', 'committed', 'answered']) {
      expect(metrics).toMatch(new RegExp(`smartbox_stage_seconds_count\\{stage="${stage}"\\} [1-9]`));
    }
    expect(metrics).toContain('smartbox_connected_boxes 1');
    expect(metrics).toMatch(/smartbox_commit_group_works_count [1-9]/);
    expect(metrics).not.toMatch(/frames_refused_total\{/);
  });
});
