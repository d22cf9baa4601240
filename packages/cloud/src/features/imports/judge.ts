// What each row of a file comes to: something is made, changed or left as it is, or the row is faulty. What a row means is
// settled here for keys and people alike; what they are is asked of their kind. Nothing is changed before every row was
// judged.

import { type Fault, faultOf } from './fault.ts';
import type { Cells } from './row.ts';
import type { ReferenceKind, ReferenceStore } from './store.ts';

/** What a row comes to. */
export type Judged =
  | { readonly outcome: 'make'; apply(): string }
  | {
      readonly outcome: 'change';
      readonly id: string;
      /** Null where the caller may not know what is there now. */
      readonly fields: readonly string[] | null;
      apply(): void;
    }
  | { readonly outcome: 'leave'; readonly id: string }
  | { readonly outcome: 'faulty'; readonly faults: readonly Fault[] };

/** A row that was understood. */
export type Draft<Wanted> =
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] }
  | {
      readonly kind: 'sound';
      readonly wanted: Wanted;
      /** Columns by which it differs from what is there; all of them where nothing is. */
      readonly changed: readonly string[];
    };

/** Keys, or people, as the caller may see them. */
export interface Kind<Item, Wanted> {
  readonly name: ReferenceKind;
  /** The column by which nothing else may be the same. */
  readonly unique: string;
  /** Whether the caller may learn what is there by comparing. */
  readonly mayCompare: boolean;
  idOf(item: Item): string;
  /** Undefined for one that is not there, or not for the caller. */
  find(id: string): Item | undefined;
  /** That which has the row's unique value already. */
  like(cells: Cells): Item | undefined;
  /** What no two rows may have in common beside what they are about: text by column. */
  claims(cells: Cells): Readonly<Record<string, string>>;
  draft(cells: Cells, present: Item | undefined): Draft<Wanted>;
  make(wanted: Wanted): string;
  change(item: Item, wanted: Wanted): void;
}

/** Judges the rows of one file, in their order. */
export function createJudge<Item, Wanted>(
  kind: Kind<Item, Wanted>,
  references: ReferenceStore,
): (rowNumber: number, cells: Cells) => Judged {
  const taken = new Map<string, number>();
  return (rowNumber, cells) => {
    const named = findNamed(kind, references, cells);
    const like = named.item === undefined && !cells.id ? kind.like(cells) : undefined;
    const present = named.item ?? like;
    const about = present === undefined ? {} : { id: kind.idOf(present) };
    const claims = { ...about, reference: cells.reference ?? '', ...kind.claims(cells) };
    const faults = [...named.faults, ...twice(taken, rowNumber, claims)];
    const draft = kind.draft(cells, present);
    if (draft.kind === 'faulty')
      return { outcome: 'faulty', faults: [...faults, ...told(draft.faults, named)] };
    if (faults.length > 0) return { outcome: 'faulty', faults };
    return settle(kind, references, { cells, present, isNamed: named.item !== undefined, draft });
  };
}

// Of what is not there it is no fault that the row does not say all of it.
function told(faults: readonly Fault[], named: { readonly faults: readonly Fault[] }): readonly Fault[] {
  const isUnknown = named.faults.some(({ code }) => code === 'unknown-id');
  return isUnknown ? faults.filter(({ code }) => code !== 'missing') : faults;
}

/** Finds what a row names by id or reference. */
function findNamed<Item, Wanted>(
  kind: Kind<Item, Wanted>,
  references: ReferenceStore,
  { id = '', reference = '' }: Cells,
): { readonly item: Item | undefined; readonly faults: readonly Fault[] } {
  const byId = id === '' ? undefined : kind.find(id);
  const holder = reference === '' ? undefined : references.holder(kind.name, reference);
  const byReference = holder === undefined ? undefined : kind.find(holder);
  const isOthers = holder !== undefined && (byReference === undefined || (id !== '' && holder !== id));
  return {
    item: id === '' ? byReference : byId,
    faults: [
      ...(id !== '' && byId === undefined ? [faultOf('unknown-id', 'id')] : []),
      ...(isOthers ? [faultOf('reference-in-use', 'reference')] : []),
    ],
  };
}

function twice(
  taken: Map<string, number>,
  rowNumber: number,
  claims: Readonly<Record<string, string>>,
): readonly Fault[] {
  const faults = Object.entries(claims).flatMap(([field, text]) => {
    if (text === '') return [];
    const claim = `${field} ${text}`;
    const earlier = taken.get(claim);
    if (earlier === undefined) taken.set(claim, rowNumber);
    return earlier === undefined ? [] : [faultOf('twice-in-file', field, { row: earlier })];
  });
  // Two rows about the same thing have more in common: the id, which may not be written down, is told last.
  const others = faults.filter(({ field }) => field !== 'id');
  return others.length > 0 ? others : faults;
}

interface Sound<Item, Wanted> {
  readonly cells: Cells;
  readonly present: Item | undefined;
  /** By id or reference, and not only alike. */
  readonly isNamed: boolean;
  readonly draft: Extract<Draft<Wanted>, { kind: 'sound' }>;
}

function settle<Item, Wanted>(
  kind: Kind<Item, Wanted>,
  references: ReferenceStore,
  { cells, present, isNamed, draft }: Sound<Item, Wanted>,
): Judged {
  const { reference } = cells;
  if (present === undefined) {
    const make = (): string => {
      const id = kind.make(draft.wanted);
      references.set(kind.name, id, reference ?? '');
      return id;
    };
    return { outcome: 'make', apply: make };
  }
  const id = kind.idOf(present);
  const known = references.of(id);
  const renumbered = reference !== undefined && reference !== known;
  // Two lists may have the same thing under two numbers: who is meant is not guessed.
  const isUnsure = !isNamed && (!kind.mayCompare || draft.changed.length > 0 || (renumbered && known !== ''));
  if (isUnsure) return { outcome: 'faulty', faults: [faultOf('exists-already', kind.unique, { item: id })] };
  const fields = [...draft.changed, ...(renumbered ? ['reference'] : [])];
  const change = (): void => {
    if (draft.changed.length > 0) kind.change(present, draft.wanted);
    if (renumbered) references.set(kind.name, id, reference);
  };
  if (!kind.mayCompare) return { outcome: 'change', id, fields: null, apply: change };
  return fields.length === 0 ? { outcome: 'leave', id } : { outcome: 'change', id, fields, apply: change };
}
