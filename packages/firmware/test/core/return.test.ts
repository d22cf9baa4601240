// A key comes back: by its fob at the front reader or at a bin, early or late, whatever the keypad says.
import { describe, expect, it } from 'vitest';
import { type BoxAndCloud, claimedBox } from './box-and-cloud.ts';
import { grantBin, refuse } from './cloud-peer.ts';
import { tagOf } from './memory-board.ts';

const kinds = (pair: BoxAndCloud) => pair.cloud.ledger.map((entry) => `${entry.kind} ${entry.bin}`);

describe('returning a key', () => {
  it('opens a free bin for a fob at the front reader and tells where the key lies (AC-01)', () => {
    const pair = claimedBox();
    pair.cloud.decide = grantBin(2, 'return', 5);
    const outputs = pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(9) }));
    expect(outputs.some((output) => output.kind === 'release-bin' && output.bin === 2)).toBe(true);
    expect(pair.board.lines).toEqual(['２　番', '鍵を入れて', '扉を閉めてください']);
    pair.act((board) => board.moveDoor(2, true));
    pair.act((board) => board.senseTag(2, tagOf(9)));
    pair.act((board) => board.moveDoor(2, false));
    expect(pair.board.lines[1]).toBe('閉まりました');
    expect(kinds(pair).slice(1)).toEqual(['open-intended 2', 'bin-opened 2', 'key-placed 2', 'bin-closed 2']);
    expect(pair.cloud.ledger[3]).toMatchObject({ grant: 5, tag: tagOf(9) });
  });

  it('takes a fob at a closed bin for the same wish, and names the bin', () => {
    const pair = claimedBox();
    pair.wait(2_000);
    pair.cloud.decide = grantBin(4, 'return', 6);
    pair.act((board) => board.senseTag(4, tagOf(9)));
    expect(pair.cloud.requests).toMatchObject([{ kind: 'fob', bin: 4, code: '', tag: tagOf(9) }]);
    pair.act((board) => board.moveDoor(4, true));
    pair.act((board) => board.moveDoor(4, false));
    pair.wait(2_000);
    expect(kinds(pair).slice(1)).toEqual(['open-intended 4', 'bin-opened 4', 'bin-closed 4', 'key-placed 4']);
  });

  it('never refuses a return by itself: late, locked keypad, unknown fob, the cloud decides', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse();
    for (let count = 0; count < 5; count++) pair.act((board) => board.press('99999999#'));
    expect(pair.board.lines[0]).toBe('間違いが続きました');
    pair.cloud.decide = grantBin(1, 'return', 8);
    const outputs = pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(200) }));
    expect(outputs.some((output) => output.kind === 'release-bin')).toBe(true);
  });

  it('does not count a fob as a try of a code', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse();
    for (let count = 0; count < 20; count++) {
      pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(count) }));
    }
    expect(pair.cloud.requests).toHaveLength(20);
    expect(pair.board.state.lockout.total).toBe(0);
    expect(pair.board.lines[0]).toBe('このタグは使えません');
  });

  it('says what to do where no bin is free', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse('nothing-free');
    pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(9) }));
    expect(pair.board.lines[0]).toBe('空きがありません');
  });

  it('does not ask again for the fob that is on its way into a released bin', () => {
    const pair = claimedBox();
    pair.wait(2_000);
    pair.cloud.decide = grantBin(2, 'return', 5);
    pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(9) }));
    pair.act((board) => board.senseTag(2, tagOf(9)));
    expect(pair.cloud.requests).toHaveLength(1);
  });

  it('ignores tags of a wrong length', () => {
    const pair = claimedBox();
    pair.wait(2_000);
    pair.act((board) => board.give({ kind: 'fob-tapped', tag: new Uint8Array(4) }));
    pair.act((board) => board.give({ kind: 'tag-sensed', bin: 1, tag: new Uint8Array(9) }));
    expect(pair.cloud.requests).toHaveLength(0);
  });
});
