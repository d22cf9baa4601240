// An export to test with: two boxes, three keys, and a cost so low that no test waits for it.
import {
  type BreakGlassBox,
  type BreakGlassPayload,
  bytesToHex,
  nobleCrypto,
  passphraseKey,
  passphraseToBytes,
  sealBreakGlass,
  sheetCode,
  usePublicKey,
} from '@smartbox/protocol';

export const passphrase = 'かぎの番人 7 sails at dawn';
export const exportId = 'bgx_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12';
export const exportName = 'smartbox.sbx';
const useKey = new Uint8Array(32).fill(0x42);

/** 32 bytes: verifies the records. */
export const publicKey = usePublicKey(useKey);

/** What each box shares with the cloud. */
export const secretsOf = (number: number) => ({
  sheetKey: new Uint8Array(32).fill(number),
  phoneKey: new Uint8Array(32).fill(number + 100),
});

/** The code that a box asks for as "code no. `cell`". */
export function codeOf(number: number, target: number, cell: number): string {
  return sheetCode(nobleCrypto, secretsOf(number).sheetKey, { target, cell });
}

function box(number: number, name: string, bins: readonly BreakGlassBox['sheet']['rows'][number]['key'][]) {
  const codes = (target: number, count: number) =>
    Array.from({ length: count }, (_, index) => codeOf(number, target, index + 1));
  return {
    ...{ boxId: `4ZK7Q1M0P9XW${number}`, name, location: { name: '新宿', timeZone: 'Asia/Tokyo' } },
    helpPhone: number === 1 ? '+81 3 1234 5678' : '',
    sheet: {
      generation: 2 + number,
      validUntilMs: Date.UTC(2027, 0, 15, 8),
      inForce: number === 1,
      rows: bins.map((key, index) => ({ bin: index + 1, key, codes: codes(index + 1, 10) })),
      allBinsCodes: codes(0, 5),
      openOrder: number === 1 ? [2, 1] : [1],
    },
    phoneKey: bytesToHex(secretsOf(number).phoneKey),
  };
}

const van = { name: 'Van 7', fobLabel: 'A-07' };
const flat = { name: '渋谷 302\u202e', fobLabel: '' };

export const payload: BreakGlassPayload = {
  boxes: [box(1, '裏口', [van, null]), box(2, 'Garage', [flat])],
  inventory: [
    { ...van, locationName: '新宿', status: 'in-bin', boxId: '4ZK7Q1M0P9XW1', bin: 1 },
    { ...flat, locationName: '新宿', status: 'in-bin', boxId: '4ZK7Q1M0P9XW2', bin: 1 },
    { name: 'Truck', fobLabel: 'C-01', locationName: '新宿', status: 'out', boxId: '4ZK7Q1M0P9XW1', bin: 2 },
  ],
  inventoryAtMs: Date.UTC(2026, 3, 1, 9),
  useKey: bytesToHex(useKey),
};

/** @returns the text of the file. @param content the whole payload unless given */
export async function sampleExport(content = payload): Promise<string> {
  const argon2 = { memoryKiB: 64, passes: 1, lanes: 1, salt: '3c'.repeat(16) };
  const head = { exportId, tenantName: '東京レンタカー', createdAt: '2026-04-01T09:00:00.000Z', argon2 };
  const key = await passphraseKey(passphraseToBytes(passphrase), argon2);
  const nonce = new Uint8Array(12).fill(9);
  return sealBreakGlass(nobleCrypto, head, { passphraseKey: key, nonce, payload: content });
}
