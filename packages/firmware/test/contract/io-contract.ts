// What the pins and buses of every board must do (ECMA-419 io). So far one host brings them, the simulated
// board; a host with real pins needs a jig that connects an output to an input to pass the same suite.
import { describe, expect, it } from 'vitest';
import type {
  DigitalBankConstructor,
  DigitalConstructor,
  I2cConstructor,
  SerialConstructor,
} from '../../src/ports/index.ts';

export interface IoUnderTest {
  readonly Digital: DigitalConstructor;
  readonly DigitalBank: DigitalBankConstructor;
  readonly Serial: SerialConstructor;
  readonly I2C: I2cConstructor;
  /** Pin `out` and pin `in` of one bank are joined; `in` has a pull-up. */
  readonly pins: { readonly out: number; readonly in: number };
  /** Port whose far end sends back what it gets. */
  readonly echoPort: number;
  /** Address at which a device reads back what was written last. */
  readonly memoryAddress: number;
  readonly settle: () => void;
}

export function describeIo(name: string, make: () => IoUnderTest): void {
  describe(`io contract: ${name}`, () => {
    const output = ({ Digital, pins }: IoUnderTest) => new Digital({ pin: pins.out, mode: Digital.Output });

    it('reads at an input what an output writes, and the pull-up when nobody does', () => {
      const io = make();
      const input = new io.Digital({ pin: io.pins.in, mode: io.Digital.InputPullUp });
      expect(input.read()).toBe(1);
      const out = output(io);
      out.write(0);
      expect(input.read()).toBe(0);
      out.close();
      expect(input.read()).toBe(1);
    });

    it('notices the edges asked for, from the event loop, several in one', () => {
      const io = make();
      const out = output(io);
      out.write(1);
      const notices: string[] = [];
      const watch = (edge: number, word: string) =>
        new io.Digital({
          pin: io.pins.in,
          mode: io.Digital.InputPullUp,
          edge,
          onReadable: () => notices.push(word),
        });
      watch(io.Digital.Rising, 'rising');
      watch(io.Digital.Falling, 'falling');
      out.write(0);
      expect(notices).toEqual([]);
      io.settle();
      expect(notices).toEqual(['falling']);
      out.write(1);
      out.write(0);
      out.write(1);
      io.settle();
      expect([...notices].sort()).toEqual(['falling', 'falling', 'rising']);
    });

    it('notices nothing after close, not even what was under way', () => {
      const io = make();
      const out = output(io);
      out.write(1);
      const notices: string[] = [];
      const input = new io.Digital({
        pin: io.pins.in,
        mode: io.Digital.InputPullUp,
        edge: io.Digital.Falling,
        onReadable: () => notices.push('falling'),
      });
      out.write(0);
      input.close();
      input.close();
      out.write(1);
      out.write(0);
      io.settle();
      expect(notices).toEqual([]);
    });

    it('does not drive a pin through an input or a closed output', () => {
      const io = make();
      const input = new io.Digital({ pin: io.pins.in, mode: io.Digital.InputPullUp });
      input.write(0);
      expect(input.read()).toBe(1);
      const out = output(io);
      out.close();
      out.write(0);
      expect(input.read()).toBe(1);
    });

    it('refuses a pin that the chip does not have', () => {
      const io = make();
      expect(() => new io.Digital({ pin: 99, mode: io.Digital.Input })).toThrow('no-such-pin');
    });

    it('reads and writes a bank at its own bit positions, and says which pins changed', () => {
      const io = make();
      const { out: outPin, in: inPin } = io.pins;
      const triggers: number[] = [];
      const bank = new io.DigitalBank({
        pins: 1 << inPin,
        mode: io.DigitalBank.InputPullUp,
        falls: 1 << inPin,
        onReadable: (trigger) => triggers.push(trigger),
      });
      const rows = new io.DigitalBank({ pins: 1 << outPin, mode: io.DigitalBank.OutputOpenDrain });
      rows.write(1 << outPin);
      expect(bank.read()).toBe(1 << inPin);
      rows.write(0);
      expect(bank.read()).toBe(0);
      io.settle();
      expect(triggers).toEqual([1 << inPin]);
      rows.close();
      expect(bank.read()).toBe(1 << inPin);
      bank.close();
    });

    it('carries bytes over a serial line, in order, as often as it says', () => {
      const io = make();
      const counts: number[] = [];
      const serial = new io.Serial({
        port: io.echoPort,
        receive: 0,
        transmit: 0,
        baud: 115_200,
        format: 'buffer',
        onReadable: (bytes) => counts.push(bytes),
      });
      expect(serial.read()).toBeUndefined();
      serial.write(new Uint8Array([1, 2]));
      serial.write(new Uint8Array([3]));
      expect(counts).toEqual([]);
      io.settle();
      expect(new Uint8Array(serial.read() ?? new ArrayBuffer(0))).toEqual(new Uint8Array([1, 2, 3]));
      expect(counts.at(-1)).toBeLessThanOrEqual(3);
      expect(serial.read()).toBeUndefined();
      const before = counts.length;
      serial.write(new Uint8Array([4]));
      serial.close();
      io.settle();
      expect(counts).toHaveLength(before);
    });

    it('talks to a device at its address, and says when nobody answers', () => {
      const io = make();
      const bus = { data: 0, clock: 0, hz: 400_000, port: 0 };
      const device = new io.I2C({ ...bus, address: io.memoryAddress });
      device.write(new Uint8Array([7, 8, 9]));
      expect(new Uint8Array(device.read(3))).toEqual(new Uint8Array([7, 8, 9]));
      const nobody = new io.I2C({ ...bus, address: 0x11 });
      expect(() => nobody.read(1)).toThrow('bus-no-answer');
      expect(() => nobody.write(new Uint8Array(1))).toThrow('bus-no-answer');
      device.close();
      expect(() => device.read(1)).toThrow('closed');
    });
  });
}
