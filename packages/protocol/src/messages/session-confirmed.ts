// Box to cloud, the first record of a session: the box has stored its next root key. It also says
// how far its log goes, so that the cloud knows which grants can no longer be used.
import { limits } from '../basics/limits.ts';
import { field, fixedBytes, text, uint8, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const sessionConfirmed = defineMessage({
  name: 'session-confirmed',
  number: 1,
  direction: 'up',
  since: 1,
  doc: 'The box holds the next root key; the session is open.',
  fields: {
    logEnd: field(uint32, 'sequence of the last entry in the box’s log, 0 for none'),
    logHash: field(fixedBytes(limits.logHashBytes), 'chain hash of that entry'),
    firmware: field(text(16), 'running firmware version'),
    binCount: field(uint8, 'bins that this board drives'),
    settingsVersion: field(uint32, 'version of the settings in force'),
  },
});
