import { describe, expect, it } from 'vitest';
import { createPageJournal, type TextStorage } from './page-journal.ts';

/** A browser's storage; `full` refuses every text. */
function storage(full = false): TextStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => {
      if (full) throw new RangeError('quota');
      kept.set(name, text);
    },
  };
}

describe('the journal of a page', () => {
  it.each([
    ['with storage', storage()],
    ['with full storage', storage(true)],
    ['without storage', undefined],
  ])('%s keeps lines in order and counts what is not saved', (_what, place) => {
    const journal = createPageJournal(place, 'bgx_1');
    const last: (string | undefined)[] = [];
    for (const line of ['one', 'two'])
      journal.add((before) => {
        last.push(before);
        return line;
      });
    expect(last).toEqual([undefined, 'one']);
    expect(journal.fileText()).toBe('one\ntwo\n');
    expect(journal.counts()).toEqual({ all: 2, unsaved: 2 });
    journal.saved();
    expect(journal.counts()).toEqual({ all: 2, unsaved: 0 });
  });

  it('goes on where a closed tab ended, for its own export only', () => {
    const place = storage();
    createPageJournal(place, 'bgx_1').add(() => 'one');
    const again = createPageJournal(place, 'bgx_1');
    again.add((last) => `after ${last}`);
    expect(again.fileText()).toBe('one\nafter one\n');
    expect(again.counts()).toEqual({ all: 2, unsaved: 2 });
    expect(createPageJournal(place, 'bgx_2').counts().all).toBe(0);
  });
});
