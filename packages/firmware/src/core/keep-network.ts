// What time and the connection bring to the two networks: which one is joined, what an outcome means for the dialog,
// when a box that goes over a phone tries home again. A second network that never worked is forgotten once home
// works: whoever typed it in does not need it any more.
import type { BoxState } from './box-state.ts';
import { boxLimits } from './limits.ts';
import type { NetworkTrouble } from './network-dialog.ts';
import { homeAgainDueMs, routeTaken, routeTo, routeWorked } from './network-route.ts';
import { connectAnew, dropUnproven, endNetworkSetup } from './network-setup.ts';
import type { SecondNetwork } from './outputs.ts';
import { WPA_PASSPHRASE } from './second-network.ts';
import { isLive, keepSecondNetwork, type Turn, tell, writeDown } from './turn.ts';

/** Everything that is due. Run before the connection is made. */
export function keepNetwork(turn: Turn): void {
  const { box, nowMs } = turn;
  expireSetup(turn);
  if (!isLive(box)) return;
  endWhereOnline(turn);
  if (!box.route.worked) networkWorked(turn);
  const homeDueMs = homeAgainDueMs(box.route, box.lastPersonMs);
  if (homeDueMs === undefined || nowMs < homeDueMs || (box.attempt ?? box.further) !== undefined) return;
  box.route = routeTo(box.route, 'home');
  connectAnew(turn);
}

/** @returns the network to join for the connection that is made now; undefined for home */
export function networkToJoin(turn: Turn): SecondNetwork | undefined {
  const { box } = turn;
  const { secondNetwork } = box;
  box.route = routeTaken(box.route, secondNetwork !== undefined);
  if (secondNetwork === undefined || box.route.on === 'home') return undefined;
  return { name: secondNetwork.name, passphrase: secondNetwork.passphrase };
}

/** A connection could not be made, or is lost. */
export function networkFailed(turn: Turn, trouble: NetworkTrouble = 'no-cloud'): void {
  const { box } = turn;
  if (box.networkSetup?.kind !== 'trying' || box.route.on !== 'second') return;
  box.networkSetup = { kind: 'failed', trouble };
}

/** @returns whether no connection may be begun now: the radio is searching */
export function isRadioBusy(box: BoxState): boolean {
  return box.networkSetup?.kind === 'searching';
}

/** @returns when the networks or the dialog change by themselves next, if they do */
export function networkDueMs(box: BoxState, nowMs: number): number | undefined {
  const { networkSetup: setup } = box;
  if (setup === undefined) return isLive(box) ? homeAgainDueMs(box.route, box.lastPersonMs) : undefined;
  if (setup.kind === 'searching') return setup.untilMs;
  const shownUntilMs = setup.kind === 'typing' ? setup.lastKeyMs + boxLimits.digitShownMs : 0;
  return nowMs < shownUntilMs ? shownUntilMs : idleAtMs(box);
}

// The first moment of a session over this connection.
function networkWorked(turn: Turn): void {
  const { box, nowMs } = turn;
  const { secondNetwork } = box;
  box.route = routeWorked(box.route, nowMs);
  if (box.route.on === 'home') dropUnproven(turn);
  else if (secondNetwork?.proven === false) {
    const written = writeDown(turn, { kind: 'network-added', detail: WPA_PASSPHRASE });
    // A full log takes no entry, and the network works all the same.
    if (!written) keepSecondNetwork(turn, { ...secondNetwork, proven: true });
  }
}

// With a session there is nothing left to set up.
function endWhereOnline(turn: Turn): void {
  const { networkSetup: setup, route } = turn.box;
  if (setup === undefined || setup.kind === 'removing') return;
  endNetworkSetup(turn);
  tell(turn, { text: route.on === 'second' ? 'network-works' : 'network-back' });
}

function expireSetup(turn: Turn): void {
  const { box, nowMs } = turn;
  const { networkSetup: setup } = box;
  if (setup === undefined) return;
  // The display belongs to a bin that was just granted: no key may answer a question that nobody sees.
  if (isBinGranted(box)) endNetworkSetup(turn);
  else if (setup.kind === 'searching' && nowMs >= setup.untilMs)
    box.networkSetup = { kind: 'nothing', open: false };
  else if (setup.kind !== 'trying' && nowMs >= idleAtMs(box)) endNetworkSetup(turn);
}

function isBinGranted(box: BoxState): boolean {
  const kind = box.locks.bins[box.focusBin - 1]?.kind;
  return kind === 'released' || kind === 'open';
}

function idleAtMs(box: BoxState): number {
  return box.lastPersonMs + boxLimits.networkSetupIdleMs;
}
