// Where the choices 3# and 4# of a box that is alone lead: into another network and out of it. Apart so that the menu
// needs to know nothing of networks: it asks here what to show, and hands the choice over.
import type { BoxState } from './box-state.ts';
import type { Turn } from './turn.ts';

/** What the menu may show: nothing, 3# alone, or 3# and 4#. */
export type NetworkOffer = 'none' | 'add' | 'add-or-forget';

/** @returns which of the two choices there are now */
export function networkOffer(_box: BoxState): NetworkOffer {
  return 'none';
}

/** Somebody chose one. @returns false where there is no such choice */
export function chooseNetwork(_turn: Turn, _choice: '3' | '4'): boolean {
  return false;
}
