// Somebody else's server, to which the cloud sends webhooks: it answers, hangs, dies, takes a message without its answer
// ever arriving. It writes down what it took and complains of whatever the sender promised otherwise (I7).
import { createHmac } from 'node:crypto';
import type { OutboundHttp, OutboundRequest, OutboundResult } from '@smartbox/cloud';
import type { VirtualClock } from '@smartbox/firmware/simulated';
import type { Chance } from './chance.ts';

/** How the receiver is today: percent of requests. */
export interface ReceiverMood {
  /** Nobody is there. */
  readonly awayPercent: number;
  /** It takes the message, and the answer is lost. */
  readonly unheardPercent: number;
  readonly brokenPercent: number;
  /** It answers after a while, and others overtake. */
  readonly slowPercent: number;
  /** It says that it is no more. */
  readonly gonePercent: number;
}

/** It takes everything at once. */
export const goodReceiver: ReceiverMood = {
  awayPercent: 0,
  unheardPercent: 0,
  brokenPercent: 0,
  slowPercent: 0,
  gonePercent: 0,
};
/** A server during its update. */
export const badReceiver: ReceiverMood = {
  awayPercent: 25,
  unheardPercent: 20,
  brokenPercent: 15,
  slowPercent: 20,
  gonePercent: 2,
};

const LONGEST_ANSWER_MS = 9_000;

/** A message that was taken, once or more often. */
export interface Taken {
  readonly id: string;
  readonly sequence: number;
  readonly body: string;
  /** The event in it. */
  readonly eventId: string;
}

/** The receiver. */
export class WebhookReceiver {
  mood: ReceiverMood = goodReceiver;
  /** By the id of the webhook. */
  readonly taken = new Map<string, Taken>();
  /** Broken promises, in words. */
  readonly complaints: string[] = [];
  readonly #clock: VirtualClock;
  readonly #chance: Chance;
  readonly #bySequence = new Map<number, string>();
  #secret: Buffer | undefined;

  constructor(clock: VirtualClock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** What the cloud sends by. */
  readonly http: OutboundHttp = {
    send: (request) => this.#receive(request),
    close: () => {},
  };

  /** @param secret `whsec_…`, as the cloud showed it once */
  expect(secret: string): void {
    this.#secret = Buffer.from(secret.replace('whsec_', ''), 'base64');
  }

  async #receive(request: OutboundRequest): Promise<OutboundResult> {
    const chance = this.#chance;
    const { awayPercent, unheardPercent, brokenPercent, slowPercent, gonePercent } = this.mood;
    if (chance.chance(awayPercent)) return { kind: 'failed', reason: 'connection' };
    if (chance.chance(gonePercent)) return answered(410);
    if (chance.chance(brokenPercent)) return answered(503);
    this.#take(request);
    if (chance.chance(unheardPercent)) {
      await this.#wait(request.timeoutMs);
      return { kind: 'failed', reason: 'timeout' };
    }
    if (chance.chance(slowPercent)) await this.#wait(chance.below(LONGEST_ANSWER_MS));
    return answered(200);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.set(resolve, ms));
  }

  #take({ headers, body }: OutboundRequest): void {
    const text = String(body);
    const id = headers['webhook-id'] ?? '';
    const { sequence, data } = JSON.parse(text) as { sequence: number; data: { id: string } };
    if (!this.#isGenuine(headers, text)) this.complaints.push(`webhook ${id} is not signed by the cloud`);
    const before = this.taken.get(id);
    if (before !== undefined && before.body !== text)
      this.complaints.push(`webhook ${id} says something else the second time`);
    if ((this.#bySequence.get(sequence) ?? id) !== id)
      this.complaints.push(`two webhooks have the number ${sequence}`);
    this.#bySequence.set(sequence, id);
    this.taken.set(id, { id, sequence, body: text, eventId: data.id });
  }

  #isGenuine(headers: OutboundRequest['headers'], body: string): boolean {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const wanted = createHmac('sha256', this.#secret ?? '')
      .update(signed)
      .digest('base64');
    return (headers['webhook-signature'] ?? '').split(' ').includes(`v1,${wanted}`);
  }
}

function answered(status: number): OutboundResult {
  return { kind: 'answered', status, retryAfterSeconds: undefined, body: new Uint8Array() };
}
