// What every flash must do, whatever its cells are made of (ECMA-419 storage/flash on NOR).
import { describe, expect, it } from 'vitest';
import type { Flash, FlashStorage } from '../../src/ports/index.ts';

export interface FlashUnderTest {
  readonly storage: FlashStorage;
  /** A partition of at least two blocks, erased. */
  readonly path: string;
  /** The same memory after the process was killed; absent where memory does not outlive it. */
  readonly reopened?: () => FlashStorage;
  readonly close: () => void;
}

export function describeFlash(name: string, make: () => FlashUnderTest): void {
  const withFlash = (test: (flash: Flash, under: FlashUnderTest) => void) => () => {
    const under = make();
    try {
      test(under.storage.open({ path: under.path, mode: 'r+' }), under);
    } finally {
      under.close();
    }
  };
  const bytes = (flash: Flash, length: number, offset: number) => new Uint8Array(flash.read(length, offset));

  describe(`flash contract: ${name}`, () => {
    it(
      'tells its measures and is erased at first',
      withFlash((flash) => {
        const { size, blockLength, blocks, eraseValue } = flash.status();
        expect(size).toBe(blockLength * blocks);
        expect(blocks).toBeGreaterThanOrEqual(2);
        expect(bytes(flash, size, 0).every((byte) => byte === eraseValue)).toBe(true);
      }),
    );

    it(
      'programs by clearing bits only',
      withFlash((flash) => {
        flash.write(new Uint8Array([0b1100, 0x0f]), 5);
        flash.write(new Uint8Array([0b1010, 0xf0]), 5);
        expect(bytes(flash, 4, 4)).toEqual(new Uint8Array([0xff, 0b1000, 0x00, 0xff]));
      }),
    );

    it(
      'erases exactly the blocks it is told to',
      withFlash((flash) => {
        const { blockLength } = flash.status();
        for (const block of [0, 1]) flash.write(new Uint8Array([1, 2, 3]), block * blockLength);
        flash.eraseBlock(0);
        expect(bytes(flash, 3, 0)).toEqual(new Uint8Array([0xff, 0xff, 0xff]));
        expect(bytes(flash, 3, blockLength)).toEqual(new Uint8Array([1, 2, 3]));
        flash.write(new Uint8Array([9]), 0);
        flash.eraseBlock(0, 2);
        expect(bytes(flash, 1, 0)[0]).toBe(0xff);
        expect(bytes(flash, 1, blockLength)[0]).toBe(0xff);
      }),
    );

    it(
      'gives copies: writing into what was read changes nothing',
      withFlash((flash) => {
        flash.write(new Uint8Array([7]), 0);
        bytes(flash, 1, 0)[0] = 99;
        const given = new Uint8Array([5]);
        flash.write(given, 1);
        given[0] = 0;
        expect(bytes(flash, 2, 0)).toEqual(new Uint8Array([7, 5]));
      }),
    );

    it(
      'refuses what lies outside, and an unknown partition',
      withFlash((flash, { storage }) => {
        const { size, blocks } = flash.status();
        expect(() => flash.read(2, size - 1)).toThrow('out-of-range');
        expect(() => flash.write(new Uint8Array(2), size - 1)).toThrow('out-of-range');
        expect(() => flash.read(1, -1)).toThrow('out-of-range');
        expect(() => flash.eraseBlock(blocks)).toThrow('out-of-range');
        expect(() => storage.open({ path: 'elsewhere' })).toThrow('no-such-partition');
      }),
    );

    it(
      'does nothing after it was closed',
      withFlash((flash) => {
        flash.close();
        expect(() => flash.read(1, 0)).toThrow('closed');
        expect(() => flash.write(new Uint8Array(1), 0)).toThrow('closed');
        expect(() => flash.eraseBlock(0)).toThrow('closed');
      }),
    );

    it(
      'has stored what a write returned from, also for who opens it next',
      withFlash((flash, { storage, path, reopened }) => {
        flash.write(new Uint8Array([4, 5, 6]), 100);
        expect(bytes(storage.open({ path }), 3, 100)).toEqual(new Uint8Array([4, 5, 6]));
        if (reopened !== undefined)
          expect(bytes(reopened().open({ path }), 3, 100)).toEqual(new Uint8Array([4, 5, 6]));
      }),
    );
  });
}
