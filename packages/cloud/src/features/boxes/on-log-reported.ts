// Device message log-reported: new entries are verified, stored and told to every feature in ONE
// transaction with their effects, then acknowledged. What was stored before has no effect again; a
// gap or a fork is an alarm and stops the replay there.

import type { BodyNamed, CryptoProvider } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { DevicePort, MessageOrigin, Reply } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { type LogChain, type LogFault, type VerifiedReport, verifyReport } from './box-log.ts';
import type { LogKeeper } from './log-keeper.ts';
import type { LogStore } from './log-store.ts';
import type { BoxTeller } from './teller.ts';

/** What the handler needs. */
export interface LogReportedPorts {
  readonly crypto: CryptoProvider;
  readonly clock: Clock;
  readonly port: Pick<DevicePort, 'dispatchLogEntry'>;
  readonly events: EventBus;
  readonly logKeeper: LogKeeper;
  readonly logs: (tenantId: TenantId) => LogStore;
  readonly tell: BoxTeller;
}

/** Takes one batch. */
export function onLogReported(
  ports: LogReportedPorts,
  from: MessageOrigin,
  body: BodyNamed<'log-reported'>,
): readonly Reply[] {
  const { tenantId, boxId } = from;
  const store = ports.logs(tenantId);
  const log = ports.logKeeper.load(from);
  const report = verifyReport(ports.crypto, log.chain, body, (sequence) =>
    store.body(boxId, log.logEpoch, sequence),
  );
  const receivedAtMs = ports.clock.nowMs();
  for (const verified of report.accepted) {
    store.append(boxId, verified, { logEpoch: log.logEpoch, receivedAtMs });
    ports.port.dispatchLogEntry(from, verified.entry);
  }
  if (report.accepted.length > 0) tellAccepted(ports, from, { logEpoch: log.logEpoch, report });
  const alarm = report.fault === undefined ? null : faultName(report.fault);
  if (report.accepted.length > 0 || (alarm !== null && alarm !== log.alarm))
    ports.logKeeper.save(from, {
      ...log,
      chain: report.chain,
      alarm: alarm ?? (report.accepted.length > 0 ? null : log.alarm),
    });
  if (report.fault !== undefined && alarm !== log.alarm) tellFault(ports, from, report.fault);
  if (report.accepted.length > 0)
    ports.events.publish('box-log-replayed', { tenantId, boxId, end: report.chain.end });
  return [acknowledgement(report.chain)];
}

function tellAccepted(
  { events }: Pick<LogReportedPorts, 'events'>,
  { tenantId, boxId }: MessageOrigin,
  told: { readonly logEpoch: number; readonly report: VerifiedReport },
): void {
  const entries = told.report.accepted.map(({ entry, body }) => ({ sequence: entry.sequence, body }));
  events.publish('box-log-accepted', { tenantId, boxId, logEpoch: told.logEpoch, entries });
}

/** The message that tells a box how far its log is stored. */
export function acknowledgement(chain: Pick<LogChain, 'end' | 'hash'>): Reply {
  return { message: { name: 'log-acknowledged', body: { end: chain.end, hash: chain.hash } } };
}

/** A fault's short name, by which the same one is recognised. */
export function faultName(fault: LogFault): string {
  return `${fault.kind}:${fault.sequence}`;
}

/** Raises the alarm. */
export function tellFault(
  ports: Pick<LogReportedPorts, 'clock' | 'tell'>,
  from: MessageOrigin,
  fault: LogFault,
): void {
  ports.tell(from, {
    type: fault.kind === 'gap' ? 'box.log_gap' : 'box.log_fault',
    atMs: ports.clock.nowMs(),
    data: { fault: fault.kind.replace('-', '_'), entry: fault.sequence },
  });
}
