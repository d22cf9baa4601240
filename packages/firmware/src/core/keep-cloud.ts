// What time brings on the way to the cloud: claim offers, connections, handshakes, recoveries, heartbeats, batches
// of the log. All of it starts here and only here; what comes back is heard in hear-frame.ts.
// Order that matters: save-record boot before a HELLO whose counter is of a new block.
import { mqttPassword } from '@smartbox/protocol';
import { claimHello, isClaimAsked, offerClaim, tickClaim } from './claim.ts';
import { connecting, isConnectDue, isConnectOverdue, linkLost, wantLink } from './cloud-link.ts';
import type { JoinTrouble } from './inputs.ts';
import { isRadioBusy, keepNetwork, networkFailed, networkToJoin } from './keep-network.ts';
import { boxLimits } from './limits.ts';
import { type DeliveryMoved, pumpDelivery } from './log-delivery.ts';
import { acknowledgeLog } from './outbox.ts';
import { loseSession } from './pass-time.ts';
import { encodeBoot } from './records.ts';
import { recoveryHello, startRecovery } from './recovery.ts';
import {
  firmwareNumber,
  greet,
  heartbeatSent,
  isHeartbeatDue,
  isHelloDue,
  isKeyStepWanted,
  needsBlock,
  sessionOnLink,
  tickSession,
  withBlock,
} from './session.ts';
import { tellAnew } from './tell-anew.ts';
import { draw, isLive, note, save, sendMessage, type Turn } from './turn.ts';
import { connectFailed } from './visit.ts';

/** Everything on the way to the cloud. */
export function passTimeToCloud(turn: Turn): void {
  keepClaim(turn);
  keepNetwork(turn);
  keepLink(turn);
  if (turn.box.link.kind !== 'up') return;
  keepSession(turn);
  keepRecovery(turn);
  keepHeartbeat(turn);
  keepDelivery(turn);
}

/** The connection came up or went down. @param trouble where its network could not even be joined */
export function linkChanged(turn: Turn, up: boolean, trouble?: JoinTrouble): void {
  const { box, nowMs } = turn;
  if (up && box.link.kind === 'unwanted') {
    turn.outputs.push({ kind: 'disconnect' });
    return;
  }
  if (!up) countFailure(turn);
  box.link = up ? { kind: 'up' } : linkLost(box.link, nowMs, draw(turn, 1)[0] ?? 0);
  loseSession(turn);
  if (!up) networkFailed(turn, trouble);
  if (box.session !== undefined) box.session = sessionOnLink(box.session, nowMs);
  const { offer } = box.claim;
  if (offer !== undefined) box.claim = { ...box.claim, offer: { ...offer, helloDueMs: nowMs } };
}

/** Carries out what an event meant for the delivery of the log. */
export function deliveryMoved(turn: Turn, moved: DeliveryMoved): void {
  const { box } = turn;
  box.delivery = moved.delivery;
  if (moved.note !== undefined) note(turn, 'warn', moved.note);
  if (moved.report !== undefined) sendMessage(turn, { name: 'log-reported', body: moved.report });
  if (moved.proved === undefined || box.outbox === undefined) return;
  const acknowledged = acknowledgeLog(box.outbox, moved.proved);
  box.outbox = acknowledged.outbox;
  if (acknowledged.save === undefined) return;
  save(turn, 'log-acknowledged', acknowledged.save);
  turn.outputs.push({ kind: 'release-log', through: acknowledged.outbox.savedEnd });
  if (box.untold) tellAnew(turn);
}

function keepClaim(turn: Turn): void {
  const { box, nowMs } = turn;
  const { factory } = box;
  if (factory === undefined || box.session !== undefined) return;
  if (isClaimAsked(box.claim, nowMs)) {
    const { boxId, factoryKey } = factory;
    const identity = { boxId, factoryKey, firmware: firmwareNumber(box.firmware) };
    const fresh = { nonce: draw(turn, 16), secret: draw(turn, 32), nowMs };
    box.claim = offerClaim(turn.crypto, identity, fresh);
    if (box.link.kind === 'unwanted') box.link = wantLink(nowMs);
  }
  const before = box.claim.offer;
  box.claim = tickClaim(box.claim, nowMs);
  if (before !== undefined && box.claim.offer === undefined) {
    box.link = { kind: 'unwanted' };
    turn.outputs.push({ kind: 'disconnect' });
  }
  if (box.link.kind !== 'up') return;
  const hello = claimHello(box.claim, nowMs);
  box.claim = hello.claim;
  if (hello.frame !== undefined) turn.outputs.push({ kind: 'send-frame', frame: hello.frame });
}

