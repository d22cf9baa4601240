// A whole cloud on a free port of this machine, with a database in memory and no boxes, for commands that speak to one.
import {
  allPermissions,
  type Cloud,
  compose,
  type DeviceTransport,
  type Permission,
  readConfig,
  silentLog,
  systemClock,
  systemDefer,
  systemEntropy,
  systemTimers,
} from '@smartbox/cloud';

const nobody: DeviceTransport = { start: async () => {}, send: () => false, stop: async () => {} };

/** A cloud that answers. */
export interface AnsweringCloud {
  readonly cloud: Cloud;
  readonly url: string;
  /** A new token of the one tenant. */
  token(permissions?: readonly Permission[]): Promise<string>;
}

/** Stop it with `cloud.stop()`. */
export async function cloudOverHttp(): Promise<AnsweringCloud> {
  const settings = readConfig({});
  const secrets = {
    ...{ kind: 'given' as const, pepper: new Uint8Array(32).fill(2) },
    keyEncryptionKey: new Uint8Array(32).fill(1),
    auditKey: new Uint8Array(32).fill(3),
  };
  const cloud = compose({
    config: {
      ...{ ...settings, secrets, database: { path: ':memory:' } },
      http: { ...settings.http, port: 0, perAddressPerMinute: 0, perTokenPerMinute: 0 },
    },
    ...{ clock: systemClock, timers: systemTimers, entropy: systemEntropy, defer: systemDefer },
    ...{ log: silentLog(), deviceTransport: nobody },
  });
  await cloud.start();
  const url = await cloud.listen();
  const { tenants } = cloud.features;
  const tenantId = await cloud.commitGroup.run(() => tenants.create('Test'));
  const token = (permissions: readonly Permission[] = allPermissions) =>
    cloud.commitGroup.run(() => tenants.issueToken(tenantId, { name: 'operator', permissions }).text);
  return { cloud, url, token };
}
