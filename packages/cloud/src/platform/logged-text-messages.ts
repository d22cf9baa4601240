// Text messages on a developer's machine: they stand in the log, where whoever tries the product out reads them. Only
// the explicit development setting builds this, because whoever reads such a log has the second code.

import type { Log } from './log.ts';
import type { TextMessages } from './text-messages.ts';

/** A sender that sends nothing and shows everything. */
export function createLoggedTextMessages(log: Log): TextMessages {
  return {
    send: async ({ to, body }) => {
      log.warn({ phone: to, textMessage: body }, 'development: a text message, not sent');
      return { kind: 'accepted', providerId: 'development' };
    },
    delivery: async () => ({ kind: 'delivered' }),
    close: () => {},
  };
}
