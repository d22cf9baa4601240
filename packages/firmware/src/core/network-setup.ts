// The dialog in which a person lends the box the hotspot of a phone: search, choose, type the password, wait for the
// outcome; and the question before the hotspot is forgotten. The keypad has digits only, so the password must be 8 to
// 20 digits: the display asks the person to set such a one on the phone. Keys come here before they count as a code,
// so that digits of a password never become a code. What time and the connection bring is in keep-network.ts.
import { linkLost, wantLink } from './cloud-link.ts';
import type { FoundNetwork, Key } from './inputs.ts';
import { boxLimits } from './limits.ts';
import type { NetworkSetup, NetworkTrouble } from './network-dialog.ts';
import { networkPages, offeredNetworks } from './network-list.ts';
import { routeTo } from './network-route.ts';
import { loseSession } from './pass-time.ts';
import { WPA_PASSPHRASE } from './second-network.ts';
import { draw, isLive, keepSecondNetwork, sound, type Turn, tell, writeDown } from './turn.ts';

/** Begins the dialog: looks which networks there are. */
export function startNetworkSetup(turn: Turn): void {
  const { box, nowMs } = turn;
  // A radio that is about to join cannot search.
  if (box.link.kind === 'connecting') {
    turn.outputs.push({ kind: 'disconnect' });
    box.link = linkLost(box.link, nowMs, draw(turn, 1)[0] ?? 0);
  }
  box.notice = undefined;
  box.networkSetup = { kind: 'searching', untilMs: nowMs + boxLimits.networkScanMs };
  turn.outputs.push({ kind: 'scan-networks' });
}

/** Asks whether the second network shall be forgotten. @returns false where there is none */
export function startNetworkRemoval(turn: Turn): boolean {
  const { box } = turn;
  if (box.secondNetwork === undefined) return false;
  box.notice = undefined;
  box.networkSetup = { kind: 'removing' };
  return true;
}

/** Ends the dialog; what was typed is gone. */
export function endNetworkSetup(turn: Turn): void {
  const { box, nowMs } = turn;
  box.networkSetup = undefined;
  // The language that was chosen holds a while longer: the person is still there.
  box.keypad = { ...box.keypad, lastKeyMs: nowMs };
}

/** Gives up a network that never worked: it is worth neither a place in flash nor a try. */
export function dropUnproven(turn: Turn): void {
  const { box } = turn;
  if (box.secondNetwork === undefined || box.secondNetwork.proven) return;
  keepSecondNetwork(turn, undefined);
  if (box.route.on === 'second') connectAnew(turn);
}

/** Connects over the next network of the route: the order follows in this very turn, and drops what there is. */
export function connectAnew(turn: Turn): void {
  loseSession(turn);
  turn.box.link = wantLink(turn.nowMs);
}

/** The answer to the search. */
export function hearNetworks(turn: Turn, found: readonly FoundNetwork[]): void {
  const { box } = turn;
  if (box.networkSetup?.kind !== 'searching') return;
  const offered = offeredNetworks(found);
  box.networkSetup = offered.some(({ secured }) => secured)
    ? { kind: 'choosing', offered, page: 0, typed: '' }
    : { kind: 'nothing', open: offered.length > 0 };
}

/**
 * A key, before it counts as a code: the dialog takes it, or `4#` begins the removal while the cloud is there; a box
 * that is alone has a menu for that. A code has at least four digits, so one digit is free to mean something.
 * @returns whether the key is dealt with
 */
export function networkKeyPressed(turn: Turn, key: Key): boolean {
  const { box, nowMs } = turn;
  if (key === 'language') return false;
  if (box.networkSetup !== undefined) {
    sound(turn, takeKey(turn, key) ? 'key' : 'refused');
    return true;
  }
  if (key !== 'enter' || !isLive(box) || box.attempt !== undefined) return false;
  // One digit is an answer there.
  if (box.dialog !== undefined || box.further !== undefined) return false;
  if (box.keypad.digits !== '4' || !startNetworkRemoval(turn)) return false;
  box.keypad = { ...box.keypad, digits: '', lastKeyMs: nowMs };
  sound(turn, 'key');
  return true;
}

