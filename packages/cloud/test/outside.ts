// The world outside the cloud, held in the hand: every request and mail that leaves is kept here and answered when
// the test says so, by what the test says.

import type { OutboundHttp, OutboundRequest, OutboundResult } from '../src/platform/outbound-http.ts';
import type { MailResult, OutboundMail, OutgoingMail } from '../src/platform/outbound-mail.ts';

/** An answer of a receiver that has nothing to say. */
export const answered = (status: number): OutboundResult => ({
  kind: 'answered',
  status,
  retryAfterSeconds: undefined,
  body: new Uint8Array(0),
});

/** An outside where every request is answered with 204 and every mail is taken, until told otherwise. */
export function createOutside() {
  const requests: OutboundRequest[] = [];
  const mails: OutgoingMail[] = [];
  const outside = {
    requests,
    mails,
    answer: (_request: OutboundRequest): OutboundResult | Promise<OutboundResult> => answered(204),
    take: (_mail: OutgoingMail): MailResult => ({ kind: 'accepted' }),
  };
  const http: OutboundHttp = {
    send: async (request) => {
      requests.push(request);
      return outside.answer(request);
    },
    close: () => {},
  };
  const mail: OutboundMail = {
    send: async (outgoing) => {
      mails.push(outgoing);
      return outside.take(outgoing);
    },
    close: () => {},
  };
  return Object.assign(outside, { http, mail });
}
