// A phone's hotspot at the keypad: entered while there is no other network, tried at once, kept as long as it is
// needed, and forgotten when somebody says so. Home always comes first again.
import { decodeLogEntry } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { BoxAndCloud, claimedBox } from './box-and-cloud.ts';
import { grantBin } from './cloud-peer.ts';
import { logOf } from './invariants.ts';
import { factoryFlash, PowerCut } from './memory-board.ts';

const MINUTE = 60_000;
const phone = () => ({ name: 'Phone', passphrase: '12345678', secured: true, internet: true });

let pair: BoxAndCloud;
beforeEach(() => {
  pair = claimedBox();
  pair.setNetwork(false);
  pair.wait(25_000);
  pair.setHotspot(phone());
});

// The radio answers between two keys.
const press = (keys: string) => [...keys].flatMap((key) => pair.act((board) => board.press(key)));
const display = (): string => pair.board.lines.join('|');
const networkEntries = (): string[] =>
  logOf(pair.board.flash)
    .filter(({ kind }) => kind.startsWith('network-'))
    .map(({ kind, detail }) => `${kind} ${detail}`);
const joins = (): (string | undefined)[] =>
  pair.board.outputs.flatMap((output) => (output.kind === 'connect' ? [output.network?.name] : []));

/** Over the phone, as after a right password. */
function overPhone(): void {
  press('L3#1#12345678#');
  pair.wait(2_000);
}

