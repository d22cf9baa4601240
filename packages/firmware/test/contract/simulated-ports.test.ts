// The simulated host's ports against the contracts.
import type { BoxId } from '@smartbox/protocol';
import { FlashPartitions } from '../../src/electronics/index.ts';
import { MemoryNetwork, SeededEntropy, SeededRandom, VirtualClock } from '../../src/hosts/simulated/index.ts';
import { describeEntropy } from './entropy-contract.ts';
import { describeFlash } from './flash-contract.ts';
import { describeMqttClient, PASSWORD } from './mqtt-contract.ts';
import { describeTimer } from './timer-contract.ts';

/** Moves time until `isDone`, in steps of a millisecond; gives up after a minute of them. */
async function advanceUntil(clock: VirtualClock, isDone: () => boolean): Promise<void> {
  for (let ms = 0; ms < 60_000 && !isDone(); ms++) clock.advance(1);
  if (!isDone()) throw new TypeError('did not happen within a virtual minute');
}

describeFlash('memory', () => ({
  storage: new FlashPartitions([{ name: 'p', blocks: 3 }], new SeededRandom(1)),
  path: 'p',
  close: () => {},
}));

describeTimer('virtual clock', () => {
  const clock = new VirtualClock();
  return { timer: clock, until: (isDone) => advanceUntil(clock, isDone), close: () => {} };
});

describeEntropy('seeded', () => new SeededEntropy(3));

describeMqttClient('memory network', async () => {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const arrived: Uint8Array[] = [];
  network.serve({
    authenticate: (_, password) => Buffer.from(password).toString() === PASSWORD,
    connected: () => {},
    disconnected: () => {},
    frame: (_, frame, done) => {
      arrived.push(frame);
      done();
    },
  });
  const { link, mqtt } = network.access();
  return {
    mqtt,
    arrived,
    setNetwork: (up) => {
      link.up = up;
    },
    deliver: (boxId: BoxId, frame) => network.send(boxId, frame),
    kick: (boxId: BoxId) => network.kick(boxId),
    until: (isDone) => advanceUntil(clock, isDone),
    settle: async () => clock.advance(1_000),
    close: async () => {},
  };
});
