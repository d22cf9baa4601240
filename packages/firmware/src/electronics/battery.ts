// Energy: mains that comes and goes, and one LiFePO4 cell that empties and charges. What each part draws is in the board
// file; the cell's resting curve is general knowledge. An aged cold cell gives way under a coil, and the board with it.
import type { Board } from '../boards/board.ts';
import type { MonotonicClock } from '../ports/index.ts';

const MONTH_SECONDS = 30.44 * 86_400;
/** The charger's 150 mA. */
const CHARGE_WATT = 0.48;
/** Inner resistance of an aged cell in the cold. */
const CELL_OHM = 0.14;
/** Below this at the cell the 12 V converter stops, and the dip of its restart resets the processor (TPS61088). */
const BROWN_OUT_VOLTS = 2.4;

/** Resting volts of the cell at a charge, in per cent. */
const VOLTS_AT_CHARGE: readonly (readonly [percent: number, volts: number])[] = [
  [0, 2.5],
  [5, 2.9],
  [10, 3.0],
  [20, 3.2],
  [30, 3.25],
  [50, 3.28],
  [70, 3.31],
  [90, 3.34],
  [100, 3.4],
];

export interface Load {
  /** The board is on; otherwise it sleeps or is off, which draws the same. */
  readonly on: boolean;
  /** Brightness of the back light, 0 to 1. */
  readonly light: number;
  readonly coil: boolean;
}

export interface BatteryOptions {
  /** 0 to 100; full unless given. */
  readonly percent?: number | undefined;
  /** Inner resistance of the cell. */
  readonly ohm?: number | undefined;
}

export class Battery {
  readonly #clock: MonotonicClock;
  readonly #figures: Board['energy'];
  readonly #ohm: number;
  /** Share of the charge that goes by itself in a second. */
  readonly #leak: number;
  #joule: number;
  #settledMs: number;
  #mains = true;
  #load: Load = { on: false, light: 0, coil: false };

  constructor(
    clock: MonotonicClock,
    figures: Board['energy'],
    { percent = 100, ohm = CELL_OHM }: BatteryOptions = {},
  ) {
    this.#clock = clock;
    this.#figures = figures;
    this.#ohm = ohm;
    this.#leak = figures.selfDischargeMonthly / MONTH_SECONDS;
    this.#joule = (figures.capacityJoule * percent) / 100;
    this.#settledMs = clock.nowMs();
  }

  get mains(): boolean {
    return this.#mains;
  }

  set mains(mains: boolean) {
    this.#settle();
    this.#mains = mains;
  }

  set load(load: Load) {
    this.#settle();
    this.#load = load;
  }

  /** 0 to 100, exact: the model knows what the gauge must guess. */
  get percent(): number {
    return (this.joule / this.#figures.capacityJoule) * 100;
  }

  set percent(percent: number) {
    this.#settle();
    this.#joule = (this.#figures.capacityJoule * Math.min(100, Math.max(0, percent))) / 100;
  }

  /** What the cell holds. */
  get joule(): number {
    this.#settle();
    return this.#joule;
  }

  /** Takes out at once what something short costs. */
  spend(joule: number): void {
    if (!this.#mains) this.#joule = Math.max(0, this.joule - joule);
  }

  /** Volts at the cell, under its present load. The session alone hardly moves it; a coil does. */
  get volts(): number {
    const resting = restingVolts(this.percent);
    if (!this.#load.coil || this.#mains) return resting;
    // The converters draw a power, not a current: V² - V·resting + P·R = 0.
    const root = resting ** 2 - 4 * this.#watt() * this.#ohm;
    return root < 0 ? 0 : (resting + Math.sqrt(root)) / 2;
  }

  /** Whether the cell cannot feed its present load: the board is about to reset. */
  get brownOut(): boolean {
    return this.#load.coil && this.volts < BROWN_OUT_VOLTS;
  }

  /** Milliseconds until the cell is empty at the present load; undefined while mains feeds the board. */
  get lastsMs(): number | undefined {
    if (this.#mains) return undefined;
    return (Math.log1p((this.joule * this.#leak) / this.#watt()) / this.#leak) * 1_000;
  }

  #settle(): void {
    const nowMs = this.#clock.nowMs();
    const seconds = (nowMs - this.#settledMs) / 1_000;
    this.#settledMs = nowMs;
    const joule = this.#mains
      ? this.#joule + CHARGE_WATT * seconds
      : this.#joule + (this.#joule + this.#watt() / this.#leak) * Math.expm1(-this.#leak * seconds);
    this.#joule = Math.min(this.#figures.capacityJoule, Math.max(0, joule));
  }

  #watt(): number {
    const { on, light, coil } = this.#load;
    const { awakeWatt, litWatt, coilWatt, asleepWatt } = this.#figures;
    return on ? awakeWatt + light * litWatt + (coil ? coilWatt : 0) : asleepWatt;
  }
}

function restingVolts(percent: number): number {
  let below = VOLTS_AT_CHARGE[0] as readonly [number, number];
  for (const above of VOLTS_AT_CHARGE) {
    if (percent < above[0]) {
      return below[1] + ((percent - below[0]) / (above[0] - below[0])) * (above[1] - below[1]);
    }
    below = above;
  }
  return below[1];
}