function keepLink(turn: Turn): void {
  const { box, nowMs } = turn;
  if (isConnectOverdue(box.link, nowMs)) dropLink(turn);
  if (!isConnectDue(box.link, nowMs) || box.factory === undefined || isRadioBusy(box)) return;
  const { boxId, factoryKey } = box.factory;
  const claimed = box.session !== undefined && box.login !== undefined;
  const password = claimed ? box.login : mqttPassword(turn.crypto, factoryKey);
  box.link = connecting(box.link, nowMs);
  const network = networkToJoin(turn);
  const over = network === undefined ? {} : { network };
  turn.outputs.push({ kind: 'connect', username: boxId, password: password ?? '', ...over });
}

function keepSession(turn: Turn): void {
  const { box, nowMs } = turn;
  if (box.session === undefined || box.factory === undefined) return;
  const ticked = tickSession(box.session, nowMs);
  const died = isLive(box) && ticked.phase.kind !== 'live';
  box.session = ticked;
  if (died || isKeyStepDue(turn)) loseSession(turn);
  if (box.session.unansweredHere >= boxLimits.hellosPerConnection) {
    box.session = sessionOnLink(box.session, nowMs);
    dropLink(turn);
    return;
  }
  if (!isHelloDue(box.session, nowMs)) return;
  if (needsBlock(box.session)) {
    box.block = Math.min(box.block + 1, boxLimits.helloBlocks);
    save(turn, 'boot', encodeBoot({ block: box.block, randomKey: box.nextRandomKey }));
    box.session = withBlock(box.session, box.block);
  }
  const stepDue = box.supply.mains && isKeyStepWanted(box.session, nowMs);
  const greeted = greet(turn.crypto, box.session, {
    boxId: box.factory.boxId,
    firmware: firmwareNumber(box.firmware),
    nonce: draw(turn, 16),
    stepSecret: stepDue ? draw(turn, 32) : undefined,
    nowMs,
  });
  box.session = greeted.state;
  turn.outputs.push({ kind: 'send-frame', frame: greeted.frame });
}

// The step needs a new handshake; it waits until nobody would notice.
function isKeyStepDue(turn: Turn): boolean {
  const { box, nowMs } = turn;
  if (box.session === undefined || !isLive(box) || !box.supply.mains) return false;
  const quiet = (box.attempt ?? box.further) === undefined && nowMs >= box.lastPersonMs + boxLimits.quietMs;
  return quiet && nowMs >= box.session.keyStepDueMs;
}

function keepRecovery(turn: Turn): void {
  const { box, nowMs } = turn;
  const { session, factory, recoveryKey } = box;
  if (session === undefined || factory === undefined || recoveryKey === undefined || isLive(box)) return;
  if (box.recovery === undefined) {
    if (session.unanswered < boxLimits.hellosBeforeRecovery) return;
    const identity = { boxId: factory.boxId, recoveryKey, firmware: firmwareNumber(box.firmware) };
    const fresh = { nonce: draw(turn, 16), secret: draw(turn, 32), nowMs };
    box.recovery = startRecovery(turn.crypto, identity, fresh);
    note(turn, 'warn', 'recovery-offered');
  }
  const hello = recoveryHello(box.recovery, nowMs);
  box.recovery = hello.recovery;
  if (hello.frame !== undefined) turn.outputs.push({ kind: 'send-frame', frame: hello.frame });
}

function keepHeartbeat(turn: Turn): void {
  const { box, nowMs } = turn;
  if (box.session === undefined || !isHeartbeatDue(box.session, nowMs)) return;
  box.session = heartbeatSent(box.session, nowMs);
  const { mains, batteryPercent } = box.supply;
  sendMessage(turn, {
    name: 'heartbeat',
    body: {
      uptimeMs: Math.floor(nowMs),
      mains,
      batteryPercent,
      logEnd: box.outbox?.head.end ?? 0,
      firmware: box.firmware,
      settingsVersion: box.settings.version,
    },
  });
}

function keepDelivery(turn: Turn): void {
  const { box } = turn;
  if (box.delivery === undefined || box.outbox === undefined || !isLive(box)) return;
  const pumped = pumpDelivery(box.delivery, box.outbox, turn.nowMs);
  box.delivery = pumped.delivery;
  if (pumped.read !== undefined) turn.outputs.push({ kind: 'read-log', ...pumped.read });
}

function dropLink(turn: Turn): void {
  const { box, nowMs } = turn;
  turn.outputs.push({ kind: 'disconnect' });
  countFailure(turn);
  box.link = linkLost(box.link, nowMs, draw(turn, 1)[0] ?? 0);
  loseSession(turn);
  networkFailed(turn);
}

// With a phone's hotspot to fall back on, the failure of the network at home says nothing yet.
function countFailure({ box }: Turn): void {
  const lastHope = box.secondNetwork === undefined || box.route.on === 'second';
  if (lastHope) box.visit = connectFailed(box.visit);
}
