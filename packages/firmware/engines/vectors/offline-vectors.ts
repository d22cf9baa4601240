// The codes for openings without the cloud as asks of a device program: RFC 2202 for the one primitive that only they
// need, and the protocol's golden codes, which Python computed.
import { readFileSync } from 'node:fs';

/** What to ask, and what any engine must answer. */
export interface OfflineVector {
  readonly name: string;
  readonly ask: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
}

interface Hex {
  readonly hex: string;
}
type Case = Readonly<Record<string, string | number | null>> & { readonly key: Hex };

interface Golden {
  readonly sheets: readonly {
    readonly key: Hex;
    readonly cells: readonly { readonly target: number; readonly cell: number; readonly code: string }[];
    readonly revocations: readonly { readonly generation: number; readonly code: string }[];
  }[];
  readonly bookings: readonly (Case & { readonly booking: { readonly startMs: number } })[];
  readonly foreign: readonly Case[];
  readonly phone: readonly Case[];
  readonly authenticators: readonly {
    readonly key: Hex;
    readonly codes: readonly { readonly step: number; readonly code: string }[];
  }[];
  readonly uses: readonly {
    readonly method: string;
    readonly generation: number;
    readonly number: number;
    readonly bytes: Hex;
  }[];
}

// RFC 2202, 3, cases 2 and 6: a key shorter than a block and one longer.
const hmacSha1: readonly OfflineVector[] = [
  {
    name: 'HMAC-SHA-1, RFC 2202 case 2',
    ask: { do: 'hmac-sha1', key: '4a656665', data: ascii('what do ya want for nothing?') },
    answer: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  },
  {
    name: 'HMAC-SHA-1, RFC 2202 case 6',
    ask: {
      do: 'hmac-sha1',
      key: 'aa'.repeat(80),
      data: ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
    },
    answer: 'aa4ae5e15272d00e95705637ce8a3b55ed402112',
  },
];

function ascii(text: string): string {
  return Buffer.from(text, 'ascii').toString('hex');
}

/** @returns every golden code as a question; several hundred */
export function offlineVectors(): Readonly<Record<string, readonly OfflineVector[]>> {
  const file = new URL('../../../protocol/vectors/golden/offline.json', import.meta.url);
  const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
  return {
    'HMAC-SHA-1': hmacSha1,
    'sheet codes': golden.sheets.flatMap(({ key, cells }) =>
      cells.map(({ code, ...cell }) => vector(code, { do: 'sheet-code', key: key.hex, ...cell })),
    ),
    'revocation codes': golden.sheets.flatMap(({ key, revocations }) =>
      revocations.map(({ code, generation }) =>
        vector(code, { do: 'revocation-code', key: key.hex, generation }),
      ),
    ),
    'booking codes': [...golden.bookings, ...golden.foreign].map(({ key, boxId, code, payload }) =>
      vector(payload, { do: 'read-booking-code', key: key.hex, boxId, code }),
    ),
    bookings: golden.bookings.map(({ payload, booking }) =>
      vector(booking, { do: 'booking-of', payload, nowMs: booking.startMs }),
    ),
    'phone answers': golden.phone.map(({ key, challenge, target, answer }) =>
      vector(answer, { do: 'phone-answer', key: key.hex, challenge, target }),
    ),
    'authenticator codes': golden.authenticators.flatMap(({ key, codes }) =>
      codes.map(({ step, code }) => vector(code, { do: 'authenticator-code', key: key.hex, step })),
    ),
    'used codes': golden.uses.map(({ bytes, ...use }) => vector(bytes.hex, { do: 'offline-use', ...use })),
  };
}

function vector(answer: unknown, ask: OfflineVector['ask']): OfflineVector {
  return { name: Object.values(ask).join(' '), ask, answer };
}
