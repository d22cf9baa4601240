// Arbitrary log entries, for everything that writes, chains or reads a box's log.
import fc from 'fast-check';
import { type LogEntry, type LogEntryKind, logEntryKinds, timeSources } from '../src/index.ts';

const uint32 = fc.oneof(fc.nat({ max: 0xffff_ffff }), fc.constantFrom(0, 1, 0xffff_ffff));

/** Any entry that a box could write. */
export const logEntries: fc.Arbitrary<LogEntry> = fc.record({
  sequence: fc.integer({ min: 1, max: 0xffff_ffff }),
  timeMs: fc.nat({ max: 0xffff_ffff_ffff }),
  timeSource: fc.constantFrom(...timeSources),
  kind: fc.constantFrom(...(Object.keys(logEntryKinds) as LogEntryKind[])),
  bin: fc.nat({ max: 255 }),
  grant: uint32,
  tag: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  detail: uint32,
});
