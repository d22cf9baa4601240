// Cloud to box: what the person said was right so far, and is not enough. The box asks the person and sends what it
// gets as a request of its own, because a request is answered once. Apart from the refusal, which ends a visit.
import { limits } from '../basics/limits.ts';
import { choice, field, fixedBytes, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const furtherAsked = defineMessage({
  name: 'further-asked',
  number: 38,
  direction: 'down',
  since: 1,
  doc: 'Before a bin opens for this request, the person has one more thing to say.',
  fields: {
    request: field(
      fixedBytes(limits.requestBytes),
      'the request that this answers, and that the next one follows',
    ),
    what: field(
      choice(['second-code', 'bin']),
      'the code that was sent to the person, or the number of a bin',
    ),
    waitMs: field(uint32, 'how long the box waits for the person, in ms'),
  },
});
