// Deep sleep. Not in ECMA-419, and Moddable 8.2.3 has none for the ESP32 (`esp_sleep` occurs in none of its C files),
// so on a real board this port needs some 60 lines of native code:
// - `esp_sleep_enable_ext1_wakeup_io(mask, ESP_EXT1_WAKEUP_ANY_LOW)` for the pins that wake when low. They must be
//   RTC pins, GPIO 0 to 21 on the ESP32-S3, with pull-ups of their own: the internal ones cost more than they are worth.
// - `esp_sleep_enable_ext0_wakeup(pin, 1)` for the one that may wake when high: S3's ext1 has one level for all pins.
// - `rtc_gpio_hold_en` on the latch supply, so that no output floats, then `esp_deep_sleep_start()`, 7 to 8 µA.
// - at the start, `esp_sleep_get_wakeup_cause()` and `esp_sleep_get_ext1_wakeup_status()` give `Provider.wokeBy`.
// Wake-up is by level, not by edge: what happened while the board was on its way to sleep wakes it at once.
import type { PinSpecifier } from './pin.ts';

/** A pin that ends the sleep. */
export interface WakePin {
  /** A pin of the microcontroller. */
  readonly pin: PinSpecifier;
  /** The level that wakes. */
  readonly level: 0 | 1;
  /** What the next start is told. */
  readonly cause: 'button' | 'mains';
}

export interface Sleep {
  /**
   * Turns everything off but the wake pins and the clock chip. RAM is lost and all outputs are let go. On a board it
   * does not return; a host that returns runs no code of the sleeping box any more.
   */
  enter(options: { readonly wakeOn: readonly WakePin[] }): void;
}