// @returns whether the key meant something
function takeKey(turn: Turn, key: Exclude<Key, 'language'>): boolean {
  const setup = turn.box.networkSetup as NetworkSetup;
  switch (setup.kind) {
    case 'choosing':
      return choose(turn, setup, key);
    case 'typing':
      return typePassphrase(turn, setup, key);
    case 'failed':
      return afterFailure(turn, setup.trouble, key);
    case 'trying':
      return key === 'clear' && giveUp(turn);
    default:
      if (key === 'clear') endNetworkSetup(turn);
      else if (key !== 'enter' || setup.kind === 'searching') return false;
      else if (setup.kind === 'removing') removeNetwork(turn);
      else startNetworkSetup(turn);
      return true;
  }
}

function choose(turn: Turn, setup: NetworkSetup & { readonly kind: 'choosing' }, key: Key): boolean {
  const { box, nowMs } = turn;
  const { offered, page, typed } = setup;
  if (key === 'clear') {
    if (typed === '') endNetworkSetup(turn);
    else box.networkSetup = { ...setup, typed: '' };
    return true;
  }
  if (key !== 'enter') {
    box.networkSetup = { ...setup, typed: key };
    return true;
  }
  if (typed === '0') {
    box.networkSetup = { ...setup, page: (page + 1) % networkPages(offered), typed: '' };
    return true;
  }
  const chosen = offered[Number(typed) - 1];
  if (typed === '' || chosen === undefined || !chosen.secured) return false;
  box.networkSetup = { kind: 'typing', name: chosen.name, digits: '', lastKeyMs: nowMs, tooShort: false };
  return true;
}

function typePassphrase(turn: Turn, setup: NetworkSetup & { readonly kind: 'typing' }, key: Key): boolean {
  const { box, nowMs } = turn;
  const { digits, name } = setup;
  if (key === 'clear') {
    if (digits === '') startNetworkSetup(turn);
    else box.networkSetup = { ...setup, digits: '', tooShort: false };
    return true;
  }
  if (key !== 'enter') {
    if (digits.length >= boxLimits.passphraseDigitsMax) return false;
    box.networkSetup = { ...setup, digits: digits + key, lastKeyMs: nowMs, tooShort: false };
    return true;
  }
  if (digits.length < boxLimits.passphraseDigitsMin) {
    box.networkSetup = { ...setup, tooShort: true };
    return false;
  }
  // One that worked until now is replaced: the log tells that it is gone.
  if (box.secondNetwork?.proven === true) forgetProven(turn);
  keepSecondNetwork(turn, { name, passphrase: digits, proven: false });
  tryNow(turn);
  return true;
}

function afterFailure(turn: Turn, trouble: NetworkTrouble, key: Key): boolean {
  const { box, nowMs } = turn;
  if (key === 'clear') return giveUp(turn);
  if (key !== 'enter' || box.secondNetwork === undefined) return false;
  const { name } = box.secondNetwork;
  if (trouble === 'wrong-passphrase') {
    box.networkSetup = { kind: 'typing', name, digits: '', lastKeyMs: nowMs, tooShort: false };
  } else tryNow(turn);
  return true;
}

function tryNow(turn: Turn): void {
  const { box } = turn;
  box.networkSetup = { kind: 'trying' };
  box.route = routeTo(box.route, 'second');
  connectAnew(turn);
}

function giveUp(turn: Turn): boolean {
  endNetworkSetup(turn);
  dropUnproven(turn);
  return true;
}

function removeNetwork(turn: Turn): void {
  const { box } = turn;
  endNetworkSetup(turn);
  if (box.secondNetwork?.proven === true) forgetProven(turn);
  else keepSecondNetwork(turn, undefined);
  if (box.route.on === 'second') connectAnew(turn);
  tell(turn, { text: 'network-removed' });
}

// A full log must not keep a network that somebody wants gone.
function forgetProven(turn: Turn): void {
  writeDown(turn, { kind: 'network-removed', detail: WPA_PASSPHRASE });
  keepSecondNetwork(turn, undefined);
}
