// The oracle's own idea of who may take which key: what the operator gave and took away, kept as it happened, and one
// plain walk through groups. It shares no line with the cloud, so that both are wrong together only by chance.
import { Facts } from './facts.ts';

/** A permission. Times are of the world, in ms. */
export interface Given {
  readonly permissionId: string;
  /** A person or a user group. */
  readonly subjectId: string;
  /** A key, a key group, or `all-keys`. */
  readonly targetId: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

/** What the place asks. */
export interface PlacePolicy {
  readonly secondFactor: 'text_message' | 'off';
  readonly badge: 'on' | 'off';
  /** Whether keys are given out at all at this hour. */
  readonly isOpen: boolean;
}

/** Roles whose holders open from afar. */
const OPENERS: readonly string[] = ['owner', 'admin', 'location_manager'];

/** Everything that decides about people. */
export class Rights {
  readonly permissions = new Facts<Given>();
  /** Somebody or something in a group: of people or of keys, whose ids differ. */
  readonly memberships = new Facts<{ readonly memberId: string; readonly groupId: string }>();
  /** People who take nothing and open nothing here: in quarantine, elsewhere, erased. */
  readonly barred = new Facts<{ readonly personId: string; readonly why: string }>();
  readonly policies = new Facts<PlacePolicy>();
  readonly roles = new Facts<{ readonly personId: string; readonly role: string }>();
  readonly idCodes = new Facts<{ readonly personId: string; readonly digits: string }>();
  readonly badges = new Facts<{ readonly personId: string; readonly tag: string }>();

  /** Whether a permission of the person counted for the key at this moment. */
  mayTake(personId: string, keyId: string, atMs: number): boolean {
    if (this.#isBarred(personId, atMs)) return false;
    if (!this.policies.perhaps(atMs).some(({ isOpen }) => isOpen)) return false;
    const subjects = this.#around(personId, atMs);
    const targets = this.#around(keyId, atMs).add('all-keys');
    return this.permissions
      .perhaps(atMs)
      .some(
        ({ subjectId, targetId, startsAtMs, endsAtMs }) =>
          subjects.has(subjectId) && targets.has(targetId) && startsAtMs <= atMs && atMs <= endsAtMs,
      );
  }

  /** Whether the person could open from afar at this moment. */
  mayOpen(personId: string, atMs: number): boolean {
    return (
      !this.#isBarred(personId, atMs) &&
      this.roles.perhaps(atMs).some((one) => one.personId === personId && OPENERS.includes(one.role))
    );
  }

  #isBarred(personId: string, atMs: number): boolean {
    return this.barred.surely(atMs).some((one) => one.personId === personId);
  }

  /** The thing itself and every group around it. */
  #around(id: string, atMs: number): Set<string> {
    const found = new Set([id]);
    const edges = this.memberships.perhaps(atMs);
    // A set that grows while it is walked is walked to its end.
    for (const inner of found)
      for (const { memberId, groupId } of edges) if (memberId === inner) found.add(groupId);
    return found;
  }
}
