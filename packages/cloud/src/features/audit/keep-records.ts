// Writes acts and log entries down, in the transaction of what they tell of: an act and its record are there together
// or not at all. Each record names the hash of the one before.

import {
  type AuditRecord,
  asciiToBytes,
  auditRecordText,
  bytesToHex,
  type CryptoProvider,
  leafHash,
  noRecordHash,
} from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import { type AuditContent, contentOfAct, contentOfLogEntry } from './record.ts';
import type { AuditStore } from './store.ts';

/** What keeping needs. */
export interface KeepPorts {
  readonly clock: Clock;
  readonly crypto: Pick<CryptoProvider, 'sha256'>;
  readonly events: EventBus;
  readonly stores: (tenantId: TenantId) => AuditStore;
  /** Told which tenant's audit has grown. */
  readonly grown: (tenantId: TenantId) => void;
}

/** Joins acts and logs from here on. */
export function keepRecords(ports: KeepPorts): void {
  ports.events.join('operator-acted', (act) => append(ports, act.tenantId, [contentOfAct(act)]));
  ports.events.join('box-log-accepted', (told) => {
    const contents = told.entries.map((entry) => contentOfLogEntry(told, entry));
    append(ports, told.tenantId, contents);
  });
}

function append(ports: KeepPorts, tenantId: TenantId, contents: readonly AuditContent[]): void {
  const { crypto, clock } = ports;
  const store = ports.stores(tenantId);
  const last = store.last();
  let sequence = last?.sequence ?? 0;
  let previous = last === undefined ? noRecordHash : bytesToHex(last.hash);
  const recorded_at = showInstant(Math.floor(clock.nowMs()));
  for (const content of contents) {
    sequence += 1;
    const placed: AuditRecord = { ...content, sequence, previous_hash: previous, recorded_at };
    const record = auditRecordText(placed);
    const hash = leafHash(crypto, asciiToBytes(record));
    store.append({ sequence, record, hash }, content.kind);
    previous = bytesToHex(hash);
  }
  ports.grown(tenantId);
}
