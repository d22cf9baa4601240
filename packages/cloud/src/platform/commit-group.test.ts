// Group commit: one transaction for a turn, answers after the commit, failures that stay alone.

import { beforeEach, describe, expect, it } from 'vitest';
import { FixedPorts } from '../../test/fixed-ports.ts';
import { type CommitGroup, createCommitGroup } from './commit-group.ts';
import { type Database, openDatabase } from './database.ts';
import { CloudError } from './errors.ts';

const migrations = [
  {
    name: '0001-notes',
    up: (sql: (text: string) => void) =>
      sql("CREATE TABLE note (text TEXT NOT NULL CHECK (text <> 'bad')) STRICT"),
  },
];

describe('the commit group', () => {
  let ports: FixedPorts;
  let database: Database;
  let group: CommitGroup;
  let steps: string[];

  beforeEach(() => {
    ports = new FixedPorts();
    database = openDatabase({ path: ':memory:', migrations });
    steps = [];
    group = createCommitGroup({
      database,
      defer: ports.defer,
      hooks: {
        beforeCommit: (labels, works) => steps.push(`before ${works} [${labels.join()}]`),
        committed: (labels, works) => steps.push(`committed ${works} [${labels.join()}]`),
        lost: () => steps.push('lost'),
        afterCommitFailed: (error) => steps.push(`after failed: ${(error as Error).message}`),
      },
    });
  });

  const write = (text: string): void => void database.prepare('INSERT INTO note (text) VALUES (?)').run(text);
  const written = (): unknown[] =>
    database
      .prepare<{ text: string }>('SELECT text FROM note')
      .all()
      .map(({ text }) => text);

  it('runs all work of one turn in one transaction and settles it after the commit', () => {
    group.enqueue(
      () => write('a'),
      () => steps.push('a settled'),
      'box-1',
    );
    group.enqueue(
      () => write('b'),
      () => steps.push('b settled'),
    );
    expect(steps).toEqual([]);
    ports.drain();
    expect(steps).toEqual(['before 2 [box-1]', 'committed 2 [box-1]', 'a settled', 'b settled']);
    expect(written()).toEqual(['a', 'b']);
  });

  it('undoes only the work that failed', () => {
    const outcomes: string[] = [];
    group.enqueue(
      () => write('a'),
      ({ kind }) => outcomes.push(kind),
    );
    group.enqueue(
      () => {
        write('half');
        write('bad');
      },
      ({ kind }) => outcomes.push(kind),
    );
    group.enqueue(
      () => write('c'),
      ({ kind }) => outcomes.push(kind),
    );
    ports.drain();
    expect(outcomes).toEqual(['committed', 'failed', 'committed']);
    expect(written()).toEqual(['a', 'c']);
  });

  it('answers nobody when the commit fails, and keeps nothing', async () => {
    const failing = createCommitGroup({
      database,
      defer: ports.defer,
      hooks: {
        beforeCommit: () => {
          throw new Error('disk');
        },
      },
    });
    const told: string[] = [];
    const lost = failing.run(() => {
      failing.afterCommit(() => told.push('sent'));
      write('a');
    });
    const refused = failing.run(() => {
      throw new CloudError('not-found');
    });
    ports.drain();
    await expect(lost).rejects.toMatchObject({ code: 'not-durable' });
    await expect(refused).rejects.toMatchObject({ code: 'not-found' });
    expect(told).toEqual([]);
    expect(written()).toEqual([]);
    expect(database.inTransaction).toBe(false);
  });

  it('rejects the whole group when SQLite itself rolls the transaction back', async () => {
    const first = group.run(() => write('a'));
    const second = group.run(() => {
      database.exec('ROLLBACK');
      write('bad');
    });
    const third = group.run(() => write('c'));
    ports.drain();
    for (const work of [first, second, third])
      await expect(work).rejects.toMatchObject({ code: 'not-durable' });
    expect(written()).toEqual([]);
    expect(steps).toEqual(['lost']);
  });

  it('runs actions after the commit, before the work settles, and not for failed work', () => {
    group.enqueue(
      () => group.afterCommit(() => steps.push('sent a')),
      () => steps.push('a settled'),
    );
    group.enqueue(
      () => {
        group.afterCommit(() => steps.push('sent b'));
        throw new CloudError('conflict');
      },
      () => steps.push('b settled'),
    );
    ports.drain();
    expect(steps).toEqual(['before 2 []', 'committed 2 []', 'sent a', 'a settled', 'b settled']);
  });

  it('runs an action at once outside of work', () => {
    group.afterCommit(() => steps.push('now'));
    expect(steps).toEqual(['now']);
  });

  it('keeps a listener’s failure after the commit from the others', () => {
    group.enqueue(
      () =>
        group.afterCommit(() => {
          throw new Error('listener');
        }),
      () => steps.push('settled'),
    );
    ports.drain();
    expect(steps).toEqual(['before 1 []', 'committed 1 []', 'after failed: listener', 'settled']);
  });

  it('refuses work that waits for something', async () => {
    const waiting = group.run(async () => write('a'));
    ports.drain();
    await expect(waiting).rejects.toThrow('must be synchronous');
    expect(written()).toEqual([]);
  });

  it('puts work that comes during the group into the next one', () => {
    group.enqueue(
      () =>
        group.enqueue(
          () => write('later'),
          () => steps.push('later settled'),
        ),
      () => steps.push('first settled'),
    );
    ports.drain();
    expect(steps).toEqual([
      'before 1 []',
      'committed 1 []',
      'first settled',
      'before 1 []',
      'committed 1 []',
      'later settled',
    ]);
  });
});
