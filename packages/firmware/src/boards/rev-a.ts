// Revision A: an ESP32-S3-WROOM-1-N16R2 on the main board, bin modules of eight along one cable. The pins
// keep clear of straps (0, 3, 45, 46), USB (19, 20) and memory (26-32); what must wake the box from sleep
// or be measured sits on 0-21, the real-time and converter pins. 20 bins are three modules, four channels spare.
import { energyFigures } from '../core/index.ts';
import type { Board, PinAt } from './board.ts';

/** Sizes that revision A is built in. */
export const REV_A_BIN_COUNTS = [8, 20] as const;
export type RevABinCount = (typeof REV_A_BIN_COUNTS)[number];

const BINS_PER_MODULE = 8;
const FIRST_DOOR_PIN = 8;

const onMcu = (pin: number): PinAt => ({ chip: 'mcu', pin });

const MCU_NETS = {
  BLACK_BUTTON: onMcu(1),
  MAINS_GOOD: onMcu(2),
  CELL_SENSE: onMcu(4),
  I2C_DATA: onMcu(8),
  I2C_CLOCK: onMcu(9),
  KEYPAD_ROW1: onMcu(10),
  KEYPAD_ROW2: onMcu(11),
  KEYPAD_ROW3: onMcu(12),
  KEYPAD_ROW4: onMcu(13),
  KEYPAD_COLUMN1: onMcu(14),
  KEYPAD_COLUMN2: onMcu(15),
  KEYPAD_COLUMN3: onMcu(16),
  LANGUAGE_KEY: onMcu(17),
  FRONT_READER_RX: onMcu(18),
  FRONT_READER_TX: onMcu(21),
  BIN_READERS_RX: onMcu(38),
  BIN_READERS_TX: onMcu(39),
  MAIN_LOCK: onMcu(40),
  MAIN_LOCK_SENSOR: onMcu(41),
  LATCH_SUPPLY: onMcu(47),
  SOUNDER: onMcu(48),
} as const;

/** @param binCount 8 (one bin module) or 20 (three) */
export function revA(binCount: RevABinCount): Board {
  const latches = Array.from({ length: binCount }, (_, index) => onModule(index, 0));
  const doors = Array.from({ length: binCount }, (_, index) => onModule(index, FIRST_DOOR_PIN));
  return {
    revision: 'rev-a',
    binCount,
    nets: { ...MCU_NETS, ...named('LATCH', latches), ...named('DOOR', doors) },
    keypad: {
      bank: 0,
      rows: [MCU_NETS.KEYPAD_ROW1, MCU_NETS.KEYPAD_ROW2, MCU_NETS.KEYPAD_ROW3, MCU_NETS.KEYPAD_ROW4],
      columns: [MCU_NETS.KEYPAD_COLUMN1, MCU_NETS.KEYPAD_COLUMN2, MCU_NETS.KEYPAD_COLUMN3],
      language: MCU_NETS.LANGUAGE_KEY,
    },
    button: MCU_NETS.BLACK_BUTTON,
    latchSupply: MCU_NETS.LATCH_SUPPLY,
    latches,
    doors,
    mainLock: { latch: MCU_NETS.MAIN_LOCK, sensor: MCU_NETS.MAIN_LOCK_SENSOR },
    readers: {
      front: {
        port: 1,
        receive: MCU_NETS.FRONT_READER_RX,
        transmit: MCU_NETS.FRONT_READER_TX,
        baud: 115_200,
      },
      bins: { port: 2, receive: MCU_NETS.BIN_READERS_RX, transmit: MCU_NETS.BIN_READERS_TX, baud: 115_200 },
    },
    sounder: { at: MCU_NETS.SOUNDER, hz: 2_700 },
    supply: { mains: MCU_NETS.MAINS_GOOD, cell: MCU_NETS.CELL_SENSE, fullScaleVolts: 6.2, resolution: 12 },
    clockChip: { port: 0, data: MCU_NETS.I2C_DATA, clock: MCU_NETS.I2C_CLOCK, hz: 400_000, address: 0x52 },
    energy: energyFigures,
    partitions: { records: 'records', emergency: 'emergency', log: 'log' },
  };
}

function onModule(index: number, firstPin: number): PinAt {
  const module = Math.floor(index / BINS_PER_MODULE) + 1;
  return { chip: `module-${module}`, pin: firstPin + (index % BINS_PER_MODULE) };
}

function named(prefix: string, pins: readonly PinAt[]): Record<string, PinAt> {
  return Object.fromEntries(pins.map((at, index) => [`${prefix}${index + 1}`, at]));
}
