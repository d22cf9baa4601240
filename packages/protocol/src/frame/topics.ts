// The two MQTT topics of a box, and the only place where a topic string is built. A box may publish
// on the first and read the second; nothing else exists.
import { type BoxId, parseBoxId } from '../basics/ids.ts';

/** Frames from the box. */
export function upTopic(boxId: BoxId): string {
  return `sb/1/${boxId}/up`;
}

/** Frames to the box. */
export function downTopic(boxId: BoxId): string {
  return `sb/1/${boxId}/dn`;
}

/** @returns the box whose `up` topic this is, or undefined for every other string */
export function boxOfUpTopic(topic: string): BoxId | undefined {
  const parts = topic.split('/');
  const boxId = parts[2] === undefined ? undefined : parseBoxId(parts[2]);
  return boxId !== undefined && topic === upTopic(boxId) ? boxId : undefined;
}
