// What the display shows of the dialog for a second network. A password is masked like a code: nobody who looks over
// a shoulder reads it, and no name is shown that could disturb the display.
import type { TextKey, TextValues } from './display-texts.ts';
import { maskedCode } from './keypad-entry.ts';
import type { NetworkSetup, NetworkTrouble } from './network-dialog.ts';
import { NETWORKS_PER_PAGE, networkLabel, networkPages } from './network-list.ts';

/** A text and what fills it. */
export interface NetworkText {
  readonly text: TextKey;
  readonly values: TextValues;
}

const COLUMNS = 24;
/** "1 " before a name, "1>" before the one whose digit was typed, "- " before one that cannot be chosen. */
const LABEL_COLUMNS = COLUMNS - 2;

const FAILED: Readonly<Record<NetworkTrouble, TextKey>> = {
  'not-in-reach': 'network-not-in-reach',
  'wrong-passphrase': 'network-wrong-password',
  'not-secured': 'network-open',
  'no-cloud': 'network-no-cloud',
};

/** @returns the text of the dialog; @param second name of the second network, if there is one */
export function networkText(setup: NetworkSetup, second: string | undefined, nowMs: number): NetworkText {
  // One column stays free for a question mark behind the name.
  const values = { network: networkLabel(second ?? '', COLUMNS - 1) };
  switch (setup.kind) {
    case 'searching':
      return { text: 'network-searching', values };
    case 'nothing':
      return { text: setup.open ? 'network-only-open' : 'network-none', values };
    case 'choosing':
      return { text: pageText(setup), values: pageLines(setup) };
    case 'typing':
      return typingText(setup, nowMs);
    case 'trying':
      return { text: 'network-trying', values };
    case 'failed':
      return { text: FAILED[setup.trouble], values };
    case 'removing':
      return { text: 'network-remove', values };
  }
}

function pageText({ offered }: NetworkSetup & { readonly kind: 'choosing' }): TextKey {
  return networkPages(offered) > 1 ? 'network-list' : 'network-list-whole';
}

function pageLines({ offered, page, typed }: NetworkSetup & { readonly kind: 'choosing' }): TextValues {
  const line = (row: number): string => {
    const index = page * NETWORKS_PER_PAGE + row;
    const network = offered[index];
    if (network === undefined) return '';
    const mark = typed === String(index + 1) ? '>' : ' ';
    return `${network.secured ? `${index + 1}${mark}` : '- '}${networkLabel(network.name, LABEL_COLUMNS)}`;
  };
  return { first: line(0), second: line(1), third: line(2) };
}

function typingText(setup: NetworkSetup & { readonly kind: 'typing' }, nowMs: number): NetworkText {
  const { digits, lastKeyMs, tooShort } = setup;
  const code = maskedCode({ digits, lastKeyMs, chosen: undefined }, nowMs);
  const text = tooShort ? 'network-too-short' : digits === '' ? 'network-password' : 'network-typing';
  return { text, values: { network: networkLabel(setup.name, COLUMNS), code } };
}
