// Cloud to box: no. Unknown, expired, locked and foreign codes get the same answer, so that a
// stranger at the keypad learns nothing from it.
import { limits } from '../basics/limits.ts';
import { choice, field, fixedBytes, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const accessRefused = defineMessage({
  name: 'access-refused',
  number: 33,
  direction: 'down',
  since: 1,
  doc: 'No bin opens for this request.',
  fields: {
    request: field(fixedBytes(limits.requestBytes), 'the request that this answers'),
    reason: field(
      choice(['refused', 'nothing-free', 'try-again']),
      'refused; no empty bin for a return; or the cloud must first hear more of the box’s log',
    ),
    waitMs: field(uint32, 'how long the person should wait before the next try, 0 for not at all'),
  },
});
