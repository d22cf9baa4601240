// Everybody's phones, and a provider of text messages that reaches them at once. Apart from the cloud, which dies and
// comes back while a message that has arrived stays where it is.
import type { TextMessage, TextMessages } from '@smartbox/cloud';

/** All phones of a world. */
export class Phones {
  readonly #arrived: TextMessage[] = [];

  /** What the cloud sends by. */
  readonly provider: TextMessages = {
    send: async (message) => {
      this.#arrived.push(message);
      return { kind: 'accepted', providerId: `SM${this.#arrived.length}` };
    },
    delivery: async () => ({ kind: 'delivered' }),
    close: () => {},
  };

  /** What stands on the phone with this number, the newest last. */
  on(number: string): readonly string[] {
    return this.#arrived.filter(({ to }) => to === number).map(({ body }) => body);
  }
}
