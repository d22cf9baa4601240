// Group commit: everything that one turn of the event loop asks for shares one durable
// transaction, because the disk's sync is the dearest part of a request. Nobody hears an
// answer before the COMMIT; one failed piece of work does not hurt the others.

import type { Defer } from './clock.ts';
import type { Database } from './database.ts';
import { CloudError, InvariantBroken } from './errors.ts';

/** How one piece of work ended, told after the commit. */
export type Settled<T> =
  | { readonly kind: 'committed'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Runs work inside the shared transaction. */
export interface CommitGroup {
  /** Runs `work` in this turn's transaction; settles after the COMMIT. Work must not wait for anything. */
  run<T>(work: () => T): Promise<T>;
  /** The same without a promise, for the hot path; `settle` is called once, after the COMMIT. */
  enqueue<T>(work: () => T, settle: (outcome: Settled<T>) => void): void;
  /**
   * Called inside work: runs `action` after the COMMIT, before the work settles, and not at all
   * if the work fails. Called outside of any work: runs it at once.
   */
  afterCommit(action: () => void): void;
}

/** What is told about the group's own life. */
export interface CommitGroupHooks {
  /** Just before COMMIT, with the number of works. */
  readonly beforeCommit?: (size: number) => void;
  /** Just after COMMIT. */
  readonly committed?: (size: number) => void;
  /** An action after the commit threw; it cannot undo anything any more. */
  readonly afterCommitFailed?: (error: unknown) => void;
}

interface Entry {
  readonly work: () => unknown;
  readonly settle: (outcome: Settled<unknown>) => void;
  outcome: Settled<unknown>;
  readonly actions: (() => void)[];
}

/** A group over one database. */
export function createCommitGroup(ports: {
  database: Database;
  defer: Defer;
  hooks?: CommitGroupHooks;
}): CommitGroup {
  const { database, defer, hooks = {} } = ports;
  const statements = {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    rollback: database.prepare('ROLLBACK'),
    mark: database.prepare('SAVEPOINT work'),
    release: database.prepare('RELEASE work'),
    undo: database.prepare('ROLLBACK TO work'),
  };
  let waiting: Entry[] = [];
  let current: Entry | undefined;

  const runOne = (entry: Entry): void => {
    statements.mark.run();
    current = entry;
    try {
      entry.outcome = { kind: 'committed', value: entry.work() };
      if (entry.outcome.value instanceof Promise)
        throw new InvariantBroken('work inside a commit group must be synchronous');
      statements.release.run();
    } catch (error) {
      entry.outcome = { kind: 'failed', error };
      entry.actions.length = 0;
      // SQLite rolls everything back by itself when the disk fails; then the group is lost.
      if (!database.inTransaction) throw error;
      statements.undo.run();
      statements.release.run();
    } finally {
      current = undefined;
    }
  };

  const lose = (group: readonly Entry[], cause: unknown): void => {
    if (database.inTransaction) statements.rollback.run();
    for (const entry of group) {
      if (
        entry.outcome.kind === 'committed' ||
        entry.outcome.error === notRun ||
        entry.outcome.error === cause
      ) {
        entry.outcome = { kind: 'failed', error: new CloudError('not-durable', { cause }) };
      }
      entry.actions.length = 0;
    }
  };

  const flush = (): void => {
    const group = waiting;
    waiting = [];
    try {
      statements.begin.run();
      for (const entry of group) runOne(entry);
      hooks.beforeCommit?.(group.length);
      statements.commit.run();
      hooks.committed?.(group.length);
    } catch (cause) {
      lose(group, cause);
    }
    for (const entry of group) {
      for (const action of entry.actions) attempt(action, hooks);
      attempt(() => entry.settle(entry.outcome), hooks);
    }
  };

  const enqueue = <T>(work: () => T, settle: (outcome: Settled<T>) => void): void => {
    waiting.push({
      work,
      settle: settle as Entry['settle'],
      outcome: { kind: 'failed', error: notRun },
      actions: [],
    });
    if (waiting.length === 1) defer(flush);
  };

  return {
    enqueue,
    run: (work) =>
      new Promise((resolve, reject) => {
        enqueue(work, (outcome) =>
          outcome.kind === 'committed' ? resolve(outcome.value) : reject(outcome.error),
        );
      }),
    afterCommit: (action) => {
      if (current === undefined) action();
      else current.actions.push(action);
    },
  };
}

const notRun = Symbol('not run');

function attempt(action: () => void, hooks: CommitGroupHooks): void {
  try {
    action();
  } catch (error) {
    hooks.afterCommitFailed?.(error);
  }
}
