// The file that an auditor takes away. What it holds is fixed when it is asked for; the text is made after the commit.

import {
  auditExportLimits,
  auditExportText,
  bytesToHex,
  consistencyProof,
  frontierAt,
} from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import { invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import type { FileAnswer } from '../../platform/route.ts';
import { fromStored, type HeadPorts, signHead, subtreesOf } from './tree.ts';

/** What routes and exports are made of. */
export interface AuditDesk extends HeadPorts {
  readonly clock: Clock;
  /** Hexadecimal. */
  readonly publicKey: string;
}

/** What is asked for: everything from the beginning unless given. */
export interface ExportOrder {
  readonly first?: number;
  readonly last?: number;
}

/** The media type of the file. */
export const auditContentType = 'application/json';

/** @throws CloudError naming the field when there is no such record */
export function makeAuditExport(desk: AuditDesk, tenantId: TenantId, order: ExportOrder): FileAnswer {
  const store = desk.stores(tenantId);
  const size = store.last()?.sequence ?? 0;
  const first = order.first ?? 1;
  if (first > Math.max(1, size)) throw invalidField('/query/first', 'no-such-record', noSuchRecord);
  const most = Math.min(size, first - 1 + auditExportLimits.records);
  const last = order.last ?? most;
  if (last > size || (last < first && size > 0))
    throw invalidField('/query/last', 'no-such-record', noSuchRecord);
  if (last > most) throw invalidField('/query/last', 'too-many-records', tooMany);
  const atMs = Math.floor(desk.clock.nowMs());
  const head = signHead(desk, tenantId, { size, atMs });
  return {
    contentType: auditContentType,
    fileName: `smartbox-audit-${showInstant(atMs).slice(0, 10)}-${first}-${last}.json`,
    render: () => {
      const subtree = subtreesOf(desk.crypto, store);
      const start = frontierAt(first - 1, subtree);
      const range = { least: first - 1, most: last, limit: auditExportLimits.heads };
      const path = consistencyProof(desk.crypto, { first: last, second: size }, subtree);
      const records = store.read({ from: first - 1, order: 'rising', limit: last - first + 1 });
      const text = auditExportText(
        {
          tenant_id: tenantId,
          start: { size: start.size, subtree_hashes: start.hashes.map(bytesToHex) },
          earlier_heads: store.heads(range).map((stored) => fromStored(tenantId, stored)),
          ...{ head, consistency: path.map(bytesToHex) },
        },
        records.map(({ record }) => record),
      );
      return Buffer.from(text, 'latin1');
    },
  };
}

const noSuchRecord = {
  ja: '記録の番号の範囲外です。GET /v1/audit/tree-head の tree_size 以下の番号を指定してください。',
  en: 'There is no such record. Give numbers up to the tree_size of GET /v1/audit/tree-head.',
};

const tooMany = {
  ja: `1 つのファイルは ${auditExportLimits.records} 件までです。範囲を分けてください。`,
  en: `One file holds ${auditExportLimits.records} records. Ask for several files.`,
};
