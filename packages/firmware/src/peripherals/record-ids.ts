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
} as const satisfies Record<RecordName, number>;
