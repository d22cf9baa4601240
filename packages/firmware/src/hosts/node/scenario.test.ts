import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseScenario } from './scenario.ts';

// The variables of a scenario look like those of a template.
const CODE_KEYS = `keys: '\${CODE}#'`;

describe('a scenario file', () => {
  it('is read step by step, with short forms and variables', () => {
    const yaml = [
      'scenario: A key is taken',
      'timeoutMs: 5000',
      'steps:',
      `  - ${CODE_KEYS}`,
      '  - keys: "0123 4567 #"',
      '  - wait-display: { contains: ok, timeoutMs: 900 }',
      '  - wait-display: ok',
      '  - expect-bin: { bin: 3, tag: null }',
      '  - advance: 60000',
    ].join('\n');
    expect(parseScenario(yaml, { CODE: '87654321' })).toEqual({
      name: 'A key is taken',
      timeoutMs: 5_000,
      steps: [
        { kind: 'input', name: 'step 1 (keys)', input: { keys: '87654321#' } },
        { kind: 'input', name: 'step 2 (keys)', input: { keys: '01234567#' } },
        {
          kind: 'wait',
          name: 'step 3 (wait-display)',
          expectation: { of: 'display', display: { contains: 'ok' } },
          timeoutMs: 900,
        },
        {
          kind: 'wait',
          name: 'step 4 (wait-display)',
          expectation: { of: 'display', display: { contains: 'ok' } },
          timeoutMs: undefined,
        },
        {
          kind: 'expect',
          name: 'step 5 (expect-bin)',
          expectation: { of: 'bin', bin: { bin: 3, tag: null } },
        },
        { kind: 'input', name: 'step 6 (advance)', input: { advanceMs: 60_000 } },
      ],
    });
  });

  it.each([
    ['', 'steps'],
    ['steps: []', 'at least one step'],
    ['steps:\n  - keys: 12A', '0-9'],
    ['steps:\n  - keys: 01234567', 'in quotes'],
    ['steps:\n  - fly: true', 'send'],
    ['steps:\n  - mains: true\n    keys: 1', 'one word'],
    ['steps:\n  - expect-bin: { door: open }', 'needs bin'],
    ['steps:\n  - expect-bin: { bin: 1, door: ajar }', 'open or closed'],
    ['steps:\n  - expect-display: { row: 1 }', 'row is unknown'],
    ['steps:\n  - wait-display: { contains: x, timeoutMs: soon }', 'whole number'],
    [`steps:\n  - ${CODE_KEYS}`, '--set CODE'],
    ['a: &x 1\nsteps: *x', 'lias'],
    ['steps: [', 'at line'],
    ['steps:\n  - mains: true\nsteps:\n  - mains: true', 'unique'],
    ['speed: 3\nsteps:\n  - mains: true', 'speed is unknown'],
  ])('is refused with the reason: %j', (yaml, says) => {
    expect(() => parseScenario(yaml)).toThrow(says);
  });

  it('is what docs/run-simulated.md gives as the complete example', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../../docs/run-simulated.md'), 'utf8');
    const [example = ''] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml);
    expect(parseScenario(example, { CODE: '12345678' }).steps.length).toBeGreaterThan(10);
  });
});
