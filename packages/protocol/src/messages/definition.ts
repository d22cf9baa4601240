// What a message is: its name, number, direction and fields. Each message has a file of its own
// beside this one; catalogue.ts lists them all.
import type { BodyOf, Fields } from '../wire/field.ts';

/** From the box to the cloud, or the other way. */
export type Direction = 'up' | 'down';

/** One row of the catalogue. */
export interface MessageDefinition<Name extends string = string, F extends Fields = Fields> {
  readonly name: Name;
  /** On the wire for ever: 1 to 31 go up, 32 to 63 go down. */
  readonly number: number;
  readonly direction: Direction;
  /** Protocol version that brought it. */
  readonly since: number;
  /** What it tells, in one sentence, for `docs/protocol.md`. */
  readonly doc: string;
  /** Bytes to which the body is padded, where its length would tell something. */
  readonly paddedBytes?: number;
  readonly fields: F;
}

/** Writes down a message; a function only so that the field types are kept. */
export function defineMessage<const Name extends string, const F extends Fields>(
  definition: MessageDefinition<Name, F>,
): MessageDefinition<Name, F> {
  return definition;
}

/** A message with this definition, as a value. */
export type MessageOf<D> =
  D extends MessageDefinition<infer Name, infer F>
    ? { readonly name: Name; readonly body: BodyOf<F> }
    : never;
