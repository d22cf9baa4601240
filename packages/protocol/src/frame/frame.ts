// The first byte of every frame: protocol version in the high 3 bits, frame type in the low 5.
// Everything behind it belongs to the layer that the type names.
import { type Refused, refused } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';

/** The version that this code speaks. */
export const PROTOCOL_VERSION = 1;

/** Frame types, by their number on the wire. */
export const FRAME_TYPES = [
  'record',
  'hello',
  'welcome',
  'claim-hello',
  'claim-welcome',
  'recover-hello',
  'recover-welcome',
] as const;
/** What a frame is. */
export type FrameType = (typeof FRAME_TYPES)[number];

/** @returns the first byte of a frame of this type */
export function frameByte(type: FrameType): number {
  return (PROTOCOL_VERSION << 5) | FRAME_TYPES.indexOf(type);
}

/** What the first byte says; `malformed` for an empty, oversized or untyped frame. */
export function frameType(frame: Uint8Array): FrameType | 'malformed' | 'unknown-version' {
  const first = frame[0];
  if (first === undefined || frame.length > limits.frameBytes) return 'malformed';
  if (first >> 5 !== PROTOCOL_VERSION) return 'unknown-version';
  return FRAME_TYPES[first & 31] ?? 'malformed';
}

/** @returns the refusal of a frame that is anything but a `type` frame of our version, else undefined */
export function refusedUnless(type: FrameType, frame: Uint8Array): Refused | undefined {
  const found = frameType(frame);
  if (found === type) return undefined;
  return refused(found === 'malformed' || found === 'unknown-version' ? found : 'unexpected-type');
}
