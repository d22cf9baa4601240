// A small break-glass file to test with: two bins, one key, a passphrase, and a cost so low that a test waits for nothing.
import {
  type BreakGlassHead,
  type BreakGlassPayload,
  bytesToHex,
  nobleCrypto,
  passphraseKey,
  passphraseToBytes,
  sealBreakGlass,
} from '../src/index.ts';

export const samplePassphrase = 'かぎの番人 ７ sails at dawn';

export const samplePayload: BreakGlassPayload = {
  boxes: [
    {
      boxId: '4ZK7Q1M0P9XWT',
      name: '新宿 "裏口"',
      location: { name: '新宿', timeZone: 'Asia/Tokyo' },
      helpPhone: '+81 3 1234 5678',
      sheet: {
        generation: 3,
        validUntilMs: 1_800_000_000_000,
        inForce: true,
        rows: [
          { bin: 1, key: { name: 'Van 7 🚐', fobLabel: 'A-07' }, codes: ['01234567', '76543210'] },
          { bin: 2, key: null, codes: ['11111111', '22222222'] },
        ],
        allBinsCodes: ['99999999'],
        openOrder: [1],
      },
      phoneKey: '5a'.repeat(32),
    },
  ],
  inventory: [
    {
      name: 'Van 7 🚐',
      fobLabel: 'A-07',
      locationName: '新宿',
      status: 'in-bin',
      boxId: '4ZK7Q1M0P9XWT',
      bin: 1,
    },
  ],
  inventoryAtMs: 1_790_000_000_000,
  useKey: '42'.repeat(32),
};

export const sampleHead: BreakGlassHead = {
  exportId: 'bgx_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  tenantName: '東京レンタカー',
  createdAt: '2026-04-01T09:00:00.000Z',
  argon2: { memoryKiB: 64, passes: 1, lanes: 1, salt: bytesToHex(new Uint8Array(16).fill(0x3c)) },
};

/** @returns the 32 bytes that the passphrase gives under `head` */
export function sampleKey(passphrase = samplePassphrase, head = sampleHead): Promise<Uint8Array> {
  return passphraseKey(passphraseToBytes(passphrase), head.argon2);
}

/** @returns the text of a file */
export async function sampleFile(payload = samplePayload, head = sampleHead): Promise<string> {
  const nonce = new Uint8Array(12).fill(7);
  return sealBreakGlass(nobleCrypto, head, {
    passphraseKey: await sampleKey(undefined, head),
    nonce,
    payload,
  });
}
