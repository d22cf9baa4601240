// The shape of a board file: which net ends on which pin of which chip, by the net names of the schematic.
// Apart from the revisions, so that the runtime can be built on any of them.

import type { EnergyFigures } from '../core/index.ts';

/** A chip that has pins of its own: the microcontroller, or a bin module along the cable (1 is the first). */
export type Chip = 'mcu' | `module-${number}`;

/** One net's end. */
export interface PinAt {
  readonly chip: Chip;
  /** GPIO number on the microcontroller; on a module 0-7 are latch outputs, 8-15 door switch inputs. */
  readonly pin: number;
}

/** A serial line and what hangs on it. */
export interface SerialLine {
  readonly port: number;
  readonly receive: PinAt;
  readonly transmit: PinAt;
  readonly baud: number;
}

/** One revision of the hardware in one size. */
export interface Board {
  /** Folder of the hardware description. */
  readonly revision: string;
  /** Bins 1 to `binCount` exist. */
  readonly binCount: number;
  /** Every net that the firmware touches; what the netlist of the schematic is compared with. */
  readonly nets: Readonly<Record<string, PinAt>>;
  readonly keypad: {
    /** Bank of the matrix pins. */
    readonly bank: number;
    /** Top row first. */
    readonly rows: readonly PinAt[];
    /** Left column first. */
    readonly columns: readonly PinAt[];
    /** The language key: pressed is low. */
    readonly language: PinAt;
  };
  /** The small black button under the screen: pressed is low. */
  readonly button: PinAt;
  /** Feeds the latch drivers at all; with the latch's own pin the second signal that an opening needs. */
  readonly latchSupply: PinAt;
  /** Index 0 is bin 1; high pulls the latch. */
  readonly latches: readonly PinAt[];
  /** Index 0 is bin 1; low is closed, so that a broken wire reads as open. */
  readonly doors: readonly PinAt[];
  /** The lock of the whole front, hidden behind it: high pulls the latch; the sensor is low while it is shut. */
  readonly mainLock: { readonly latch: PinAt; readonly sensor: PinAt };
  /** The reader beside the screen, and the line with one reader a bin. */
  readonly readers: { readonly front: SerialLine; readonly bins: SerialLine };
  readonly sounder: { readonly at: PinAt; readonly hz: number };
  readonly supply: {
    /** Low while mains is present (open-drain power-good of the charger). */
    readonly mains: PinAt;
    readonly cell: PinAt;
    /** Cell volts at the top reading of the converter, its divider included. */
    readonly fullScaleVolts: number;
    readonly resolution: number;
  };
  readonly clockChip: {
    readonly port: number;
    readonly data: PinAt;
    readonly clock: PinAt;
    readonly hz: number;
    readonly address: number;
  };
  /** What the cell holds and the parts draw; what the display promises rests on the same figures. */
  readonly energy: EnergyFigures;
  /** Flash partitions by their names in the partition table. */
  readonly partitions: { readonly records: string; readonly emergency: string; readonly log: string };
}
