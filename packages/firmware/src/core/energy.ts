// What a charge of the battery is worth: the figures of the power budget, each with its source, and the formulas over
// them. The display counts days and openings with it, the simulated cell draws the same figures, and the table of
// months is printed from it, so that the three cannot disagree. Sources: [D] data sheet, [M] measured by somebody,
// [A] assumed until it is measured on the board. Ageing and frost are not modelled: months beyond twelve are arithmetic.
import type { Supply } from './inputs.ts';
import { boxLimits } from './limits.ts';

const DAY_SECONDS = 86_400;
const MONTH_SECONDS = 30.44 * DAY_SECONDS;

/** Joules are at the cell, behind the converter (TPS63802, 90 % while awake). */
export const energyFigures = {
  /** One 32700 LiFePO4 cell: 6 Ah [D], 3.2 V, of which 80 % are counted on [A: cold and age take the rest]. */
  capacityJoule: 55_300,
  /** Share of the charge lost by itself in a month: 26650 cells keep 80 % in half a year [D], rounded up. */
  selfDischargeMonthly: 0.04,
  /** Asleep, 43.5 µA at 3.2 V [D of each part, added up]: processor 10.3, converter 11, tamper sensor 7.7, the rest 14.5. */
  asleepWatt: 0.000_139_2,
  /** Awake, screen dark: processor and radio 110 mA [M], readers 60 mA [M 35 to 60], the rest 4 mA, at 3.3 V. */
  awakeWatt: 0.638,
  /** The back light, 70 mA at 3.3 V [A]. */
  litWatt: 0.257,
  /** From the wake-up to the first instruction [A]. */
  bootJoule: 0.2,
  /** Wi-Fi and session: 6 s of 130 mA [M of similar boards]. */
  connectJoule: 2.9,
  /** 12 V and 0.5 A [D], behind a boost converter of 85 % [D 91 %, less at the edge]. */
  coilWatt: 7.06,
  /** Pulses for one wake: a fifth of the doors want a second one [A]. */
  pulsesPerWake: 1.2,
  /** A wake for one exchange: until nobody has touched the box for this long, the screen lit all the while. */
  sessionMs: boxLimits.awakeDefaultMs,
} as const;

/** The shape of the figures: a board of another revision brings its own. */
export type EnergyFigures = { readonly [Name in keyof typeof energyFigures]: number };

/** Share lost by itself in a second. */
const SELF_DISCHARGE = energyFigures.selfDischargeMonthly / MONTH_SECONDS;
const PULSE_JOULE = (energyFigures.coilWatt * boxLimits.pulseMs) / 1_000;
const SESSION_JOULE = ((energyFigures.awakeWatt + energyFigures.litWatt) * energyFigures.sessionMs) / 1_000;

/** What one exchange costs: waking, connecting, a person's minute, the pulses; 60 joules. */
export const exchangeJoule =
  energyFigures.bootJoule +
  energyFigures.connectJoule +
  SESSION_JOULE +
  energyFigures.pulsesPerWake * PULSE_JOULE;

/** What is left in the cell when the box ends in good order and opens no more. */
export const cutoffJoule = (energyFigures.capacityJoule * boxLimits.batteryCutoffPercent) / 100;

/** What the cell needs to open every bin once more and say so. @returns joules */
export function lastOpenAllJoule(bins: number): number {
  return bins * PULSE_JOULE + energyFigures.bootJoule;
}

/** @returns what a cell that began with `joule` holds after `seconds` at a steady draw; below 0 once it is empty */
export function joulesAfter(joule: number, watt: number, seconds: number): number {
  return joule + (joule + watt / SELF_DISCHARGE) * Math.expm1(-SELF_DISCHARGE * seconds);
}

/** @returns how many seconds a cell takes from one charge down to another at a steady draw, 0 where it is there */
export function secondsBetween(fromJoule: number, toJoule: number, watt: number): number {
  const floor = watt / SELF_DISCHARGE;
  return Math.max(Math.log((fromJoule + floor) / (toJoule + floor)) / SELF_DISCHARGE, 0);
}

/** Whole days that the box would sleep on if nobody came. */
export function standbyDaysLeft(batteryPercent: number): number {
  const seconds = secondsBetween(joulesIn(batteryPercent), cutoffJoule, energyFigures.asleepWatt);
  return Math.floor(seconds / DAY_SECONDS);
}

/** Exchanges that the power still allows if they all came today; no end of them on mains. */
export function openingsLeft({ mains, batteryPercent }: Supply): number {
  if (mains) return Number.POSITIVE_INFINITY;
  return Math.floor(Math.max(joulesIn(batteryPercent) - cutoffJoule, 0) / exchangeJoule);
}

/** Months that a full battery lasts. @param reserveJoule what shall be left at the end */
export function monthsOnBattery(use: { readonly exchanges: number; readonly reserveJoule: number }): number {
  const watt = energyFigures.asleepWatt + (use.exchanges * exchangeJoule) / MONTH_SECONDS;
  // The minutes awake after the mains failed, before the first sleep.
  const awakeJoule =
    ((energyFigures.awakeWatt + energyFigures.litWatt) * boxLimits.sleepAfterDefaultMs) / 1_000;
  return secondsBetween(energyFigures.capacityJoule - awakeJoule, use.reserveJoule, watt) / MONTH_SECONDS;
}

function joulesIn(batteryPercent: number): number {
  return (energyFigures.capacityJoule * batteryPercent) / 100;
}
