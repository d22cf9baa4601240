// Everybody's phones, and a provider that delivers to them at once, or says what a test wants it to say. The real
// provider over HTTP has tests of its own.

import type { TextMessages, TextOutcome } from '../src/platform/text-messages.ts';

/** Phones and the provider that reaches them. */
export interface Phones {
  readonly provider: TextMessages;
  /** What stands on the phone with this number, the newest last. */
  on(number: string): readonly string[];
  /** The digits in the newest message on this phone. */
  codeOn(number: string): string;
  /** What the next messages become instead of arriving. */
  readonly outcomes: TextOutcome[];
}

/** Phones without messages. */
export function createPhones(): Phones {
  const arrived: { readonly to: string; readonly body: string }[] = [];
  const outcomes: TextOutcome[] = [];
  const on = (number: string): readonly string[] =>
    arrived.filter(({ to }) => to === number).map(({ body }) => body);
  return {
    on,
    outcomes,
    codeOn: (number) => /\d{6}/.exec(on(number).at(-1) ?? '')?.[0] ?? '',
    provider: {
      send: async (message) => {
        const outcome = outcomes.shift();
        if (outcome !== undefined) return outcome;
        arrived.push(message);
        return { kind: 'accepted', providerId: `SM${arrived.length}` };
      },
      delivery: async () => ({ kind: 'delivered' }),
      close: () => {},
    },
  };
}
