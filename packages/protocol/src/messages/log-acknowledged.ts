// Cloud to box: the log up to here is stored. The hash lets the box see that the cloud holds the
// same history; only then may the box forget it.
import { limits } from '../basics/limits.ts';
import { field, fixedBytes, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const logAcknowledged = defineMessage({
  name: 'log-acknowledged',
  number: 34,
  direction: 'down',
  since: 1,
  doc: 'The box’s log is stored up to this entry.',
  fields: {
    end: field(uint32, 'sequence of the last stored entry'),
    hash: field(fixedBytes(limits.logHashBytes), 'chain hash of that entry'),
  },
});
