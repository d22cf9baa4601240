// The public door of the audit: who did what and what boxes wrote, in a form that outsiders can check. It imports no
// feature; it listens.

import { auditPublicKey, bytesToHex, type CryptoProvider } from '@smartbox/protocol';
import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/events.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import { keepRecords } from './keep-records.ts';
import { keptByAudit } from './kept.ts';
import { auditRoutes } from './routes.ts';
import { createHeadSigner } from './sign-heads.ts';
import { createAuditStores, tenantsWithoutHead } from './store.ts';

/** What the audit is built from. */
export interface AuditPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly events: EventBus;
  /** Ed25519 secret that signs heads, 32 bytes; kept apart from the database. */
  readonly auditKey: Uint8Array;
}

/** The feature. */
export interface Audit {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** What checks the heads, 32 bytes in hexadecimal. */
  readonly publicKey: string;
  /** Signs heads by itself, for ever. @returns a function that stops it */
  watch(ports: { readonly timers: Timers; readonly commitGroup: CommitGroup }): Cancel;
}

/** Builds the feature; everything is written down from here on. */
export function createAudit(ports: AuditPorts): Audit {
  const { database, clock, crypto, events, auditKey } = ports;
  const stores = createAuditStores(database);
  const publicKey = bytesToHex(auditPublicKey(auditKey));
  const heads = { crypto, clock, stores, signingKey: auditKey };
  const signer = createHeadSigner(heads);
  keepRecords({ clock, crypto, events, stores, grown: signer.grown });
  return {
    kept: keptByAudit(database),
    routes: auditRoutes({ ...heads, publicKey }),
    publicKey,
    watch: (watchPorts) => signer.watch(watchPorts, tenantsWithoutHead(database)),
  };
}
