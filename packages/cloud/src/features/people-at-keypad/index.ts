// The public door of people at keypads: who is known by which ID code or badge, and what a box asks them before a bin
// opens.

import type { CryptoProvider } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import type { Access, PeopleSteps } from '../access/index.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Keys } from '../keys/index.ts';
import type { People } from '../people/index.ts';
import type { Permissions } from '../permissions/index.ts';
import type { TextPost } from '../text-messages/index.ts';
import { answerStep } from './answer-step.ts';
import { keptByKeypads } from './kept.ts';
import { createKeypadMacs } from './keypad-mac.ts';
import { keypadRoutes } from './routes.ts';
import { createKeypadStores } from './store.ts';

/** What people at keypads are built from. */
export interface PeopleAtKeypadPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly events: EventBus;
  readonly crypto: CryptoProvider;
  /** 32 bytes that are not in the database. */
  readonly pepper: Uint8Array;
  readonly boxes: Pick<Boxes, 'bins'>;
  readonly keys: Pick<Keys, 'byFob'>;
  readonly people: People;
  readonly access: Pick<Access, 'hasDigits' | 'mostLiveCodes'>;
  readonly permissions: Pick<Permissions, 'takeable' | 'policyOf'>;
  readonly texts: TextPost;
}

/** The feature. */
export interface PeopleAtKeypad {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** How access has people's steps answered. */
  readonly steps: PeopleSteps;
  /** Whether these digits are somebody's ID code. */
  isIdCode(tenantId: TenantId, digits: string): boolean;
  /** ID codes with so many digits. */
  idCodeCount(tenantId: TenantId, digits: number): number;
  /** Whether this tag (8 bytes) is somebody's badge. */
  isBadge(tenantId: TenantId, tag: Uint8Array): boolean;
}

/** Builds the feature. */
export function createPeopleAtKeypad(ports: PeopleAtKeypadPorts): PeopleAtKeypad {
  const { events, people } = ports;
  const keypad = createKeypadStores(ports.database);
  const macs = createKeypadMacs(ports.crypto, ports.pepper);
  const desk = { ...ports, keypad, macs };
  // A dialogue lives in one session: what was asked before a restart of the box nobody is answering.
  events.join('box-log-told', ({ tenantId, boxId }) => keypad(tenantId).leaveTries(boxId, 0));
  events.join('person-erased', ({ tenantId, personId }) => {
    const store = keypad(tenantId);
    store.noteIdCode(personId, null);
    store.setBadge(personId, null);
    store.endDialoguesOf(personId);
  });
  return {
    kept: keptByKeypads(ports.database),
    routes: keypadRoutes(desk),
    steps: {
      answer: (asked) => answerStep(desk, asked),
      end: ({ tenantId, boxId }) => keypad(tenantId).leaveTries(boxId, 0),
    },
    isIdCode: (tenantId, digits) => people.hasIdCode(tenantId, macs.idCode(tenantId, digits)),
    idCodeCount: (tenantId, digits) => keypad(tenantId).idCodeCount(digits),
    isBadge: (tenantId, tag) => keypad(tenantId).badgeHolder(macs.badge(tenantId, tag)) !== undefined,
  };
}