describe('a hotspot at the keypad', () => {
  it('is searched for, chosen, given its password, and live codes open again (EM-07)', () => {
    press('L3#');
    expect(display()).toBe('1 Phone|||Number, then #  * stop');
    press('1');
    expect(pair.board.lines[0]).toBe('1>Phone');
    press('#');
    expect(display()).toBe("Set the hotspot's|password to 8-20 digits.|Type it here, then #|Phone");
    press('12345678#');
    expect(pair.board.lines.slice(0, 2)).toEqual(['Connected over the', "phone's hotspot."]);
    expect(pair.cloud.live).toBe(true);
    expect(networkEntries()).toEqual(['network-added 1']);
    pair.cloud.decide = grantBin(2);
    const outputs = press('87654321#');
    expect(outputs.some((output) => output.kind === 'release-bin' && output.bin === 2)).toBe(true);
  });

  it('can only be entered while there is no cloud', () => {
    pair.setNetwork(true);
    pair.wait(MINUTE);
    press('L3#');
    expect(pair.board.outputs.some((output) => output.kind === 'scan-networks')).toBe(false);
  });

  it('has its password masked, and neither password nor name in log or notes (I6)', () => {
    const from = pair.board.outputs.length;
    press('L3#1#1357');
    expect(pair.board.lines[1]).toBe('***7');
    pair.wait(2_000);
    expect(pair.board.lines[1]).toBe('****');
    press('2468#*3#1#12345678#');
    const { outputs } = pair.board;
    for (const output of outputs.slice(from)) {
      if (output.kind === 'show') expect(output.lines.join('|')).not.toMatch(/135|246|1234/);
      if (output.kind === 'note') expect(output.code).not.toMatch(/Phone|\d{4}/);
      if (output.kind !== 'append-log') continue;
      const entry = decodeLogEntry(output.entry.slice(0, 32));
      expect([entry.detail <= 1, entry.tag]).toEqual([true, new Uint8Array(8)]);
    }
  });

  it('must be secured: an open one is shown, cannot be chosen, and is told how to become so (SEC-10)', () => {
    pair.setHotspot({ ...phone(), secured: false });
    press('L3#');
    expect(display()).toContain('Open Wi-Fi is refused.');
    pair.neighbours = [{ name: 'Cafe', secured: true }];
    press('#');
    expect(pair.board.lines.slice(0, 2)).toEqual(['1 Cafe', '- Phone']);
    press('2#');
    expect(pair.board.lines[0]).toBe('1 Cafe');
    expect(pair.board.flash.records['second-network']).toBeUndefined();
    expect(joins()).not.toContain('Phone');
  });

  it('is refused when it turns open between the search and the try, and the password is never sent to it (SEC-10)', () => {
    press('L3#1#');
    pair.hotspot = { ...phone(), secured: false };
    press('12345678#');
    expect(display()).toBe('Phone|is open now: refused.|Set its password again.|# try again    * forget');
  });

  it('says that the password is wrong, and takes another one', () => {
    press('L3#1#99999999#');
    expect(pair.board.lines[0]).toBe('Wrong password for');
    press('#12345678#');
    expect(pair.cloud.live).toBe(true);
    expect(networkEntries()).toEqual(['network-added 1']);
  });

  it('says that it is not in reach, and is tried again when it is', () => {
    press('L3#1#');
    pair.setHotspot(undefined);
    press('12345678#');
    expect(display()).toBe('Phone|is not in reach. Turn|the hotspot on.|# try again    * forget');
    pair.setHotspot(phone());
    press('#');
    expect(pair.cloud.live).toBe(true);
  });

  it('says that it leads to no internet, or to no cloud that answers', () => {
    pair.setHotspot({ ...phone(), internet: false });
    press('L3#1#12345678#');
    expect(pair.board.lines[1]).toBe('brings no internet, or');
    pair.setHotspot(phone());
    const { take } = pair.cloud;
    pair.cloud.take = () => [];
    press('#');
    expect(pair.board.lines[0]).toBe('Connecting over');
    pair.wait(MINUTE);
    expect(pair.board.lines[1]).toBe('brings no internet, or');
    pair.cloud.take = take.bind(pair.cloud);
    press('#');
    expect(pair.cloud.live).toBe(true);
  });

  it('needs 8 to 20 digits: a shorter password waits for the rest, more than 20 are not taken', () => {
    press('L3#1#1234567#');
    expect(display()).toContain('needs 8-20');
    press('8');
    expect(pair.board.lines[0]).toBe('Phone');
    press('0'.repeat(30));
    pair.wait(2_000);
    expect(pair.board.lines[1]).toBe('*'.repeat(20));
    press('*12345678#');
    expect(pair.cloud.live).toBe(true);
  });

  it('is found on further pages where there are many, nine at most', () => {
    pair.neighbours = Array.from({ length: 12 }, (_, index) => ({ name: `N${index + 2}`, secured: true }));
    press('L3#');
    expect(display()).toBe('1 Phone|2 N2|3 N3|No.+#  0#: more  *: stop');
    press('0#0#');
    expect(display()).toBe('7 N7|8 N8|9 N9|No.+#  0#: more  *: stop');
    press('0#8*8#');
    expect(pair.board.lines[3]).toBe('N8');
  });

  it('is not asked for any more once the old network is back, and one that never worked is forgotten', () => {
    press('L3#1#99999999#');
    pair.setNetwork(true);
    for (let seconds = 0; seconds < 60 && pair.board.state.networkSetup !== undefined; seconds++) {
      pair.wait(1_000);
    }
    expect(pair.board.lines[0]).toBe('The network is back:');
    expect(pair.board.flash.records['second-network']).toEqual(new Uint8Array([1]));
    expect(networkEntries()).toEqual([]);
  });

  it('is not asked for any more where only the cloud was away, on a connection that held', () => {
    pair.setNetwork(true);
    pair.wait(MINUTE);
    const { take } = pair.cloud;
    let held = new Uint8Array();
    pair.cloud.take = (frame) => {
      held = new Uint8Array(frame);
      return [];
    };
    for (let seconds = 0; seconds < 60 && !display().includes('使えません'); seconds++) pair.wait(1_000);
    press('L3#');
    pair.wait(20_000);
    expect(pair.board.state.networkSetup?.kind).toBe('choosing');
    const connections = joins().length;
    for (let seconds = 0; seconds < 9 && pair.board.state.session?.phase.kind !== 'greeting'; seconds++) {
      pair.wait(1_000);
    }
    const [answer = new Uint8Array()] = take.call(pair.cloud, held);
    pair.act((board) => board.give({ kind: 'frame-received', frame: answer }));
    expect([pair.board.state.networkSetup, joins().length]).toEqual([undefined, connections]);
    expect(pair.board.lines[0]).toBe('The network is back:');
  });

  it('is forgotten where the person gives up, if it never worked', () => {
    press('L3#1#99999999#*');
    expect(pair.board.flash.records['second-network']).toEqual(new Uint8Array([1]));
    pair.wait(5 * MINUTE);
    expect(joins().slice(-3)).toEqual([undefined, undefined, undefined]);
  });

  it('keeps its dialog for three minutes without a key, and its light on', () => {
    press('L3#1#');
    pair.wait(170_000);
    expect([pair.board.lines[3], pair.board.state.shown?.lit]).toEqual(['Phone', true]);
    press('1');
    pair.wait(181_000);
    expect(pair.board.state.networkSetup).toBeUndefined();
    expect(pair.board.state.shown?.lit).toBe(false);
  });

  it('ends a search that brings nothing, and searches again', () => {
    const { arriving } = pair as unknown as { arriving: unknown[] };
    press('L');
    pair.board.press('3#');
    arriving.length = 0;
    pair.wait(15_000);
    expect(pair.board.lines[0]).toBe('No Wi-Fi found. Turn the');
    press('#');
    expect(pair.board.lines[0]).toBe('1 Phone');
    press('*');
    expect(pair.board.state.networkSetup).toBeUndefined();
  });
});

