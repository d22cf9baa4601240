// Box to cloud: somebody asks for a bin, or the box answers the cloud's own wish to open one. Padded, so that an
// onlooker learns neither which of them it was nor how long a code is. Every opening follows one of these, because
// only the nonce in it makes an answer good once.
import { limits } from '../basics/limits.ts';
import {
  bytesUpTo,
  choice,
  field,
  fixedBytes,
  laterField,
  secretField,
  text,
  uint8,
  uint32,
} from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const accessRequested = defineMessage({
  name: 'access-requested',
  number: 2,
  direction: 'up',
  since: 1,
  doc: 'A code was keyed, a fob was tapped, a question answered, or the cloud asked for an opening: which bin may open?',
  paddedBytes: limits.accessRequestBytes,
  fields: {
    request: field(
      fixedBytes(limits.requestBytes),
      'the box’s random nonce; the answer must repeat it within 8 s',
    ),
    kind: field(
      choice(['code', 'fob', 'further', 'remote']),
      'how it was asked: keyed, tapped, as the answer to further-asked, or because of opening-asked',
    ),
    code: secretField(text(limits.codeDigits), 'the digits, empty unless a code was keyed'),
    tag: secretField(bytesUpTo(limits.tagBytes), 'the fob’s tag, empty unless a fob was tapped'),
    bin: field(
      uint8,
      'the bin whose reader saw the fob, that the person chose, or that the order names; 0 for the front reader, the keypad or the main lock',
    ),
    logEnd: field(uint32, 'sequence of the last entry in the box’s log at this moment'),
    follows: laterField(
      fixedBytes(limits.requestBytes),
      'of further: the request that was answered with a question; of remote: the order; else zeros',
    ),
  },
});
