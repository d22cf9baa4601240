// The Node host as people and rigs meet it: a box in its directory, its control port, scenarios over it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boxIdFromBytes, upTopic } from '@smartbox/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeFactory } from '../../src/core/index.ts';
import {
  controlClient,
  type NodeBoxOptions,
  parseScenario,
  runScenario,
  type StartedNodeBox,
  startNodeBox,
} from '../../src/hosts/node/index.ts';
import { type BrokerBench, brokerBench } from './broker-bench.ts';

const BOX_ID = boxIdFromBytes(new Uint8Array(8).fill(7));
const FACTORY = encodeFactory({ boxId: BOX_ID, factoryKey: new Uint8Array(32).fill(1) });

let broker: BrokerBench;
const directories: string[] = [];
const started: StartedNodeBox[] = [];

beforeAll(async () => {
  broker = await brokerBench();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((box) => box.stop()));
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});
afterAll(() => broker.close());

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'smartbox-box-'));
  directories.push(directory);
  return directory;
}

async function start(options: Partial<NodeBoxOptions> = {}): Promise<StartedNodeBox> {
  const box = await startNodeBox({
    dataDir: newDirectory(),
    mqttUrl: broker.url,
    records: { factory: FACTORY },
    boxId: BOX_ID,
    onCrash: (cause) => {
      throw cause;
    },
    ...options,
  });
  started.push(box);
  return box;
}

const running = (box: StartedNodeBox) => vi.waitUntil(() => box.box.state().display.lit, { timeout: 10_000 });

