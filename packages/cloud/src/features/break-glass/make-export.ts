// Makes an export: everything that opens the tenant's boxes and the inventory of this moment, remembered by who and
// when, told to the ledger without a secret. Called inside a transaction; the file is sealed after the commit.

import {
  breakGlassCost,
  bytesToHex,
  type CryptoProvider,
  limits,
  SALT_BYTES,
  usePublicKey,
} from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import { CloudError } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import type { FileAnswer } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { boxResourceId } from '../boxes/index.ts';
import type { Emergency } from '../emergency/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import type { Tenants } from '../tenants/index.ts';
import { type BreakGlassExport, exportPayload, type InventoryKey } from './export.ts';
import { sealExport } from './seal-export.ts';
import type { BreakGlassStore } from './store.ts';

/** What the file is called among contents of the web. */
export const exportContentType = 'application/vnd.smartbox.break-glass+json';

/** What making needs. */
export interface ExportPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly crypto: CryptoProvider;
  readonly events: EventBus;
  readonly emergency: Pick<Emergency, 'secrets'>;
  readonly keys: Pick<Keys, 'all' | 'whereIs'>;
  readonly locations: Pick<Locations, 'find'>;
  readonly tenants: Pick<Tenants, 'nameOf' | 'tokenName'>;
  readonly stores: (tenantId: TenantId) => BreakGlassStore;
}

/** @throws CloudError `conflict` for a tenant that has no box */
export function makeExport(
  ports: ExportPorts,
  { tenantId, tokenId }: Principal,
  passphrase: string,
): FileAnswer {
  const { crypto, entropy, tenants } = ports;
  const atMs = Math.floor(ports.clock.nowMs());
  const secrets = ports.emergency.secrets(tenantId);
  if (secrets.length === 0) throw new CloudError('conflict', { detail: nothingToExport });
  const useKey = entropy.bytes(limits.keyBytes);
  const made: BreakGlassExport = {
    exportId: ports.identifiers.create('bgx'),
    publicKey: usePublicKey(useKey),
    createdAtMs: atMs,
    createdBy: tenants.tokenName(tenantId, tokenId) ?? tokenId,
    tokenId,
    boxes: secrets.map(({ box, sheet }) => ({ boxId: box.id, generation: sheet.generation })),
  };
  ports.stores(tenantId).add(made);
  tellExport(ports, tenantId, made);
  const inventory = takeInventory(ports, tenantId);
  const head = {
    ...{ exportId: made.exportId, tenantName: tenants.nameOf(tenantId), createdAt: showInstant(atMs) },
    argon2: { ...breakGlassCost, salt: bytesToHex(entropy.bytes(SALT_BYTES)) },
  };
  const payload = exportPayload({ secrets, inventory, useKey, atMs });
  const nonce = entropy.bytes(nonceBytes);
  return {
    contentType: exportContentType,
    fileName: `smartbox-${showInstant(atMs).slice(0, 10)}.sbx`,
    render: () => sealExport(crypto, { head, payload, passphrase, nonce }),
  };
}

/** RFC 8439. */
const nonceBytes = 12;

const nothingToExport = {
  ja: 'ボックスがまだありません。登録したあとで、もう一度作成してください。',
  en: 'There is no box yet. Claim one and export then.',
};

function takeInventory(ports: ExportPorts, tenantId: TenantId): readonly InventoryKey[] {
  return ports.keys.all(tenantId).map((key) => ({
    key,
    where: ports.keys.whereIs(tenantId, key),
    locationName: ports.locations.find(tenantId, key.locationId)?.name ?? '',
  }));
}

function tellExport({ events }: ExportPorts, tenantId: TenantId, made: BreakGlassExport): void {
  const { exportId, createdBy, tokenId, boxes } = made;
  const sheets = boxes.map(({ boxId, generation }) => ({ box_id: boxResourceId(boxId), generation }));
  events.publish('fact-established', {
    ...{ tenantId, type: 'break_glass.exported', occurredAtMs: made.createdAtMs },
    data: { export_id: exportId, by: createdBy, token_id: tokenId, boxes: sheets },
  });
}
