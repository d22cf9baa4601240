// Box to cloud: which keys for openings without the cloud it holds now. Said at the start of every session and
// after every change; until then the cloud sends them again, and says of no code that it works offline.
import { limits } from '../basics/limits.ts';
import { boolean, field, uint, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const emergencyConfirmed = defineMessage({
  name: 'emergency-confirmed',
  number: 5,
  direction: 'up',
  since: 1,
  doc: 'The keys and rules for openings without the cloud that are in force.',
  fields: {
    version: field(uint32, 'version in force, 0 for none'),
    sheetGeneration: field(uint(limits.generations), 'sheet in force, 0 for none'),
    sheetRevoked: field(boolean, 'that sheet was closed at the keypad by its revocation code'),
    bookingGeneration: field(uint(limits.generations), 'booking key in force, 0 for none'),
    authenticator: field(boolean, 'an authenticator app is enrolled'),
  },
});
