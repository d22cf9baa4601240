// Box to cloud: the next entries of the box's log, in order, each with its authenticator. The
// cloud's ledger is the replay of these and of nothing else.
import { limits } from '../basics/limits.ts';
import { field, fixedBytes, list, secretField, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const logReported = defineMessage({
  name: 'log-reported',
  number: 3,
  direction: 'up',
  since: 1,
  doc: 'Entries of the box’s log that the cloud has not acknowledged yet.',
  fields: {
    first: field(uint32, 'sequence of the first entry below'),
    entries: secretField(
      list(fixedBytes(limits.logEntryBytes + limits.logHashBytes), 1, limits.logBatchEntries),
      'entry bodies (which name fobs), each followed by its authenticator',
    ),
  },
});
