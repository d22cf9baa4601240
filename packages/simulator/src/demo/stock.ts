// What hangs in the demo box: named keys with their fobs, and a code that opens one of them.
import type { ApiCall } from './api-call.ts';
import type { DemoMemory } from './demo-memory.ts';

/** The keys of the demo: bin, name, label on the fob, number of the fob. */
export const demoKeys = [
  { bin: 1, name: 'Sakura House 101', label: 'F-01', fob: '04a1b2c3d4e501' },
  { bin: 2, name: 'Sakura House 102', label: 'F-02', fob: '04a1b2c3d4e502' },
  { bin: 3, name: 'Sakura House 201', label: 'F-03', fob: '04a1b2c3d4e503' },
  { bin: 5, name: '社用車 プリウス', label: 'F-05', fob: '04a1b2c3d4e505' },
  { bin: 7, name: 'Boiler room', label: 'F-07', fob: '04a1b2c3d4e507' },
] as const;

/** The key that the demo's code opens. */
const shownKey = demoKeys[2];

/** Fobs by bin, as they hang at the very first start. */
export const demoFobs: Readonly<Record<number, string>> = Object.fromEntries(
  demoKeys.map(({ bin, fob }) => [bin, fob]),
);

/** Makes the keys known to the cloud. */
export async function stockKeys(api: ApiCall, locationId: string): Promise<void> {
  const known = await listKeys(api);
  for (const { name, label, fob } of demoKeys) {
    if (known.some((key) => key.fob_tag === fob)) continue;
    await api('POST', '/v1/keys', { name, fob_label: label, fob_tag: fob, location_id: locationId });
  }
}

/** A code that a person can type now, and what it opens. */
export interface DemoCode {
  readonly id: string;
  readonly digits: string;
  readonly keyName: string;
  /** Where the key hangs; undefined while it is out. */
  readonly bin: number | undefined;
}

/** @returns the code of the last start while it lives, else a new one for a key that is in its bin */
export async function demoCode(api: ApiCall, memory: DemoMemory): Promise<DemoCode> {
  const keys = await listKeys(api);
  const { code } = memory;
  if (code !== undefined) {
    const shown = await api('GET', `/v1/key-codes/${code.id}`);
    const key = keys.find(({ id }) => id === shown.key_id);
    if (shown.ended_at === null && key !== undefined) {
      return { id: code.id, digits: code.digits, keyName: key.name, bin: key.where.bin ?? undefined };
    }
  }
  const inBins = keys.filter(({ where }) => where.status === 'in_bin');
  const key = inBins.find(({ name }) => name === shownKey.name) ?? inBins[0] ?? (keys[0] as ListedKey);
  const made = await api('POST', '/v1/key-codes', { key_id: key.id, label: 'Printed by pnpm start' });
  return {
    id: String(made.id),
    digits: String(made.code),
    keyName: key.name,
    bin: key.where.bin ?? undefined,
  };
}

interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly fob_tag: string;
  readonly where: { readonly status: string; readonly bin: number | null };
}

async function listKeys(api: ApiCall): Promise<readonly ListedKey[]> {
  const page = await api('GET', '/v1/keys?limit=100');
  return page.data as readonly ListedKey[];
}
