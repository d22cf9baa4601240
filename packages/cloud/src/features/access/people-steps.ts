// What access asks of whoever knows people: a step of somebody who is known by an ID code or a badge and not by a key
// code. Shapes only, because that feature stands above and uses this one.

import type { BodyNamed } from '@smartbox/protocol';
import type { MessageOrigin } from '../../platform/device-port.ts';
import type { TenantId } from '../../platform/identifiers.ts';

/** One step at a box. */
export interface PersonAsked {
  readonly from: MessageOrigin;
  readonly body: BodyNamed<'access-requested'>;
  readonly locationId: string;
  readonly nowMs: number;
  /** False: what was typed is refused already, and only the work must be the same. */
  readonly isLookedAt: boolean;
}

/** What becomes of it. Causes are for the ledger only. */
export type PersonAnswer =
  | { readonly kind: 'granted'; readonly bin: number; readonly keyId: string; readonly personId: string }
  | {
      readonly kind: 'asked';
      readonly what: 'second-code' | 'bin';
      readonly waitMs: number;
      readonly personId: string;
      readonly knownBy: 'id-code' | 'badge';
    }
  | {
      readonly kind: 'refused';
      readonly cause: string;
      readonly isWrongTry: boolean;
      readonly personId?: string;
    };

/** Answers steps; inside the transaction of the box's request. */
export interface PeopleSteps {
  answer(asked: PersonAsked): PersonAnswer;
  /** A key code was taken: whatever the box asked somebody is over. */
  end(from: MessageOrigin): void;
}

/** Which digits mean a person, so that no key code gets the same. */
export interface IdCodes {
  isIdCode(tenantId: TenantId, digits: string): boolean;
  idCodeCount(tenantId: TenantId, digits: number): number;
}
