// What a box may do at the broker, by string equality and nothing cleverer: connect under its own
// name with a clean session, publish to its own `up` topic, subscribe to its own `dn` topic. Each
// rule says why it refuses, for the metric.

import { type BoxId, downTopic, parseBoxId, upTopic } from '@smartbox/protocol';
import type { ConnectionRefusal } from '../platform/metrics.ts';

/** The parts of a CONNECT that the rules look at. */
export interface ConnectFacts {
  readonly clientId?: string | undefined;
  readonly clean?: boolean | undefined;
  readonly will?: unknown;
  readonly bridgeMode?: boolean | undefined;
}

/** A refusal's reason, or undefined for "allowed". */
export type RuleAnswer = ConnectionRefusal | undefined;

/** Whether this CONNECT asks for nothing that we do not do. */
export function checkConnect(packet: ConnectFacts): RuleAnswer {
  const plain =
    packet.clean === true &&
    (packet.will === undefined || packet.will === null) &&
    packet.bridgeMode !== true;
  return plain && boxNamed(packet.clientId) !== undefined ? undefined : 'refused-option';
}

/** The box that this text names exactly, with no forgiveness for other spellings. */
export function boxNamed(text: string | null | undefined): BoxId | undefined {
  const boxId = typeof text === 'string' ? parseBoxId(text) : undefined;
  return boxId === text ? boxId : undefined;
}

/** Whether the box may publish this. `boxId` is undefined for the will of a dead peer. */
export function checkPublish(
  boxId: BoxId | undefined,
  packet: { readonly topic: string; readonly qos: number; readonly retain: boolean },
): RuleAnswer {
  if (boxId === undefined || packet.topic !== upTopic(boxId)) return 'foreign-topic';
  return packet.qos > 1 || packet.retain ? 'refused-publish' : undefined;
}

/** Whether the box may subscribe to this. */
export function checkSubscribe(
  boxId: BoxId | undefined,
  wanted: { readonly topic: string; readonly qos: number },
): RuleAnswer {
  return boxId !== undefined && wanted.topic === downTopic(boxId) && wanted.qos <= 1
    ? undefined
    : 'foreign-topic';
}
