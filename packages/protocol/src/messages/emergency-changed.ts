// Cloud to box: what the box needs to hand out keys when it is alone. Desired state, whole, and never an order:
// the version only rises. Keys that it replaces stay good for a day, so nobody stands before a box with a sheet
// that died in their hand.
import { limits } from '../basics/limits.ts';
import { bytesUpTo, field, list, secretField, uint, uint8, uint32, uint48 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const emergencyChanged = defineMessage({
  name: 'emergency-changed',
  number: 37,
  direction: 'down',
  since: 1,
  doc: 'Keys and rules for openings without the cloud.',
  fields: {
    version: field(uint32, 'rises with every change'),
    sheetGeneration: field(uint(limits.generations), 'number of the printed sheet, 0 for none'),
    sheetKey: secretField(bytesUpTo(limits.keyBytes), 'key of that sheet, empty for none'),
    sheetUntilMs: field(uint48, 'when that sheet ends, milliseconds since 1970 UTC'),
    cellsPerBin: field(uint(limits.sheetCells), 'cells that the sheet has for each bin'),
    cellsForAll: field(uint(limits.sheetCells), 'cells that the sheet has for all bins'),
    bookingGeneration: field(uint(limits.generations), 'number of the booking key, 0 for none'),
    bookingKey: secretField(bytesUpTo(limits.keyBytes), 'key of booking codes, empty for none'),
    firstUseHours: field(
      uint8,
      'a booking must be used within this many hours of its start, 0 for no such rule',
    ),
    cancelled: field(list(uint32, 0, limits.cancelledBookings), 'payloads of bookings that were cancelled'),
    phoneKey: secretField(bytesUpTo(limits.keyBytes), 'key of phone answers, empty for none'),
    authenticatorKey: secretField(
      bytesUpTo(limits.authenticatorKeyBytes),
      'key of the enrolled authenticator app, empty for none',
    ),
    openOrder: field(
      bytesUpTo(limits.sheetBins),
      'bins in the order in which “all” opens them; others follow',
    ),
    sleepAfterMs: field(uint32, 'how long after mains was lost the box goes to sleep'),
    awakeMs: field(uint32, 'how long a box on battery stays awake after the last person'),
  },
});
