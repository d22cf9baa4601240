// The public door of the firmware core: what a board, an engine host or a simulator needs, and nothing else.
export { type BoxState, initialState, step, stepWith } from './box.ts';
export { columnsOf } from './display-texts.ts';
export {
  cutoffJoule,
  type EnergyFigures,
  energyFigures,
  exchangeJoule,
  joulesAfter,
  lastOpenAllJoule,
  monthsOnBattery,
  standbyDaysLeft,
} from './energy.ts';
export type {
  Booted,
  BoxInput,
  FoundNetwork,
  JoinTrouble,
  Key,
  LogAtBoot,
  Supply,
  WokeBy,
} from './inputs.ts';
export type { Language } from './keypad-entry.ts';
export { boxLimits } from './limits.ts';
export type { BoxOutput, RecordName, SecondNetwork, ShownScreen, Step, Tone } from './outputs.ts';
export { EMERGENCY_RECORDS, RECORD_NAMES } from './outputs.ts';
export { encodeFactory, type FactoryRecord } from './records.ts';
