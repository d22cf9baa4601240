// The heart: one input in, outputs out. `step` knows all machines through the composition around it and nothing of
// the world: no clock, no randomness, no timers. The same state, input and time always give the same result, so
// a run is its list of inputs and a failure replays from them.
// Loop contract for whoever calls it: one input, one step, carry out every output in order (a write to flash that
// fails ends it: do nothing after it and reset), then arm the wake-up. Never two steps without that.
import { type CryptoProvider, nobleCrypto } from '@smartbox/protocol';
import { locksDueMs } from './bin-lock.ts';
import { boot } from './boot.ts';
import { type BoxState, initialState } from './box-state.ts';
import { claimDueMs } from './claim.ts';
import { linkDueMs } from './cloud-link.ts';
import { hearFrame } from './hear-frame.ts';
import type { BoxInput } from './inputs.ts';
import { deliveryMoved, linkChanged, passTimeToCloud } from './keep-cloud.ts';
import { emergencyDueMs, passTimeToEmergency } from './keep-emergency.ts';
import { keepFurther } from './keep-further.ts';
import { mainLockMoved } from './keep-main-lock.ts';
import { networkDueMs } from './keep-network.ts';
import { keepOpenAll } from './keep-open-all.ts';
import { keepOrdered } from './keep-ordered.ts';
import { fallAsleep, isSleepDue, powerDueMs, supplyMeasured } from './keep-power.ts';
import { presenceDueMs } from './key-presence.ts';
import { keypadDueMs } from './keypad-entry.ts';
import { boxLimits } from './limits.ts';
import { lockedFor, lockoutDueMs } from './lockout.ts';
import { deliveryDueMs, takeLogRead } from './log-delivery.ts';
import { hearNetworks } from './network-setup.ts';
import { menuDueMs } from './offline-screen.ts';
import type { Step } from './outputs.ts';
import { passTimeAtBox } from './pass-time.ts';
import { cloudStateDueMs, isShownAlone, present } from './present.ts';
import { mixRandom } from './random.ts';
import { countdownStepMs } from './screen.ts';
import { visitEndsMs } from './serve-alone.ts';
import { buttonMoved, doorMoved, fobTapped, keepVisit, keyPressed, tagSensed } from './serve-person.ts';
import { sessionDueMs } from './session.ts';
import { floorDueMs } from './trusted-clock.ts';
import { isLive, openTurn, type Turn } from './turn.ts';
import { aloneDueMs } from './visit.ts';

export { type BoxState, initialState };

/** One step with the reference cryptography. @param nowMs monotonic milliseconds since boot */
export function step(state: BoxState, input: BoxInput, nowMs: number): Step<BoxState> {
  return stepWith(nobleCrypto, state, input, nowMs);
}

/** One step with a board's own cryptography. */
export function stepWith(
  crypto: CryptoProvider,
  state: BoxState,
  input: BoxInput,
  nowMs: number,
): Step<BoxState> {
  const fresh = input.kind === 'booted';
  if (!fresh && !state.booted) return { state, outputs: [], wakeAtMs: undefined };
  const turn = openTurn(crypto, fresh ? initialState() : state, nowMs);
  if (!fresh) passTime(turn);
  take(turn, input);
  passTime(turn);
  if (isSleepDue(turn)) {
    fallAsleep(turn);
    // RAM is lost: what goes on is the box that boots.
    return { state: initialState(), outputs: turn.outputs, wakeAtMs: undefined };
  }
  present(turn);
  return { state: turn.box, outputs: turn.outputs, wakeAtMs: wakeAtMs(turn) };
}

function take(turn: Turn, input: BoxInput): void {
  switch (input.kind) {
    case 'booted':
      boot(turn, input);
      return;
    case 'key-pressed':
      keyPressed(turn, input.key);
      return;
    case 'button-moved':
      buttonMoved(turn, input.down);
      return;
    case 'door-moved':
      doorMoved(turn, input.bin, input.open);
      return;
    case 'main-lock-moved':
      mainLockMoved(turn, input.open);
      return;
    case 'tag-sensed':
      tagSensed(turn, input.bin, input.tag);
      return;
    case 'fob-tapped':
      fobTapped(turn, input.tag);
      return;
    case 'supply-measured':
      supplyMeasured(turn, input);
      return;
    case 'link-changed':
      turn.box.random = mixRandom(turn.crypto, turn.box.random, input.entropy);
      linkChanged(turn, input.up, input.trouble);
      return;
    case 'frame-received':
      hearFrame(turn, input.frame);
      return;
    case 'log-read':
      logRead(turn, input);
      return;
    case 'networks-found':
      hearNetworks(turn, input.networks);
      return;
    case 'woke':
      return;
  }
}

function logRead(turn: Turn, input: Extract<BoxInput, { kind: 'log-read' }>): void {
  const { delivery, outbox } = turn.box;
  if (delivery === undefined || outbox === undefined || !isLive(turn.box)) return;
  const { first, entries } = input;
  deliveryMoved(turn, takeLogRead(turn.crypto, { delivery, outbox }, { first, entries, nowMs: turn.nowMs }));
}

function passTime(turn: Turn): void {
  passTimeAtBox(turn);
  passTimeToEmergency(turn);
  keepOpenAll(turn);
  keepVisit(turn);
  passTimeToCloud(turn);
  keepFurther(turn);
  keepOrdered(turn);
}

// The earliest moment at which anything changes by itself.
function wakeAtMs(turn: Turn): number | undefined {
  const { box, nowMs } = turn;
  const { settings, session } = box;
  const linkUp = box.link.kind === 'up';
  const lockout = isShownAlone(box, nowMs) ? box.offlineTries : box.lockout;
  const { waitMs } = lockedFor(lockout, nowMs);
  let wake: number | undefined;
  for (const due of [
    keypadDueMs(box.keypad, nowMs, settings.idleMs),
    box.notice?.untilMs,
    box.attempt?.deadlineMs,
    box.further?.untilMs,
    box.ordered?.untilMs,
    lockoutDueMs(box.lockout),
    waitMs > 0 ? nowMs + countdownStepMs(waitMs) : undefined,
    locksDueMs(box.locks, settings.leftOpenMs),
    presenceDueMs(box.presence),
    claimDueMs(box.claim, linkUp),
    linkDueMs(box.link),
    linkUp && session !== undefined ? sessionDueMs(session) : undefined,
    linkUp && !isLive(box) ? box.recovery?.dueMs : undefined,
    keyStepDueMs(box),
    box.delivery !== undefined && box.outbox !== undefined
      ? deliveryDueMs(box.delivery, box.outbox)
      : undefined,
    floorDueMs(box.clock),
    emergencyDueMs(box, nowMs),
    aloneDueMs(box.visit),
    visitEndsMs(box),
    box.litUntilMs,
    powerDueMs(box),
    cloudStateDueMs(box, nowMs),
    isShownAlone(box, nowMs) ? menuDueMs(box, nowMs) : undefined,
    networkDueMs(box, nowMs),
  ]) {
    // What is not in the future has been dealt with in this step, or waits for something other than time.
    if (due !== undefined && due > nowMs && (wake === undefined || due < wake)) wake = due;
  }
  return wake;
}

function keyStepDueMs(box: BoxState): number | undefined {
  if (!isLive(box) || box.session === undefined || !box.supply.mains) return undefined;
  return Math.max(box.session.keyStepDueMs, box.lastPersonMs + boxLimits.quietMs);
}
