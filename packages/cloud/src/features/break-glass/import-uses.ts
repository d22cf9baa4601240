// Imports a file of uses: each record that is believed is stored and told to the ledger exactly once, in the
// transaction of the request. A second import of the same file changes nothing.

import { type BoxId, type CryptoProvider, parseBoxId, type SignedUse } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Tenants } from '../tenants/index.ts';
import { judgeUse, type UseFacts, type UseFault } from './judge-use.ts';
import type { BreakGlassStore } from './store.ts';
import { createUseVerifier } from './verify-use.ts';

/** What importing needs. */
export interface ImportPorts {
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly events: EventBus;
  readonly boxes: Pick<Boxes, 'find'>;
  readonly tenants: Pick<Tenants, 'tokenName'>;
  readonly stores: (tenantId: TenantId) => BreakGlassStore;
}

/** What came of a file. */
export interface ImportedUses {
  readonly recorded: number;
  /** Lines that were imported before. */
  readonly known: number;
  /** Numbered from 1, as editors do. */
  readonly refused: readonly { readonly line: number; readonly reason: UseFault }[];
}

/** @param text the lines of a file of uses */
export function importUses(ports: ImportPorts, { tenantId, tokenId }: Principal, text: string): ImportedUses {
  const store = ports.stores(tenantId);
  const facts: UseFacts = { crypto: ports.crypto, isSigned: signatures(store), hashOf: store.useHash };
  const by = ports.tenants.tokenName(tenantId, tokenId) ?? tokenId;
  const refused: { readonly line: number; readonly reason: UseFault }[] = [];
  let recorded = 0;
  let known = 0;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const verdict = judgeUse(line, facts);
    if (verdict.kind === 'refused') refused.push({ line: index + 1, reason: verdict.reason });
    else if (verdict.kind === 'known') known += 1;
    else {
      recorded += 1;
      store.addUse(verdict.use, verdict.hash, Math.floor(ports.clock.nowMs()));
      tellUse(ports, tenantId, { use: verdict.use, importedBy: by });
    }
  }
  return { recorded, known, refused };
}

// Each export is looked up, and its key prepared, once for the whole file.
function signatures(store: BreakGlassStore): UseFacts['isSigned'] {
  const verifiers = new Map<string, ((use: SignedUse) => boolean) | undefined>();
  return (use) => {
    if (!verifiers.has(use.exportId)) {
      const made = store.get(use.exportId);
      verifiers.set(use.exportId, made && createUseVerifier(made.publicKey));
    }
    return verifiers.get(use.exportId)?.(use);
  };
}

function tellUse(
  { boxes, events }: ImportPorts,
  tenantId: TenantId,
  { use, importedBy }: { readonly use: SignedUse; readonly importedBy: string },
): void {
  const boxId: BoxId | undefined = use.boxId === null ? undefined : parseBoxId(use.boxId);
  const locationId = boxId && boxes.find(tenantId, boxId)?.box.locationId;
  const { exportId, chain, sequence, kind, target } = use;
  events.publish('fact-established', {
    ...{ tenantId, type: 'break_glass.used', occurredAtMs: use.atMs },
    ...(boxId === undefined ? {} : { boxId }),
    ...(locationId === undefined ? {} : { locationId }),
    ...(target === null || target === 0 ? {} : { bin: target }),
    data: {
      ...{ export_id: exportId, chain, sequence, kind: kind.replace('-', '_'), imported_by: importedBy },
      all_bins: target === 0,
    },
  });
}
