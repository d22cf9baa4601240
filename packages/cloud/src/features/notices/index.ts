// The public door of notices: people and other systems hear of what is in the ledger. It listens to the ledger; it
// asks keys, boxes and locations only for their names.

import type { BoxId } from '@smartbox/protocol';
import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { OutboundHttp } from '../../platform/outbound-http.ts';
import type { OutboundMail } from '../../platform/outbound-mail.ts';
import type { Route } from '../../platform/route.ts';

/** What notices are built from. */
export interface NoticesPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly vault: KeyVault;
  readonly events: EventBus;
  readonly commitGroup: CommitGroup;
  readonly outboundHttp: OutboundHttp;
  /** Undefined where no relay is set up. */
  readonly outboundMail: OutboundMail | undefined;
  readonly locations: {
    find(tenantId: TenantId, id: string): { readonly name: string; readonly timeZone: string } | undefined;
  };
  readonly boxes: { find(tenantId: TenantId, boxId: BoxId): { readonly name: string } | undefined };
  readonly keys: { find(tenantId: TenantId, keyId: string): { readonly name: string } | undefined };
}

/** The feature. */
export interface Notices {
  readonly routes: readonly Route[];
  /** Sends what is owed, for ever. @returns a function that stops it */
  watch(): Cancel;
}
