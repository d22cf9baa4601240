// The cloud is killed between any two steps of an authorisation, a hello and a confirmation, as a
// process that loses its power: no close, no flush. Afterwards the box is back, and the one-time
// code is neither lost nor usable twice.

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TraceStage, traceStages } from '../src/platform/clock.ts';
import type { CloudReady } from './killable-cloud.ts';
import { LiveBox } from './live-box.ts';

const program = fileURLToPath(new URL('./killable-cloud.ts', import.meta.url));

interface RunningCloud extends CloudReady {
  readonly child: ChildProcess;
  readonly ended: Promise<string>;
}

async function startCloud(directory: string): Promise<RunningCloud> {
  const child = fork(program, {
    env: {
      PATH: process.env.PATH ?? '',
      SMARTBOX_DATA_DIR: directory,
      SMARTBOX_HTTP_PORT: '0',
      SMARTBOX_MQTT_PORT: '0',
      SMARTBOX_MQTT_PLAIN: '1',
      SMARTBOX_MQTT_TLS: '0',
      SMARTBOX_LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? String(code))),
  );
  const ready = await new Promise<CloudReady>((resolve, reject) => {
    child.once('message', (message) => resolve(message as CloudReady));
    child.once('exit', (code) => reject(new Error(`the cloud ended with ${code}`)));
  });
  return { ...ready, child, ended };
}

async function arm(cloud: RunningCloud, killAt: TraceStage): Promise<void> {
  const armed = new Promise((resolve) => cloud.child.once('message', resolve));
  cloud.child.send({ killAt });
  await armed;
}

async function post(cloud: RunningCloud, path: string, body: object): Promise<Record<string, string>> {
  const response = await fetch(cloud.address + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${cloud.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, string>;
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Claims a box, hangs a key into its bin 3. @returns a one-time code for it */
async function enrol(cloud: RunningCloud, box: LiveBox, locationId: string): Promise<string> {
  const factoryKey = Buffer.from(box.factoryKey).toString('hex');
  await post(cloud, '/v1/factory-boxes', { box_id: box.boxId, factory_key: factoryKey });
  await box.plugIn(cloud.mqttPort);
  const claim = box.claim();
  const wanted = { label: box.label, claim_code: claim.code, name: 'Box', location_id: locationId };
  await box.settled();
  await post(cloud, '/v1/boxes', wanted);
  await claim.finish();
  expect(await box.openSession()).toBe(true);
  box.write('key-placed', { bin: 3, tag: box.fob });
  await box.report();
  const fob = Buffer.from(box.fob.slice(0, 7)).toString('hex');
  const key = await post(cloud, '/v1/keys', { name: 'Van', location_id: locationId, fob_tag: fob });
  const code = await post(cloud, '/v1/key-codes', { key_id: key.id, uses: 'once' });
  box.unplug();
  return code.code ?? '';
}

// Fifteen processes are started one after another.
const patienceMs = 300_000;

describe('a cloud that is killed between any two steps', { timeout: patienceMs }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'smartbox-killed-'));
  const boxes: { readonly stage: TraceStage; readonly box: LiveBox; readonly code: string }[] = [];
  let cloud: RunningCloud;

  beforeAll(async () => {
    cloud = await startCloud(directory);
    const location = await post(cloud, '/v1/locations', { name: 'Depot', time_zone: 'Asia/Tokyo' });
    for (const [index, stage] of traceStages.entries()) {
      const box = new LiveBox(index + 1);
      boxes.push({ stage, box, code: await enrol(cloud, box, location.id ?? '') });
    }
  });
  afterAll(() => void cloud.child.kill('SIGKILL'));

  /** Waits for the end that was armed, starts the cloud again and lets the box in. */
  async function restart(box: LiveBox): Promise<void> {
    expect(await cloud.ended).toBe('SIGKILL');
    box.unplug();
    cloud = await startCloud(directory);
    await box.plugIn(cloud.mqttPort);
    expect(await box.openSession()).toBe(true);
  }

  it('of a hello lets the box in again', async () => {
    for (const { stage, box } of boxes) {
      await box.plugIn(cloud.mqttPort);
      await arm(cloud, stage);
      await box.openSession();
      await restart(box);
      box.unplug();
    }
  });

  it('of a confirmation lets the box in again', async () => {
    for (const { stage, box } of boxes) {
      await box.plugIn(cloud.mqttPort);
      box.send(box.hello());
      expect(box.welcome(await box.receive())).toBeUndefined();
      await arm(cloud, stage);
      await box.confirmSession();
      await restart(box);
      box.unplug();
    }
  });

  it('of a confirmation of emergency keys sends the same keys again (EM-11)', async () => {
    const confirm = (box: LiveBox): void =>
      box.send(
        box.seal({
          name: 'emergency-confirmed',
          body: {
            ...{ version: 0, sheetGeneration: 0, sheetRevoked: false },
            ...{ bookingGeneration: 0, authenticator: false },
          },
        }),
      );
    for (const { stage, box } of boxes) {
      await box.plugIn(cloud.mqttPort);
      expect(await box.openSession()).toBe(true);
      confirm(box);
      const before = await box.hear();
      await arm(cloud, stage);
      confirm(box);
      await restart(box);
      confirm(box);
      expect([stage, await box.hear()]).toEqual([stage, before]);
      expect(before).toMatchObject({ name: 'emergency-changed', body: { version: 1, sheetGeneration: 1 } });
      box.unplug();
    }
  });

  it('of an authorisation neither loses a one-time code nor opens twice for it (AC-01, I1, I3)', async () => {
    for (const { stage, box, code } of boxes) {
      await box.plugIn(cloud.mqttPort);
      expect(await box.openSession()).toBe(true);
      await arm(cloud, stage);
      box.ask(code);
      const before = await box.answered();
      await restart(box);
      await box.report();
      box.ask(code);
      const after = await box.answered();
      const right = before === 'granted' ? 'refused' : 'granted';
      expect([stage, before, after]).toEqual([stage, before, right]);
      await box.report();
      box.ask(code);
      expect([stage, await box.answered()]).toEqual([stage, 'refused']);
      expect([stage, box.opened]).toEqual([stage, [3]]);
      box.unplug();
    }
  });
});
