// The kinds of field that a message may have, and the type that each stands for. A message is a
// list of fields in wire order; its TypeScript type is derived from that list, never written twice.
// A field's place in the list is its place in the CBOR array; `secret` fields never reach a log.

/** How one value looks on the wire, with its bounds. */
export type Kind =
  | { readonly kind: 'uint'; readonly max: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'bytes'; readonly min: number; readonly max: number }
  | { readonly kind: 'text'; readonly max: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'list'; readonly of: Kind; readonly min: number; readonly max: number };

/** One field of a message. */
export interface Field<K extends Kind = Kind> {
  readonly kind: K;
  /** What it means, with its unit, for `docs/protocol.md`. */
  readonly doc: string;
  /** Never written to a log. */
  readonly secret: boolean;
  /** Came after the first boxes: see `laterField`. */
  readonly later?: true;
}

/** A message's fields by name; their order is their order on the wire. */
export type Fields = Readonly<Record<string, Field>>;

/** The value that a kind stands for. */
export type ValueOf<K> = K extends { kind: 'uint' }
  ? number
  : K extends { kind: 'boolean' }
    ? boolean
    : K extends { kind: 'bytes' }
      ? Uint8Array
      : K extends { kind: 'text' }
        ? string
        : K extends { kind: 'choice'; choices: readonly (infer C)[] }
          ? C
          : K extends { kind: 'list'; of: infer O }
            ? readonly ValueOf<O>[]
            : never;

/** The body of a message with these fields. */
export type BodyOf<F extends Fields> = { readonly [Name in keyof F]: ValueOf<F[Name]['kind']> };

/** Unsigned integer, 0 to `max` (at most 2^48 - 1). */
export const uint = <const M extends number>(max: M) => ({ kind: 'uint', max }) as const;
/** 0 to 255. */
export const uint8 = uint(0xff);
/** 0 to 2^32 - 1. */
export const uint32 = uint(0xffff_ffff);
/** 0 to 2^48 - 1: milliseconds since 1970 fit for 8,900 years. */
export const uint48 = uint(0xffff_ffff_ffff);
/** True or false. */
export const boolean = { kind: 'boolean' } as const;
/** Exactly `length` bytes. */
export const fixedBytes = (length: number) => ({ kind: 'bytes', min: length, max: length }) as const;
/** Up to `max` bytes. */
export const bytesUpTo = (max: number) => ({ kind: 'bytes', min: 0, max }) as const;
/** UTF-8 text of at most `max` bytes, without control characters. */
export const text = (max: number) => ({ kind: 'text', max }) as const;
/** One of a closed list; its place in the list goes on the wire, so new ones are added at the end. */
export const choice = <const C extends readonly string[]>(choices: C) =>
  ({ kind: 'choice', choices }) as const;
/** `min` to `max` values of one kind. */
export const list = <const K extends Kind>(of: K, min: number, max: number) =>
  ({ kind: 'list', of, min, max }) as const;

/** A field that may be logged. */
export function field<const K extends Kind>(kind: K, doc: string): Field<K> {
  return { kind, doc, secret: false };
}

/** A field that must never reach a log: codes, tags, keys. */
export function secretField<const K extends Kind>(kind: K, doc: string): Field<K> {
  return { kind, doc, secret: true };
}

/**
 * A field that came after the first boxes, last in its message. Where all its bytes are zero it is left out, so that
 * the message of an older firmware is still the only spelling of what it says.
 */
export function laterField<const K extends Extract<Kind, { kind: 'bytes' }>>(kind: K, doc: string): Field<K> {
  return { kind, doc, secret: false, later: true };
}
