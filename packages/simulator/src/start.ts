// `pnpm start`: the whole product on one machine. Starts the cloud, one simulated box over real MQTT with
// TLS, enrols it the way an operator would, and prints what to try next.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  allPermissions,
  type Cloud,
  readConfig,
  StartupFault,
  startCloud,
  type TenantId,
} from '@smartbox/cloud';
import { encodeFactory } from '@smartbox/firmware/core';
import { HostError, type StartedNodeBox, startNodeBox } from '@smartbox/firmware/node';
import { type BoxId, boxIdFromBytes, bytesToHex, hexToBytes } from '@smartbox/protocol';
import { type ApiCall, apiAt } from './demo/api-call.ts';
import { DemoError } from './demo/demo-error.ts';
import { type DemoMemory, readMemory, writeMemory } from './demo/demo-memory.ts';
import { type DemoSettings, demoSettings } from './demo/demo-settings.ts';
import { enrol } from './demo/enrol.ts';
import { newPassphrase, setPassphrase } from './demo/passphrase.ts';
import { demoStaff } from './demo/staff.ts';
import { demoCode, demoFobs, stockKeys } from './demo/stock.ts';
import { welcomeLines } from './demo/welcome.ts';

const TENANT_NAME = 'Demo';
const LOCATION = { name: 'Front desk', time_zone: 'Asia/Tokyo' };
const BOX_NAME = 'Entrance';

async function run(): Promise<void> {
  const settings = demoSettings(process.env);
  const config = readConfig(settings.environment);
  const started = await startCloud(config);
  stopWith(() => started.stop());
  const { cloud, address } = started;
  const memory = await withWholeToken(cloud, settings);
  const box = await startBox(cloud, settings, memory);
  stopWith(() => box.stop());
  const api = apiAt(address, memory.apiToken);
  const complete = await setUp({ api, box, settings, memory });
  const stepUpPassphrase = complete.stepUpPassphrase ?? newPassphrase(randomBytes(15));
  const kept = { ...complete, stepUpPassphrase };
  writeMemory(settings.memoryFile, kept);
  await setPassphrase(api, stepUpPassphrase);
  // A text message that really leaves must go to a phone that somebody has.
  const staff = config.texts?.kind === 'log' ? await demoStaff(api, kept.staff) : undefined;
  const code = await demoCode(api, kept);
  const shown = { code: { id: code.id, digits: code.digits }, ...(staff === undefined ? {} : { staff }) };
  writeMemory(settings.memoryFile, { ...kept, ...shown });
  const ports = cloud.mqttPorts();
  const lines = welcomeLines({
    apiAddress: address,
    mqttPlainPort: ports?.plain,
    mqttTlsPort: ports?.tls,
    boxId: memory.boxId,
    apiToken: memory.apiToken,
    stepUpPassphrase,
    code,
    staffCode: staff?.idCode,
    dataDirectory: settings.dataDirectory,
    boxControl: box.controlAddresses,
  });
  console.log(lines.join('\n'));
}

/** @returns what an earlier start noted, or a new tenant; its token may do all that this release knows */
async function withWholeToken(cloud: Cloud, settings: DemoSettings): Promise<DemoMemory> {
  const { tenants } = cloud.features;
  const known = readMemory(settings.memoryFile);
  if (known !== undefined && known.permissions?.join() === allPermissions.join()) return known;
  const begun = known ?? {
    tenantId: await cloud.commitGroup.run(() => tenants.create(TENANT_NAME)),
    ...{ boxId: boxIdFromBytes(randomBytes(8)), factoryKey: bytesToHex(randomBytes(32)) },
  };
  const order = { name: 'demo operator', permissions: allPermissions };
  const { text } = await cloud.commitGroup.run(() => tenants.issueToken(begun.tenantId as TenantId, order));
  const made = { ...begun, apiToken: text, permissions: allPermissions };
  writeMemory(settings.memoryFile, made);
  return made;
}

function startBox(cloud: Cloud, settings: DemoSettings, memory: DemoMemory): Promise<StartedNodeBox> {
  const boxId = memory.boxId as BoxId;
  return startNodeBox({
    dataDir: settings.boxDirectory,
    mqttUrl: `mqtts://127.0.0.1:${cloud.mqttPorts()?.tls}`,
    caFile: join(settings.dataDirectory, 'tls', 'ca.pem'),
    boxId,
    records: { factory: encodeFactory({ boxId, factoryKey: hexToBytes(memory.factoryKey) }) },
    fobs: demoFobs,
    controlSocket: true,
    ...(settings.boxControlPort === undefined ? {} : { controlPort: settings.boxControlPort }),
  });
}

/** Makes whatever an earlier start has not made yet. */
async function setUp(parts: {
  readonly api: ApiCall;
  readonly box: StartedNodeBox;
  readonly settings: DemoSettings;
  readonly memory: DemoMemory;
}): Promise<DemoMemory> {
  const { api, box, settings, memory } = parts;
  const locationId = memory.locationId ?? String((await api('POST', '/v1/locations', LOCATION)).id);
  const complete = { ...memory, locationId };
  writeMemory(settings.memoryFile, complete);
  await stockKeys(api, locationId);
  if (!box.box.state().claimed) {
    console.log('Enrolling the box: its button is held for 5 seconds, its display shows a claim code …');
    const { boxId, factoryKey } = memory;
    await enrol({
      ...{ api, box: box.box, boxId: boxId as BoxId, factoryKey, name: BOX_NAME, locationId },
      wait: async (ms) => void (await wait(ms)),
    });
  }
  await keysReported(api);
  return complete;
}

// The box tells its log first; until then the cloud does not know what hangs where.
async function keysReported(api: ApiCall): Promise<void> {
  for (let look = 0; look < 40; look++) {
    const page = await api('GET', '/v1/keys?limit=100');
    const keys = page.data as readonly { readonly where: { readonly status: string } }[];
    if (keys.every(({ where }) => where.status !== 'unknown')) return;
    await wait(250);
  }
}

const stops: (() => Promise<void>)[] = [];
function stopWith(stop: () => Promise<void>): void {
  stops.unshift(stop);
}

async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0)) await stop();
}

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal means that the first took too long for somebody.
    if (stopping) process.exit(1);
    stopping = true;
    void stopAll().then(() => process.exit(0));
  });
}

try {
  await run();
} catch (error) {
  const told = error instanceof StartupFault || error instanceof HostError || error instanceof DemoError;
  console.error(told ? error.message : error);
  await stopAll();
  process.exit(1);
}
