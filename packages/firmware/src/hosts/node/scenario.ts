// The scenario file: YAML steps that move a simulated box and look at it. This file reads and checks them;
// run-scenario.ts carries them out. The format is documented in docs/run-simulated.md.
import { parse } from 'yaml';
import { parseControlInput } from './control-input.ts';
import { HostError } from './host-error.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

/** What the display must show; all given members must hold. */
export interface DisplayExpectation {
  /** 1 is the top line; absent: any line. */
  readonly line?: number;
  readonly contains?: string;
  readonly equals?: string;
  readonly lit?: boolean;
}

export interface BinExpectation {
  readonly bin: number;
  readonly latch?: 'locked' | 'released';
  readonly door?: 'open' | 'closed';
  readonly jammed?: boolean;
  readonly tag?: string | null;
}

export type MainLockExpectation = Pick<BinExpectation, 'latch' | 'door' | 'jammed'>;

export interface BoxExpectation {
  readonly running?: boolean;
  readonly claimed?: boolean;
  readonly broker?: 'connected' | 'disconnected';
  readonly joined?: 'home' | 'second' | 'none';
  readonly mains?: boolean;
  readonly asleep?: boolean;
}

export type Expectation =
  | { readonly of: 'display'; readonly display: DisplayExpectation }
  | { readonly of: 'bin'; readonly bin: BinExpectation }
  | { readonly of: 'main-lock'; readonly mainLock: MainLockExpectation }
  | { readonly of: 'box'; readonly box: BoxExpectation };

export type ScenarioStep =
  /** One input of the control port. */
  | { readonly kind: 'input'; readonly name: string; readonly input: Readonly<Record<string, unknown>> }
  /** Holds now, or the scenario has failed. */
  | { readonly kind: 'expect'; readonly name: string; readonly expectation: Expectation }
  /** Holds within `timeoutMs`, or the scenario has timed out. */
  | {
      readonly kind: 'wait';
      readonly name: string;
      readonly expectation: Expectation;
      readonly timeoutMs: number | undefined;
    }
  | { readonly kind: 'pause'; readonly name: string; readonly ms: number };

export interface Scenario {
  readonly name: string;
  readonly timeoutMs: number;
  readonly steps: readonly ScenarioStep[];
}

type Members = Readonly<Record<string, unknown>>;
type MemberKind = 'text' | 'whole' | 'flag' | 'text-or-null' | readonly string[];
type MemberKinds = Readonly<Record<string, MemberKind>>;

const DISPLAY: MemberKinds = { line: 'whole', contains: 'text', equals: 'text', lit: 'flag' };
const MAIN_LOCK: MemberKinds = { latch: ['locked', 'released'], door: ['open', 'closed'], jammed: 'flag' };
const BIN: MemberKinds = { bin: 'whole', ...MAIN_LOCK, tag: 'text-or-null' };
const BOX: MemberKinds = {
  running: 'flag',
  claimed: 'flag',
  broker: ['connected', 'disconnected'],
  joined: ['home', 'second', 'none'],
  mains: 'flag',
  asleep: 'flag',
};
const TIMED: MemberKinds = { timeoutMs: 'whole' };

/**
 * Reads a scenario.
 * @param variables what `${NAME}` in a text stands for
 */
export function parseScenario(yaml: string, variables: Readonly<Record<string, string>> = {}): Scenario {
  const root = filledIn(readYaml(yaml), variables);
  const members = checked(root, 'the file', { scenario: 'text', timeoutMs: 'whole', steps: 'text' }, [
    'steps',
  ]);
  if (!Array.isArray(members.steps) || members.steps.length === 0)
    fail('steps', 'needs a list of at least one step');
  return {
    name: typeof members.scenario === 'string' ? members.scenario : 'unnamed scenario',
    timeoutMs: (members.timeoutMs as number | undefined) ?? DEFAULT_TIMEOUT_MS,
    steps: (members.steps as unknown[]).map((step, index) => parseStep(step, `step ${index + 1}`)),
  };
}

/** Aliases are off: a few lines of them could unfold to gigabytes. */
function readYaml(yaml: string): unknown {
  try {
    return parse(yaml, { strict: true, uniqueKeys: true, maxAliasCount: 0 });
  } catch (cause) {
    throw new HostError('bad-scenario', cause instanceof Error ? cause.message : 'is no YAML', { cause });
  }
}

