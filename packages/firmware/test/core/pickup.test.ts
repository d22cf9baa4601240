// A box from its carton to its first pickup and through its first reboot, told as one story against the real protocol.
import { describe, expect, it } from 'vitest';
import { BoxAndCloud, claimedBox } from './box-and-cloud.ts';
import { grantBin } from './cloud-peer.ts';
import { tagOf } from './memory-board.ts';

describe('a box and its cloud', () => {
  it('shows how to claim a new box, and the claim code once the button was held', () => {
    const pair = new BoxAndCloud();
    pair.network = false;
    pair.boot();
    expect(pair.board.lines.join(' ')).toContain('５秒間');
    pair.act((board) => board.give({ kind: 'button-moved', down: true }));
    pair.wait(5_000);
    expect(pair.board.lines[1]).toMatch(/^\d{4} \d{4}$/);
  });

  it('opens the granted bin for a code, and tells the cloud what happened (AC-01, SEC-06)', () => {
    const pair = new BoxAndCloud();
    pair.board.sensors.tags[2] = tagOf(3);
    pair.boot();
    pair.claim();
    expect(pair.cloud.live).toBe(true);
    pair.cloud.decide = grantBin(3);
    const outputs = pair.act((board) => board.press('12345678#'));
    expect(outputs.filter((output) => output.kind === 'release-bin')).toEqual([
      { kind: 'release-bin', bin: 3, pulseMs: 400 },
    ]);
    pair.act((board) => board.moveDoor(3, true));
    expect(pair.board.lines[0]).toBe('３　番');
    pair.act((board) => board.senseTag(3, null));
    pair.wait(700);
    pair.act((board) => board.moveDoor(3, false));
    pair.wait(2_000);
    expect(pair.cloud.ledger.map((entry) => [entry.kind, entry.bin, entry.grant])).toEqual([
      ['claimed', 0, 0],
      ['key-placed', 3, 0],
      ['open-intended', 3, 77],
      ['bin-opened', 3, 77],
      ['key-taken', 3, 77],
      ['bin-closed', 3, 77],
    ]);
    expect(pair.cloud.ledger[2]?.timeSource).toBe('trusted');
  });

  it('is ready again after a reboot, with the next epoch and a higher hello counter', () => {
    const pair = claimedBox();
    pair.reboot();
    pair.wait(1_000);
    expect(pair.cloud.live).toBe(true);
    expect(pair.cloud.helloCounters).toHaveLength(2);
    expect(pair.cloud.helloCounters[1]).toBeGreaterThan(pair.cloud.helloCounters[0] as number);
    expect(pair.cloud.keys?.epoch).toBe(2);
    expect(pair.cloud.ledger.map((entry) => entry.kind)).toEqual(['claimed', 'booted']);
  });
});
