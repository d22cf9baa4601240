// The least that takes a booking over HTTP and keeps it: Fastify with a schema, and one durable insert of the body. No
// sign-in, no rules, no code, no ledger.
import Fastify from 'fastify';
import { answerAsks } from '../harness/asks.ts';
import { childSettings } from '../harness/child.ts';
import { openDurableTable } from './durable-table.ts';

/** What the floor is told at its start. */
export interface BareFastifySettings {
  readonly path: string;
}

interface BookingBody {
  readonly key_id: string;
  readonly starts_at: string;
  readonly ends_at: string;
}

const insert = openDurableTable(childSettings<BareFastifySettings>().path);
const text = { type: 'string', maxLength: 64 } as const;
const booking = {
  type: 'object',
  required: ['key_id', 'starts_at', 'ends_at'],
  additionalProperties: false,
  properties: { key_id: text, starts_at: text, ends_at: text },
} as const;

const server = Fastify();
server.post<{ Body: BookingBody }>('/v1/bookings', { schema: { body: booking } }, (request, reply) => {
  insert.run(Buffer.from(JSON.stringify(request.body)));
  return reply.code(201).send(request.body);
});
const address = await server.listen({ port: 0, host: '127.0.0.1' });
answerAsks({ collect: () => globalThis.gc?.() }, { port: Number(new URL(address).port) });
