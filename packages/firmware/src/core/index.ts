// The public door of the firmware core: what a board, an engine host or a simulator needs, and nothing else.
export type { Booted, BoxInput, Key, LogAtBoot, Supply } from './inputs.ts';
export type { BoxOutput, RecordName, ShownScreen, Tone } from './outputs.ts';
export { RECORD_NAMES } from './outputs.ts';
