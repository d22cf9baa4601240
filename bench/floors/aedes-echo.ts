// The raw MQTT round trip of the same broker: aedes alone, answering inside authorizePublish, where the product
// answers too. No login, no cryptography, no database: what the product costs above this is its own.
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { answerAsks } from '../harness/asks.ts';
import { listen } from '../harness/listen.ts';
import { grantFrameBytes } from '../load/echo-talk.ts';

const broker = await Aedes.createBroker();
broker.authorizePublish = (client, packet, callback) => {
  const payload = (packet.payload as Buffer).subarray(0, grantFrameBytes);
  const topic = packet.topic.replace(/up$/, 'dn');
  client?.publish({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain: false }, () => undefined);
  callback(null);
};
const server = createServer({ noDelay: true }, (socket) => void broker.handle(socket));
answerAsks({ collect: () => globalThis.gc?.() }, { port: await listen(server) });
