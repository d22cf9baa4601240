// The plain peer: a Node service beside Mosquitto. It subscribes to every box's requests with mqtt.js, does the same
// authorisation as the product (keyed hash of the code, validity, event, use, key state) in one FULL transaction
// per request, and answers in clear text. No sealing, no replay protection, no throttle, no audit chain.
import { createHmac } from 'node:crypto';
import { connect } from 'mqtt';
import { answerAsks } from '../../harness/asks.ts';
import { childSettings } from '../../harness/child.ts';
import { binsPerBox, codeOf, locationOf, type Population } from '../../seed/population.ts';
import { openPlainStore, type PlainCode } from './store.ts';
import { answerTopic, type PlainAnswer, type PlainRequest } from './wire.ts';

/** What the service is told at its start. */
export interface PlainServiceSettings {
  readonly brokerPort: number;
  readonly path: string;
  readonly population: Population;
}

const pepper = Buffer.alloc(32, 0x42);
const macBytes = 16;

const { brokerPort, path, population } = childSettings<PlainServiceSettings>();
const store = openPlainStore(path);
store.addCodes(everyCode());
const client = connect(`mqtt://127.0.0.1:${brokerPort}`, { clientId: 'service', clean: true });
client.on('connect', () =>
  client.subscribe('boxes/+/request', { qos: 1 }, () => answerAsks({}, { port: brokerPort })),
);
client.on('message', (topic, payload) => {
  const box = Number(topic.split('/')[1]);
  const asked = JSON.parse(payload.toString()) as PlainRequest;
  client.publish(answerTopic(box), JSON.stringify(answer(box, asked)), { qos: 1 });
});

function answer(box: number, asked: PlainRequest): PlainAnswer {
  const scope = `location-${locationOf(box)}`;
  const mac = macOf(scope, asked.code);
  const grant = store.transaction(() => store.authorise({ scope, mac, box: String(box), nowMs: Date.now() }));
  return grant === undefined
    ? { request: asked.request, granted: false }
    : { request: asked.request, granted: true, ...grant };
}

function* everyCode(): Iterable<PlainCode> {
  for (let box = 0; box < population.boxes; box++) {
    const scope = `location-${locationOf(box)}`;
    for (let index = 0; index < population.codesPerBox; index++) {
      const { digits, bin } = codeOf(population, box, index);
      yield { scope, mac: macOf(scope, digits), keyNumber: box * binsPerBox + bin, bin };
    }
  }
}

function macOf(scope: string, digits: string): Uint8Array {
  return createHmac('sha256', pepper).update(`${scope}|${digits}`).digest().subarray(0, macBytes);
}
