// Energy: mains that comes and goes, and one LiFePO4 cell that empties and charges. Figures follow the power
// budget of the hardware notes (6 Ah, 80 per cent usable); the cell's resting curve is general knowledge.
import type { MonotonicClock } from '../ports/index.ts';

/** 6 Ah at 3.2 V, of which 80 per cent are usable. */
const CAPACITY_JOULE = 55_300;
/** Processor with radio 110 mA, readers 60 mA, back light 70 mA, at the cell's 3.2 V. */
const AWAKE_WATT = 0.54;
const LIT_WATT = 0.22;
/** 12 V and 0.5 A behind a converter of 85 per cent. */
const COIL_WATT = 7;
/** The charger's 150 mA. */
const CHARGE_WATT = 0.48;
/** With the board off only leakage and the clock chip draw from the cell. */
const OFF_WATT = 0.000_14;

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
/** The cell gives way under a pulling coil. */
const COIL_SAG_VOLTS = 0.3;

export interface Load {
  readonly on: boolean;
  readonly lit: boolean;
  readonly coil: boolean;
}

export class Battery {
  readonly #clock: MonotonicClock;
  #joule: number;
  #settledMs: number;
  #mains = true;
  #load: Load = { on: false, lit: false, coil: false };

  constructor(clock: MonotonicClock, percent = 100) {
    this.#clock = clock;
    this.#joule = (CAPACITY_JOULE * percent) / 100;
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
    this.#settle();
    return (this.#joule / CAPACITY_JOULE) * 100;
  }

  set percent(percent: number) {
    this.#settle();
    this.#joule = (CAPACITY_JOULE * Math.min(100, Math.max(0, percent))) / 100;
  }

  /** Volts at the cell, under its present load. */
  get volts(): number {
    const sag = this.#load.coil && !this.#mains ? COIL_SAG_VOLTS : 0;
    return restingVolts(this.percent) - sag;
  }

  /** Milliseconds until the cell is empty at the present load; undefined while mains feeds the board. */
  get lastsMs(): number | undefined {
    if (this.#mains) return undefined;
    this.#settle();
    return (this.#joule / this.#watt()) * 1_000;
  }

  #settle(): void {
    const nowMs = this.#clock.nowMs();
    const seconds = (nowMs - this.#settledMs) / 1_000;
    this.#settledMs = nowMs;
    const joule = this.#joule + (this.#mains ? CHARGE_WATT : -this.#watt()) * seconds;
    this.#joule = Math.min(CAPACITY_JOULE, Math.max(0, joule));
  }

  #watt(): number {
    const { on, lit, coil } = this.#load;
    return on ? AWAKE_WATT + (lit ? LIT_WATT : 0) + (coil ? COIL_WATT : 0) : OFF_WATT;
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
