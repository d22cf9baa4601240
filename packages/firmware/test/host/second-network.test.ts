// The network at home fails and a phone helps: the whole way from keypad and radio to a real broker, as the scenario
// on the page about simulated boxes tells it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeFactory } from '../../src/core/index.ts';
import {
  type BoxControl,
  controlClient,
  parseScenario,
  runScenario,
  type StartedNodeBox,
  startNodeBox,
} from '../../src/hosts/node/index.ts';
import { grantBin } from '../core/cloud-peer.ts';
import { boxId, factoryKey } from '../core/memory-board.ts';
import { type CloudBench, cloudBench } from './cloud-bench.ts';

let cloud: CloudBench;
let started: StartedNodeBox;
let control: BoxControl;
let dataDir: string;

beforeEach(async () => {
  cloud = await cloudBench();
  dataDir = mkdtempSync(join(tmpdir(), 'smartbox-phone-'));
  started = await startNodeBox({
    dataDir,
    mqttUrl: cloud.url,
    records: { factory: encodeFactory({ boxId, factoryKey }) },
    fobs: { 3: '04a1b2c3' },
    controlPort: 0,
  });
  control = controlClient(started.controlAddresses[0] as string);
  await vi.waitUntil(async () => (await control.state()).display.lit, { timeout: 10_000 });
  const held = control.input({ hold: { button: 'reset', ms: 5_000 } });
  await control.input({ advanceMs: 6_000 });
  await held;
  await vi.waitUntil(() => cloud.peer.live, { timeout: 15_000 });
});

afterEach(async () => {
  await started.stop();
  await cloud.close();
  rmSync(dataDir, { recursive: true });
});

describe('a phone instead of the network', () => {
  it('is entered at the keypad, serves live codes over a real broker, and is forgotten again (EM-07)', async () => {
    cloud.peer.decide = grantBin(3);
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/run-simulated.md'), 'utf8');
    const [, yaml = ''] = /```yaml\n(scenario: The network fails[\s\S]*?)```/.exec(page) ?? [];
    expect(await runScenario(parseScenario(yaml, { CODE: '87654321' }), control)).toEqual({
      outcome: 'passed',
      detail: '',
    });
    expect(readFileSync(join(dataDir, 'flash-emergency.bin')).includes('12345678')).toBe(false);
    await control.input({ network: 'up' });
    await control.input({ advanceMs: 40_000 });
    await vi.waitUntil(() => cloud.peer.ledger.some(({ kind }) => kind === 'network-removed'), {
      timeout: 20_000,
    });
    const told = cloud.peer.ledger.map(({ kind }) => kind).filter((kind) => kind.startsWith('network-'));
    expect(told).toEqual(['network-added', 'network-removed']);
    expect((await control.state()).network).toMatchObject({ joined: 'home', broker: 'connected' });
  }, 60_000);
});
