// A box in a process of its own, for the test that kills it: when it runs it says what the process has open,
// then waits.
import { boxIdFromBytes } from '@smartbox/protocol';
import { encodeFactory } from '../../src/core/index.ts';
import { startNodeBox } from '../../src/hosts/node/index.ts';

const [, , dataDir = '', mqttUrl = ''] = process.argv;
const factory = encodeFactory({
  boxId: boxIdFromBytes(new Uint8Array(8).fill(7)),
  factoryKey: new Uint8Array(32).fill(1),
});
const { box } = await startNodeBox({ dataDir, mqttUrl, records: { factory }, fobs: { 4: '04a1b2c3' } });
box.onChange(() => {
  if (box.state().display.lit) process.stdout.write(`${JSON.stringify(process.getActiveResourcesInfo())}\n`);
});
