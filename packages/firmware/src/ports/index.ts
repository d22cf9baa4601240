// The public door of the ports: the shapes a host implements, named after ECMA-419.
export type { Analog, AnalogConstructor, AnalogOptions } from './analog.ts';
export type { Digital, DigitalConstructor, DigitalMode, DigitalOptions } from './digital.ts';
export type { DigitalBank, DigitalBankConstructor, DigitalBankOptions } from './digital-bank.ts';
export type { Entropy } from './entropy.ts';
export type { Flash, FlashStatus, FlashStorage } from './flash.ts';
export type { I2c, I2cConstructor, I2cOptions } from './i2c.ts';
export {
  type MqttClient,
  type MqttClientConstructor,
  type MqttClientOptions,
  type MqttControl,
  type MqttEndpoint,
  type MqttReadable,
  type MqttWriteOptions,
  mqttOperation,
} from './mqtt-client.ts';
export type { PinSpecifier, PortSpecifier } from './pin.ts';
export { PortError, type PortErrorCode } from './port-error.ts';
export type { MqttInstance, Provider, RestartReason } from './provider.ts';
export type { Pwm, PwmConstructor, PwmOptions } from './pwm.ts';
export type { Rtc } from './rtc.ts';
export type { Serial, SerialConstructor, SerialOptions } from './serial.ts';
export type { Sleep, WakePin } from './sleep.ts';
export type { TextDisplay, TextDisplayConstructor } from './text-display.ts';
export type { MonotonicClock, Timer, TimerHandle } from './timer.ts';
export type {
  WifiAccessPoint,
  WifiNetwork,
  WifiStation,
  WifiStationConstructor,
  WifiStationOptions,
  WifiTrouble,
} from './wifi-station.ts';
