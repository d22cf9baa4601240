// Analog, PWM, I2C and Serial of the simulated board: ECMA-419 classes, each over a small device model that
// the electronics hand in by pin, address or port.
import {
  type Analog,
  type AnalogConstructor,
  type AnalogOptions,
  type I2c,
  type I2cConstructor,
  type I2cOptions,
  PortError,
  type Pwm,
  type PwmConstructor,
  type PwmOptions,
  type Serial,
  type SerialConstructor,
  type SerialOptions,
  type Timer,
} from '../ports/index.ts';
import { Notice } from './notice.ts';
import type { PowerRail } from './power-rail.ts';
import type { SerialWires } from './serial-wires.ts';

const PWM_BITS = 10;
const DEFAULT_ANALOG_BITS = 12;

/** What answers at an I2C address. */
export interface I2cDevice {
  write(bytes: Uint8Array): void;
  read(byteLength: number): Uint8Array;
}

/** @param fractionAt what the converter sees at a pin: 0 to 1 of full scale; undefined where nothing is connected */
export function analogOf(fractionAt: (pin: number) => number | undefined): AnalogConstructor {
  return class SimulatedAnalog implements Analog {
    readonly resolution: number;
    readonly #pin: number;

    constructor({ pin, resolution = DEFAULT_ANALOG_BITS }: AnalogOptions) {
      if (fractionAt(pin) === undefined) throw new PortError('no-such-pin', String(pin));
      this.#pin = pin;
      this.resolution = resolution;
    }

    read(): number {
      const top = 2 ** this.resolution - 1;
      const fraction = Math.min(1, Math.max(0, fractionAt(this.#pin) ?? 0));
      return Math.round(fraction * top);
    }

    close(): void {}
  };
}

/** @param drive called with the duty of a pin, 0 to 1, whenever it changes */
export function pwmOf(
  rail: PowerRail,
  drive: (pin: number, duty: number, hz: number) => void,
): PwmConstructor {
  return class SimulatedPwm implements Pwm {
    readonly resolution = PWM_BITS;
    readonly hz: number;
    readonly #pin: number;
    readonly #detach: () => void;
    #alive: boolean;

    constructor({ pin, hz = 1_000 }: PwmOptions) {
      this.#pin = pin;
      this.hz = hz;
      this.#alive = rail.on;
      this.#detach = rail.attach(() => this.close());
    }

    write(value: number): void {
      if (this.#alive) drive(this.#pin, value / (2 ** PWM_BITS - 1), this.hz);
    }

    close(): void {
      if (!this.#alive) return;
      drive(this.#pin, 0, this.hz);
      this.#alive = false;
      this.#detach();
    }
  };
}

/** @param devices what hangs on the bus, by address */
export function i2cOf(rail: PowerRail, devices: ReadonlyMap<number, I2cDevice>): I2cConstructor {
  return class SimulatedI2c implements I2c {
    readonly #address: number;
    #open = true;

    constructor({ address }: I2cOptions) {
      this.#address = address;
    }

    read(byteLength: number): ArrayBuffer {
      return this.#device().read(byteLength).slice().buffer as ArrayBuffer;
    }

    write(bytes: Uint8Array): void {
      this.#device().write(bytes);
    }

    close(): void {
      this.#open = false;
    }

    #device(): I2cDevice {
      if (!this.#open) throw new PortError('closed');
      if (!rail.on) throw new PortError('power-lost', 'on the I2C bus');
      const device = devices.get(this.#address);
      if (device === undefined) throw new PortError('bus-no-answer', `0x${this.#address.toString(16)}`);
      return device;
    }
  };
}

/** @param lines the wires of each serial port */
export function serialOf(
  { rail, timer }: { readonly rail: PowerRail; readonly timer: Timer },
  lines: ReadonlyMap<number, SerialWires>,
): SerialConstructor {
  return class SimulatedSerial implements Serial {
    readonly #wires: SerialWires;
    readonly #endings: (() => void)[] = [];
    #received: number[] = [];
    #alive: boolean;

    constructor({ port, onReadable }: SerialOptions) {
      const wires = lines.get(port);
      if (wires === undefined) throw new PortError('no-such-pin', `serial port ${port}`);
      this.#wires = wires;
      this.#alive = rail.on;
      const notice = new Notice(
        timer,
        () => this.#received.length > 0 && onReadable?.(this.#received.length),
      );
      const stop = wires.listenAtHost((bytes) => {
        this.#received.push(...bytes);
        notice.give();
      });
      this.#endings.push(
        stop,
        () => notice.close(),
        rail.attach(() => this.close()),
      );
    }

    read(): ArrayBuffer | undefined {
      if (this.#received.length === 0) return undefined;
      const bytes = new Uint8Array(this.#received);
      this.#received = [];
      return bytes.buffer;
    }

    write(bytes: Uint8Array): void {
      if (this.#alive) this.#wires.fromHost(bytes.slice());
    }

    close(): void {
      if (!this.#alive) return;
      this.#alive = false;
      for (const end of this.#endings) end();
    }
  };
}
