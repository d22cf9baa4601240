// Puts the facts for the display together, and shows it only where it changed.
import { type BinLock, isDoorOpen, MAIN_LOCK, type Purpose } from './bin-lock.ts';
import type { BoxState } from './box-state.ts';
import type { TextKey } from './display-texts.ts';
import { openingsLeft, standbyDaysLeft } from './energy.ts';
import { furtherText, invitationText, mainLockText } from './further-screen.ts';
import { isIdleWarning, languageOf, maskedCode } from './keypad-entry.ts';
import { boxLimits } from './limits.ts';
import { lockedFor } from './lockout.ts';
import { networkText } from './network-setup-screen.ts';
import { choices, doingText, menuText, questionText } from './offline-screen.ts';
import type { ShownScreen } from './outputs.ts';
import { type ScreenFacts, screenOf } from './screen.ts';
import { isLive, type Turn } from './turn.ts';
import { isAlone } from './visit.ts';

/** Adds a `show` where the display differs from the last one. */
export function present(turn: Turn): void {
  const { box } = turn;
  const screen = screenOf(screenFacts(box, turn.nowMs));
  if (box.shown !== undefined && sameScreen(box.shown, screen)) return;
  box.shown = screen;
  turn.outputs.push({ kind: 'show', ...screen });
}

/** @returns how the way to the cloud looks to a person; a renewal of the session does not show */
export function cloudState(box: BoxState, nowMs: number): ScreenFacts['cloud'] {
  const { session } = box;
  if (session === undefined) return 'offline';
  if (session.phase.kind === 'live') return 'live';
  const lostMs = nowMs - session.lostSinceMs;
  if (session.everLive && lostMs < boxLimits.renewalHiddenMs) return 'live';
  return lostMs < boxLimits.connectingShownMs ? 'connecting' : 'offline';
}

/** @returns when the words for the cloud change by themselves, if they do */
export function cloudStateDueMs(box: BoxState, nowMs: number): number | undefined {
  const { session } = box;
  if (session === undefined || session.phase.kind === 'live') return undefined;
  const hiddenUntil = session.lostSinceMs + boxLimits.renewalHiddenMs;
  return session.everLive && nowMs < hiddenUntil
    ? hiddenUntil
    : session.lostSinceMs + boxLimits.connectingShownMs;
}

function screenFacts(box: BoxState, nowMs: number): ScreenFacts {
  const { keypad, settings, claim } = box;
  const anyOpen =
    isDoorOpen(box.locks, MAIN_LOCK) || box.locks.bins.some((_, index) => isDoorOpen(box.locks, index + 1));
  const language = languageOf(keypad, settings.language);
  const typed = maskedCode(keypad, nowMs);
  const viewer = { language, nowMs, typed };
  const alone = isShownAlone(box, nowMs);
  return {
    language,
    helpPhone: settings.helpPhone,
    lit: isLit(box, anyOpen, nowMs),
    life: box.factory === undefined ? 'unprovisioned' : box.session === undefined ? 'unclaimed' : 'claimed',
    claimCode: claim.offer?.code,
    linkUp: box.link.kind === 'up',
    notice: box.notice,
    asking: box.attempt !== undefined,
    doing: doingText(box, viewer),
    question: questionText(box, viewer) ?? furtherText(box, viewer),
    invitation: invitationText(box, viewer),
    mainLock: mainLockText(box),
    menu: alone ? menuText(box, viewer) : undefined,
    choices: alone ? choices(box, language, nowMs) : '',
    typed,
    idleWarning: isIdleWarning(keypad, nowMs, settings.idleMs),
    bin: binToShow(box),
    locked: lockedFor(box.lockout, nowMs),
    cloud: cloudState(box, nowMs),
    overPhone: box.route.on === 'second',
    network:
      box.networkSetup === undefined
        ? undefined
        : networkText(box.networkSetup, box.secondNetwork?.name, nowMs),
    battery: batteryToShow(box),
  };
}

function batteryToShow({ power, supply }: BoxState): ScreenFacts['battery'] {
  if (power.kind === 'mains') return undefined;
  if (power.kind === 'ending') return 'empty';
  return { days: standbyDaysLeft(supply.batteryPercent), openings: openingsLeft(supply) };
}

function isLit(box: BoxState, anyOpen: boolean, nowMs: number): boolean {
  const { claim, networkSetup, dialog, openAll, power, further, ordered } = box;
  const asking = (claim.offer ?? networkSetup ?? dialog ?? further ?? ordered) !== undefined;
  return anyOpen || asking || openAll !== undefined || nowMs < box.litUntilMs || power.kind === 'ending';
}

/** @returns whether the display counts the box as alone: it has shown that it is, or found out for a person */
export function isShownAlone(box: BoxState, nowMs: number): boolean {
  if (box.session === undefined || isLive(box)) return false;
  return isAlone(box.visit, nowMs) || cloudState(box, nowMs) === 'offline';
}

const purposeTexts = {
  withdraw: 'take-key',
  return: 'put-key',
  service: 'open-for-service',
} as const satisfies Record<Purpose, TextKey>;

function binToShow(box: BoxState): ScreenFacts['bin'] {
  const focus = box.locks.bins[box.focusBin - 1];
  if (focus !== undefined && (focus.kind === 'released' || focus.kind === 'open')) {
    return { number: box.focusBin, text: purposeTexts[focus.purpose] };
  }
  const open = box.locks.bins.findIndex(
    (lock: BinLock) => lock.kind === 'left-open' || lock.kind === 'forced',
  );
  const found = open >= 0 ? open : box.locks.bins.findIndex((lock) => lock.kind === 'open');
  return found < 0 ? undefined : { number: found + 1, text: 'close-door' };
}

function sameScreen(left: ShownScreen, right: ShownScreen): boolean {
  if (left.lit !== right.lit || left.lines.length !== right.lines.length) return false;
  return left.lines.every((line, index) => line === right.lines[index]);
}
