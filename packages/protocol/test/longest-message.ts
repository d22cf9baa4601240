// How long and how deep a message of the catalogue can get, computed from its schema and not by the
// encoder that the limits are about.
import type { Kind, MessageDefinition } from '../src/index.ts';

/** @returns bytes of the longest message with this definition, padding included */
export function longestBytes(row: MessageDefinition): number {
  const kinds = Object.values(row.fields).map(({ kind }) => kind);
  const bytes = headBytes(kinds.length + 1) + headBytes(row.number) + sum(kinds.map(longestValue));
  return Math.max(bytes, row.paddedBytes ?? 0);
}

/** @returns how many arrays stand around the innermost value, and the value itself */
export function nestingOf(row: MessageDefinition): number {
  return 1 + Math.max(...Object.values(row.fields).map(({ kind }) => depth(kind)));
}

function depth(kind: Kind): number {
  return kind.kind === 'list' ? 1 + depth(kind.of) : 1;
}

function longestValue(kind: Kind): number {
  switch (kind.kind) {
    case 'uint':
      return headBytes(kind.max);
    case 'boolean':
      return 1;
    case 'bytes':
    case 'text':
      return headBytes(kind.max) + kind.max;
    case 'choice':
      return headBytes(kind.choices.length - 1);
    case 'list':
      return headBytes(kind.max) + kind.max * longestValue(kind.of);
  }
}

/** RFC 8949, 3: the argument's bytes and one before them. */
function headBytes(argument: number): number {
  const sizes = [24, 2 ** 8, 2 ** 16, 2 ** 32] as const;
  return [1, 2, 3, 5, 9][sizes.filter((bound) => argument >= bound).length] as number;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
