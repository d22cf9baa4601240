// What `smartbox NOUN VERB` is: an operation of the API, and how arguments become its input. A table, not code: the
// test holds each row against the description of the API.
import type { Operations } from '@smartbox/api-client';
import type { Bilingual } from './online-texts.ts';

/**
 * How a flag is read. text; whole: a number; yes: true by being there; no: false by being there; texts: may be given
 * several times; clearable: a text, or `none` for nothing; bin: a number or `all`; target: a number
 * or `main`, for the lock of the whole box; wholes: numbers with commas; found: `3=A-07`, several times; open and
 * windows: `mon-fri 07:00-20:00`, several times, or `always` and `none`; holidays: `2027-01-01 New Year`, several times,
 * or `none`; whole-or-none: a number, or `none` for nothing.
 */
export type FlagKind =
  | 'text'
  | 'clearable'
  | 'target'
  | 'whole'
  | 'yes'
  | 'no'
  | 'texts'
  | 'bin'
  | 'wholes'
  | 'whole-or-none'
  | 'found'
  | 'open'
  | 'windows'
  | 'holidays';

/** One flag. */
export interface Flag {
  /** Without its dashes. */
  readonly name: string;
  readonly into: 'query' | 'body';
  /** The field of the API. */
  readonly field: string;
  readonly kind: FlagKind;
  readonly required?: true;
}

/** One verb. */
export interface Verb {
  readonly verb: string;
  readonly operation: Exclude<keyof Operations, 'streamEvents'>;
  /** Fields of the path, or of the query where the path has none such, in the order of the arguments. */
  readonly positionals: readonly string[];
  readonly flags: readonly Flag[];
  /** What a list shows, `where.status` for what lies deeper; an item shows all it has. */
  readonly columns: readonly string[];
  /** Reads the ETag that an edit must show. */
  readonly reads?: Exclude<keyof Operations, 'streamEvents'>;
  /** What is written is the whole: what no flag names stays as it was read. */
  readonly keepsRest?: true;
  readonly says: Bilingual;
}

/** Verbs by their noun. */
export type Nouns = Readonly<Record<string, readonly Verb[]>>;

/** A flag that is named as its field, but for `_id` at the end and dashes. */
export function flag(into: 'query' | 'body', field: string, kind: FlagKind = 'text'): Flag {
  return { name: field.replace(/_id$/, '').replaceAll('_', '-'), into, field, kind };
}

/** A flag that must be there. */
export function needed(into: 'query' | 'body', field: string, kind: FlagKind = 'text'): Flag {
  return { ...flag(into, field, kind), required: true };
}

/** The same flag under another name. */
export function named(name: string, one: Flag): Flag {
  return { ...one, name };
}
