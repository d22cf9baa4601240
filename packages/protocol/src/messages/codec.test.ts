// A message survives the wire whole, and the decoder takes exactly what the encoder writes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { messageOf } from '../../test/message-arbitraries.ts';
import { bytesToHex, concatBytes, equalBytes, hexToBytes } from '../basics/bytes.ts';
import { ProtocolError, type ProtocolErrorCode } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import type { Kind } from '../wire/field.ts';
import { catalogue, type Message, messageNamed } from './catalogue.ts';
import { decodeMessage, encodeMessage } from './codec.ts';
import type { Direction } from './definition.ts';

const REQUEST = '48a1a2a3a4a5a6a7a8';

function decode(bytes: Uint8Array, direction: Direction): Message {
  return direction === 'up' ? decodeMessage(bytes, 'up') : decodeMessage(bytes, 'down');
}

function refusalOf(run: () => unknown): ProtocolErrorCode | 'taken' {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'taken';
}

/** Values that no field takes: each is of the wrong kind, or beyond every bound of its kind. */
const OUT_OF_BOUNDS = [
  ...[
    undefined,
    null,
    -1,
    0.5,
    2 ** 48,
    Number.NaN,
    {},
    Array.from({ length: 17 }, () => new Uint8Array(48)),
  ],
  ...['\u202e', 'x'.repeat(65), new Uint8Array(65)],
];

/** @returns what a field of this kind does not take; an empty list is taken by some */
function outOfBounds(kind: Kind): readonly unknown[] {
  return kind.kind === 'list' && kind.min === 0 ? OUT_OF_BOUNDS : [...OUT_OF_BOUNDS, []];
}

/** What the decoder says to the bytes that `hex` spells. */
const verdict = (hex: string, direction: Direction = 'down') =>
  refusalOf(() => decode(hexToBytes(hex.replaceAll(' ', '')), direction));

describe.each(catalogue)('$name', (row) => {
  it('comes back as it was sent', () => {
    fc.assert(
      fc.property(messageOf(row), (message) => {
        const bytes = encodeMessage(message);
        expect(bytes.length).toBeLessThanOrEqual(limits.bodyBytes);
        expect(decode(bytes, row.direction)).toEqual(message);
      }),
      { numRuns: batch(300) },
    );
  });

  it('is refused in the other direction, cut anywhere, and with a byte behind it', () => {
    const [message] = fc.sample(messageOf(row), { numRuns: 1, seed: row.number });
    const bytes = encodeMessage(message!);
    expect(refusalOf(() => decode(bytes, row.direction === 'up' ? 'down' : 'up'))).toBe('wrong-direction');
    for (let length = 0; length < bytes.length; length++) {
      const code = refusalOf(() => decode(bytes.slice(0, length), row.direction));
      expect(['truncated', 'bad-padding']).toContain(code);
    }
    const longer = concatBytes(bytes, Uint8Array.of(0));
    const expected = row.paddedBytes === undefined ? 'trailing-bytes' : 'bad-padding';
    expect(refusalOf(() => decode(longer, row.direction))).toBe(expected);
  });

  it('is taken with any byte replaced by any other only if that is what we would write', () => {
    const [message] = fc.sample(messageOf(row), { numRuns: 1, seed: 7 });
    const bytes = encodeMessage(message!);
    for (let at = 0; at < bytes.length; at++) {
      for (let value = 0; value < 256; value++) {
        const changed = bytes.slice();
        changed[at] = value;
        let taken: Message | undefined;
        if (refusalOf(() => (taken = decode(changed, row.direction))) !== 'taken') continue;
        if (!equalBytes(encodeMessage(taken!), changed)) expect.fail(bytesToHex(changed));
      }
    }
  });

  it('refuses to be sent with a field that is missing, of another kind or out of bounds', () => {
    const [message] = fc.sample(messageOf(row), { numRuns: 1, seed: 7 });
    for (const [name, { kind }] of Object.entries(row.fields)) {
      for (const wrong of outOfBounds(kind)) {
        const broken = { name: row.name, body: { ...message!.body, [name]: wrong } } as Message;
        const error = errorOf(() => encodeMessage(broken));
        expect(error.path).toBe(`${row.name}.${name}`);
      }
    }
  });
});

describe('access requests', () => {
  const row = messageNamed('access-requested');

  it('all have one length, so that neither the kind nor the length of a code shows (SEC-08)', () => {
    fc.assert(
      fc.property(messageOf(row), (message) => {
        expect(encodeMessage(message).length).toBe(limits.accessRequestBytes);
      }),
      { numRuns: batch(1000) },
    );
  });

  it('are refused if any padding byte is not zero', () => {
    const hex = `87 02 ${REQUEST} 00 62 3132 40 00 00`;
    const bytes = new Uint8Array(limits.accessRequestBytes);
    const body = hexToBytes(hex.replaceAll(' ', ''));
    bytes.set(body);
    expect(refusalOf(() => decode(bytes, 'up'))).toBe('taken');
    for (let at = body.length; at < bytes.length; at++) {
      for (const value of [1, 0x80, 0xff]) {
        const changed = bytes.slice();
        changed[at] = value;
        expect(refusalOf(() => decode(changed, 'up'))).toBe('bad-padding');
      }
    }
    expect(refusalOf(() => decode(body, 'up'))).toBe('bad-padding');
  });
});

