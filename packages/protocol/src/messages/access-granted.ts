// Cloud to box: the answer to one request. The box opens the bin only if the request is the one it
// has outstanding and is younger than 8 seconds. Bin 0 is the main lock, and only for service on the cloud's own order.
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
    bin: field(
      uint8,
      'the bin that opens, from 1; 0 for the main lock, with purpose service and for a remote request only',
    ),
    purpose: field(
      choice(['withdraw', 'return', 'service']),
      'take the key out, put it in, or open for an administrator, whatever the bin holds',
    ),
    grant: field(uint32, 'reference that the box’s log repeats'),
  },
});
