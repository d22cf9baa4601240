// Everybody's phones, and the provider of text messages that reaches them: at once unless its mood says otherwise.
// Apart from the cloud, which dies and comes back while a message that has arrived stays where it is.
import type { TextMessage, TextMessages } from '@smartbox/cloud';
import type { VirtualClock } from '@smartbox/firmware/simulated';
import type { Chance } from './chance.ts';

/** How well the provider works, in percent of messages, and by how much it is late. */
export interface ProviderMood {
  readonly latePercent: number;
  readonly lateMs: number;
  readonly neverPercent: number;
  readonly twicePercent: number;
  /** Refuses for now; half of these sent the message all the same. */
  readonly awayPercent: number;
}

/** Every message arrives at once, once. */
export const goodProvider: ProviderMood = {
  latePercent: 0,
  lateMs: 0,
  neverPercent: 0,
  twicePercent: 0,
  awayPercent: 0,
};
/** A provider on the evening of a holiday. */
export const badProvider: ProviderMood = {
  latePercent: 25,
  lateMs: 90_000,
  neverPercent: 12,
  twicePercent: 15,
  awayPercent: 20,
};

/** A message that the cloud had sent. */
export interface SentText extends TextMessage {
  /** The second code in it. */
  readonly digits: string;
  /** When the cloud sent it, in whole milliseconds of the world. */
  readonly atMs: number;
}

/** All phones of a world. */
export class Phones {
  mood: ProviderMood = goodProvider;
  /** Everything that left the cloud, arrived or not. */
  readonly sent: SentText[] = [];
  readonly #arrived: TextMessage[] = [];
  readonly #clock: VirtualClock;
  readonly #chance: Chance;

  constructor(clock: VirtualClock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** What the cloud sends by. */
  readonly provider: TextMessages = {
    send: async (message) => {
      const chance = this.#chance;
      const { awayPercent } = this.mood;
      const isAway = chance.chance(awayPercent);
      if (isAway && chance.chance(50)) return { kind: 'again', reason: 'no-connection', afterMs: undefined };
      this.#take(message);
      if (isAway) return { kind: 'again', reason: 'no-connection', afterMs: undefined };
      return { kind: 'accepted', providerId: `SM${this.sent.length}` };
    },
    delivery: async () => ({ kind: this.#chance.chance(this.mood.neverPercent) ? 'pending' : 'delivered' }),
    close: () => {},
  };

  /** What stands on the phone with this number, the newest last. */
  on(number: string): readonly string[] {
    return this.#arrived.filter(({ to }) => to === number).map(({ body }) => body);
  }

  /** The second codes on the phone with this number, the newest last. */
  codesOn(number: string): readonly string[] {
    return this.on(number).map(secondCodeIn);
  }

  #take(message: TextMessage): void {
    const chance = this.#chance;
    const { latePercent, lateMs, neverPercent, twicePercent } = this.mood;
    const atMs = Math.floor(this.#clock.nowMs());
    this.sent.push({ ...message, digits: secondCodeIn(message.body), atMs });
    if (chance.chance(neverPercent)) return;
    const times = chance.chance(twicePercent) ? 2 : 1;
    for (let time = 0; time < times; time++) {
      if (chance.chance(latePercent))
        this.#clock.set(() => void this.#arrived.push(message), chance.below(lateMs));
      else this.#arrived.push(message);
    }
  }
}

function secondCodeIn(body: string): string {
  return /\d{6}/.exec(body)?.[0] ?? '';
}