describe('the way home', () => {
  it('comes first: the phone is tried only after home has failed, then by turns', () => {
    overPhone();
    pair.setHotspot(undefined);
    const from = joins().length;
    pair.wait(3 * MINUTE);
    expect(joins().slice(from, from + 4)).toEqual([undefined, 'Phone', undefined, 'Phone']);
    pair.setNetwork(true);
    pair.wait(MINUTE);
    expect(pair.cloud.live).toBe(true);
    expect(joins().at(-1)).toBeUndefined();
    pair.setNetwork(false);
    pair.setHotspot(phone());
    const again = joins().length;
    pair.wait(MINUTE);
    expect([joins().slice(again), pair.cloud.live]).toEqual([[undefined, 'Phone'], true]);
  });

  it('is tried every quarter of an hour, not while somebody is at the box', () => {
    overPhone();
    const from = joins().length;
    pair.setNetwork(true);
    pair.wait(14.5 * MINUTE);
    press('1');
    pair.wait(50_000);
    expect(joins()).toHaveLength(from);
    pair.wait(30_000);
    expect(joins().slice(from)).toEqual([undefined]);
    expect(pair.cloud.live).toBe(true);
    pair.wait(60 * MINUTE);
    expect(joins().slice(from)).toEqual([undefined]);
  });

  it('leads back to the phone within seconds while home is still away', () => {
    overPhone();
    pair.wait(16 * MINUTE);
    expect(joins().slice(-2)).toEqual([undefined, 'Phone']);
    expect(pair.cloud.live).toBe(true);
    expect(networkEntries()).toEqual(['network-added 1']);
  });

  it('is found after a restart too, and the phone where it fails', () => {
    overPhone();
    pair.reboot();
    pair.wait(5_000);
    expect([joins(), pair.cloud.live]).toEqual([[undefined, 'Phone'], true]);
  });
});

