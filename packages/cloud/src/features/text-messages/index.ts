// The public door of text messages: owe one to somebody's phone; it leaves after the commit and survives a kill.

import type { BoxId } from '@smartbox/protocol';
import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { Route } from '../../platform/route.ts';
import type { TextMessages } from '../../platform/text-messages.ts';
import type { People } from '../people/index.ts';
import { createCourier } from './courier.ts';
import { keptByTexts } from './kept.ts';
import { textRoutes } from './routes.ts';
import { createDueTexts, createTextStores } from './store.ts';
import { textLimits } from './text-message.ts';

/** What text messages are built from. */
export interface TextPostPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly commitGroup: CommitGroup;
  readonly vault: KeyVault;
  readonly people: Pick<People, 'phoneOf'>;
  /** Undefined where no provider is set up: nothing can be owed then. */
  readonly textMessages: TextMessages | undefined;
}

/** What somebody is to be sent. */
export interface TextOrder {
  readonly personId: string;
  readonly locationId: string;
  readonly boxId: BoxId;
  readonly body: string;
  /** Nobody waits for it any more from then on. Unix ms. */
  readonly expiresAtMs: number;
}

/** Why somebody cannot be sent a text message now. */
export type TextObstacle = 'no-provider' | 'no-phone' | 'texts-of-person' | 'texts-of-tenant';

/** The feature. */
export interface TextPost {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** What stands in the way of one more message; the same reads whatever it is. */
  obstacle(tenantId: TenantId, personId: string): TextObstacle | undefined;
  /** Owes a message; inside a transaction. It leaves after the commit. */
  owe(tenantId: TenantId, order: TextOrder): void;
  /** Sends what is owed. @returns a function that stops it */
  watch(): Cancel;
}

/** Builds the feature. */
export function createTextPost(ports: TextPostPorts): TextPost {
  const { clock, people, vault, textMessages } = ports;
  const texts = createTextStores(ports.database);
  const placeOf = (tenantId: TenantId, message: { readonly messageId: string; readonly boxId: BoxId }) => ({
    ...{ tenant: tenantId, box: message.boxId, epoch: 0 },
    purpose: `text-message ${message.messageId}`,
  });
  const courier = createCourier({
    ...ports,
    ...{ texts, provider: textMessages, due: createDueTexts(ports.database) },
    bodyOf: (tenantId, message) => {
      const sealed = texts(tenantId).sealedBody(message.messageId);
      return sealed === null
        ? undefined
        : Buffer.from(vault.open(new Uint8Array(sealed), placeOf(tenantId, message))).toString('utf8');
    },
  });
  return {
    kept: keptByTexts(ports.database),
    routes: textRoutes(texts),
    obstacle: (tenantId, personId) => {
      const nowMs = Math.floor(clock.nowMs());
      const sinceMs = nowMs - textLimits.hourMs;
      const phone = people.phoneOf(tenantId, personId);
      const ofPerson = texts(tenantId).countOfPerson(personId, sinceMs);
      const today = texts(tenantId).countOfPerson(personId, nowMs - textLimits.dayMs);
      const ofTenant = texts(tenantId).count(sinceMs);
      if (textMessages === undefined) return 'no-provider';
      if (phone === undefined) return 'no-phone';
      if (ofPerson >= textLimits.perPersonPerHour || today >= textLimits.perPersonPerDay)
        return 'texts-of-person';
      return ofTenant >= textLimits.perTenantPerHour ? 'texts-of-tenant' : undefined;
    },
    owe: (tenantId, { body, ...order }) => {
      const createdAtMs = Math.floor(clock.nowMs());
      const messageId = ports.identifiers.create('txt');
      const sealed = vault.seal(
        new Uint8Array(Buffer.from(body, 'utf8')),
        placeOf(tenantId, { messageId, boxId: order.boxId }),
      );
      const unsettled = { providerId: null, reason: null, attempts: 0, settledAtMs: null };
      const message = { ...order, ...unsettled, messageId, createdAtMs, dueAtMs: createdAtMs };
      texts(tenantId).add({ ...message, state: 'owed' }, sealed);
      ports.commitGroup.afterCommit(() => courier.wake());
    },
    watch: () => courier.start(),
  };
}
