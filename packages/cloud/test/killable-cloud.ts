// The real cloud as a process of its own that kills itself, by SIGKILL, at the step of a request
// that its parent names, and whose time its parent can skip. It owns one tenant and tells the parent where it listens.

import { compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import type { TraceStage } from '../src/platform/clock.ts';
import { systemEntropy } from '../src/platform/entropy.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { systemDefer } from '../src/platform/system-clock.ts';
import { createSkippingTime } from './skipping-time.ts';

/** What the parent is told once boxes and callers can connect. */
export interface CloudReady {
  readonly address: string;
  readonly mqttPort: number;
  readonly token: string;
}

/** What the parent may say; it is answered by the time now, in milliseconds since 1970. */
export type CloudOrder = { readonly killAt: TraceStage } | { readonly skipMs: number };

let killAt: TraceStage | undefined;
const time = createSkippingTime(Number(process.argv[2] ?? 0));

process.on('message', (order: CloudOrder) => {
  if ('killAt' in order) killAt = order.killAt;
  process.send?.(time.skip('skipMs' in order ? order.skipMs : 0));
});
process.on('disconnect', () => process.exit(0));

const config = readConfig();
const cloud = compose({
  config,
  ...{ clock: time.clock, timers: time.timers },
  entropy: systemEntropy,
  defer: systemDefer,
  log: createLog({ level: config.logLevel, clock: time.clock }),
  trace: (stage) => {
    if (stage === killAt) process.kill(process.pid, 'SIGKILL');
  },
});
await cloud.start();
const address = await cloud.listen();
const { tenants } = cloud.features;
const token = await cloud.commitGroup.run(() => {
  const tenantId = tenants.list()[0] ?? tenants.create('Test');
  return tenants.issueToken(tenantId, { name: 'Test', permissions: allPermissions }).text;
});
const ready: CloudReady = { address, mqttPort: cloud.mqttPorts()?.plain ?? 0, token };
process.send?.(ready);
