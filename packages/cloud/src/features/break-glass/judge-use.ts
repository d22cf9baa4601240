// Whether a line of a file of uses is believed. Each line stands on its own signature and on the line before it in its
// chain: what is forged, cut, reordered or somebody else's is refused with a reason, and the lines beside it are not.

import { type CryptoProvider, firstUseHash, readUse, type SignedUse, useHash } from '@smartbox/protocol';

/** Why a line is refused. */
export type UseFault = 'unreadable' | 'unknown-export' | 'forged' | 'missing-before' | 'forked';

/** What is made of a line. */
export type UseVerdict =
  | { readonly kind: 'new'; readonly use: SignedUse; readonly hash: string }
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly reason: UseFault };

/** What judging needs to know of the tenant's exports and of what was imported before. */
export interface UseFacts {
  readonly crypto: CryptoProvider;
  /** Whether the export's key signed it; undefined for an export that the tenant has not. */
  isSigned(use: SignedUse): boolean | undefined;
  /** The hash of an imported record. */
  hashOf(at: Pick<SignedUse, 'exportId' | 'chain' | 'sequence'>): string | undefined;
}

/** @param line without its line end */
export function judgeUse(line: string, facts: UseFacts): UseVerdict {
  const use = readUse(line);
  if (use === undefined) return refuse('unreadable');
  const signed = facts.isSigned(use);
  if (signed === undefined) return refuse('unknown-export');
  if (!signed) return refuse('forged');
  const hash = useHash(facts.crypto, use);
  const imported = facts.hashOf(use);
  if (imported !== undefined) return imported === hash ? { kind: 'known' } : refuse('forked');
  const before =
    use.sequence === 1
      ? firstUseHash(facts.crypto, use)
      : facts.hashOf({ ...use, sequence: use.sequence - 1 });
  if (before === undefined) return refuse('missing-before');
  return before === use.previousHash ? { kind: 'new', use, hash } : refuse('forked');
}

function refuse(reason: UseFault): UseVerdict {
  return { kind: 'refused', reason };
}