describe('a field that came later than its message', () => {
  const row = messageNamed('access-requested');
  const asked = (fill: number) =>
    encodeMessage({
      name: 'access-requested',
      body: {
        request: new Uint8Array(8),
        kind: 'further',
        code: '123456',
        tag: new Uint8Array(0),
        bin: 0,
        logEnd: 9,
        follows: new Uint8Array(8).fill(fill),
      },
    });
  const body = (follows: string) => {
    const bytes = new Uint8Array(limits.accessRequestBytes);
    bytes.set(hexToBytes(`${follows === '' ? '87' : '88'}02${REQUEST}00623132400000${follows}`));
    return bytes;
  };

  it('is not written while it is zero, so that what older firmware says keeps its one spelling', () => {
    expect(asked(0)[0]).toBe(0x87);
    expect(asked(1)[0]).toBe(0x88);
    expect(decode(body(''), 'up').body).toMatchObject({ follows: new Uint8Array(8) });
    expect(decode(body(REQUEST), 'up').body).toMatchObject({ follows: hexToBytes(REQUEST.slice(2)) });
  });

  it('is refused where it is written as zero, in another length, or with one field less before it', () => {
    expect(refusalOf(() => decode(body(`48${'00'.repeat(8)}`), 'up'))).toBe('not-shortest');
    expect(refusalOf(() => decode(body(`47${'01'.repeat(7)}`), 'up'))).toBe('too-long');
    expect(refusalOf(() => decode(body(`49${'01'.repeat(9)}`), 'up'))).toBe('too-long');
    const short = body('');
    short[0] = 0x86;
    expect(refusalOf(() => decode(short, 'up'))).toBe('wrong-kind');
  });

  it('is the last of its message', () => {
    for (const { fields } of catalogue) {
      const later = Object.values(fields).map((field) => field.later === true);
      expect(later.indexOf(true)).toBe(later.includes(true) ? later.length - 1 : -1);
    }
    expect(row.fields.follows?.later).toBe(true);
  });
});

