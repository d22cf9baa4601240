// Mains and battery. Mains comes from the charger's power-good pin, the battery's charge from the cell's
// voltage. A lithium iron phosphate cell is flat in the middle, so between 30 and 80 per cent the figure is
// rough; what matters, nearly empty, is steep and sure.
import type { Supply } from '../core/index.ts';
import type {
  Analog,
  AnalogConstructor,
  DigitalConstructor,
  PinSpecifier,
  Timer,
  TimerHandle,
} from '../ports/index.ts';
import { DebouncedInput } from './debounced-input.ts';

/** Resting volts of one LiFePO4 cell and what is left in it; general knowledge, to be measured on the cell bought. */
const CHARGE_AT_VOLTS: readonly (readonly [volts: number, percent: number])[] = [
  [2.5, 0],
  [2.9, 5],
  [3.0, 10],
  [3.2, 20],
  [3.25, 30],
  [3.28, 50],
  [3.31, 70],
  [3.34, 90],
  [3.4, 100],
];
const SAMPLE_MS = 10_000;
const MAINS_SETTLE_MS = 100;
/** Smaller changes of the battery are not worth a word. */
const STEP_PERCENT = 2;

export interface SupplyGaugeOptions {
  readonly cell: {
    readonly io: AnalogConstructor;
    readonly pin: PinSpecifier;
    readonly resolution: number;
    /** Cell volts at the top reading. */
    readonly fullScaleVolts: number;
  };
  readonly mains: { readonly io: DigitalConstructor; readonly pin: PinSpecifier };
  readonly timer: Timer;
  /** Mains came or went, or the battery changed noticeably. */
  readonly onMeasured: (supply: Supply) => void;
}

export class SupplyGauge {
  /** The last reading that was told, at first the one of the start. */
  supply: Supply;
  readonly #options: SupplyGaugeOptions;
  readonly #analog: Analog;
  readonly #mains: DebouncedInput;
  #sampling: TimerHandle | undefined;

  constructor(options: SupplyGaugeOptions) {
    this.#options = options;
    const { cell, mains, timer } = options;
    this.#analog = new cell.io({ pin: cell.pin, resolution: cell.resolution });
    this.#mains = new DebouncedInput({
      ...mains,
      timer,
      settleMs: MAINS_SETTLE_MS,
      onChange: () => this.#measure(),
    });
    this.supply = this.#read();
    this.#sampleLater();
  }

  close(): void {
    this.#options.timer.clear(this.#sampling);
    this.#mains.close();
    this.#analog.close();
  }

  #sampleLater(): void {
    this.#sampling = this.#options.timer.set(() => {
      this.#sampleLater();
      this.#measure();
    }, SAMPLE_MS);
  }

  #measure(): void {
    const before = this.supply;
    const now = this.#read();
    const moved = Math.abs(now.batteryPercent - before.batteryPercent) >= STEP_PERCENT;
    if (now.mains === before.mains && !moved) return;
    this.supply = now;
    this.#options.onMeasured(now);
  }

  #read(): Supply {
    const top = 2 ** this.#analog.resolution - 1;
    const volts = (this.#analog.read() / top) * this.#options.cell.fullScaleVolts;
    return { mains: this.#mains.level === 0, batteryPercent: percentAt(volts) };
  }
}

function percentAt(volts: number): number {
  let below: readonly [number, number] = [0, 0];
  for (const above of CHARGE_AT_VOLTS) {
    if (volts < above[0]) {
      const part = (volts - below[0]) / (above[0] - below[0]);
      return Math.round(below[1] + part * (above[1] - below[1]));
    }
    below = above;
  }
  return 100;
}
