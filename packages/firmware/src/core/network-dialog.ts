// Where a person stands in the dialog for a second network: one value, part of the box's state. Apart from what moves
// it (network-setup.ts, keep-network.ts) and from what shows it.
import type { FoundNetwork, JoinTrouble } from './inputs.ts';

/** Why a network did not help: the radio's trouble, or no session over it although it was joined. */
export type NetworkTrouble = JoinTrouble | 'no-cloud';

export type NetworkSetup =
  | { readonly kind: 'searching'; readonly untilMs: number }
  /** Nothing that may be chosen was found; `open`: there were open networks. */
  | { readonly kind: 'nothing'; readonly open: boolean }
  | {
      readonly kind: 'choosing';
      readonly offered: readonly FoundNetwork[];
      readonly page: number;
      /** The digit typed last, empty for none. */
      readonly typed: string;
    }
  | {
      readonly kind: 'typing';
      readonly name: string;
      readonly digits: string;
      readonly lastKeyMs: number;
      /** Enter was pressed before there were enough digits. */
      readonly tooShort: boolean;
    }
  | { readonly kind: 'trying' }
  | { readonly kind: 'failed'; readonly trouble: NetworkTrouble }
  | { readonly kind: 'removing' };