describe('the decoder', () => {
  it('takes the plainest messages', () => {
    expect(verdict('82 18 23 00')).toBe('taken');
    expect(verdict(`85 18 20 ${REQUEST} 03 00 01`)).toBe('taken');
  });

  const rejects: readonly (readonly [ProtocolErrorCode, string, string])[] = [
    ['truncated', 'nothing at all', ''],
    ['truncated', 'an array of nothing yet', '82'],
    ['truncated', 'a head without its argument', '82 18'],
    ['not-shortest', 'a message number in two bytes more', '82 19 0023 00'],
    ['not-shortest', 'zero in one byte more', '82 18 23 18 00'],
    ['not-shortest', '23 in one byte more', '82 18 23 18 17'],
    ['not-shortest', '255 in two bytes', '82 18 23 19 00ff'],
    ['not-shortest', '65535 in four bytes', '82 18 23 1a 0000ffff'],
    ['not-shortest', '2^32 - 1 in eight bytes', '82 18 23 1b 00000000ffffffff'],
    ['not-shortest', 'a length of 8 in one byte more', `85 18 20 58 08 ${REQUEST.slice(2)} 03 00 01`],
    ['not-shortest', 'an array length in one byte more', '98 02 18 23 00'],
    ['out-of-range', '2^48', '82 18 23 1b 0001000000000000'],
    ['out-of-range', 'grant 2^32', `85 18 20 ${REQUEST} 03 00 1b 0000000100000000`],
    ['out-of-range', '2^53', '82 18 23 1b 0020000000000000'],
    ['out-of-range', '2^64 - 1', '82 18 23 1b ffffffffffffffff'],
    ['out-of-range', 'bin 256', `85 18 20 ${REQUEST} 19 0100 00 01`],
    ['out-of-range', 'a purpose that does not exist', `85 18 20 ${REQUEST} 03 03 01`],
    ['wrong-kind', 'an indefinite array', '9f 18 23 00 ff'],
    ['wrong-kind', 'an indefinite byte string', `85 18 20 5f ${REQUEST} ff 03 00 01`],
    ['wrong-kind', 'a reserved length', '82 18 23 1c'],
    ['wrong-kind', 'a map', 'a2 18 23 00 01 00'],
    ['wrong-kind', 'a tagged array', 'c1 82 18 23 00'],
    ['wrong-kind', 'a tagged integer', '82 18 23 c1 00'],
    ['wrong-kind', 'a bignum', '82 18 23 c2 41 00'],
    ['wrong-kind', 'a half float', '82 18 23 f9 0000'],
    ['wrong-kind', 'a double', '82 18 23 fb 0000000000000000'],
    ['wrong-kind', 'null', '82 18 23 f6'],
    ['wrong-kind', 'undefined', '82 18 23 f7'],
    ['wrong-kind', 'a negative integer', '82 18 23 20'],
    ['wrong-kind', 'text for bytes', `85 18 20 68 ${REQUEST.slice(2)} 03 00 01`],
    ['wrong-kind', 'a field too many', '83 18 23 00 00'],
    ['wrong-kind', 'a field too few', '81 18 23'],
    ['wrong-kind', 'an array nested for its own sake', '81 82 18 23 00'],
    ['wrong-kind', 'arrays a hundred deep', `${'81'.repeat(100)}00`],
    ['unknown-message', 'number 0', '82 00 00'],
    ['unknown-message', 'number 63', '82 18 3f 00'],
    ['unknown-message', 'a number of 8 bytes', '82 1b 0010000000000000 00'],
    ['wrong-direction', 'a heartbeat from the cloud', '87 04 00 f5 00 00 60 00'],
    ['trailing-bytes', 'a byte behind the message', '82 18 23 00 00'],
    ['trailing-bytes', 'the message twice', '82 18 23 00 82 18 23 00'],
    ['too-long', 'a request of 9 bytes', '85 18 20 49 a1a2a3a4a5a6a7a8a9 03 00 01'],
    ['too-long', 'a request of 7 bytes', '85 18 20 47 a1a2a3a4a5a6a7 03 00 01'],
    ['too-long', 'a string said to have 2^32 - 1 bytes', '85 18 20 5a ffffffff'],
    ['too-long', 'a string said to have 2^53 - 1 bytes', '85 18 20 5b 001fffffffffffff'],
    ['too-long', 'a telephone number of 25 bytes', `86 18 24 00 00 78 19 ${'31'.repeat(25)} 00 00`],
    ['truncated', 'a string that ends early', '85 18 20 48 a1a2a3'],
  ];
  it.each(rejects)('answers %s to %s', (code, _what, hex) => {
    expect(verdict(hex)).toBe(code);
  });

  const upRejects: readonly (readonly [ProtocolErrorCode, string, string])[] = [
    ['too-long', 'a log batch of no entry', '83 03 01 80'],
    ['too-long', 'a log batch of 17 entries', `83 03 01 91 ${`5830${'00'.repeat(48)}`.repeat(17)}`],
    ['too-long', 'a log batch said to have 2^32 - 1 entries', '83 03 01 9a ffffffff'],
    ['wrong-kind', 'an entry that is a list', `83 03 01 81 81 5830${'00'.repeat(48)}`],
    [
      'too-long',
      'a code of 17 digits',
      `87 02 ${REQUEST} 00 71 ${'31'.repeat(17)} 40 00 00 ${'00'.repeat(31)}`,
    ],
    ['wrong-kind', 'true as an integer', '87 04 00 01 00 00 60 00'],
    ['wrong-kind', 'true in two bytes', '87 04 00 f815 00 00 60 00'],
    ['wrong-kind', 'a boolean that is null', '87 04 00 f6 00 00 60 00'],
    ['too-long', 'a firmware name of 17 bytes', `87 04 00 f5 00 00 71 ${'61'.repeat(17)} 00`],
    [
      'too-long',
      'one of 17 bytes in a confirmation',
      `86 01 00 50 ${'00'.repeat(16)} 71 ${'61'.repeat(17)} 00 00`,
    ],
    ['bad-text', 'half a character', '87 04 00 f5 00 00 61 c3 00'],
    ['bad-text', 'a right-to-left override', '87 04 00 f5 00 00 63 e280ae 00'],
    ['bad-text', 'a line feed', '87 04 00 f5 00 00 61 0a 00'],
  ];
  it.each(upRejects)('answers %s to %s from a box', (code, _what, hex) => {
    expect(verdict(hex, 'up')).toBe(code);
  });

  it('answers too-long to a body over the limit before it reads a byte', () => {
    expect(refusalOf(() => decode(new Uint8Array(limits.bodyBytes + 1), 'up'))).toBe('too-long');
    expect(refusalOf(() => decode(new Uint8Array(limits.bodyBytes), 'up'))).toBe('wrong-kind');
  });

  it('names the field that was wrong', () => {
    const error = errorOf(() => decodeMessage(hexToBytes('85182048a1a2a3a4a5a6a7a8190100'), 'down'));
    expect(error.path).toBe('access-granted.bin');
    expect(error.message).toBe('out-of-range at access-granted.bin');
  });
});

function errorOf(run: () => unknown): ProtocolError {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error('it was taken');
}
