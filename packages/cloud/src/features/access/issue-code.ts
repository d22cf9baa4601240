// Makes a key code: its digits are drawn (or chosen by the operator), checked against what a guesser
// could hit, shown once in the answer, and stored as a keyed hash only.

import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { Key } from '../keys/index.ts';
import { type CodeMac, codeTag } from './code-mac.ts';
import { endCode } from './end-code.ts';
import { type CodeUses, digitsForNewCode, type KeyCode, randomDigits, roomForCodes } from './key-code.ts';
import type { IdCodes } from './people-steps.ts';
import type { AccessStore } from './store.ts';

/** What issuing needs. */
export interface IssuePorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly access: (tenantId: TenantId) => AccessStore;
  readonly codeMac: CodeMac;
  readonly idCodes: IdCodes;
}

/** What is wanted. */
export interface CodeOrder {
  readonly key: Key;
  readonly uses: CodeUses;
  readonly label: string;
  readonly startsAtMs: number | null;
  readonly expiresAtMs: number | null;
  /** Chosen digits; drawn where left out. */
  readonly digits?: string;
}

/** A new code, or why there is none: the digits are taken, or too many codes have so few digits. */
export type IssuedCode =
  | { readonly kind: 'issued'; readonly code: KeyCode; readonly digits: string }
  | { readonly kind: 'taken' }
  | { readonly kind: 'too-short'; readonly neededDigits: number };

const codeIdMacBytes = 16;

/** Issues one code; inside a transaction. */
export function issueCode(ports: IssuePorts, tenantId: TenantId, order: CodeOrder): IssuedCode {
  const store = ports.access(tenantId);
  const { locationId, keyId } = order.key;
  const nowMs = Math.floor(ports.clock.nowMs());
  // What expired unnoticed must not make new codes longer.
  for (const code of store.expiredCodes(locationId, nowMs))
    endCode(ports, tenantId, { code, because: 'expired', atMs: nowMs });
  // What a guesser could hit at a keypad here: key codes of the place, and everybody's ID codes.
  const liveCount = (digits: number): number =>
    store.liveCount(locationId, digits) + ports.idCodes.idCodeCount(tenantId, digits);
  const chosen = order.digits;
  if (chosen !== undefined && liveCount(chosen.length) >= roomForCodes(chosen.length))
    return { kind: 'too-short', neededDigits: digitsForNewCode(liveCount) };
  const digits = chosen ?? drawFree(ports, tenantId, { locationId, length: digitsForNewCode(liveCount) });
  const codeMac = ports.codeMac({ tenantId, locationId }, digits);
  const holder = store.byMac(locationId, codeMac);
  if (holder !== undefined && holder.endedAtMs === null) return { kind: 'taken' };
  if (ports.idCodes.isIdCode(tenantId, digits)) return { kind: 'taken' };
  if (holder !== undefined) store.freeMac(holder, ports.entropy.bytes(codeIdMacBytes));
  const code: KeyCode = {
    codeId: ports.identifiers.create('code'),
    ...{ keyId, locationId, codeMac },
    digits: digits.length,
    uses: order.uses,
    label: order.label,
    startsAtMs: order.startsAtMs,
    expiresAtMs: order.expiresAtMs,
    createdAtMs: nowMs,
    rev: 1,
    endedAtMs: null,
    endedBecause: null,
    reservedBy: null,
  };
  store.addCode(code);
  ports.events.publish('fact-established', {
    ...{ tenantId, locationId, keyId, codeId: code.codeId },
    type: 'code.created',
    occurredAtMs: nowMs,
    data: { uses: order.uses.replace('-', '_'), code_tag: codeTag(codeMac) },
  });
  return { kind: 'issued', code, digits };
}

function drawFree(
  ports: IssuePorts,
  tenantId: TenantId,
  wanted: { readonly locationId: string; readonly length: number },
): string {
  const { locationId, length } = wanted;
  for (;;) {
    const digits = randomDigits(length, ports.entropy.bytes);
    const holder = ports.access(tenantId).byMac(locationId, ports.codeMac({ tenantId, locationId }, digits));
    if (holder === undefined && !ports.idCodes.isIdCode(tenantId, digits)) return digits;
  }
}
