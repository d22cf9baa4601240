// Challenges of passkeys: each is for one purpose, of one session or invitation where there is one, is answered once,
// and lives five minutes.

import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import { base64url } from './passkey-ceremony.ts';
import { challengeMs } from './passkey-resource.ts';
import { createShortLived } from './short-lived.ts';

/** 256 bits: there is nothing to guess. */
const challengeBytes = 32;

/** Challenges that wait at once: beyond, the oldest go. */
const challengesAtMost = 10_000;

/** What a challenge is for, and whose it is. */
export type ChallengeUse =
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'invitation'; readonly invitation: string }
  | { readonly kind: 'enrolment' | 'step-up'; readonly tenantId: string; readonly sessionId: string };

/** Gives challenges out and takes them back. */
export interface Challenges {
  /** @returns a new challenge for this use, base64url */
  give(use: ChallengeUse): string;
  /** Whether this challenge was given for this use and not answered yet. */
  isOpen(challenge: string, use: ChallengeUse): boolean;
  /** The same, and it is answered now whatever comes of it. */
  take(challenge: string, use: ChallengeUse): boolean;
}

/** No challenges yet. */
export function createChallenges(ports: { readonly clock: Clock; readonly entropy: Entropy }): Challenges {
  const given = createShortLived<string>(ports.clock, { lifeMs: challengeMs, most: challengesAtMost });
  return {
    give: (use) => {
      const challenge = base64url(ports.entropy.bytes(challengeBytes));
      given.keep(challenge, textOf(use));
      return challenge;
    },
    isOpen: (challenge, use) => given.get(challenge) === textOf(use),
    take: (challenge, use) => given.take(challenge) === textOf(use),
  };
}

function textOf(use: ChallengeUse): string {
  switch (use.kind) {
    case 'sign-in':
      return use.kind;
    case 'invitation':
      return `${use.kind} ${use.invitation}`;
    case 'enrolment':
    case 'step-up':
      return `${use.kind} ${use.tenantId} ${use.sessionId}`;
  }
}
