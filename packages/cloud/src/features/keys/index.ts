// The public door of keys: what hangs in which bin and who has it.

import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { CloudError } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Locations } from '../locations/index.ts';
import { type GrantHolder, keepCustody } from './custody-keeper.ts';
import { draftKey, type KeyDraft, type KeyFields } from './draft.ts';
import { keptByKeys } from './kept.ts';
import { type Key, padTag, readTag, showTag, type Whereabouts, whereabouts } from './key.ts';
import { addKey, keyRoutes } from './routes.ts';
import { createKeyStores, type KeyChange, type KeyStore } from './store.ts';

export type { GrantHolder } from './custody-keeper.ts';
export { fieldsOf, type KeyFields } from './draft.ts';
export type { Key, Whereabouts } from './key.ts';
export type { KeyChange } from './store.ts';
export { padTag, readTag, showTag };

/** What keys are built from. */
export interface KeysPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly locations: Pick<Locations, 'find'>;
  readonly boxes: Pick<Boxes, 'find' | 'bins' | 'binsSensing'>;
  /** Who a grant was given to; access knows. */
  readonly grantHolder: GrantHolder;
  /** Whether a tag (8 bytes) is somebody's badge; who knows people stands above. */
  isBadge(tenantId: TenantId, tag: Uint8Array): boolean;
}

/** The feature. */
export interface Keys {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** This tenant's key, or undefined for one that it has not or that is retired. */
  find(tenantId: TenantId, keyId: string): Key | undefined;
  /** Every key that is not retired. */
  all(tenantId: TenantId): readonly Key[];
  /** Keys that are not retired, by id. */
  page(tenantId: TenantId, afterKeyId: string, limit: number): readonly Key[];
  /** The key with this fob (8 bytes). */
  byFob(tenantId: TenantId, fobTag: Uint8Array): Key | undefined;
  /** The one key whose fob says this; undefined for none and for several. */
  byFobLabel(tenantId: TenantId, fobLabel: string): Key | undefined;
  whereIs(tenantId: TenantId, key: Key): Whereabouts;
  /** What a key would be by these fields, or all that stands in the way. @param present the key to be changed */
  draft(tenantId: TenantId, fields: KeyFields, present?: Key): KeyDraft;
  /** Makes a key by a sound draft; inside a transaction. */
  add(tenantId: TenantId, wanted: KeyChange): Key;
  /** Changes one by a sound draft; inside a transaction. */
  change(tenantId: TenantId, key: Key, wanted: KeyChange): void;
}

/** Builds the feature; it follows the fobs from here on. */
export function createKeys(ports: KeysPorts): Keys {
  const { events, boxes } = ports;
  const keys = createKeyStores(ports.database);
  const whereIs = (tenantId: TenantId, key: Key): Whereabouts => {
    const [latest] = boxes.binsSensing(tenantId, key.fobTag);
    const sensed = latest && { boxId: latest.boxId, bin: latest.bin.bin, sinceMs: latest.bin.changedAtMs };
    return whereabouts(sensed, keys(tenantId).custody(key.keyId));
  };
  events.join('fob-moved', (moved) => keepCustody({ ...ports, keys }, moved));
  return {
    kept: keptByKeys(ports.database),
    routes: keyRoutes({ ...ports, keys, whereIs }),
    find: (tenantId, keyId) => keys(tenantId).get(keyId),
    all: (tenantId) => readAll(keys(tenantId)),
    page: (tenantId, after, limit) => keys(tenantId).list({}, after, limit),
    byFob: (tenantId, fobTag) => keys(tenantId).byFob(fobTag),
    byFobLabel: (tenantId, fobLabel) => {
      const [key, another] = keys(tenantId).byFobLabel(fobLabel);
      return another === undefined ? key : undefined;
    },
    whereIs,
    draft: (tenantId, fields, present) => draftKey({ ...ports, keys }, tenantId, fields, present),
    add: (tenantId, wanted) => addKey({ ...ports, keys }, tenantId, wanted),
    change: (tenantId, key, wanted) => {
      if (!keys(tenantId).change(key, wanted)) throw new CloudError('precondition-failed');
    },
  };
}

const pageLength = 200;

function readAll(store: KeyStore): readonly Key[] {
  const all: Key[] = [];
  for (;;) {
    const page = store.list({}, all.at(-1)?.keyId ?? '', pageLength);
    all.push(...page);
    if (page.length < pageLength) return all;
  }
}
