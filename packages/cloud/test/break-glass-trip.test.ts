// A break-glass file through every layer: made over HTTP for a box on a real connection, opened with its passphrase
// after the cloud is gone, its use imported when the cloud is back. Then a reading of everything that was logged.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BreakGlassPayload,
  firstUseHash,
  hexToBytes,
  nobleCrypto,
  readBreakGlass,
  signUse,
  useToLine,
} from '@smartbox/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { systemEntropy } from '../src/platform/entropy.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { systemClock, systemDefer, systemTimers } from '../src/platform/system-clock.ts';
import { LiveBox } from './live-box.ts';
import { openExport } from './open-break-glass.ts';

const stepUp = 'incorrect zebra battery staple';
const passphrase = 'correct horse battery staple';

describe('a break-glass file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'smartbox-break-glass-'));
  const lines: string[] = [];
  const box = new LiveBox(1);
  let cloud: Cloud;
  let token: string;
  let fileText: string;

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
  }

  async function send(method: string, url: string, body?: object, headers: Record<string, string> = {}) {
    const answer = await cloud.http.inject({
      method: method as 'POST',
      url,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body };
  }

  beforeAll(async () => {
    await start();
    token = await cloud.commitGroup.run(() => {
      const { tenants } = cloud.features;
      return tenants.issueToken(tenants.create('Test'), { name: 'Test', permissions: allPermissions }).text;
    });
    const factoryKey = Buffer.from(box.factoryKey).toString('hex');
    await send('POST', '/v1/factory-boxes', { box_id: box.boxId, factory_key: factoryKey });
    const location = JSON.parse(
      (await send('POST', '/v1/locations', { name: 'Depot', time_zone: 'Asia/Tokyo' })).text,
    );
    await box.plugIn(cloud.mqttPorts()?.plain ?? 0);
    const claim = box.claim();
    await box.settled();
    await send('POST', '/v1/boxes', {
      ...{ label: box.label, claim_code: claim.code, name: 'Box', location_id: location.id },
    });
    await claim.finish();
    expect(await box.openSession()).toBe(true);
    await send('PUT', '/v1/step-up-passphrase', { passphrase: stepUp });
  });

  afterAll(async () => {
    box.unplug();
    await cloud.stop();
  });

  it('is made only for a person who is there; an Idempotency-Key tells nothing of its passphrase', async () => {
    const refused = await send('POST', '/v1/break-glass-exports', { passphrase });
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'step-up-required' });
    await send('POST', '/v1/step-ups', { passphrase: stepUp });
    const keyed = { 'idempotency-key': 'one' };
    const answers = [
      await send('POST', '/v1/break-glass-exports', { passphrase }, keyed),
      await send('POST', '/v1/break-glass-exports', { passphrase: `${passphrase} once more` }, keyed),
    ];
    expect(answers.map(({ status, headers }) => [status, headers['idempotent-replayed']])).toEqual([
      ...[
        [201, undefined],
        [201, undefined],
      ],
    ]);
  });

  it('is downloaded as a file that nothing on the way keeps (EM-12)', async () => {
    const answer = await send('POST', '/v1/break-glass-exports', { passphrase });
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      ...[201, 'application/vnd.smartbox.break-glass+json', 'no-store'],
    ]);
    expect(answer.headers['content-disposition']).toMatch(/filename="smartbox-[0-9-]{10}[.]sbx"/);
    fileText = answer.text;
  });

  it('opens while no cloud runs, and its use is imported by the cloud that comes back (EM-11)', async () => {
    await cloud.stop();
    const head = readBreakGlass(fileText);
    if (head.kind === 'refused') throw new RangeError(head.reason);
    const payload = openExport(head, passphrase) as BreakGlassPayload;
    expect(payload.boxes.map(({ boxId }) => boxId)).toEqual([box.boxId]);
    const begun = { exportId: head.exportId, chain: '0011223344556677' };
    const use = signUse(hexToBytes(payload.useKey), {
      ...{ ...begun, sequence: 1, previousHash: firstUseHash(nobleCrypto, begun), atMs: 1_775_100_000_000 },
      ...{ kind: 'sheet-shown', boxId: box.boxId, target: null, challengeHash: null },
    });
    await start();
    const uses = `${useToLine(use)}\n${useToLine({ ...use, atMs: 1 })}\n`;
    const imported = await send('POST', '/v1/break-glass-uses', { uses }, { 'accept-language': 'ja' });
    expect([imported.status, JSON.parse(imported.text)]).toEqual([
      200,
      {
        ...{ recorded: 1, known: 0 },
        refused: [{ line: 2, reason: 'forged', detail: '署名が合いません。記録が書き換えられています。' }],
      },
    ]);
    const { data } = JSON.parse((await send('GET', '/v1/events?type=break_glass.used')).text);
    expect(data).toMatchObject([{ box_id: `box_${box.boxId}`, occurred_at: '2026-04-02T03:20:00.000Z' }]);
    for (const secret of [
      passphrase,
      payload.useKey,
      payload.boxes[0]?.phoneKey ?? '',
      fileText.slice(-80, -10),
    ])
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });
});
