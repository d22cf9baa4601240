// Mains and battery to facts. Power tells of itself only when it changes; a box that starts without mains
// tells so once, because it may have died before it could.
import type { LogEntry } from '@smartbox/protocol';
import type { WokeBy } from './inputs.ts';
import { boxLimits } from './limits.ts';
import type { LogFact } from './log-fact.ts';

export interface SupplyState {
  readonly mains: boolean;
  /** 0 to 100. */
  readonly batteryPercent: number;
  /** A low battery was told and has not recovered since. */
  readonly lowTold: boolean;
}

/** @returns the supply before anything was measured: on mains with a full battery */
export function emptySupply(): SupplyState {
  return { mains: true, batteryPercent: 100, lowTold: false };
}

/**
 * @param last the newest log entry
 * @returns the supply as it was told last: a box that fell asleep had told the loss of its mains
 */
export function supplyToldBefore(wokeBy: WokeBy, last: LogEntry | undefined): SupplyState {
  const slept = last?.kind === 'fell-asleep';
  const lowTold = slept && last.detail <= boxLimits.batteryLowPercent;
  return { ...emptySupply(), mains: !slept && wokeBy === 'power', lowTold };
}

/** Takes one measurement. */
export function measureSupply(
  supply: SupplyState,
  measured: { readonly mains: boolean; readonly batteryPercent: number },
): { readonly supply: SupplyState; readonly facts: readonly LogFact[] } {
  const { mains } = measured;
  const batteryPercent = Math.min(Math.max(Math.round(measured.batteryPercent) || 0, 0), 100);
  const facts: LogFact[] = [];
  if (mains !== supply.mains) {
    facts.push({ kind: mains ? 'mains-restored' : 'mains-lost', detail: batteryPercent });
  }
  const low = batteryPercent <= boxLimits.batteryLowPercent;
  if (low && !supply.lowTold) facts.push({ kind: 'battery-low', detail: batteryPercent });
  const lowTold = supply.lowTold ? batteryPercent < boxLimits.batteryRecoveredPercent : low;
  return { supply: { mains, batteryPercent, lowTold }, facts };
}
