// The cloud is killed between any two steps of an authorisation, a hello and a confirmation, as a
// process that loses its power: no close, no flush. Afterwards the box is back, and the one-time
// code is neither lost nor usable twice.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TraceStage, traceStages } from '../src/platform/clock.ts';
import { arm, enrol, post, type RunningCloud, startCloud } from './cloud-process.ts';
import { LiveBox } from './live-box.ts';

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
      box.unplug();
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
