// Awake or going to sleep. On mains the box never sleeps. Without mains it stays awake for a while, and longer for
// people: nobody may be left alone before a dark screen in the middle of what they do. When the battery is nearly
// empty it ends in good order, while there is still enough in it for the flash, the clock and a clean stop; below
// that no latch is pulled. What a sleep consists of is in keep-power.ts.
import type { Supply, WokeBy } from './inputs.ts';
import { boxLimits } from './limits.ts';

export type PowerState =
  | { readonly kind: 'mains' }
  /** `lostAtMs`: since when mains is gone; undefined after a wake by the button, when only people count. */
  | { readonly kind: 'battery'; readonly lostAtMs: number | undefined }
  /** The battery is empty: the screen says so until `sleepAtMs`. Only mains ends this. */
  | { readonly kind: 'ending'; readonly sleepAtMs: number };

/** What the operator sets about staying awake without mains. */
export interface PowerSettings {
  /** From the loss of mains to sleep. */
  readonly sleepAfterMs: number;
  /** How long the box stays awake after the last person. */
  readonly awakeMs: number;
}

/** @returns the settings to use: a mistake in the console must neither flatten the battery nor shut people out */
export function powerSettings(told: PowerSettings): PowerSettings {
  const { sleepAfterMinMs, sleepAfterMaxMs, awakeMinMs, awakeMaxMs } = boxLimits;
  return {
    sleepAfterMs: Math.min(Math.max(told.sleepAfterMs, sleepAfterMinMs), sleepAfterMaxMs),
    awakeMs: Math.min(Math.max(told.awakeMs, awakeMinMs), awakeMaxMs),
  };
}

/** @returns the power of a box that has just started */
export function powerAtBoot(supply: Supply, wokeBy: WokeBy, nowMs: number): PowerState {
  return changePower({ kind: 'mains' }, supply, nowMs, wokeBy);
}

/** Mains or battery were measured. @param wokeBy what woke the box, at its start only */
export function changePower(
  power: PowerState,
  supply: Supply,
  nowMs: number,
  wokeBy: WokeBy = 'power',
): PowerState {
  if (supply.mains) return power.kind === 'mains' ? power : { kind: 'mains' };
  if (power.kind === 'ending') return power;
  if (supply.batteryPercent <= boxLimits.batteryCutoffPercent) {
    return { kind: 'ending', sleepAtMs: nowMs + boxLimits.emptyShownMs };
  }
  if (power.kind === 'battery') return power;
  return { kind: 'battery', lostAtMs: wokeBy === 'button' ? undefined : nowMs };
}

/** @returns when the box may go to sleep, undefined on mains */
export function sleepDueMs(
  power: PowerState,
  settings: PowerSettings,
  lastPersonMs: number,
): number | undefined {
  switch (power.kind) {
    case 'mains':
      return undefined;
    case 'ending':
      return power.sleepAtMs;
    case 'battery': {
      const afterPerson = lastPersonMs + settings.awakeMs;
      const { lostAtMs } = power;
      return lostAtMs === undefined ? afterPerson : Math.max(lostAtMs + settings.sleepAfterMs, afterPerson);
    }
  }
}

/** @returns whether a latch may be pulled: not on what is left for a clean stop, where the board could reset under it */
export function mayPulse(power: PowerState): boolean {
  return power.kind !== 'ending';
}
