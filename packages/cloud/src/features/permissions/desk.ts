// What the routes of permissions stand on, where a permission's keys are, and how what was done is told.

import type { Clock } from '../../platform/clock.ts';
import { CloudError } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import { actorOf, type People } from '../people/index.ts';
import type { KeyGroupStore } from './key-group-store.ts';
import type { KeyGroup, KeyPermission } from './permission.ts';
import type { PolicyStore } from './policy-store.ts';
import type { PermissionStore } from './store.ts';
import { allKeys, type WaysStore } from './ways-store.ts';

/** What the routes need. */
export interface PermissionDesk {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly locations: Pick<Locations, 'find'>;
  readonly keys: Pick<Keys, 'find' | 'page'>;
  readonly people: Pick<People, 'person' | 'hasGroup' | 'groupsOf' | 'membersOf'>;
  readonly permissions: (tenantId: TenantId) => PermissionStore;
  readonly keyGroups: (tenantId: TenantId) => KeyGroupStore;
  readonly policies: (tenantId: TenantId) => PolicyStore;
  readonly ways: (tenantId: TenantId) => WaysStore;
}

/** @returns the location of a permission's keys; null for keys of the whole tenant */
export function placeOfPermission(
  desk: Pick<PermissionDesk, 'keys' | 'keyGroups'>,
  tenantId: TenantId,
  { target }: Pick<KeyPermission, 'target'>,
): string | null {
  switch (target.kind) {
    case 'key':
      return desk.keys.find(tenantId, target.keyId)?.locationId ?? null;
    case 'key-group':
      return desk.keyGroups(tenantId).get(target.keyGroupId)?.locationId ?? null;
    case 'all-keys':
      return target.locationId;
  }
}

/** @throws CloudError `not-found` for a group that the tenant has not, `conflict` for the one that is built in */
export function findKeyGroup(desk: PermissionDesk, tenantId: TenantId, keyGroupId: string): KeyGroup {
  if (keyGroupId === allKeys)
    throw new CloudError('conflict', {
      detail: {
        ja: '「すべての鍵」は組み込みのグループで、変更できません。別のグループを作ってください。',
        en: 'The group of all keys is built in and cannot be changed. Make another group.',
      },
    });
  const group = desk.keyGroups(tenantId).get(keyGroupId);
  if (group === undefined) throw new CloudError('not-found');
  return group;
}

/** What happened to what, as the ledger has it. */
export interface Told {
  readonly type: string;
  readonly locationId: string | null;
  readonly keyId?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Writes down what somebody did, or what followed from it where the caller is a tenant only. */
export function tell(
  desk: Pick<PermissionDesk, 'clock' | 'events'>,
  caller: Principal | { readonly tenantId: TenantId },
  { type, locationId, keyId, data }: Told,
): void {
  desk.events.publish('fact-established', {
    ...{ tenantId: caller.tenantId, type, occurredAtMs: Math.floor(desk.clock.nowMs()) },
    ...(locationId === null ? {} : { locationId }),
    ...(keyId === undefined ? {} : { keyId }),
    data: { ...data, ...('tokenId' in caller ? actorOf(caller) : {}) },
  });
}

/** What was done to a permission. */
export function toldOfPermission(
  desk: Pick<PermissionDesk, 'keys' | 'keyGroups'>,
  tenantId: TenantId,
  type: 'permission.given' | 'permission.changed' | 'permission.ended',
  permission: KeyPermission,
): Told {
  const { permissionId, subject, target, right } = permission;
  return {
    type,
    locationId: placeOfPermission(desk, tenantId, permission),
    ...(target.kind === 'key' ? { keyId: target.keyId } : {}),
    data: {
      permission_id: permissionId,
      ...(subject.kind === 'person' ? { person_id: subject.personId } : { user_group_id: subject.groupId }),
      ...(target.kind === 'key-group' ? { key_group_id: target.keyGroupId } : {}),
      ...(target.kind === 'all-keys' ? { key_group_id: allKeys } : {}),
      right,
    },
  };
}
