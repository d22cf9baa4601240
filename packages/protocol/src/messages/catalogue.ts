// The one table of messages. Types, codec, log redaction and `docs/protocol.md` are derived from it;
// a message that is not here does not exist.
import { accessGranted } from './access-granted.ts';
import { accessRefused } from './access-refused.ts';
import { accessRequested } from './access-requested.ts';
import type { MessageDefinition, MessageOf } from './definition.ts';
import { emergencyChanged } from './emergency-changed.ts';
import { emergencyConfirmed } from './emergency-confirmed.ts';
import { furtherAsked } from './further-asked.ts';
import { heartbeat } from './heartbeat.ts';
import { heartbeatAnswered } from './heartbeat-answered.ts';
import { logAcknowledged } from './log-acknowledged.ts';
import { logReported } from './log-reported.ts';
import { openingAsked } from './opening-asked.ts';
import { sessionConfirmed } from './session-confirmed.ts';
import { settingsChanged } from './settings-changed.ts';

const up = [sessionConfirmed, accessRequested, logReported, heartbeat, emergencyConfirmed] as const;
const down = [
  accessGranted,
  accessRefused,
  logAcknowledged,
  heartbeatAnswered,
  settingsChanged,
  emergencyChanged,
  furtherAsked,
  openingAsked,
] as const;

/** What boxes say. */
export type UpMessage = MessageOf<(typeof up)[number]>;
/** What the cloud says. */
export type DownMessage = MessageOf<(typeof down)[number]>;
/** Any message: a name and a body whose shape the name decides. */
export type Message = UpMessage | DownMessage;
/** The body of the message with this name. */
export type BodyNamed<Name extends Message['name']> = Extract<Message, { name: Name }>['body'];

/** Every message, in the order of the wire numbers. */
export const catalogue: readonly MessageDefinition[] = [...up, ...down];

const byNumber = new Map(catalogue.map((row) => [row.number, row]));
const byName = new Map(catalogue.map((row) => [row.name, row]));

/** @returns the row with this wire number, if there is one */
export function messageNumbered(number: number): MessageDefinition | undefined {
  return byNumber.get(number);
}

/** @returns the row of a message that the type system already knows to exist */
export function messageNamed(name: Message['name']): MessageDefinition {
  return byName.get(name) as MessageDefinition;
}
