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
  /**
   * The same without a promise, for the hot path; `settle` is called once, after the COMMIT.
   * `label` names the work to the hooks.
   */
  enqueue<T>(work: () => T, settle: (outcome: Settled<T>) => void, label?: string): void;
  /**
   * Called inside work: runs `action` after the COMMIT, before the work settles, and not at all
   * if the work fails. Called outside of any work: runs it at once.
   */
  afterCommit(action: () => void): void;
}

/** What is told about the group's own life. */
export interface CommitGroupHooks {
  /** Just before COMMIT, with the labels of the works (those that have one) and their number. */
  readonly beforeCommit?: (labels: readonly string[], works: number) => void;
  /** Just after COMMIT, before anybody hears of it. */
  readonly committed?: (labels: readonly string[], works: number) => void;
  /** The COMMIT, or the whole transaction, failed: nothing of the group exists. */
  readonly lost?: (cause: unknown) => void;
  /** An action after the commit threw; it cannot undo anything any more. */
  readonly afterCommitFailed?: (error: unknown) => void;
}

interface Entry {
  readonly work: () => unknown;
  readonly settle: (outcome: Settled<unknown>) => void;
  readonly label: string | undefined;
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
  const statements = prepare(database);
  let waiting: Entry[] = [];
  let current: Entry | undefined;

  const runOne = (entry: Entry): void => {
    statements.mark.run();
    current = entry;
    try {
      const value = entry.work();
      if (value instanceof Promise)
        throw new InvariantBroken('work inside a commit group must be synchronous');
      statements.release.run();
      entry.outcome = { kind: 'committed', value };
    } catch (error) {
      // SQLite rolls everything back by itself when the disk fails; then the whole group is lost.
      if (!database.inTransaction) throw error;
      entry.outcome = { kind: 'failed', error };
      entry.actions.length = 0;
      statements.undo.run();
      statements.release.run();
    } finally {
      current = undefined;
    }
  };

  const commit = (group: readonly Entry[]): boolean => {
    const labels = group.flatMap(({ label }) => (label === undefined ? [] : [label]));
    try {
      statements.begin.run();
      for (const entry of group) runOne(entry);
      hooks.beforeCommit?.(labels, group.length);
      statements.commit.run();
    } catch (cause) {
      if (database.inTransaction) statements.rollback.run();
      loseAll(group, cause);
      attempt(() => hooks.lost?.(cause), hooks);
      return false;
    }
    attempt(() => hooks.committed?.(labels, group.length), hooks);
    return true;
  };

  const flush = (): void => {
    const group = waiting;
    waiting = [];
    const durable = commit(group);
    for (const entry of group) {
      if (durable) for (const action of entry.actions) attempt(action, hooks);
      attempt(() => entry.settle(entry.outcome), hooks);
    }
  };

  const enqueue: CommitGroup['enqueue'] = (work, settle, label) => {
    const entry = { work, settle: settle as Entry['settle'], label, outcome: unfinished, actions: [] };
    waiting.push(entry);
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

const unfinished: Settled<never> = { kind: 'failed', error: undefined };

function prepare(database: Database) {
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    rollback: database.prepare('ROLLBACK'),
    mark: database.prepare('SAVEPOINT work'),
    release: database.prepare('RELEASE work'),
    undo: database.prepare('ROLLBACK TO work'),
  };
}

// A work that refused by itself keeps its own answer; every other one learns that nothing was stored.
function loseAll(group: readonly Entry[], cause: unknown): void {
  for (const entry of group) {
    const refused = entry.outcome.kind === 'failed' && entry.outcome !== unfinished;
    if (!refused) entry.outcome = { kind: 'failed', error: new CloudError('not-durable', { cause }) };
  }
}

function attempt(action: () => void, hooks: CommitGroupHooks): void {
  try {
    action();
  } catch (error) {
    hooks.afterCommitFailed?.(error);
  }
}
