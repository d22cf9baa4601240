// Keeps the box awake as long as it should be, and puts it to sleep. Orders that matter when it falls asleep: the time
// floor and the log entry are saved first, so that a cut in the middle loses nothing; then the connection is dropped
// and the screen goes dark; `sleep` comes last, for nothing after it happens. A cut before it is a power cut like any
// other: the box boots and falls asleep again.
import type { LogEntry } from '@smartbox/protocol';
import type { BoxState } from './box-state.ts';
import { wantLink } from './cloud-link.ts';
import type { Booted, Supply } from './inputs.ts';
import { boxLimits } from './limits.ts';
import { changePower, powerAtBoot, powerSettings, sleepDueMs } from './power.ts';
import { measureSupply, supplyToldBefore } from './supply.ts';
import { saveFloor } from './trusted-clock.ts';
import { save, type Turn, writeAllDown, writeDown } from './turn.ts';

/** The last part of a boot. @param last the newest log entry before it */
export function startPower(turn: Turn, booted: Booted, last: LogEntry | undefined): void {
  const { box, nowMs } = turn;
  const { wokeBy, supply } = booted;
  const measured = measureSupply(supplyToldBefore(wokeBy, last), supply);
  box.supply = measured.supply;
  writeAllDown(turn, measured.facts);
  // Somebody stands there: the minute begins now.
  if (wokeBy === 'button') box.lastPersonMs = nowMs;
  box.power = powerAtBoot(box.supply, wokeBy, nowMs);
  if (box.power.kind !== 'ending') return;
  const told = last?.kind === 'fell-asleep' && last.detail <= boxLimits.batteryCutoffPercent;
  if (!told) tellEmpty(turn);
  // Connecting costs more than all the rest of such a start.
  box.link = { kind: 'unwanted' };
}

/** Mains or battery were measured. */
export function supplyMeasured(turn: Turn, input: Supply): void {
  const { box, nowMs } = turn;
  const before = box.power.kind;
  const measured = measureSupply(box.supply, withoutSag(box, input, nowMs));
  box.supply = measured.supply;
  writeAllDown(turn, measured.facts);
  box.power = changePower(box.power, box.supply, nowMs);
  if (box.power.kind === 'ending' && before !== 'ending') tellEmpty(turn);
  if (box.power.kind === 'ending' || before !== 'ending') return;
  if (box.session !== undefined && box.link.kind === 'unwanted') box.link = wantLink(nowMs);
}

/** @returns whether the box falls asleep in this step */
export function isSleepDue({ box, nowMs }: Turn): boolean {
  const due = sleepDueMs(box.power, powerSettings(box.emergency.rules), box.lastPersonMs);
  return due !== undefined && nowMs >= due && !holdsSleepBack(box, nowMs);
}

/** @returns when the box falls asleep if nothing happens before */
export function powerDueMs(box: BoxState): number | undefined {
  const due = sleepDueMs(box.power, powerSettings(box.emergency.rules), box.lastPersonMs);
  return due === undefined ? undefined : Math.max(due, box.locks.latchFreeMs);
}

/** Everything that a sleep consists of. The box boots after it. */
export function fallAsleep(turn: Turn): void {
  const { box, nowMs } = turn;
  if (box.clock.floorMs > 0) {
    const saved = saveFloor(box.clock, nowMs);
    box.clock = saved.clock;
    save(turn, 'time-floor', saved.bytes);
  }
  writeDown(turn, { kind: 'fell-asleep', detail: box.supply.batteryPercent });
  turn.outputs.push({ kind: 'disconnect' }, { kind: 'show', lines: [], lit: false }, { kind: 'sleep' });
}

// A question to the cloud and the pulses that follow it are over before the shortest time that people get. What takes
// longer is ended first, and each of these ends by itself: doors that open one after another in the time that each may
// stand open, a dialog for a network in 3 minutes, a claim code or the number for a phone call in the 10 minutes that
// the screen promises, a question of the cloud or an opening that waits for the button within 10 minutes.
function holdsSleepBack(box: BoxState, nowMs: number): boolean {
  if (box.power.kind === 'ending') return nowMs < box.locks.latchFreeMs;
  const { claim, networkSetup, dialog, openAll, further, ordered } = box;
  const asked = claim.offer ?? networkSetup ?? openAll ?? further ?? ordered;
  return asked !== undefined || dialog?.kind === 'phone-answer';
}

// A cell under a pulling coil reads low, and is not: the charge from before counts until the coil has rested.
function withoutSag(box: BoxState, input: Supply, nowMs: number): Supply {
  if (input.mains || nowMs >= box.locks.latchFreeMs) return input;
  return { ...input, batteryPercent: Math.max(input.batteryPercent, box.supply.batteryPercent) };
}

function tellEmpty(turn: Turn): void {
  writeDown(turn, { kind: 'battery-empty', detail: turn.box.supply.batteryPercent });
}
