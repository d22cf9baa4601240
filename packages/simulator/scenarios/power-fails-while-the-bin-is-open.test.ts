// Power goes at the worst moments of an opening. Nothing opens that was not granted, nothing is lost, and
// nothing is told twice.
import { bytesToHex, decodeLogEntry } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { type Visit, visit } from '../test/visit.ts';

describe('power fails while the bin is open', () => {
  it('tells after the restart what the log had, and then that the door is shut and the key is gone', async () => {
    const { box, keys, code, type, open, seconds, world } = await visit();
    type(code(keys[2] as (typeof keys)[number]).digits);
    expect(open()).toBe(3);
    box.box.cutPower();
    box.box.setTag(3, null);
    box.box.setDoor(3, false);
    seconds(30);
    box.box.powerOn();
    seconds(60);
    expect(storedLog(world, box.boxId)).toEqual(box.watch.log.map(bytesToHex));
    const kinds = box.watch.log.map((body) => decodeLogEntry(body).kind);
    expect(kinds.slice(kinds.indexOf('open-intended'))).toEqual(
      expect.arrayContaining(['open-intended', 'bin-opened', 'booted', 'bin-closed', 'key-taken']),
    );
    const key = world.host.call(world.site.operator, 'getKey', {
      params: { key_id: (keys[2] as { keyId: string }).keyId },
    });
    expect((key.where as { status: string }).status).toBe('out');
  });

  it('opens nothing after a cut for a grant that was under way (SEC-06)', async () => {
    const { box, keys, code, seconds, world } = await visit();
    const { digits } = code(keys[1] as (typeof keys)[number], 'once');
    box.box.pressKeys(`${digits}#`);
    const asked = box.watch.sentFrames.length;
    while (box.watch.sentFrames.length === asked) world.pass(1);
    box.box.cutPower();
    seconds(2);
    box.box.powerOn();
    seconds(60);
    expect(world.host.grants(world.site.operator, box.boxId)).toHaveLength(1);
    expect(box.openBin()).toBeUndefined();
  });

  it('keeps box log and ledger one and the same when the power fails at any flash write of an opening', async () => {
    // The cut moves through every twentieth flash operation of one opening; each world is its own.
    for (let operation = 0; operation < 400; operation += 20) {
      const scene = await visit({ seed: 11 });
      scene.box.box.cutPowerAtFlashOperation(operation);
      scene.type(scene.code(scene.keys[0] as Visit['keys'][number], 'once').digits);
      scene.seconds(90);
      expect(storedLog(scene.world, scene.box.boxId), `cut at flash operation ${operation}`).toEqual(
        scene.box.watch.log.map(bytesToHex),
      );
    }
  });
});

function storedLog(world: Visit['world'], boxId: Visit['box']['boxId']): readonly string[] {
  const { operator, boxes } = world.site;
  for (const { watch } of boxes) watch.settle();
  return world.host.cloud.features.boxes.logBodies(operator.tenantId, boxId).map(bytesToHex);
}
