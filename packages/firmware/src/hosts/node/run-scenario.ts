// Carries a scenario out over a control port and says how it ended: passed, failed at a step, or out of time.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BoxControl } from './control-client.ts';
import { HostError } from './host-error.ts';
import type {
  BinExpectation,
  BoxExpectation,
  DisplayExpectation,
  Expectation,
  Scenario,
  ScenarioStep,
} from './scenario.ts';
import type { NumberedState } from './state-follower.ts';

/** What a process that runs a scenario exits with. */
export const SCENARIO_EXIT_CODES = { passed: 0, failed: 1, 'timed-out': 42 } as const;

export interface ScenarioResult {
  readonly outcome: keyof typeof SCENARIO_EXIT_CODES;
  /** Which step did not do, and what there was instead; empty when all did. */
  readonly detail: string;
}

/** @param report called with a line for each step that was done */
export async function runScenario(
  scenario: Scenario,
  control: BoxControl,
  report: (line: string) => void = () => {},
): Promise<ScenarioResult> {
  const deadlineMs = performance.now() + scenario.timeoutMs;
  for (const step of scenario.steps) {
    if (performance.now() > deadlineMs) {
      return { outcome: 'timed-out', detail: `${step.name}: not reached within ${scenario.timeoutMs} ms` };
    }
    let result: ScenarioResult | undefined;
    try {
      result = await runStep(step, control, deadlineMs);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      result = { outcome: 'failed', detail: `${step.name}: ${error.message}` };
    }
    if (result !== undefined) return result;
    report(`ok ${step.name}`);
  }
  return { outcome: 'passed', detail: '' };
}

/** @returns undefined when the step is done and the next may come */
async function runStep(
  step: ScenarioStep,
  control: BoxControl,
  deadlineMs: number,
): Promise<ScenarioResult | undefined> {
  switch (step.kind) {
    case 'input':
      await control.input(step.input);
      return undefined;
    case 'pause':
      await sleep(Math.min(step.ms, Math.max(0, deadlineMs - performance.now())));
      return undefined;
    case 'expect': {
      const wrong = difference(step.expectation, await control.state());
      return wrong === undefined ? undefined : { outcome: 'failed', detail: `${step.name}: ${wrong}` };
    }
    case 'wait':
      return awaitState(step, control, deadlineMs);
  }
}

async function awaitState(
  step: ScenarioStep & { readonly kind: 'wait' },
  control: BoxControl,
  deadlineMs: number,
): Promise<ScenarioResult | undefined> {
  const untilMs = Math.min(deadlineMs, performance.now() + (step.timeoutMs ?? Number.POSITIVE_INFINITY));
  let state = await control.state();
  for (;;) {
    const wrong = difference(step.expectation, state);
    if (wrong === undefined) return undefined;
    const leftMs = untilMs - performance.now();
    if (leftMs <= 0) return { outcome: 'timed-out', detail: `${step.name}: still ${wrong}` };
    state = await control.stateAfter(state.revision, leftMs);
  }
}

/** @returns what is otherwise than expected, or undefined */
function difference(expectation: Expectation, state: NumberedState): string | undefined {
  switch (expectation.of) {
    case 'display':
      return displayDifference(expectation.display, state);
    case 'bin':
      return binDifference(expectation.bin, state);
    case 'main-lock':
      return memberDifference('the main lock', { ...expectation.mainLock }, { ...state.mainLock });
    case 'box':
      return boxDifference(expectation.box, state);
  }
}

function displayDifference(expected: DisplayExpectation, { display }: NumberedState): string | undefined {
  const lines =
    expected.line === undefined ? display.lines : display.lines.slice(expected.line - 1, expected.line);
  const shows = (text: string, compare: (line: string) => boolean) =>
    lines.some(compare) ? undefined : `the display shows ${JSON.stringify(display.lines)}, not "${text}"`;
  const { contains, equals, lit } = expected;
  if (lit !== undefined && lit !== display.lit) return `the display is ${display.lit ? 'lit' : 'dark'}`;
  return (
    (contains === undefined ? undefined : shows(contains, (line) => line.includes(contains))) ??
    (equals === undefined ? undefined : shows(equals, (line) => line === equals))
  );
}

function binDifference(expected: BinExpectation, state: NumberedState): string | undefined {
  const bin = state.bins.find((candidate) => candidate.bin === expected.bin);
  if (bin === undefined) return `there is no bin ${expected.bin}`;
  return memberDifference(`bin ${bin.bin}`, { ...expected }, { ...bin });
}

function boxDifference(expected: BoxExpectation, state: NumberedState): string | undefined {
  const { running, claimed, power } = state;
  const { broker, joined } = state.network;
  const { mains, asleep } = power;
  const found = { running, claimed, broker, joined: joined ?? 'none', mains, asleep };
  return memberDifference('the box', { ...expected }, found);
}

function memberDifference(
  whose: string,
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string | undefined {
  const wrong = Object.keys(expected).find((name) => expected[name] !== found[name]);
  return wrong === undefined ? undefined : `${whose} has ${wrong} ${JSON.stringify(found[wrong])}`;
}
