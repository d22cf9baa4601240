// A simulated board in real time: flash in files, MQTT over the network, the machine's clock and randomness.
// What `pnpm start` and `pnpm box` run; a bench PC could run the same with its own IO classes.
import { REV_A_BIN_COUNTS, type RevABinCount, revA } from '../../boards/rev-a.ts';
import type { RecordName } from '../../core/index.ts';
import { Electronics, FlashPartitions, SeededRandom, SimulatedBox } from '../../electronics/index.ts';
import { type BoxProgram, provision } from '../../runtime/index.ts';
import { DataDirectory, type KeptWorld } from './data-directory.ts';
import { type FilePartition, filePartition } from './file-partition.ts';
import { nodeEntropy } from './node-entropy.ts';
import { NodeNetwork, nodeMqttClientOn, nodeMqttEndpoint } from './node-mqtt-client.ts';
import { RealClock } from './real-clock.ts';

const RECORD_BLOCKS = 4;
const LOG_BLOCKS = 64;
const NOTABLE_DRIFT_MS = 10_000;

export interface NodeBoxSettings<State> {
  readonly program: BoxProgram<State>;
  /** Made if absent; the box keeps everything there. */
  readonly dataDir: string;
  /** `mqtt://host:port` or `mqtts://host:port`. */
  readonly mqttUrl: string;
  /** PEM of the issuer to trust. */
  readonly ca?: string;
  readonly binCount?: RevABinCount;
  readonly firmware: string;
  /** What the factory leaves in the box; used only if its flash is blank. */
  readonly records?: Readonly<Partial<Record<RecordName, Uint8Array>>>;
  /** For the snapshot. */
  readonly boxId?: string;
  /** Fobs that hang in the bins at the very first start, by bin number, hexadecimal. */
  readonly fobs?: Readonly<Record<number, string>>;
  readonly onNote?: (level: 'info' | 'warn', code: string) => void;
  /** The firmware broke down; it starts again by itself. */
  readonly onCrash: (cause: unknown) => void;
}

export interface NodeBox<State> {
  readonly box: SimulatedBox<State>;
  readonly clock: RealClock;
  readonly dataDirectory: DataDirectory;
  stop(): void;
}

/** Opens the data directory, builds the board on it and switches it on. Throws HostError. */
export function nodeBox<State>(settings: NodeBoxSettings<State>): NodeBox<State> {
  const directory = new DataDirectory(settings.dataDir);
  const partitions: FilePartition[] = [];
  try {
    return assemble(settings, directory, partitions);
  } catch (error) {
    for (const partition of partitions) partition.close();
    directory.release();
    throw error;
  }
}

function assemble<State>(
  settings: NodeBoxSettings<State>,
  directory: DataDirectory,
  partitions: FilePartition[],
): NodeBox<State> {
  const { binCount = REV_A_BIN_COUNTS[0], program, firmware, boxId, onNote, onCrash } = settings;
  const board = revA(binCount);
  partitions.push(
    filePartition(directory.file('flash-records.bin'), board.partitions.records, RECORD_BLOCKS),
  );
  partitions.push(
    filePartition(directory.file('flash-emergency.bin'), board.partitions.emergency, RECORD_BLOCKS),
  );
  partitions.push(filePartition(directory.file('flash-log.bin'), board.partitions.log, LOG_BLOCKS));
  const random = new SeededRandom(new DataView(nodeEntropy.read(4).buffer).getUint32(0));
  const flash = new FlashPartitions(
    partitions.map(({ partition }) => partition),
    random,
  );
  if (settings.records !== undefined) provision(flash, board, settings.records);
  const kept = directory.readWorld();
  const clock = new RealClock();
  const rtcMs = kept?.clockAheadMs == null ? undefined : Date.now() + kept.clockAheadMs;
  const batteryPercent = kept?.batteryPercent;
  const seed = random.uint32();
  const network = new NodeNetwork();
  const electronics = new Electronics({ board, clock, flash, home: network, seed, batteryPercent, rtcMs });
  network.reach = () => electronics.radio.reach;
  const mqtt = { ...nodeMqttEndpoint(settings.mqttUrl, settings.ca), io: nodeMqttClientOn(network) };
  const box = new SimulatedBox<State>({
    board,
    electronics,
    program,
    firmware,
    clock,
    mqtt,
    network,
    entropy: nodeEntropy,
    boxId,
    onCrash,
    ...(onNote === undefined ? {} : { onNote }),
  });
  restoreWorld(box, kept, settings.fobs ?? {});
  const saveWorld = () => directory.writeWorld(worldOf(box));
  saveWorld();
  const stopSaving = savingLater(box, saveWorld);
  if (kept?.asleep === true) box.sleepOn();
  else box.powerOn();
  let stopped = false;
  return {
    box,
    clock,
    dataDirectory: directory,
    stop: () => {
      if (stopped) return;
      stopped = true;
      stopSaving();
      saveWorld();
      box.cutPower();
      clock.close();
      for (const partition of partitions) partition.close();
      directory.release();
    },
  };
}

function restoreWorld<State>(
  box: SimulatedBox<State>,
  kept: KeptWorld | undefined,
  fobs: Readonly<Record<string, string>>,
): void {
  for (const [bin, tag] of Object.entries(kept?.tags ?? fobs)) box.setTag(Number(bin), tag);
  for (const bin of kept?.openDoors ?? []) box.setDoor(bin, true);
  if (kept?.mainLockOpen === true) box.setMainLock(true);
  box.setMains(kept?.mains ?? true);
  box.setNetwork(kept?.network ?? true);
  for (const hotspot of kept?.hotspots ?? []) box.setHotspot(hotspot);
  box.setRadioJammed(kept?.jammed ?? false);
}

function worldOf<State>(box: SimulatedBox<State>): KeptWorld {
  const { bins, mainLock, power, network, boxTimeMs } = box.state();
  const tags = bins.flatMap(({ bin, tag }) => (tag === null ? [] : [[String(bin), tag] as const]));
  return {
    openDoors: bins.filter(({ door }) => door === 'open').map(({ bin }) => bin),
    mainLockOpen: mainLock.door === 'open',
    tags: Object.fromEntries(tags),
    mains: power.mains,
    network: network.link === 'up',
    hotspots: network.hotspots,
    jammed: network.radio === 'jammed',
    batteryPercent: power.batteryPercent,
    asleep: power.asleep,
    clockAheadMs: boxTimeMs === null ? null : boxTimeMs - Date.now(),
  };
}

/** Saves once after each burst of changes; the display changes too often to write each time. */
function savingLater<State>(box: SimulatedBox<State>, save: () => void): () => void {
  const before = { world: '' };
  let planned: NodeJS.Immediate | undefined;
  const unlisten = box.onChange(() => {
    planned ??= setImmediate(() => {
      planned = undefined;
      const { clockAheadMs, ...rest } = worldOf(box);
      // The two clocks drift apart all the time; a jump is worth saving, a millisecond is not.
      const world = JSON.stringify([rest, clockAheadMs && Math.round(clockAheadMs / NOTABLE_DRIFT_MS)]);
      if (world !== before.world) save();
      before.world = world;
    });
  });
  return () => {
    unlisten();
    clearImmediate(planned);
  };
}
