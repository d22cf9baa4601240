// The command that derives codes for people, in Python and without our code, says what boxes and the cloud say: for
// any secrets, in one call for many. Without Python there is nothing to compare with.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  authenticatorCode,
  authenticatorStep,
  base32,
  bookingCode,
  bookingHours,
  bookingPayload,
  boxIdFromBytes,
  bytesToHex,
  nobleCrypto,
  phoneAnswer,
  readBookingCode,
  revocationCode,
  sheetCode,
} from '../src/index.ts';
import { batch } from './effort.ts';
import { vectorPath } from './read-vectors.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const HOUR_MS = 3_600_000;

function derive(input: string) {
  return spawnSync('python3', [vectorPath('golden/derive_codes.py')], { encoding: 'utf8', input });
}

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 10, maxLength: 10 });
const digits = (count: number) =>
  fc.nat({ max: 10 ** count - 1 }).map((number) => String(number).padStart(count, '0'));
const targets = fc.nat({ max: 31 });

const secrets = fc.record({
  box: bytes(8),
  sheet: fc.record({
    key: bytes(32),
    generation: fc.nat({ max: 0xff_ffff }),
    cells: many(fc.record({ target: targets, cell: fc.integer({ min: 1, max: 32 }) })),
  }),
  booking: fc.record({
    key: bytes(32),
    bookings: many(
      fc
        .record({
          bin: fc.integer({ min: 1, max: 31 }),
          hour: fc.nat({ max: 1_000_000 }),
          hours: fc.constantFrom(...bookingHours),
          serial: fc.nat({ max: 3 }),
        })
        .map(({ bin, hour, hours, serial }) => ({
          bin,
          startMs: hour * HOUR_MS,
          endMs: (hour + hours) * HOUR_MS,
          serial,
        })),
    ),
    codes: many(digits(12)),
  }),
  phone: fc.record({
    key: bytes(32),
    questions: many(fc.record({ challenge: digits(8), target: targets })),
  }),
  authenticator: fc.record({ key: bytes(20), timesMs: many(fc.nat({ max: 4_000_000_000_000 })) }),
});

describe.runIf(hasPython)('the command that derives codes', () => {
  it('says for any secrets what boxes and the cloud say (EM-14)', () => {
    fc.assert(
      fc.property(secrets, ({ box, sheet, booking, phone, authenticator }) => {
        const boxId = boxIdFromBytes(box);
        const under = { boxId, key: booking.key };
        const issued = booking.bookings.map((one) => bookingCode(nobleCrypto, under, bookingPayload(one)));
        const codes = [...booking.codes, ...issued];
        const asked = { boxId, sheet, booking: { ...booking, codes }, phone, authenticator };
        const { stdout, stderr } = derive(
          JSON.stringify(asked, (_, value) => (value instanceof Uint8Array ? bytesToHex(value) : value)),
        );
        expect(stderr).toBe('');
        const steps = authenticator.timesMs.map(authenticatorStep);
        expect(JSON.parse(stdout)).toEqual({
          sheet: {
            codes: sheet.cells.map((cell) => sheetCode(nobleCrypto, sheet.key, cell)),
            revocationCode: revocationCode(nobleCrypto, sheet.key, sheet.generation),
          },
          booking: {
            payloads: booking.bookings.map(bookingPayload),
            codes: issued,
            read: codes.map((code) => readBookingCode(nobleCrypto, under, code) ?? null),
          },
          phone: { answers: phone.questions.map((one) => phoneAnswer(nobleCrypto, phone.key, one)) },
          authenticator: {
            steps,
            codes: steps.map((step) => authenticatorCode(nobleCrypto, authenticator.key, step)),
            base32: base32(authenticator.key),
          },
        });
      }),
      { numRuns: batch(4) },
    );
  });

  it('derives one part alone, as its opening comment says', () => {
    const key = '00'.repeat(32);
    const { stdout, status } = derive(JSON.stringify({ sheet: { key, generation: 1, cells: [] } }));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      sheet: { codes: [], revocationCode: revocationCode(nobleCrypto, new Uint8Array(32), 1) },
    });
  });

  it.each([
    'nothing',
    '[]',
    '{"sheet":{"key":"00","generation":1}}',
    '{"sheet":{"generation":1}}',
    `{"booking":{"key":"${'00'.repeat(32)}","bookings":[{"bin":0,"startMs":0,"endMs":3600000,"serial":0}]}}`,
  ])('refuses with 2 and a word what it cannot read: %s', (input) => {
    const { stdout, stderr, status } = derive(input);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('not what this command reads');
  });
});
