// The public door of the simulator: worlds, how to play one, and how to search many.
export { type PlayOptions, playWorld } from './world/play.ts';
export { type FailedWorld, type SearchOptions, type SearchResult, searchSeeds } from './world/search.ts';
export { Violation } from './world/violation.ts';
export { World, type WorldReport } from './world/world.ts';
