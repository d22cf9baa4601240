// Cloud to box: the time, in answer to a heartbeat. The box bounds its error by the round trip.
import { field, uint48 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const heartbeatAnswered = defineMessage({
  name: 'heartbeat-answered',
  number: 35,
  direction: 'down',
  since: 1,
  doc: 'The cloud heard the heartbeat; its time.',
  fields: {
    timeMs: field(uint48, 'milliseconds since 1970-01-01 UTC'),
  },
});
