import { describe, expect, it } from 'vitest';
import { REV_A_BIN_COUNTS, revA } from './rev-a.ts';

const STRAPS = [0, 3, 45, 46];
const USB_AND_MEMORY = [19, 20, 26, 27, 28, 29, 30, 31, 32];

describe.each(REV_A_BIN_COUNTS)('revision A with %i bins', (binCount) => {
  const board = revA(binCount);

  it('puts no two nets on one pin', () => {
    const pins = Object.values(board.nets).map(({ chip, pin }) => `${chip}.${pin}`);
    expect(new Set(pins).size).toBe(pins.length);
  });

  it('keeps clear of straps, USB and memory pins', () => {
    const used = Object.values(board.nets)
      .filter(({ chip }) => chip === 'mcu')
      .map(({ pin }) => pin);
    expect(used.filter((pin) => [...STRAPS, ...USB_AND_MEMORY].includes(pin))).toEqual([]);
  });

  it('gives every bin its own latch and its own door switch (SEC-18)', () => {
    expect(board.latches).toHaveLength(binCount);
    expect(board.doors).toHaveLength(binCount);
    const modules = new Set([...board.latches, ...board.doors].map(({ chip }) => chip));
    expect(modules.size).toBe(Math.ceil(binCount / 8));
  });

  it('gives the main lock an output and a sensor of its own, on no module along the cable (SEC-18)', () => {
    const { latch, sensor } = board.mainLock;
    expect([latch.chip, sensor.chip]).toEqual(['mcu', 'mcu']);
    for (const at of [latch, sensor]) expect([...board.latches, ...board.doors]).not.toContainEqual(at);
    expect([latch, sensor]).toEqual([board.nets.MAIN_LOCK, board.nets.MAIN_LOCK_SENSOR]);
  });

  it('wakes and measures on real-time and converter pins (EM-04)', () => {
    // GPIO 0 to 21 of the ESP32-S3 are wired to its sleep controller; straps must not be held low by a person.
    for (const at of [board.button, board.supply.mains]) {
      expect(at.chip).toBe('mcu');
      expect(at.pin).toBeLessThanOrEqual(21);
      expect(STRAPS).not.toContain(at.pin);
    }
    expect([board.button, board.supply.mains]).toEqual([board.nets.BLACK_BUTTON, board.nets.MAINS_GOOD]);
    expect(board.supply.cell.pin).toBeGreaterThanOrEqual(1);
    expect(board.supply.cell.pin).toBeLessThanOrEqual(10);
  });
});
