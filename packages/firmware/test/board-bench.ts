// The simulated board with power and no firmware: what the tests of single peripherals run on.
import { type RevABinCount, revA } from '../src/boards/rev-a.ts';
import {
  Electronics,
  FlashPartitions,
  SeededEntropy,
  SeededRandom,
  VirtualClock,
} from '../src/electronics/index.ts';
import { MemoryNetwork } from '../src/hosts/simulated/index.ts';

export function boardBench(options: { readonly binCount?: RevABinCount; readonly seed?: number } = {}) {
  const { binCount = 8, seed = 1 } = options;
  const board = revA(binCount);
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const { link, mqtt } = network.access();
  const { records, emergency, log } = board.partitions;
  const partitions = [
    { name: records, blocks: 4 },
    { name: emergency, blocks: 4 },
    { name: log, blocks: 8 },
  ];
  const flash = new FlashPartitions(partitions, new SeededRandom(seed));
  const electronics = new Electronics({ board, clock, flash, home: link, seed });
  electronics.setRail(true);
  const restarts: unknown[] = [];
  const provider = electronics.provider({
    mqtt,
    entropy: new SeededEntropy(seed),
    restart: (reason) => restarts.push(reason),
    sleep: () => {},
    wokeBy: 'power',
  });
  return { board, clock, network, link, electronics, provider, restarts };
}
