// Prefixed identifiers (`key_…`, `evt_…`): a UUIDv7 in hex, so that ids sort by the time
// they were made and say what they name. Time and randomness come from the ports, so a
// simulated world makes the same ids again from its seed.

import type { Clock } from './clock.ts';
import type { Entropy } from './entropy.ts';

/** The things that have an id, by the prefix of the id. */
export type IdentifierPrefix =
  | 'ten'
  | 'loc'
  | 'bin'
  | 'key'
  | 'code'
  | 'bkg'
  | 'evt'
  | 'tok'
  | 'req'
  | 'clm'
  | 'shs'
  | 'bgx'
  | 'cnt'
  | 'per'
  | 'grp'
  | 'opn'
  | 'kgr'
  | 'prm'
  | 'txt'
  | 'psk'
  | 'nch'
  | 'nrl'
  | 'ntc'
  | 'dlv';

declare const tenantMark: unique symbol;

/** A tenant's id, `ten_…`. Every query about a tenant's things takes one. */
export type TenantId = string & { readonly [tenantMark]: true };

/** Makes new ids. */
export interface Identifiers {
  /** A new id `<prefix>_<32 hex digits>`, greater than every id made before with this prefix. */
  create(prefix: IdentifierPrefix): string;
  /** A new tenant id. */
  createTenant(): TenantId;
}

const counterLimit = 0x1000;

/** Ids from the given ports; RFC 9562 section 5.7 with a counter in `rand_a` (section 6.2 method 1). */
export function createIdentifiers(ports: { clock: Clock; entropy: Entropy }): Identifiers {
  let lastMs = -1;
  let counter = 0;

  const uuid = (): string => {
    const random = Buffer.from(ports.entropy.bytes(10));
    const nowMs = Math.floor(ports.clock.nowMs());
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // Half of the counter's room stays free for the ids of the same millisecond.
      counter = random.readUInt16BE(0) & 0x7ff;
    } else {
      counter += 1;
      if (counter === counterLimit) {
        lastMs += 1;
        counter = 0;
      }
    }
    const head = lastMs.toString(16).padStart(12, '0');
    const versioned = (0x7000 | counter).toString(16);
    const variant = ((random.readUInt16BE(2) & 0x3fff) | 0x8000).toString(16);
    return head + versioned + variant + random.toString('hex', 4, 10);
  };

  const create = (prefix: IdentifierPrefix): string => `${prefix}_${uuid()}`;
  return { create, createTenant: () => create('ten') as TenantId };
}

/** Whether a text has the form of an id with this prefix (it may name nothing). */
export function isIdentifier(prefix: IdentifierPrefix, text: string): boolean {
  return (
    text.length === prefix.length + 33 &&
    text.startsWith(`${prefix}_`) &&
    /^[0-9a-f]{32}$/.test(text.slice(prefix.length + 1))
  );
}
