// What is secret never reaches the log: decided by the message catalogue, proven by reading the
// lines that were written.

import { catalogue } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { FixedPorts } from '../../test/fixed-ports.ts';
import { CloudError } from './errors.ts';
import { createLog, redactedNames } from './log.ts';

function collect() {
  const lines: string[] = [];
  const log = createLog(
    { level: 'trace', clock: new FixedPorts().clock },
    { write: (line) => void lines.push(line) },
  );
  return { log, lines };
}

describe('the log', () => {
  it('never holds the value of a field that the catalogue calls secret, however deep it lies (I6)', () => {
    const { log, lines } = collect();
    const secretNames = catalogue.flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([name, field]) => (field.secret ? [name] : [])),
    );
    expect(secretNames).toContain('code');
    for (const name of secretNames) {
      log.info({ [name]: '48151623' }, 'flat');
      log.info({ body: { [name]: '48151623' } }, 'one deep');
      log.child({ boxId: '0123456789ABC' }).warn({ message: { body: { [name]: '48151623' } } }, 'two deep');
    }
    expect(lines).toHaveLength(secretNames.length * 3);
    expect(lines.join('')).not.toContain('48151623');
    expect(lines.join('')).toContain('[redacted]');
  });

  it('shows a message of the device protocol in full, but for its secret fields', () => {
    const { log, lines } = collect();
    const body = {
      request: Uint8Array.of(0xab, 1),
      kind: 'code',
      code: '48151623',
      tag: Uint8Array.of(0xfe, 0xed),
      bin: 0,
      logEnd: 7,
    };
    log.trace({ boxId: '0123456789ABC', device: { name: 'access-requested', body } }, 'message from a box');
    expect(JSON.parse(lines[0] ?? '').device).toEqual({
      name: 'access-requested',
      request: 'ab01',
      kind: 'code',
      code: '[redacted]',
      tag: '[redacted]',
      bin: 0,
      logEnd: 7,
    });
    const entries = [Uint8Array.of(1), Uint8Array.of(2)];
    log.trace({ device: { name: 'log-reported', body: { first: 1, entries } } }, 'message from a box');
    expect(JSON.parse(lines[1] ?? '').device).toEqual({
      name: 'log-reported',
      first: 1,
      entries: '[redacted]',
    });
  });

  it('never holds a credential', () => {
    const { log, lines } = collect();
    const names = ['authorization', 'password', 'token', 'digits', 'claim_code', 'rootKey', 'id_code'];
    for (const name of names) {
      expect(redactedNames).toContain(name);
      log.info({ request: { headers: { [name]: 'hunter2' } } }, 'request');
    }
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('writes an error with its code and cause, and none of what else it carries', () => {
    const { log, lines } = collect();
    const cause = Object.assign(new CloudError('not-durable'), { parameters: ['48151623'] });
    log.error({ err: new CloudError('internal', { cause }) }, 'failed');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      err: { name: 'CloudError', errorCode: 'internal', cause: { errorCode: 'not-durable' } },
    });
    expect(lines[0]).not.toContain('48151623');
  });

  it('takes its time from the clock that was handed in', () => {
    const { log, lines } = collect();
    log.info('hello');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ time: '2026-04-01T09:00:00.000Z', msg: 'hello' });
  });
});
