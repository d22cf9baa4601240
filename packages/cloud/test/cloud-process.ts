// The parent of a cloud that is killed: starts killable-cloud.ts as a process of its own, gives it orders, and speaks
// to its API.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TraceStage } from '../src/platform/clock.ts';
import type { CloudOrder, CloudReady } from './killable-cloud.ts';
import type { LiveBox } from './live-box.ts';

const program = fileURLToPath(new URL('./killable-cloud.ts', import.meta.url));

/** A cloud that runs. */
export interface RunningCloud extends CloudReady {
  readonly child: ChildProcess;
  /** By which signal it ended, or with which code. */
  readonly ended: Promise<string>;
}

/** What may be set for a start. */
export interface CloudStart {
  readonly environment?: Readonly<Record<string, string>>;
  /** How far ahead of the machine its clock is. */
  readonly skippedMs?: number;
}

/** Starts it on a data directory, which may hold what an earlier one left. */
export async function startCloud(directory: string, start: CloudStart = {}): Promise<RunningCloud> {
  const child = fork(program, [String(start.skippedMs ?? 0)], {
    env: {
      PATH: process.env.PATH ?? '',
      SMARTBOX_DATA_DIR: directory,
      SMARTBOX_HTTP_PORT: '0',
      SMARTBOX_MQTT_PORT: '0',
      SMARTBOX_MQTT_PLAIN: '1',
      SMARTBOX_MQTT_TLS: '0',
      SMARTBOX_LOG_LEVEL: 'silent',
      ...start.environment,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? String(code))),
  );
  const ready = await new Promise<CloudReady>((resolve, reject) => {
    child.once('message', (message) => resolve(message as CloudReady));
    child.once('exit', (code) => reject(new RangeError(`the cloud ended with ${code}`)));
  });
  return { ...ready, child, ended };
}

/** Lets it kill itself at the next such step. */
export async function arm(cloud: RunningCloud, killAt: TraceStage): Promise<void> {
  await order(cloud, { killAt });
}

/** Lets its time leap. @returns the time then, in milliseconds since 1970 */
export function skip(cloud: RunningCloud, skipMs: number): Promise<number> {
  return order(cloud, { skipMs });
}

function order(cloud: RunningCloud, said: CloudOrder): Promise<number> {
  return new Promise((resolve) => {
    cloud.child.once('message', (nowMs) => resolve(Number(nowMs)));
    cloud.child.send(said);
  });
}

/** Makes something through the API. */
export function post(cloud: RunningCloud, path: string, body?: object): Promise<Record<string, string>> {
  return call(cloud, path, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
}

/** Reads something through the API. */
export function read(cloud: RunningCloud, path: string): Promise<Record<string, unknown>> {
  return call(cloud, path, {});
}

async function call<Answer>(cloud: RunningCloud, path: string, init: RequestInit): Promise<Answer> {
  const headers = { ...init.headers, authorization: `Bearer ${cloud.token}` };
  const response = await fetch(cloud.address + path, { ...init, headers });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new RangeError(`${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Claims a box, hangs a key into its bin 3, and leaves it connected. @returns a one-time code for it */
export async function enrol(cloud: RunningCloud, box: LiveBox, locationId: string): Promise<string> {
  const factoryKey = Buffer.from(box.factoryKey).toString('hex');
  await post(cloud, '/v1/factory-boxes', { box_id: box.boxId, factory_key: factoryKey });
  await box.plugIn(cloud.mqttPort);
  const claim = box.claim();
  const wanted = { label: box.label, claim_code: claim.code, name: 'Box', location_id: locationId };
  await box.settled();
  await post(cloud, '/v1/boxes', wanted);
  await claim.finish();
  if (!(await box.openSession())) throw new RangeError('the box has no session');
  box.write('key-placed', { bin: 3, tag: box.fob });
  await box.report();
  const fob = Buffer.from(box.fob.slice(0, 7)).toString('hex');
  const key = await post(cloud, '/v1/keys', { name: 'Van', location_id: locationId, fob_tag: fob });
  const code = await post(cloud, '/v1/key-codes', { key_id: key.id, uses: 'once' });
  return code.code ?? '';
}