describe('a Node box', () => {
  it('connects to its broker by itself when it is held to be claimed', async () => {
    const box = await start();
    await running(box);
    const before = broker.published.length;
    box.box.pressButton(5_000);
    await vi.waitUntil(() => broker.published.length > before, { timeout: 15_000 });
    expect(broker.published.at(-1)).toBe(upTopic(BOX_ID));
    expect(box.box.state().network).toMatchObject({ link: 'up', broker: 'connected', joined: 'home' });
    box.box.setNetwork(false);
    await vi.waitUntil(() => box.box.state().network.broker === 'disconnected');
  });

  it('finds flash, fobs, doors and plugs again at the next start', async () => {
    const dataDir = newDirectory();
    const first = await start({ dataDir, fobs: { 3: '04a1b2c3' } });
    await running(first);
    first.box.setDoor(5, true);
    first.box.setMainLock(true);
    first.box.setMains(false);
    first.box.setHotspot({ name: 'Phone', passphrase: '12345678', up: true });
    first.box.setRadioJammed(true);
    first.box.setTag(1, 'e004010203040506');
    await first.stop();
    const second = await start({ dataDir, fobs: { 8: 'ffffffff' }, records: { factory: new Uint8Array(3) } });
    await running(second);
    // A box that has its factory record is never provisioned again.
    expect(readFileSync(join(dataDir, 'flash-records.bin')).includes(Buffer.from(FACTORY))).toBe(true);
    const { bins, mainLock, power, network } = second.box.state();
    expect(mainLock.door).toBe('open');
    expect(power.mains).toBe(false);
    expect(network).toMatchObject({
      radio: 'jammed',
      hotspots: [{ name: 'Phone', passphrase: '12345678', up: true }],
    });
    expect(bins.map(({ tag }) => tag)).toEqual([
      'e004010203040506',
      null,
      '04a1b2c3',
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(bins.map(({ door }) => door === 'open')).toEqual(
      [4].map(() => false).concat([false, false, false, true, false, false, false]),
    );
  });

  it('sleeps on where an earlier process left it asleep, and wakes by its button (EM-03, EM-04)', async () => {
    const dataDir = newDirectory();
    const first = await start({ dataDir, controlSocket: true });
    await running(first);
    const control = controlClient(first.controlAddresses[0] ?? '');
    await control.input({ mains: false });
    await control.input({ advanceMs: 121_000 });
    expect((await control.state()).power.asleep).toBe(true);
    await first.stop();
    const second = await start({ dataDir });
    expect(second.box.state()).toMatchObject({ running: false, power: { asleep: true, mains: false } });
    second.box.pressButton();
    await running(second);
    expect(second.box.state().power).toMatchObject({ asleep: false, wokeBy: 'button' });
  });

  it('keeps its directory to itself, and says who has it', async () => {
    const dataDir = newDirectory();
    // A lock of a dead process, which had the number that this one has now.
    writeFileSync(join(dataDir, 'process'), String(process.pid));
    await start({ dataDir });
    await expect(start({ dataDir })).rejects.toMatchObject({ code: 'data-directory-in-use' });
    writeFileSync(join(dataDir, 'process'), '1');
    await expect(start({ dataDir })).rejects.toMatchObject({ code: 'data-directory-in-use' });
    const file = join(dataDir, 'flash-records.bin', 'below');
    await expect(start({ dataDir: file })).rejects.toMatchObject({ code: 'data-directory-unusable' });
    await expect(start({ caFile: join(dataDir, 'none.pem') })).rejects.toMatchObject({
      code: 'ca-file-unreadable',
    });
    expect(statSync(join(dataDir, 'flash-records.bin')).mode & 0o077).toBe(0);
  });

  it('refuses a flash file of the wrong size and an address that is no broker, and lets the directory go', async () => {
    const dataDir = newDirectory();
    writeFileSync(join(dataDir, 'flash-log.bin'), 'short');
    await expect(start({ dataDir })).rejects.toMatchObject({ code: 'flash-file-damaged' });
    rmSync(join(dataDir, 'flash-log.bin'));
    await expect(start({ dataDir, mqttUrl: 'http://127.0.0.1' })).rejects.toMatchObject({
      code: 'bad-mqtt-url',
    });
    await start({ dataDir });
  });

  it('listens on nothing unless asked, and starts with its flash as it was when it was killed (SEC-09)', async () => {
    const dataDir = newDirectory();
    const script = join(import.meta.dirname, 'box-to-kill.ts');
    const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, dataDir, broker.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    expect(said.toString()).toContain('Timeout');
    expect(said.toString()).not.toMatch(/ServerWrap/i);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const dump = readFileSync(join(dataDir, 'flash-records.bin'));
    expect(dump.includes(Buffer.from(FACTORY))).toBe(true);
    const again = await start({ dataDir, records: {} });
    await running(again);
    expect(again.box.state().bins[3]?.tag).toBe('04a1b2c3');
  });
});

async function withPort() {
  const box = await start({ controlPort: 0, controlSocket: true, fobs: { 2: '04a1b2c3' } });
  await running(box);
  const [url = '', socket = ''] = box.controlAddresses;
  return { box, url, socket, control: controlClient(url) };
}

describe('the control port', () => {
  it('is off unless asked for', async () => {
    expect((await start()).controlAddresses).toEqual([]);
  });

  it('shows the whole box as documented', async () => {
    const { control } = await withPort();
    const state = await control.state();
    expect(state).toEqual({
      revision: expect.any(Number),
      boxId: BOX_ID,
      firmware: '0.1.0',
      running: true,
      claimed: false,
      uptimeMs: expect.any(Number),
      boxTimeMs: null,
      display: {
        lines: [expect.any(String), expect.any(String), expect.any(String), expect.any(String)],
        lit: true,
      },
      bins: Array.from({ length: 8 }, (_, index) => ({
        bin: index + 1,
        latch: 'locked',
        door: 'closed',
        jammed: false,
        tag: index === 1 ? '04a1b2c3' : null,
      })),
      mainLock: { latch: 'locked', door: 'closed', jammed: false },
      keys: [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['*', '0', '#'], ['L']],
      button: 'up',
      power: { mains: true, batteryPercent: 100, asleep: false, wokeBy: 'power' },
      network: { link: 'up', broker: 'disconnected', joined: null, radio: 'clear', hotspots: [] },
      beeps: expect.any(Number),
    });
  });

  it('has the members that docs/run-simulated.md shows, and no others', async () => {
    const { control } = await withPort();
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/run-simulated.md'), 'utf8');
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    const namesIn = (value: unknown): unknown =>
      Array.isArray(value)
        ? [namesIn(value[0])]
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, namesIn(member)]))
          : '';
    await control.input({ hotspot: { name: 'Phone', passphrase: '12345678', up: true } });
    expect(namesIn(await control.state())).toEqual(namesIn(JSON.parse(example)));
  });

  it('does everything a rig may ask, by TCP as by the socket', async () => {
    const { control, socket } = await withPort();
    const bySocket = controlClient(socket);
    const lines = (await control.state()).display.lines;
    expect((await control.input({ keys: 'L' })).display.lines).not.toEqual(lines);
    expect((await bySocket.input({ door: { bin: 3, open: true } })).bins[2]?.door).toBe('open');
    expect((await bySocket.input({ door: { bin: 3, open: false } })).bins[2]?.door).toBe('closed');
    expect((await control.input({ door: { bin: 1, jammed: true } })).bins[0]?.jammed).toBe(true);
    expect((await control.input({ mainLock: { open: true } })).mainLock.door).toBe('open');
    expect((await control.input({ mainLock: { open: false } })).mainLock.door).toBe('closed');
    expect((await control.input({ mainLock: { jammed: true } })).mainLock.jammed).toBe(true);
    expect((await control.input({ tag: { bin: 2, id: null } })).bins[1]?.tag).toBeNull();
    expect((await control.input({ tag: { bin: 2, id: '04A1B2C3D4E5F6' } })).bins[1]?.tag).toBe(
      '04a1b2c3d4e5f6',
    );
    await control.input({ tag: { reader: 'front', id: '04a1b2c3' } });
    expect((await control.input({ mains: false })).power.mains).toBe(false);
    expect((await control.input({ network: 'down' })).network.link).toBe('down');
    expect((await control.input({ network: 'up' })).network.link).toBe('up');
    const phone = { name: 'Phone', passphrase: '12345678', up: true };
    expect((await control.input({ hotspot: phone })).network.hotspots).toEqual([phone]);
    expect((await control.input({ radio: 'jammed' })).network.radio).toBe('jammed');
    expect((await control.input({ radio: 'clear' })).network.radio).toBe('clear');
    await control.input({ press: 'reset' });
    expect((await control.input({ power: false })).running).toBe(false);
    await control.input({ power: true });
    await vi.waitUntil(async () => (await control.state()).running);
  });

  it('holds the reset button for a claim code, and lets the box time jump', async () => {
    const { control } = await withPort();
    const held = control.input({ hold: { button: 'reset', ms: 5_000 } });
    await control.input({ advanceMs: 6_000 });
    const state = await held;
    expect(state.display.lines.join('\n')).toMatch(/\d{4} \d{4}/);
    const before = (await control.state()).uptimeMs;
    expect((await control.input({ advanceMs: 3_600_000 })).uptimeMs - before).toBeGreaterThanOrEqual(
      3_600_000,
    );
  });

  // The limit of the test is below the longest wait: only a wake-up ends it in time.
  it('lets a terminal wait for the next change', async () => {
    const { control } = await withPort();
    const { revision } = await control.state();
    const next = control.stateAfter(revision, 25_000);
    await control.input({ tag: { bin: 7, id: '01020304' } });
    const changed = await next;
    expect(changed.revision).toBeGreaterThan(revision);
    expect(changed.bins[6]?.tag).toBe('01020304');
    const { revision: last } = await control.state();
    expect((await control.stateAfter(last, 1)).revision).toBe(last);
    expect((await control.stateAfter(last + 50, 25_000)).revision).toBe(last);
  }, 15_000);

  it('refuses an unknown input with a pointer to the mistake', async () => {
    const { url } = await withPort();
    const response = await fetch(`${url}/input`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"tag":{"bin":1,"id":"123"}}',
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json',
    ]);
    const detail = 'send 8, 14 or 16 hexadecimal digits, or null';
    expect(await response.json()).toEqual({
      type: 'about:blank',
      status: 400,
      title: 'Unknown input',
      detail,
      errors: [{ pointer: '/tag/id', detail }],
    });
  });

  it('answers every wrong request with a problem that says what to do', async () => {
    const { url } = await withPort();
    const json = { 'content-type': 'application/json' };
    const asked = [
      ['/input', { method: 'POST', headers: json, body: '{"keys":' }, 400],
      ['/input', { method: 'POST', headers: json, body: '{"door":{"bin":9,"open":true}}' }, 400],
      ['/input', { method: 'POST', headers: json, body: `"${'x'.repeat(5_000)}"` }, 413],
      [
        '/input',
        { method: 'POST', headers: { origin: 'http://evil.example' }, body: '{"mains":false}' },
        403,
      ],
      ['/input', { method: 'GET' }, 405],
      ['/state?after=new', { method: 'GET' }, 400],
      ['/elsewhere', { method: 'GET' }, 404],
    ] as const;
    for (const [path, init, status] of asked) {
      const response = await fetch(url + path, init);
      expect([path, response.status]).toEqual([path, status]);
      expect(await response.json()).toMatchObject({
        type: 'about:blank',
        status,
        detail: expect.stringMatching(/\w/),
      });
    }
  });

  it('lets no web page in by a name of its own that points to this machine', async () => {
    const { url } = await withPort();
    const sent = request(`${url}/state`, { headers: { host: 'evil.example' } });
    sent.end();
    const [response] = await once(sent, 'response');
    response.resume();
    expect(response.statusCode).toBe(403);
  });

  it('keeps its socket to its owner, and says when a port is taken', async () => {
    const { url, socket } = await withPort();
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    await expect(start({ controlPort: Number(new URL(url).port) })).rejects.toMatchObject({
      code: 'control-port-taken',
    });
  });
});

