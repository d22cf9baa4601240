// A box in which everything is virtual: time, network, flash and chance. The host of tests and of the seeded
// world; production code like the others, it just has no wires.
import { REV_A_BIN_COUNTS, type RevABinCount, revA } from '../../boards/rev-a.ts';
import type { RecordName } from '../../core/index.ts';
import {
  Electronics,
  FlashPartitions,
  SeededEntropy,
  SeededRandom,
  SimulatedBox,
  type VirtualClock,
} from '../../electronics/index.ts';
import { type BoxProgram, provision, type Turn } from '../../runtime/index.ts';
import type { MemoryLink } from './memory-link.ts';
import type { MemoryNetwork } from './memory-network.ts';

/** Four sectors of records bear a thousand sessions a day for ten years; 64 of log hold some 3,500 entries. */
const DEFAULT_BLOCKS = { records: 4, emergency: 4, log: 64 };

export interface SimulatedBoxRecipe<State> {
  readonly program: BoxProgram<State>;
  /** May be shared by many boxes. */
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  /** Everything random about this box. */
  readonly seed: number;
  readonly binCount?: RevABinCount;
  readonly firmware?: string;
  /** What the factory leaves in the box. */
  readonly records?: Readonly<Partial<Record<RecordName, Uint8Array>>>;
  readonly boxId?: string;
  readonly batteryPercent?: number;
  /** Inner resistance of the cell; an aged one in the cold unless given. */
  readonly cellOhm?: number;
  /** Unix milliseconds that the clock chip holds at the start; absent for a chip that was never set. */
  readonly rtcMs?: number;
  readonly rtcPpm?: number;
  /** Flash blocks of 4 KiB in each partition. */
  readonly blocks?: { readonly records: number; readonly emergency: number; readonly log: number };
  readonly onNote?: (level: 'info' | 'warn', code: string) => void;
  readonly onTurn?: (turn: Turn<State>) => void;
  readonly onCrash?: (cause: unknown) => void;
}

export interface CreatedBox<State> {
  /** Without power: call `powerOn`, then let the clock run. */
  readonly box: SimulatedBox<State>;
  readonly link: MemoryLink;
}

/** Builds a box and its line to the network. */
export function createSimulatedBox<State>(recipe: SimulatedBoxRecipe<State>): CreatedBox<State> {
  const { clock, network, seed, blocks = DEFAULT_BLOCKS, binCount = REV_A_BIN_COUNTS[0] } = recipe;
  const board = revA(binCount);
  const flash = new FlashPartitions(
    [
      { name: board.partitions.records, blocks: blocks.records },
      { name: board.partitions.emergency, blocks: blocks.emergency },
      { name: board.partitions.log, blocks: blocks.log },
    ],
    new SeededRandom(seed),
  );
  if (recipe.records !== undefined) provision(flash, board, recipe.records);
  const { batteryPercent, cellOhm, rtcMs, rtcPpm } = recipe;
  const { link, mqtt } = network.access();
  const electronics = new Electronics({
    board,
    clock,
    flash,
    home: link,
    seed,
    batteryPercent,
    cellOhm,
    rtcMs,
    rtcPpm,
  });
  link.powered = () => electronics.rail.on;
  link.reach = () => electronics.radio.reach;
  const { program, boxId, firmware = 'simulated', onNote, onTurn, onCrash } = recipe;
  const box = new SimulatedBox<State>({
    board,
    electronics,
    program,
    firmware,
    clock,
    mqtt,
    network: link,
    entropy: new SeededEntropy(seed),
    boxId,
    ...(onNote === undefined ? {} : { onNote }),
    ...(onTurn === undefined ? {} : { onTurn }),
    ...(onCrash === undefined ? {} : { onCrash }),
  });
  return { box, link };
}
