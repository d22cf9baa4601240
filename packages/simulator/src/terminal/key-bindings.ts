// What a keystroke in the terminal means: pure, so that every binding is one line of a table and the
// help line is made from the same table. Some bindings ask for a bin first; that is the only mode.

/** What the person at the box does. */
export type Action =
  | { readonly kind: 'type'; readonly keys: string }
  | { readonly kind: 'toggle-door'; readonly bin: number }
  | { readonly kind: 'move-key'; readonly bin: number }
  | { readonly kind: 'toggle-front' }
  | { readonly kind: 'tap-fob' }
  | { readonly kind: 'press-button'; readonly holdMs: number }
  | { readonly kind: 'toggle-mains' }
  | { readonly kind: 'toggle-network' }
  | { readonly kind: 'toggle-hotspot' }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'quit' };

/** Which bin is being asked for, and what shall be done with it; undefined while nothing is asked. */
export type Question = { readonly kind: 'toggle-door' | 'move-key'; readonly digits: string } | undefined;

/** What one keystroke leads to. */
export interface Pressed {
  readonly question: Question;
  readonly action?: Action;
}

const CLAIM_HOLD_MS = 5_000;
const JUMP_MS = 120_000;

/** Keystroke, what it does in words, and the action or the question that it starts. */
export const bindings: readonly {
  readonly key: string;
  readonly label: string;
  readonly does: Action | 'toggle-door' | 'move-key';
}[] = [
  { key: 'd', label: 'door of a bin: open / close', does: 'toggle-door' },
  { key: 't', label: 'key of a bin: take / hang up', does: 'move-key' },
  { key: 'w', label: 'front of the whole box: open / close', does: { kind: 'toggle-front' } },
  { key: 'f', label: 'hold the fob in hand to the front reader', does: { kind: 'tap-fob' } },
  {
    key: 'r',
    label: 'press the black button: light, wake, open',
    does: { kind: 'press-button', holdMs: 200 },
  },
  { key: 'R', label: 'hold the black button for 5 s', does: { kind: 'press-button', holdMs: CLAIM_HOLD_MS } },
  { key: 'm', label: 'mains on / off', does: { kind: 'toggle-mains' } },
  { key: 'n', label: 'network on / off', does: { kind: 'toggle-network' } },
  { key: 'h', label: "phone's hotspot on / off", does: { kind: 'toggle-hotspot' } },
  { key: '+', label: 'two minutes pass', does: { kind: 'advance', ms: JUMP_MS } },
  { key: 'q', label: 'leave (the box goes on)', does: { kind: 'quit' } },
];

// What a terminal sends for the keys that the keypad has: Enter, Backspace (two kinds) and Escape.
const KEYPAD: Readonly<Record<string, string>> = {
  '\r': '#',
  '\n': '#',
  '#': '#',
  '\u007f': '*',
  '\b': '*',
  '*': '*',
  l: 'L',
  L: 'L',
};
const CONTROL_C = '\u0003';
const ESCAPE = '\u001b';

/** Reads one keystroke. @param binCount bins of this box: one digit is enough below 10 */
export function press(question: Question, keystroke: string, binCount: number): Pressed {
  if (keystroke === CONTROL_C) return { question: undefined, action: { kind: 'quit' } };
  if (question !== undefined) return answer(question, keystroke, binCount);
  const digit = /^[0-9]$/.test(keystroke) ? keystroke : KEYPAD[keystroke];
  if (digit !== undefined) return { question, action: { kind: 'type', keys: digit } };
  const binding = bindings.find(({ key }) => key === keystroke);
  if (binding === undefined) return { question };
  if (typeof binding.does === 'string') return { question: { kind: binding.does, digits: '' } };
  return { question, action: binding.does };
}

function answer(question: NonNullable<Question>, keystroke: string, binCount: number): Pressed {
  if (keystroke === ESCAPE || keystroke === '\u007f') return { question: undefined };
  const complete = keystroke === '\r' || keystroke === '\n';
  if (!complete && !/^[0-9]$/.test(keystroke)) return { question };
  const digits = complete ? question.digits : question.digits + keystroke;
  const bin = Number(digits);
  // Another digit could still name a bin: wait for it or for Enter.
  if (!complete && bin > 0 && bin * 10 <= binCount) return { question: { ...question, digits } };
  if (bin < 1 || bin > binCount) return { question: undefined };
  return { question: undefined, action: { kind: question.kind, bin } };
}
