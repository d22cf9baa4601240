// ECMA-419 provider: everything a host hands to the runtime, in one value. Drivers get their constructor
// from here by options and so name no host, no bus and no pin number of their own.
import type { AnalogConstructor } from './analog.ts';
import type { DigitalConstructor } from './digital.ts';
import type { DigitalBankConstructor } from './digital-bank.ts';
import type { Entropy } from './entropy.ts';
import type { FlashStorage } from './flash.ts';
import type { I2cConstructor } from './i2c.ts';
import type { MqttClientConstructor, MqttEndpoint } from './mqtt-client.ts';
import type { PwmConstructor } from './pwm.ts';
import type { SerialConstructor } from './serial.ts';
import type { Sleep } from './sleep.ts';
import type { TextDisplayConstructor } from './text-display.ts';
import type { MonotonicClock, Timer } from './timer.ts';
import type { WifiStationConstructor } from './wifi-station.ts';

/** Why the runtime gave up and asks for a fresh start. */
export interface RestartReason {
  /** `flash-failed`: a write did not happen. `crashed`: the core broke one of its own rules. */
  readonly kind: 'flash-failed' | 'crashed';
  readonly cause: unknown;
}

/** Where the broker is and what class talks to it. */
export interface MqttInstance extends MqttEndpoint {
  readonly io: MqttClientConstructor;
}

export interface Provider {
  readonly io: {
    readonly Digital: DigitalConstructor;
    readonly DigitalBank: DigitalBankConstructor;
    readonly Analog: AnalogConstructor;
    readonly PWM: PwmConstructor;
    readonly I2C: I2cConstructor;
    readonly Serial: SerialConstructor;
  };
  /** The bin modules along the cable, the first one first: each has pins of its own. */
  readonly modules: readonly { readonly Digital: DigitalConstructor }[];
  readonly display: { readonly io: TextDisplayConstructor };
  readonly storage: FlashStorage;
  readonly mqtt: MqttInstance;
  readonly wifi: { readonly io: WifiStationConstructor };
  readonly entropy: Entropy;
  readonly timer: Timer;
  readonly clock: MonotonicClock;
  readonly sleep: Sleep;
  /** What ended the sleep or the lack of power that this start follows. */
  readonly wokeBy: 'power' | 'button' | 'mains';
  /** Starts the board afresh, as a watchdog does. Returns at once; the start comes later. */
  restart(reason: RestartReason): void;
}
