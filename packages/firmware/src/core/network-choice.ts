// Which choices of networks a box that is alone has: 3# into a phone's hotspot, 4# out of the one that it knows. Apart
// so that the menu needs to know nothing else of networks.
import type { BoxState } from './box-state.ts';

/** What the menu may show: 3# alone, or 3# and 4#. */
export type NetworkOffer = 'add' | 'add-or-forget';

/** @returns which of the two choices there are now */
export function networkOffer(box: Pick<BoxState, 'secondNetwork'>): NetworkOffer {
  return box.secondNetwork === undefined ? 'add' : 'add-or-forget';
}
