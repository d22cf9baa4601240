// The public door of notices: people and other systems hear of what is in the ledger. It listens to the ledger; it
// asks keys, boxes, locations and access only for names.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { Log } from '../../platform/log.ts';
import type { OutboundHttp } from '../../platform/outbound-http.ts';
import type { OutboundMail } from '../../platform/outbound-mail.ts';
import type { Route } from '../../platform/route.ts';
import type { TextMessages } from '../../platform/text-messages.ts';
import { channelRoutes } from './channel-routes.ts';
import { createChannelStores } from './channel-store.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { createDeliveryStores } from './delivery-store.ts';
import { handOver } from './hand-over.ts';
import { keptByNotices } from './kept.ts';
import { createOwedStore } from './owed-store.ts';
import { ownChannelRemover } from './own-channels.ts';
import { pack, type Registers } from './pack.ts';
import { createPostOffice } from './post-office.ts';
import { passOn, recordAttempt } from './record-attempt.ts';
import { ruleRoutes } from './rule-routes.ts';
import { createRuleStores } from './rule-store.ts';
import { createSecretKeeper } from './secret-keeper.ts';
import { send } from './send.ts';
import { takeEvent } from './take-event.ts';

/** What notices are built from. */
export interface NoticesPorts extends Registers {
  readonly database: Database;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly vault: KeyVault;
  readonly events: EventBus;
  readonly commitGroup: CommitGroup;
  readonly log: Pick<Log, 'error'>;
  readonly outboundHttp: OutboundHttp;
  /** Undefined where no relay is set up. */
  readonly outboundMail: OutboundMail | undefined;
  /** Undefined where no provider is set up. */
  readonly textMessages: TextMessages | undefined;
  /** How push services reach whoever runs this server: `mailto:…`. */
  readonly contact: string;
}

/** The feature. */
export interface Notices {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** Sends what is owed, for ever. @returns a function that stops it */
  watch(): Cancel;
}

/** Builds the feature; what the ledger takes in from here on is owed to whoever has a rule for it. */
export function createNotices(ports: NoticesPorts): Notices {
  const { commitGroup, events } = ports;
  const channels = createChannelStores(ports.database);
  const deliveries = createDeliveryStores(ports.database);
  const rules = createRuleStores(ports.database);
  const stores = { channels, deliveries, rules };
  const secrets = createSecretKeeper({ ...ports, channels });
  const work = { ...ports, ...stores, secrets };
  const office = createPostOffice({
    ...ports,
    owed: createOwedStore(ports.database),
    pack: (owed, onTheWay) => pack(work, owed, onTheWay),
    send: (parcel) => send(ports, parcel),
    record: (tried) => recordAttempt(work, tried),
    failed: (error) => ports.log.error({ err: error }, 'a notice could not be sent'),
  });
  const wake = (): void => commitGroup.afterCommit(office.wake);
  events.join('ledger-event-recorded', (event) => {
    if (takeEvent(work, event)) wake();
  });
  const kept = keptByNotices(ports.database);
  const removeOwnChannels = ownChannelRemover({ ...work, kept });
  events.join('person-erased', (of) => {
    if (removeOwnChannels(of)) wake();
  });
  const desk = {
    ...work,
    wake,
    canSend: { mail: ports.outboundMail !== undefined, text: ports.textMessages !== undefined },
    passOn: passOn.bind(undefined, work),
    handOver: handOver.bind(undefined, work),
  };
  return {
    routes: [...channelRoutes(desk), ...ruleRoutes(desk), ...deliveryRoutes(desk)],
    kept,
    watch: () => office.start(),
  };
}
