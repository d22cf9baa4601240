// What a keystroke does to a real box: the control port of a running Node box, whose network leads nowhere.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BoxControl, controlClient, type StartedNodeBox, startNodeBox } from '@smartbox/firmware/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from './key-bindings.ts';
import { perform } from './perform.ts';

let folder: string;
let started: StartedNodeBox;
let control: BoxControl;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smartbox-terminal-'));
  started = await startNodeBox({
    dataDir: folder,
    mqttUrl: 'mqtt://127.0.0.1:9',
    fobs: { 3: '04a1b2c3d4e503' },
    controlPort: 0,
  });
  control = controlClient(started.controlAddresses[0] as string);
});

afterEach(async () => {
  await started.stop();
  rmSync(folder, { recursive: true });
});

const act = async (action: Action, hand: readonly string[] = []) =>
  perform(control, action, { state: await control.state(), hand });

describe('a person at the terminal', () => {
  it('reaches no key behind a closed door', async () => {
    expect((await act({ kind: 'move-key', bin: 3 })).trouble).toContain('closed');
    expect((await control.state()).bins[2]?.tag).toBe('04a1b2c3d4e503');
  });

  it('takes the key of an open bin in hand and hangs it up again', async () => {
    await act({ kind: 'toggle-door', bin: 3 });
    const taken = await act({ kind: 'move-key', bin: 3 });
    expect(taken.hand).toEqual(['04a1b2c3d4e503']);
    expect((await control.state()).bins[2]?.tag).toBeNull();
    expect((await act({ kind: 'move-key', bin: 3 }, taken.hand)).hand).toEqual([]);
    await act({ kind: 'toggle-door', bin: 3 });
    expect((await control.state()).bins[2]).toMatchObject({ door: 'closed', tag: '04a1b2c3d4e503' });
  });

  it('says so when it holds nothing to the reader', async () => {
    expect((await act({ kind: 'tap-fob' })).trouble).toContain('empty');
  });

  it('pulls mains and network and puts them back', async () => {
    await act({ kind: 'toggle-mains' });
    await act({ kind: 'toggle-network' });
    expect(await control.state()).toMatchObject({ power: { mains: false }, network: { link: 'down' } });
    await act({ kind: 'toggle-mains' });
    await act({ kind: 'toggle-network' });
    expect(await control.state()).toMatchObject({ power: { mains: true }, network: { link: 'up' } });
  });

  it('turns the hotspot of the phone on and off', async () => {
    await act({ kind: 'toggle-hotspot' });
    const phone = { name: 'Phone', passphrase: '12345678', up: true };
    expect((await control.state()).network.hotspots).toEqual([phone]);
    await act({ kind: 'toggle-hotspot' });
    expect((await control.state()).network.hotspots).toEqual([{ ...phone, up: false }]);
  });

  it('types at the keypad', async () => {
    await act({ kind: 'type', keys: 'L' });
    expect((await control.state()).display.lines.join(' ')).not.toBe('');
  });
});
