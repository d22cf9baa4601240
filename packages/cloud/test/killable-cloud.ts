// The real cloud as a process of its own that kills itself, by SIGKILL, at the step of a request
// that its parent names. It owns one tenant and tells the parent where it listens.

import { compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import type { TraceStage } from '../src/platform/clock.ts';
import { systemEntropy } from '../src/platform/entropy.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { systemClock, systemDefer, systemTimers } from '../src/platform/system-clock.ts';

/** What the parent is told once boxes and callers can connect. */
export interface CloudReady {
  readonly address: string;
  readonly mqttPort: number;
  readonly token: string;
}

let killAt: TraceStage | undefined;

process.on('message', (order: { readonly killAt: TraceStage }) => {
  killAt = order.killAt;
  process.send?.('armed');
});
process.on('disconnect', () => process.exit(0));

const config = readConfig();
const cloud = compose({
  config,
  clock: systemClock,
  timers: systemTimers,
  entropy: systemEntropy,
  defer: systemDefer,
  log: createLog({ level: config.logLevel, clock: systemClock }),
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
