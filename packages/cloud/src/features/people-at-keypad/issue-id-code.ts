// Gives a person a new ID code: drawn, long enough for how many there are, and never the digits of a key code of any
// place, because a person's places change and what is typed must mean one thing.

import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { type Access, digitsForNewCode, randomDigits } from '../access/index.ts';
import type { People } from '../people/index.ts';
import type { KeypadMacs } from './keypad-mac.ts';
import type { KeypadStore } from './store.ts';

/** What issuing needs. */
export interface IdCodePorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly macs: KeypadMacs;
  readonly keypad: (tenantId: TenantId) => KeypadStore;
  readonly people: Pick<People, 'keepIdCode'>;
  readonly access: Pick<Access, 'hasDigits' | 'mostLiveCodes'>;
}

/** Replaces the person's ID code; inside a transaction. @returns the digits, which nobody can read again */
export function issueIdCode(
  ports: IdCodePorts,
  tenantId: TenantId,
  personId: string,
): { readonly digits: string; readonly atMs: number } {
  const store = ports.keypad(tenantId);
  const length = digitsForNewCode(
    (digits) => store.idCodeCount(digits) + ports.access.mostLiveCodes(tenantId, digits),
  );
  const digits = drawFree(ports, tenantId, { personId, length });
  const atMs = Math.floor(ports.clock.nowMs());
  store.noteIdCode(personId, { digits: length, atMs });
  store.endDialoguesOf(personId);
  return { digits, atMs };
}

/** Takes the person's ID code away; inside a transaction. */
export function endIdCode(
  ports: Pick<IdCodePorts, 'keypad' | 'people'>,
  tenantId: TenantId,
  personId: string,
): void {
  ports.people.keepIdCode(tenantId, personId, null);
  ports.keypad(tenantId).noteIdCode(personId, null);
  ports.keypad(tenantId).endDialoguesOf(personId);
}

function drawFree(
  ports: IdCodePorts,
  tenantId: TenantId,
  wanted: { readonly personId: string; readonly length: number },
): string {
  for (;;) {
    const digits = randomDigits(wanted.length, ports.entropy.bytes);
    if (ports.access.hasDigits(tenantId, digits)) continue;
    const mac = ports.macs.idCode(tenantId, digits);
    if (ports.people.keepIdCode(tenantId, wanted.personId, mac)) return digits;
  }
}
