// The public door of the simulated board: what hosts build boxes from.

export { type BinSnapshot, type BoxSnapshot, KEY_LEGEND } from './box-snapshot.ts';
export { Electronics, type ElectronicsOptions } from './electronics.ts';
export { ElectronicsError, type ElectronicsErrorCode } from './electronics-error.ts';
export { BLOCK_BYTES, FlashPartitions, type Partition } from './flash-partitions.ts';
export type { HomeNetwork, Hotspot, Reach } from './radio.ts';
export { SeededEntropy } from './seeded-entropy.ts';
export { SeededRandom } from './seeded-random.ts';
export { type NetworkSwitch, SimulatedBox, type SimulatedBoxOptions } from './simulated-box.ts';
export { formatTagId, parseTagId } from './tag-id.ts';
export { VirtualClock } from './virtual-clock.ts';