describe('a hotspot that is not wanted any more', () => {
  it('is forgotten with 4#, after a question, also while the box goes over it (EM-07)', () => {
    overPhone();
    pair.wait(10_000);
    expect(pair.board.lines[3]).toContain('4#');
    press('4#');
    expect(display()).toBe('Forget the hotspot|Phone?|# yes          * no');
    press('*');
    expect(pair.board.state.secondNetwork).toBeDefined();
    press('4##');
    expect(pair.board.flash.records['second-network']).toEqual(new Uint8Array([1]));
    expect(networkEntries()).toEqual(['network-added 1', 'network-removed 1']);
    pair.wait(3 * MINUTE);
    expect(joins().slice(-2)).toEqual([undefined, undefined]);
    pair.setNetwork(true);
    pair.wait(MINUTE);
    expect(pair.cloud.ledger.map(({ kind }) => kind)).toContain('network-removed');
    expect(pair.board.lines[0]).toBe('コードを入力し # を押す');
  });

  it('cannot be forgotten where there is none: 4# means nothing to a box that is alone, and is too short a code for the cloud', () => {
    press('L4#');
    expect(pair.board.lines[0]).toBe('Press one of the keys');
    pair.setNetwork(true);
    pair.wait(MINUTE);
    press('L4#');
    expect(pair.board.lines[0]).toBe('A code has 4 to 16');
  });

  it('is replaced by another one, and the log tells both', () => {
    overPhone();
    pair.setHotspot({ ...phone(), name: 'Tablet' });
    pair.wait(MINUTE);
    press('L3#');
    pair.wait(20_000);
    press('1#12345678#');
    expect(networkEntries()).toEqual(['network-added 1', 'network-removed 1', 'network-added 1']);
    expect(pair.board.state.secondNetwork).toMatchObject({ name: 'Tablet', proven: true });
  });

  it('gives way to a bin that was just opened: no key answers a question that nobody sees', () => {
    overPhone();
    pair.cloud.decide = grantBin(1);
    press('87654321#4##');
    expect(pair.board.lines[0]).toContain('ＢＩＮ');
    expect([networkEntries(), pair.board.state.networkSetup]).toEqual([['network-added 1'], undefined]);
  });
});

describe('an earlier owner’s hotspot', () => {
  it('is gone, name and password, from flash and route once the box is claimed anew', () => {
    overPhone();
    const kept = pair.board.flash.records['second-network'] as Uint8Array;
    const flash = factoryFlash();
    flash.records['second-network'] = kept;
    const anew = new BoxAndCloud(flash);
    anew.boot();
    expect(anew.board.state.secondNetwork).toMatchObject({ name: 'Phone', passphrase: '12345678' });
    anew.claim();
    expect(anew.cloud.live).toBe(true);
    expect(anew.board.state.secondNetwork).toBeUndefined();
    expect(flash.records['second-network']).toEqual(new Uint8Array([1]));
    anew.reboot();
    anew.setNetwork(false);
    anew.wait(MINUTE);
    const connects = anew.board.outputs.filter((output) => output.kind === 'connect');
    expect(connects.length).toBeGreaterThan(0);
    for (const connect of connects) expect(connect).not.toHaveProperty('network');
  });
});

describe('a power cut at any moment of a hotspot’s life', () => {
  const story = ['L3#', '1#', '12345678#', '4#', '#'];

  /** @returns what is wrong when the power fails before the output with this number */
  function live(cut: number | undefined): { readonly broken: string[]; readonly count: number } {
    pair = claimedBox();
    pair.setNetwork(false);
    pair.wait(25_000);
    pair.setHotspot(phone());
    const from = pair.board.carriedOut;
    pair.board.cutAt = cut === undefined ? undefined : from + cut;
    try {
      for (const keys of story) press(keys);
      pair.wait(5_000);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      pair.board.cutAt = undefined;
      pair.reboot();
      pair.wait(MINUTE);
    }
    const entries = networkEntries().map((line) => line.split(' ')[0]);
    const stored = pair.board.state.secondNetwork;
    const balance = entries.reduce((sum, kind) => sum + (kind === 'network-added' ? 1 : -1), 0);
    const broken: string[] = [];
    if (entries.some((kind, index) => kind === entries[index - 1])) broken.push(`told twice: ${entries}`);
    if ((stored?.proven === true) !== (balance === 1)) broken.push(`${entries} but ${stored?.proven}`);
    if (stored?.proven === false) broken.push('works, and is not told');
    if (stored !== undefined && !pair.cloud.live) broken.push('does not use what it kept');
    return { broken, count: pair.board.carriedOut - from };
  }

  it('loses nothing that was entered, forgets what was removed, and tells each once (I3)', () => {
    const { count, broken } = live(undefined);
    expect([count > 20, broken]).toEqual([true, []]);
    for (let cut = 0; cut < count; cut++) {
      expect({ cut, broken: live(cut).broken }).toEqual({ cut, broken: [] });
    }
  });
});
