// "Will this code work if the box drops off now?": the answer, as every code, booking and sheet gives it. Access
// itself knows only codes that ask the cloud; who knows of others says so through the door.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstantOrNull } from '../../platform/instant.ts';

/** Why: stable words, for programs and for texts that people read. */
const reasons = {
  asks_the_cloud: 'this kind of code is always asked of the cloud',
  in_force: 'the box confirmed that it holds what is needed',
  key_elsewhere: 'the key hangs in another bin than the one that the code names: live it opens there',
  key_out: 'the key is out; the code works offline again when it hangs in its bin',
  key_never_seen: 'no reader has seen the key yet',
  box_waits: 'the box has not confirmed what is needed; it gets it at its next contact',
  key_replaced: 'the box got another booking key since: the code is asked of the cloud',
  used_once: 'it took the key out once while the box was alone: a second time only live',
  first_use_missed: 'it was not used soon enough after its start: alone, the box does not take it any more',
  clock_lost: 'the box did not know the time when it last restarted',
  never_online: 'the box was never online',
  box_gone: 'the box is not yours any more',
  not_there: 'there is none',
  closed: 'it was closed at the keypad',
  over: 'its time is over, or it was ended: it opens nothing anywhere',
  cancelled_at_box: 'it was cancelled, and the box refuses it also when it is alone',
  cancelled_live_only:
    'it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over',
} as const;

/** See the list. */
export type OfflineReason = keyof typeof reasons;

/** What a code is worth at a box that drops off now. */
export interface OfflineWorth {
  /**
   * `live_only`: only while the box reaches the cloud. `on_box`: the box holds what it compares with.
   * `arithmetic`: the box has not heard of the code and works it out.
   */
  readonly works: 'live_only' | 'on_box' | 'arithmetic';
  readonly because: OfflineReason;
  /** From when on it has been so, as far as that is known. Unix ms. */
  readonly sinceMs: number | null;
}

/** A code that asks the cloud. */
export const asksTheCloud: OfflineWorth = { works: 'live_only', because: 'asks_the_cloud', sinceMs: null };

/** The answer in the API's form. */
export const offlineSchema = Type.Object(
  {
    works: Type.Enum(['live_only', 'on_box', 'arithmetic'], {
      description:
        'live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code.',
    }),
    because: Type.Enum(Object.keys(reasons) as OfflineReason[], {
      description: Object.entries(reasons)
        .map(([name, meaning]) => `${name}: ${meaning}`)
        .join('; '),
    }),
    since: Type.Union([instantSchema, Type.Null()]),
  },
  { description: 'What would happen if the box lost the cloud now.' },
);

/** @returns the answer in the API's form */
export function showOffline({ works, because, sinceMs }: OfflineWorth): Static<typeof offlineSchema> {
  return { works, because, since: showInstantOrNull(sinceMs) };
}
