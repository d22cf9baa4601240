// JSON that is the same bytes whoever writes it: names in order, no blanks, ASCII only, no number that another
// language would round or print in another way. Python writes the same with sort_keys and ensure_ascii.
import { ProtocolError } from '../basics/errors.ts';
import { asciiJson } from './ascii-json.ts';

// Records are flat; what nests deeper comes from somebody who wants to exhaust the stack.
const DEEPEST = 16;

/** @throws ProtocolError `out-of-range` for what has no such form: fractions, names outside ASCII; `too-deep` */
export function canonicalJson(value: unknown): string {
  return asciiJson(inOrder(value, 0));
}

function inOrder(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) throw new ProtocolError('too-deep', 'json');
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) return value;
  if (Array.isArray(value)) return value.map((item) => inOrder(item, depth + 1));
  if (typeof value !== 'object') throw new ProtocolError('out-of-range', 'json');
  const entries = Object.entries(value).map(([name, item]) => [checkedName(name), inOrder(item, depth + 1)]);
  entries.sort(([left], [right]) => (String(left) < String(right) ? -1 : 1));
  return Object.fromEntries(entries);
}

// Two kinds of name have an order of their own: those outside ASCII, which every language sorts differently, and
// whole numbers, which JavaScript moves to the front.
function checkedName(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name) && !/^(0|[1-9]\d*)$/.test(name)) return name;
  throw new ProtocolError('out-of-range', 'json');
}
