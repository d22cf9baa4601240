// The bounds of the wire against each other and against what the catalogue can say: a limit that is
// raised alone shows here.
import { describe, expect, it } from 'vitest';
import { longestBytes, nestingOf } from '../../test/longest-message.ts';
import { PROTOCOL_VERSION } from '../frame/frame.ts';
import { logEntryKinds } from '../log/entry.ts';
import { catalogue } from '../messages/catalogue.ts';
import { bookingHours } from '../offline/booking-code.ts';
import { limits } from './limits.ts';

describe('the limits', () => {
  it('leave room for every message, at its longest, in a body', () => {
    for (const row of catalogue) expect(longestBytes(row), row.name).toBeLessThanOrEqual(limits.bodyBytes);
  });

  it('leave room for the largest body in a frame, and for every handshake frame', () => {
    expect(limits.bodyBytes + limits.recordOverheadBytes).toBeLessThanOrEqual(limits.frameBytes);
    const header = 1 + limits.nonceBytes + limits.keyBytes;
    expect(header + 46 + limits.tagLengthBytes).toBeLessThanOrEqual(limits.frameBytes);
    expect(limits.recordOverheadBytes).toBe(1 + 4 + 4 + limits.tagLengthBytes);
  });

  it('pad where the catalogue says so, to no less than the longest and no more than a body', () => {
    const padded = catalogue.filter((row) => row.paddedBytes !== undefined);
    expect(padded.map((row) => row.name)).toEqual(['access-requested']);
    for (const row of padded) {
      expect(row.paddedBytes).toBe(limits.accessRequestBytes);
      expect(longestBytes({ ...row, paddedBytes: 0 })).toBeLessThanOrEqual(limits.accessRequestBytes);
      expect(limits.accessRequestBytes).toBeLessThanOrEqual(limits.bodyBytes);
    }
  });

  it('let no text of a message be longer than the longest text', () => {
    const texts = catalogue.flatMap((row) => Object.values(row.fields).map(({ kind }) => kind));
    for (const kind of texts)
      if (kind.kind === 'text') expect(kind.max).toBeLessThanOrEqual(limits.textBytes);
  });

  it('let no message nest deeper than the decoder goes', () => {
    for (const row of catalogue) expect(nestingOf(row), row.name).toBeLessThanOrEqual(limits.nestingDepth);
  });

  it('keep a log batch in one message, entry and authenticator side by side', () => {
    const entry = limits.logEntryBytes + limits.logHashBytes;
    expect(limits.logBatchEntries * (entry + 2) + 8).toBeLessThanOrEqual(limits.bodyBytes);
    expect(Math.max(...Object.values(logEntryKinds))).toBeLessThan(256);
    expect(new Set(Object.values(logEntryKinds)).size).toBe(Object.keys(logEntryKinds).length);
  });

  it('end a session before its 32-bit counter does', () => {
    expect(limits.recordsPerSession).toBeLessThan(2 ** 32);
  });

  it('make nonces and requests that do not repeat, and tags that hold a fob', () => {
    expect(limits.nonceBytes).toBeGreaterThanOrEqual(16);
    expect(limits.requestBytes).toBeGreaterThanOrEqual(8);
    expect(limits.tagBytes).toBeGreaterThanOrEqual(8);
  });

  it('keep a guess at a claim code below 10^-7 an attempt, and an attempt shorter than an hour', () => {
    expect(limits.claimTries / 10 ** limits.claimDigits).toBeLessThanOrEqual(1e-7);
    expect(limits.claimLifetimeMs).toBeLessThanOrEqual(3_600_000);
    expect(limits.requestLifetimeMs).toBeLessThan(limits.claimLifetimeMs);
  });

  it('spread the payloads of bookings over all twelve digits, so that few of them mean something', () => {
    expect(limits.bookingRedundancy * 2 ** 25).toBeLessThanOrEqual(10 ** limits.bookingDigits);
    expect((limits.bookingRedundancy + 1) * 2 ** 25).toBeGreaterThan(10 ** limits.bookingDigits);
  });

  it('tell a booking of the last 28 days from one of the year to come', () => {
    const longest = Math.max(...bookingHours);
    const graceHours = limits.bookingGraceMs / 3_600_000;
    expect(limits.bookingPastHours).toBeGreaterThanOrEqual(longest + graceHours + 28 * 24);
    expect(2 ** 14 - limits.bookingPastHours).toBeGreaterThanOrEqual(366 * 24 + graceHours);
  });

  it('let every bin of a sheet stand in a booking code, and every cell and generation in the log', () => {
    expect(limits.sheetBins).toBe(2 ** 5 - 1);
    expect(limits.sheetCells).toBeLessThan(2 ** 8);
    expect(limits.generations).toBe(2 ** 24 - 1);
  });

  it('keep a guess at a code for openings without the cloud below 10^-7, twenty of them below 2 × 10^-6', () => {
    const guessesADay = 20;
    const acceptableBookings = 74_000;
    const chances = [
      1 / 10 ** limits.sheetDigits,
      1 / 10 ** limits.challengeDigits,
      // Two steps on either side of a clock that is a minute off, and one for the border.
      7 / 10 ** limits.authenticatorDigits,
      acceptableBookings / 10 ** limits.bookingDigits,
    ];
    expect(Math.max(...chances)).toBeLessThan(1e-7);
    expect(guessesADay * Math.max(...chances)).toBeLessThan(2e-6);
    expect(limits.revocationDigits).toBeGreaterThan(limits.sheetDigits);
  });

  it('tell sheet, booking and revocation codes apart by their length', () => {
    const lengths = [limits.sheetDigits, limits.revocationDigits, limits.bookingDigits];
    expect(new Set(lengths).size).toBe(lengths.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(limits.codeDigits);
  });

  it('let a restored database reach further than a running one', () => {
    expect(limits.epochsAheadAfterRestore).toBeGreaterThan(limits.epochsAhead);
  });

  it('number messages once, up below 32 and down from 32', () => {
    const numbers = catalogue.map((row) => row.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const row of catalogue) {
      expect(row.number).toBeGreaterThan(0);
      expect(row.number).toBeLessThan(64);
      expect(row.direction).toBe(row.number < 32 ? 'up' : 'down');
      expect(row.since).toBeGreaterThanOrEqual(1);
      expect(row.since, row.name).toBeLessThanOrEqual(PROTOCOL_VERSION);
    }
  });

  it('mark what identifies people as secret, so that no log shows it (SEC-13)', () => {
    const secret = catalogue.flatMap((row) =>
      Object.entries(row.fields)
        .filter(([, { secret }]) => secret)
        .map(([name]) => `${row.name}.${name}`),
    );
    expect(secret).toEqual([
      'access-requested.code',
      'access-requested.tag',
      'log-reported.entries',
      'emergency-changed.sheetKey',
      'emergency-changed.bookingKey',
      'emergency-changed.phoneKey',
      'emergency-changed.authenticatorKey',
    ]);
  });
});
