// Cloud to box: an administrator wants a bin or the main lock open. It opens nothing: it makes the box ask, at once or
// when somebody presses its button, and the answer to that request opens. One that the broker kept for an hour is a
// question that the cloud refuses.
import { limits } from '../basics/limits.ts';
import { choice, field, fixedBytes, uint8, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const openingAsked = defineMessage({
  name: 'opening-asked',
  number: 39,
  direction: 'down',
  since: 1,
  doc: 'The cloud wants to open a bin or the main lock: the box shall ask for it.',
  fields: {
    order: field(
      fixedBytes(limits.requestBytes),
      'the cloud’s name for this wish; the box’s request follows it',
    ),
    bin: field(uint8, 'the bin, from 1; 0 for the main lock'),
    press: field(
      choice(['none', 'button']),
      'ask at once, or when somebody presses the small button at the box',
    ),
    waitMs: field(uint32, 'how long the box waits for that press, in ms; 0 where none is needed'),
  },
});
