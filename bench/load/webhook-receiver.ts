// The receiver of the webhooks, in the process that plays the boxes: so one clock sees an exchange leave and its notice
// arrive. Each notice must be signed, and tell the next exchange of its box.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { BenchError } from '../harness/bench-error.ts';
import { listen } from '../harness/listen.ts';
import { boxIdOf } from '../seed/population.ts';
import { exchangeOf } from './exchange-talk.ts';
import type { Fleet } from './fleet.ts';

/** Who sends. */
export interface ReceiverOptions {
  /** Whose exchanges they are. */
  fleet(): Fleet;
  readonly boxes: number;
  /** `whsec_…` once the cloud has said it; undefined for a sender that signs nothing. */
  secret(): string | undefined;
}

/** @returns its port */
export function startWebhookReceiver(options: ReceiverOptions): Promise<number> {
  const told = new Uint32Array(options.boxes);
  const numbers = new Map(Array.from({ length: options.boxes }, (_, box) => [`box_${boxIdOf(box)}`, box]));
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const atMs = performance.now();
      response.writeHead(204).end();
      const text = Buffer.concat(parts).toString('utf8');
      const { type, data } = JSON.parse(text) as { type: string; data: { box_id: string } };
      const box = numbers.get(data.box_id);
      if (box === undefined) throw new BenchError('unexpected-answer', `a notice of ${data.box_id}`);
      const count = (told[box] ?? 0) + 1;
      told[box] = count;
      const right = type === exchangeOf(count) && isSigned(request, { text, secret: options.secret() });
      options.fleet().onAnswer(box, right, atMs);
    });
  });
  return listen(server);
}

function isSigned(
  { headers }: IncomingMessage,
  about: { readonly text: string; readonly secret: string | undefined },
): boolean {
  if (about.secret === undefined) return true;
  const key = Buffer.from(about.secret.slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${about.text}`;
  const wanted = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(wanted);
}
