// Box to cloud: somebody keyed a code, or held a fob to a reader, and asks for a bin. Padded, so
// that an onlooker learns neither which of the two it was nor how long the code is.
import { limits } from '../basics/limits.ts';
import { bytesUpTo, choice, field, fixedBytes, secretField, text, uint8, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const accessRequested = defineMessage({
  name: 'access-requested',
  number: 2,
  direction: 'up',
  since: 1,
  doc: 'A code was keyed or a fob was tapped: which bin may open?',
  paddedBytes: limits.accessRequestBytes,
  fields: {
    request: field(
      fixedBytes(limits.requestBytes),
      'the box’s random nonce; the answer must repeat it within 8 s',
    ),
    kind: field(choice(['code', 'fob']), 'how the person asked'),
    code: secretField(text(limits.codeDigits), 'the digits, empty unless a code was keyed'),
    tag: secretField(bytesUpTo(limits.tagBytes), 'the fob’s tag, empty unless a fob was tapped'),
    bin: field(uint8, 'the bin whose reader saw the fob; 0 for the front reader or the keypad'),
    logEnd: field(uint32, 'sequence of the last entry in the box’s log at this moment'),
  },
});
