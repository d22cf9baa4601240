// What telling another system costs without a ledger: bare aedes that posts what it hears to a receiver, on connections
// that are kept, as the product does. No session, no database, no signature, no second attempt.
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { answerAsks } from '../harness/asks.ts';
import { childSettings } from '../harness/child.ts';
import { listen } from '../harness/listen.ts';
import { exchangeOf } from '../load/exchange-talk.ts';
import { boxIdOf } from '../seed/population.ts';

/** What the floor is told at its start. */
export interface PostSettings {
  readonly receiverPort: number;
}

const { receiverPort } = childSettings<PostSettings>();
const agent = new Agent({ keepAlive: true });
const broker = await Aedes.createBroker();
broker.authorizePublish = (_client, packet, callback) => {
  const payload = packet.payload as Buffer;
  const [count, box] = [payload.readUInt32BE(0), payload.readUInt32BE(4)];
  const body = JSON.stringify({ type: exchangeOf(count), data: { box_id: `box_${boxIdOf(box)}` } });
  const headers = { 'content-type': 'application/json' };
  request({ host: '127.0.0.1', port: receiverPort, method: 'POST', headers, agent }, (response) =>
    response.resume(),
  ).end(body);
  callback(null);
};
const server = createServer({ noDelay: true }, (socket) => void broker.handle(socket));
answerAsks({ collect: () => globalThis.gc?.() }, { port: await listen(server) });