describe('a scenario', () => {
  it('passes when the box does what it says, with a line for each step', async () => {
    const { control } = await withPort();
    const scenario = parseScenario(readFileSync(join(import.meta.dirname, 'bench-check.yaml'), 'utf8'), {
      FOB: '04a1b2c3',
    });
    const lines: string[] = [];
    const result = await runScenario(scenario, control, (line) => lines.push(line));
    expect(result).toEqual({ outcome: 'passed', detail: '' });
    expect(lines).toHaveLength(scenario.steps.length);
  });

  it('fails at an expectation that does not hold, saying what there was', async () => {
    const { control } = await withPort();
    const scenario = parseScenario('steps:\n  - expect-bin: { bin: 2, tag: null }\n  - mains: false');
    expect(await runScenario(scenario, control)).toEqual({
      outcome: 'failed',
      detail: 'step 1 (expect-bin): bin 2 has tag "04a1b2c3"',
    });
    expect((await control.state()).power.mains).toBe(true);
  });

  it('times out when a change does not come', async () => {
    const { control } = await withPort();
    const one = parseScenario('steps:\n  - wait-bin: { bin: 2, door: open, timeoutMs: 30 }');
    expect(await runScenario(one, control)).toMatchObject({ outcome: 'timed-out' });
    const whole = parseScenario('timeoutMs: 30\nsteps:\n  - wait-display: nothing says this');
    expect(await runScenario(whole, control)).toMatchObject({ outcome: 'timed-out' });
  });

  it('fails when the box is not there', async () => {
    const scenario = parseScenario('steps:\n  - mains: false');
    const { outcome, detail } = await runScenario(scenario, controlClient('http://127.0.0.1:9'));
    expect([outcome, detail]).toEqual(['failed', expect.stringContaining('is the box running')]);
  });
});
