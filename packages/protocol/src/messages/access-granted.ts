// Cloud to box: the answer to one request. The box opens the bin only if the request is the one it
// has outstanding and is younger than 8 seconds.
import { limits } from '../basics/limits.ts';
import { choice, field, fixedBytes, uint8, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const accessGranted = defineMessage({
  name: 'access-granted',
  number: 32,
  direction: 'down',
  since: 1,
  doc: 'This bin may open, once, for this request.',
  fields: {
    request: field(fixedBytes(limits.requestBytes), 'the request that this answers'),
    bin: field(uint8, 'the bin that opens, from 1'),
    purpose: field(choice(['withdraw', 'return']), 'take the key out, or put it in'),
    grant: field(uint32, 'reference that the box’s log repeats'),
  },
});
