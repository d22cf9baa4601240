// Which byte stands for which record in flash. Numbers are for ever: a box that is updated must find its old
// records, so a new name takes a new number and a number is never used again.
import type { RecordName } from '../core/index.ts';

export const recordIds = {
  factory: 1,
  root: 2,
  recovery: 3,
  login: 4,
  boot: 5,
  lockout: 6,
  'time-floor': 7,
  'log-key': 8,
  'log-acknowledged': 9,
  settings: 10,
  bins: 11,
  'bins-8': 12,
  'bins-15': 13,
  'main-lock': 14,
} as const;

/** The same for the partition of emergency records. */
export const emergencyRecordIds = {
  emergency: 1,
  sheet: 2,
  'sheet-before': 3,
  cells: 4,
  'cells-before': 5,
  'booking-key': 6,
  'booking-key-before': 7,
  'phone-key': 8,
  authenticator: 9,
  'offline-lockout': 10,
  'phone-lockout': 11,
  'used-bookings': 12,
  'used-bookings-24': 13,
  'used-bookings-47': 14,
  cancelled: 15,
  'cancelled-24': 16,
  'cancelled-47': 17,
  'second-network': 18,
} as const;

// No name may lack a number, and none may stand in both tables.
({ ...recordIds, ...emergencyRecordIds }) satisfies Record<RecordName, number>;
