// What a person types or passes on: boxes by id or name, bins, challenges; forgiving of blanks and wide digits.
import { ALL_BINS, type BreakGlassBox, parseBoxId } from '@smartbox/protocol';

/** @returns the box with this id (with or without `box_`), or the only one with this name */
export function readBox(boxes: readonly BreakGlassBox[], typed: string): BreakGlassBox | undefined {
  const boxId = parseBoxId(typed.trim().replace(/^box_/, ''));
  const byId = boxes.find((box) => box.boxId === boxId);
  if (byId !== undefined) return byId;
  const named = boxes.filter(({ name }) => fold(name) === fold(typed));
  return named.length === 1 ? named[0] : undefined;
}

/** @returns a bin of this box, 0 for all, or undefined */
export function readTarget(box: BreakGlassBox, typed: string): number | undefined {
  const folded = fold(typed);
  if (folded === 'all' || folded === '全部') return ALL_BINS;
  if (!/^[0-9]{1,3}$/.test(folded)) return undefined;
  const target = Number(folded);
  return target === ALL_BINS || box.sheet.rows.some(({ bin }) => bin === target) ? target : undefined;
}

/** @returns 8 digits, or undefined */
export function readChallenge(typed: string): string | undefined {
  const digits = fold(typed).replace(/[\s-]/g, '');
  return /^[0-9]{8}$/.test(digits) ? digits : undefined;
}

/** @returns the place in a list that starts with 1, or undefined */
export function readChoice<T>(list: readonly T[], typed: string): T | undefined {
  const folded = fold(typed);
  return /^[0-9]{1,5}$/.test(folded) ? list[Number(folded) - 1] : undefined;
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
