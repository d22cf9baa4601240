// What a box writes into its log when it opens bins without the cloud: one entry for the code, then each opening
// under the number of that entry.

import { encodeOfflineUse, type OfflineMethod, offlineGrant } from '@smartbox/protocol';
import { fob, type ModelBox } from './model-box.ts';

/** An opening by hand. */
export interface HandOpeningTrial {
  /** How the person proved it; `sheet` unless given. */
  readonly method?: OfflineMethod;
  /** What the code was for: one bin, or 0 for all. The first opened bin unless given. */
  readonly target?: number;
  /** Bins that open, and the number of the fob that is taken out of each; null where nothing is. */
  readonly bins: readonly (readonly [bin: number, takenFob: number | null])[];
}

/** Writes the entries; nothing is reported yet. @returns the grant number that they share */
export function openByHand(box: ModelBox, { method = 'sheet', target, bins }: HandOpeningTrial): number {
  const grant = offlineGrant(box.log.length + 1);
  const tag = encodeOfflineUse({ method, generation: method === 'sheet' ? 7 : 0, number: 1 });
  box.write('code-used', { bin: target ?? bins[0]?.[0] ?? 0, grant, tag });
  for (const [bin, takenFob] of bins) {
    box.write('open-intended', { bin, grant });
    box.write('bin-opened', { bin, grant });
    if (takenFob !== null) box.write('key-taken', { bin, grant, tag: fob(takenFob) });
    box.write('bin-closed', { bin, grant });
  }
  return grant;
}