function parseStep(step: unknown, place: string): ScenarioStep {
  if (!isMembers(step) || Object.keys(step).length !== 1)
    fail(place, 'is one word with its value, such as "keys: 1234#"');
  const [[word, value]] = Object.entries(step) as [[string, unknown]];
  const name = `${place} (${word})`;
  if (word === 'pause') {
    if (typeof value !== 'number' || value < 0) fail(name, 'needs milliseconds');
    return { kind: 'pause', name, ms: value };
  }
  const [kind, what = ''] = splitOnce(word);
  const expected = Object.hasOwn(EXPECTED, what) ? EXPECTED[what] : undefined;
  if (expected === undefined || (kind !== 'expect' && kind !== 'wait')) return inputOf(word, value, name);
  if (kind === 'expect') return { kind, name, expectation: expected(value, name) };
  return { kind, name, expectation: expected(untimed(value), name), timeoutMs: timeoutOf(value, name) };
}

/** What follows `expect-` and `wait-`. */
const EXPECTED: Readonly<Record<string, (value: unknown, name: string) => Expectation>> = {
  display: displayOf,
  bin: binOf,
  'main-lock': mainLockOf,
  box: boxOf,
};

function splitOnce(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('-');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** Every other word is an input of the control port; `advance` is short for `advanceMs`. */
function inputOf(word: string, value: unknown, name: string): ScenarioStep {
  // Without quotes YAML takes a code for a number, and drops its leading zeros.
  if (word === 'keys' && typeof value !== 'string') fail(name, 'needs its keys in quotes: "01234567#"');
  const keys = word === 'keys' ? { keys: (value as string).replaceAll(' ', '') } : undefined;
  const input = keys ?? (word === 'advance' ? { advanceMs: value } : { [word]: value });
  const parsed = parseControlInput(input);
  if (parsed.kind === 'fault') fail(name, parsed.detail);
  return { kind: 'input', name, input };
}

function displayOf(value: unknown, name: string): Expectation {
  // Short form: the display contains this text.
  if (typeof value === 'string') return { of: 'display', display: { contains: value } };
  return { of: 'display', display: checked(value, name, DISPLAY, []) as DisplayExpectation };
}

function binOf(value: unknown, name: string): Expectation {
  return { of: 'bin', bin: checked(value, name, BIN, ['bin']) as unknown as BinExpectation };
}

function mainLockOf(value: unknown, name: string): Expectation {
  return { of: 'main-lock', mainLock: checked(value, name, MAIN_LOCK, []) as MainLockExpectation };
}

function boxOf(value: unknown, name: string): Expectation {
  return { of: 'box', box: checked(value, name, BOX, []) as BoxExpectation };
}

function timeoutOf(value: unknown, name: string): number | undefined {
  if (!isMembers(value) || !('timeoutMs' in value)) return undefined;
  return checked({ timeoutMs: value.timeoutMs }, name, TIMED, []).timeoutMs as number;
}

function untimed(value: unknown): unknown {
  if (!isMembers(value)) return value;
  const { timeoutMs, ...rest } = value;
  return rest;
}

/** @returns `value` if it has only members of `kinds`, each of its kind, and all `needed` */
function checked(value: unknown, place: string, kinds: MemberKinds, needed: readonly string[]): Members {
  const names = Object.keys(kinds).join(', ');
  if (!isMembers(value)) fail(place, `needs some of: ${names}`);
  for (const [name, member] of Object.entries(value)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) fail(`${place}: ${name}`, `is unknown; there are: ${names}`);
    if (name !== 'steps' && !isKind(member, kind)) fail(`${place}: ${name}`, `needs ${describe(kind)}`);
  }
  const missing = needed.find((name) => !(name in value));
  if (missing !== undefined) fail(place, `needs ${missing}`);
  return value;
}

function isKind(member: unknown, kind: MemberKind): boolean {
  if (kind === 'text') return typeof member === 'string';
  if (kind === 'flag') return typeof member === 'boolean';
  if (kind === 'whole') return typeof member === 'number' && Number.isInteger(member) && member >= 0;
  if (kind === 'text-or-null') return member === null || typeof member === 'string';
  return typeof member === 'string' && kind.includes(member);
}

function describe(kind: MemberKind): string {
  if (kind === 'text') return 'a text';
  if (kind === 'flag') return 'true or false';
  if (kind === 'whole') return 'a whole number';
  if (kind === 'text-or-null') return 'a text in quotes, or null';
  return kind.join(' or ');
}

function filledIn(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const text = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return text ?? fail(`\${${name}}`, `has no value: run with --set ${name}=…`);
    });
  }
  if (Array.isArray(value)) return value.map((item) => filledIn(item, variables));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filledIn(member, variables)]),
  );
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(place: string, says: string): never {
  throw new HostError('bad-scenario', `${place} ${says}`);
}
