// What a value from outside must look like before it is used: a closed set of fields, each with its kind and bound.
// A field more or less is another format, and another format has another name.

/** Says whether a value is what it should be. */
export type Check<T> = (value: unknown) => value is T;

/** A text of at most `length` UTF-16 units. */
export function text(length: number): Check<string> {
  return (value): value is string => typeof value === 'string' && value.length <= length;
}

/** A text that a pattern allows. */
export function textLike(pattern: RegExp): Check<string> {
  return (value): value is string => typeof value === 'string' && pattern.test(value);
}

/** Lower-case hexadecimal of exactly `bytes` bytes. */
export function hex(bytes: number): Check<string> {
  return textLike(new RegExp(`^(?:[0-9a-f]{2}){${bytes}}$`));
}

/** A whole number, bounds included. */
export function whole(least: number, most: number): Check<number> {
  return (value): value is number =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** Milliseconds since 1970, up to the year 9999: RFC 3339 ends there. */
export const instantMs = whole(0, 253_402_300_799_999);

/** true or false. */
export const truth: Check<boolean> = (value): value is boolean => typeof value === 'boolean';

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Check<Word> {
  return (value): value is Word => words.includes(value as Word);
}

/** Null or what `check` takes. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

/** At most `length` of the same. */
export function list<T>(check: Check<T>, length: number): Check<readonly T[]> {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= length && value.every((item) => check(item));
}

/** Exactly these fields. */
export function fields<T extends object>(checks: { readonly [Name in keyof T]: Check<T[Name]> }): Check<T> {
  const known = Object.entries<Check<unknown>>(checks);
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === known.length &&
    known.every(
      ([name, check]) =>
        Object.hasOwn(value, name) && check((value as Readonly<Record<string, unknown>>)[name]),
    );
}
