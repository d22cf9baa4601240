// A whole cloud on a free port of this machine, with a database in memory and no boxes: what the client was made for.
import {
  allPermissions,
  type Cloud,
  compose,
  type DeviceTransport,
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
  /** May do everything. */
  readonly token: string;
}

/** Stop it with `cloud.stop()`. */
export async function cloudOverHttp(): Promise<AnsweringCloud> {
  const settings = readConfig({});
  const cloud = compose({
    config: {
      ...settings,
      database: { path: ':memory:' },
      secrets: {
        kind: 'given',
        keyEncryptionKey: new Uint8Array(32).fill(1),
        pepper: new Uint8Array(32).fill(2),
        auditKey: new Uint8Array(32).fill(3),
      },
      http: { ...settings.http, port: 0, perAddressPerMinute: 0, perTokenPerMinute: 0 },
    },
    ...{ clock: systemClock, timers: systemTimers, entropy: systemEntropy, defer: systemDefer },
    ...{ log: silentLog(), deviceTransport: nobody },
  });
  await cloud.start();
  const url = await cloud.listen();
  const { tenants } = cloud.features;
  const token = await cloud.commitGroup.run(
    () => tenants.issueToken(tenants.create('Test'), { name: 'client', permissions: allPermissions }).text,
  );
  return { cloud, url, token };
}
