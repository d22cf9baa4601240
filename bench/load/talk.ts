// What one box says and hears, apart from how the bytes travel: a floor echoes, the plain peer talks JSON, the
// cloud talks sealed frames. The loops above see only requests and whether their answers were right.

/** How the box connects and where it speaks and listens. */
export interface LinkNames {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly upTopic: string;
  readonly downTopic: string;
}

/** What became of a payload that came down. */
export type Taken =
  /** The answer to the outstanding request. */
  | { readonly kind: 'answer'; readonly right: boolean }
  /** The talk goes on by itself: send this frame. */
  | { readonly kind: 'reply'; readonly frame: Uint8Array }
  /** The greeting cannot go on. */
  | { readonly kind: 'broken'; readonly because: string }
  | { readonly kind: 'nothing' };

/** One box's side of the conversation. */
export interface Talk {
  readonly names: LinkNames;
  /** Sent first on every connection; undefined where the talk needs no greeting. */
  begin(): Uint8Array | undefined;
  /** The next request; at most one is outstanding. */
  request(): Uint8Array;
  take(payload: Buffer): Taken;
}

/** An answer that is right or wrong. */
export const rightAnswer: Taken = { kind: 'answer', right: true };
export const wrongAnswer: Taken = { kind: 'answer', right: false };
export const nothingTaken: Taken = { kind: 'nothing' };
