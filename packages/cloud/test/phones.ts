// Everybody's phones, and a provider that delivers to them at once, or says what a test wants it to say. The real
// provider over HTTP has tests of its own.

import type { TextDelivery, TextMessages, TextOutcome } from '../src/platform/text-messages.ts';

/** Phones and the provider that reaches them. */
export interface Phones {
  readonly provider: TextMessages;
  /** What stands on the phone with this number, the newest last. */
  on(number: string): readonly string[];
  /** The digits in the newest message on this phone. */
  codeOn(number: string): string;
  /** What the next messages become instead of arriving. */
  readonly outcomes: TextOutcome[];
  /** What the provider says later of each message, by its own name for it; `delivered` unless set. */
  readonly later: Map<string, TextDelivery>;
  /** How often it was asked what became of a message. */
  looks(): number;
}

/** Phones without messages. */
export function createPhones(): Phones {
  const arrived: { readonly to: string; readonly body: string }[] = [];
  const outcomes: TextOutcome[] = [];
  const later: Phones['later'] = new Map();
  let looks = 0;
  const on = (number: string): readonly string[] =>
    arrived.filter(({ to }) => to === number).map(({ body }) => body);
  return {
    on,
    ...{ outcomes, later, looks: () => looks },
    codeOn: (number) => /\d{6}/.exec(on(number).at(-1) ?? '')?.[0] ?? '',
    provider: {
      send: async (message) => {
        const outcome = outcomes.shift();
        if (outcome !== undefined) return outcome;
        arrived.push(message);
        return { kind: 'accepted', providerId: `SM${arrived.length}` };
      },
      delivery: async (providerId) => {
        looks++;
        return later.get(providerId) ?? { kind: 'delivered' };
      },
      close: () => {},
    },
  };
}
