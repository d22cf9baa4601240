// A whole cloud on a free port of this machine, with a database in memory and no boxes, for what speaks to one over HTTP.

import { type Cloud, compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import type { DeviceTransport } from '../src/platform/device-transport.ts';
import { systemEntropy } from '../src/platform/entropy.ts';
import { silentLog } from '../src/platform/log.ts';
import { allPermissions, type Permission } from '../src/platform/permissions.ts';
import { systemClock, systemDefer, systemTimers } from '../src/platform/system-clock.ts';

const nobody: DeviceTransport = { start: async () => {}, send: () => false, stop: async () => {} };

/** A cloud that answers. */
export interface AnsweringCloud {
  readonly cloud: Cloud;
  readonly url: string;
  /** A new token of the one tenant; may do everything unless given. */
  token(permissions?: readonly Permission[]): Promise<string>;
  /** Puts the clock of the cloud forward. */
  passTime(byMs: number): void;
}

/** Stop it with `cloud.stop()`. */
export async function cloudOverHttp(): Promise<AnsweringCloud> {
  const settings = readConfig({});
  const secrets = {
    ...{ kind: 'given' as const, pepper: new Uint8Array(32).fill(2) },
    keyEncryptionKey: new Uint8Array(32).fill(1),
    auditKey: new Uint8Array(32).fill(3),
  };
  let aheadMs = 0;
  const clock = {
    nowMs: () => systemClock.nowMs() + aheadMs,
    monotonicMs: () => systemClock.monotonicMs() + aheadMs,
  };
  const cloud = compose({
    config: {
      ...{ ...settings, secrets, database: { path: ':memory:' } },
      http: { ...settings.http, port: 0, perAddressPerMinute: 0, perTokenPerMinute: 0 },
    },
    ...{ clock, timers: systemTimers, entropy: systemEntropy, defer: systemDefer },
    ...{ log: silentLog(), deviceTransport: nobody },
  });
  await cloud.start();
  const url = await cloud.listen();
  const { tenants } = cloud.features;
  const tenantId = await cloud.commitGroup.run(() => tenants.create('Test'));
  const token = (permissions: readonly Permission[] = allPermissions) =>
    cloud.commitGroup.run(() => tenants.issueToken(tenantId, { name: 'operator', permissions }).text);
  const passTime = (byMs: number): void => {
    aheadMs += byMs;
  };
  return { cloud, url, token, passTime };
}
