// The public door of the cloud: how to compose it, and the ports that it asks for.

export { type Cloud, type CloudPorts, compose } from './compose.ts';
export { type CloudConfig, describeConfig, readConfig } from './config.ts';
export type { Features } from './features/features.ts';
export type { Cancel, Clock, Defer, Timers, Trace, TraceStage } from './platform/clock.ts';
export { traceStages } from './platform/clock.ts';
export type { DeviceTransport, DeviceTransportHandlers } from './platform/device-transport.ts';
export { type Entropy, systemEntropy } from './platform/entropy.ts';
export { CloudError, StartupFault } from './platform/errors.ts';
export type { TenantId } from './platform/identifiers.ts';
export { createLog, type Log, silentLog } from './platform/log.ts';
export type { OutboundHttp, OutboundRequest, OutboundResult } from './platform/outbound-http.ts';
export { allPermissions, type Permission } from './platform/permissions.ts';
export { type PersonRole, rolePermissions } from './platform/roles.ts';
export { systemClock, systemDefer, systemTimers } from './platform/system-clock.ts';
export type { TextMessage, TextMessages } from './platform/text-messages.ts';
export { type StartedCloud, startCloud } from './start-cloud.ts';
