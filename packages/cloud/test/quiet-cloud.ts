// The whole cloud in memory, with ports that stand still and boxes that are never reached: for
// everything that asks the composed whole a question.

import { type Cloud, type CloudPorts, compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import type { DeviceTransport } from '../src/platform/device-transport.ts';
import { silentLog } from '../src/platform/log.ts';
import { systemDefer } from '../src/platform/system-clock.ts';
import { FixedPorts, seededEntropy } from './fixed-ports.ts';

const nobody: DeviceTransport = { start: async () => {}, send: () => false, stop: async () => {} };

/** A composed cloud that has not been started. */
export function quietCloud(change: Partial<CloudPorts> = {}): Cloud {
  const { clock, timers } = new FixedPorts();
  const settings = readConfig({});
  return compose({
    config: {
      ...settings,
      database: { path: ':memory:' },
      secrets: {
        kind: 'given',
        keyEncryptionKey: new Uint8Array(32).fill(1),
        pepper: new Uint8Array(32).fill(2),
        auditKey: new Uint8Array(32).fill(3),
      },
      http: { ...settings.http, perAddressPerMinute: 0, perTokenPerMinute: 0 },
    },
    clock,
    timers,
    entropy: seededEntropy(),
    defer: systemDefer,
    log: silentLog(),
    deviceTransport: nobody,
    ...change,
  });
}

/** The OpenAPI description as it is committed. */
export async function describeApi(): Promise<string> {
  const cloud = quietCloud();
  await cloud.http.ready();
  const description = `${JSON.stringify(cloud.http.swagger(), undefined, 2)}\n`;
  await cloud.stop();
  return description;
}
