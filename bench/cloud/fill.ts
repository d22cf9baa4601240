// Fills a cloud's database with a population: claimed boxes with their keys sealed, a key in every bin, codes by
// the thousand. In SQL and not through the API, because ten million codes would take a day.
import type { Cloud, TenantId } from '@smartbox/cloud';
import { systemEntropy } from '@smartbox/cloud';
import { firstLogKey, genesisHash, nobleCrypto } from '@smartbox/protocol';
import {
  binsPerBox,
  boxesPerLocation,
  boxIdOf,
  codeOf,
  idOf,
  keyIdOf,
  locationOf,
  type Population,
  rootKeyOf,
  tagOf,
} from '../seed/population.ts';
import { benchSecrets } from './compose-for-bench.ts';
import { createCodeMac, createKeyVault, loginHash, secretPlace } from './inside.ts';

const madeAtMs = 1_700_000_000_000;

/** Fills the database of a cloud that is not started. Quick because nothing of it need survive a power cut. */
export function fill(cloud: Cloud, population: Population): void {
  const { database } = cloud;
  database.exec('PRAGMA synchronous = OFF');
  database.exec('PRAGMA foreign_keys = OFF');
  const tenantId = database.transaction(() => cloud.features.tenants.create('Bench'));
  const locations = Math.ceil(population.boxes / boxesPerLocation);
  database.transaction(() => {
    for (let location = 0; location < locations; location++) addLocation(cloud, tenantId, location);
    for (let box = 0; box < population.boxes; box++) addBox(cloud, tenantId, box);
  });
  const indexes = dropIndexes(cloud, 'key_code');
  for (let location = 0; location < locations; location++)
    database.transaction(() => addCodes(cloud, tenantId, { population, location }));
  for (const index of indexes) database.exec(index);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function addLocation({ database }: Cloud, tenantId: TenantId, location: number): void {
  database
    .prepare(
      'INSERT INTO location (tenant_id, location_id, name, time_zone, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    )
    .run(tenantId, idOf('loc', location), `Location ${location}`, 'Asia/Tokyo', madeAtMs);
}

function addBox({ database }: Cloud, tenantId: TenantId, box: number): void {
  const boxId = boxIdOf(box);
  const locationId = idOf('loc', locationOf(box));
  const vault = createKeyVault({ keys: [benchSecrets.keyEncryptionKey], entropy: systemEntropy });
  const rootKey = rootKeyOf(box);
  const seal = (key: Uint8Array, purpose: Parameters<typeof secretPlace>[1], epoch: number) =>
    vault.seal(key, secretPlace({ tenantId, boxId }, purpose, epoch));
  database
    .prepare(
      `INSERT INTO box (tenant_id, box_id, location_id, name, life, bin_count, claimed_at_ms, language, help_phone,
         left_open_ms, idle_ms, offline_after_ms) VALUES (?, ?, ?, ?, 'live', ?, ?, 'en', '', 120000, 20000, 180000)`,
    )
    .run(tenantId, boxId, locationId, `Box ${box}`, binsPerBox, madeAtMs);
  database
    .prepare(
      `INSERT INTO box_key (tenant_id, box_id, epoch, sealed_root_key, sealed_recovery_key, login_hash)
       VALUES (?, ?, 0, ?, ?, ?)`,
    )
    .run(
      tenantId,
      boxId,
      seal(rootKey, 'root-key', 0),
      seal(rootKey, 'recovery-key', 0),
      loginHash(nobleCrypto, rootKey),
    );
  database.prepare('INSERT INTO box_health (tenant_id, box_id) VALUES (?, ?)').run(tenantId, boxId);
  database
    .prepare('INSERT INTO box_log_state (tenant_id, box_id, log_hash, sealed_log_key) VALUES (?, ?, ?, ?)')
    .run(tenantId, boxId, genesisHash(), seal(firstLogKey(nobleCrypto, rootKey), 'log-key', 1));
  for (let bin = 1; bin <= binsPerBox; bin++) addKeyInBin({ database }, tenantId, { box, bin, locationId });
}

function addKeyInBin(
  { database }: Pick<Cloud, 'database'>,
  tenantId: TenantId,
  place: { readonly box: number; readonly bin: number; readonly locationId: string },
): void {
  const { box, bin, locationId } = place;
  const tag = tagOf(box, bin);
  database
    .prepare('INSERT INTO bin (tenant_id, box_id, bin, tag, changed_at_ms) VALUES (?, ?, ?, ?, ?)')
    .run(tenantId, boxIdOf(box), bin, tag, madeAtMs);
  database
    .prepare(
      `INSERT INTO key (tenant_id, key_id, location_id, name, fob_label, fob_tag, created_at_ms)
       VALUES (?, ?, ?, ?, '', ?, ?)`,
    )
    .run(tenantId, keyIdOf(box, bin), locationId, `Key ${bin} of box ${box}`, tag, madeAtMs);
}

// In the order of the table's primary key, whose last part is a hash: otherwise every row lands on another page.
function addCodes(
  { database }: Cloud,
  tenantId: TenantId,
  of: { readonly population: Population; readonly location: number },
): void {
  const { population, location } = of;
  const locationId = idOf('loc', location);
  const codeMac = createCodeMac(nobleCrypto, benchSecrets.pepper);
  const firstBox = location * boxesPerLocation;
  const boxes = Math.min(boxesPerLocation, population.boxes - firstBox);
  const count = boxes * population.codesPerBox;
  const macs: Uint8Array[] = [];
  const sortKeys = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const { digits } = codeOf(
      population,
      firstBox + Math.floor(row / population.codesPerBox),
      row % population.codesPerBox,
    );
    const mac = codeMac({ tenantId, locationId }, digits);
    sortKeys[row] = Buffer.from(mac.buffer, mac.byteOffset, 6).readUIntBE(0, 6);
    macs.push(mac);
  }
  const order = Uint32Array.from({ length: count }, (_, row) => row);
  order.sort((left, right) => (sortKeys[left] as number) - (sortKeys[right] as number));
  const add = database.prepare(
    `INSERT INTO key_code (tenant_id, location_id, code_mac, code_id, key_id, digits, uses, label, created_at_ms)
     VALUES (?, ?, ?, ?, ?, 8, 'unlimited', '', ?)`,
  );
  for (const row of order) {
    const box = firstBox + Math.floor(row / population.codesPerBox);
    const code = row % population.codesPerBox;
    const { bin } = codeOf(population, box, code);
    const codeId = idOf('code', box * population.codesPerBox + code);
    add.run(tenantId, locationId, macs[row] as Uint8Array, codeId, keyIdOf(box, bin), madeAtMs);
  }
  database
    .prepare('INSERT INTO key_code_count (tenant_id, location_id, digits, live) VALUES (?, ?, 8, ?)')
    .run(tenantId, locationId, count);
}

/** Takes a table's indexes away. @returns the statements that make them again */
function dropIndexes({ database }: Cloud, table: string): readonly string[] {
  const indexes = database
    .prepare<{ name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    )
    .all(table);
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  return indexes.map(({ sql }) => sql);
}
