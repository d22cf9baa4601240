// Even the cell is taken out in the middle of a flash write, while the box falls asleep or while it wakes. It starts
// again, falls asleep again, and its log and the ledger are one.
import { bytesToHex, decodeLogEntry } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { type Visit, visit } from '../test/visit.ts';

const EVERY_OPERATIONS = 16;

describe('the power fails on the way to sleep', () => {
  it('loses and doubles nothing, at whatever flash write it fails (EM-03, I3)', async () => {
    for (let operation = 0; operation < 400; operation += EVERY_OPERATIONS) {
      const scene = await visit({ seed: 11 });
      scene.box.box.setMains(false);
      scene.seconds(119);
      scene.box.box.cutPowerAtFlashOperation(operation);
      await endsWell(scene, operation);
    }
  }, 60_000);

  it('loses and doubles nothing on the way out of it either (EM-04, I3)', async () => {
    for (let operation = 0; operation < 400; operation += EVERY_OPERATIONS) {
      const scene = await visit({ seed: 12 });
      scene.box.box.setMains(false);
      scene.seconds(125);
      scene.box.box.cutPowerAtFlashOperation(operation);
      scene.box.box.pressButton();
      await endsWell(scene, operation);
    }
  }, 60_000);
});

async function endsWell(scene: Visit, operation: number): Promise<void> {
  const { box, world, seconds } = scene;
  seconds(300);
  expect(box.box.state().power.asleep, `cut at flash operation ${operation}`).toBe(true);
  await world.calm();
  seconds(60);
  box.watch.settle();
  const { operator } = world.site;
  const stored = world.host.cloud.features.boxes.logBodies(operator.tenantId, box.boxId).map(bytesToHex);
  expect(stored, `cut at flash operation ${operation}`).toEqual(box.watch.log.map(bytesToHex));
  const kinds = box.watch.log.map((body) => decodeLogEntry(body).kind);
  expect(kinds).toContain('fell-asleep');
  expect(kinds).not.toContain('bin-opened');
}
