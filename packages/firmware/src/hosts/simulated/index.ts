// The public door of the simulated host: a box in virtual time, the network it hangs on, and what people do.
export {
  type BinSnapshot,
  type BoxSnapshot,
  ElectronicsError,
  type ElectronicsErrorCode,
  formatTagId,
  KEY_LEGEND,
  parseTagId,
  SeededEntropy,
  SeededRandom,
  SimulatedBox,
  VirtualClock,
} from '../../electronics/index.ts';
export { type CreatedBox, createSimulatedBox, type SimulatedBoxRecipe } from './create-simulated-box.ts';
export type { Carried, LinkState, MemoryLink, Route } from './memory-link.ts';
export { MemoryNetwork, type NetworkAccess, type NetworkServer } from './memory-network.ts';
