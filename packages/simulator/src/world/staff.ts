// The people of a site and what its operator does about them: hires, gives and takes permissions, puts people into groups
// and out of them, changes what the place asks, stops and erases somebody. Each is told to the API and, in the same
// transaction, to the oracle.
import type { PersonRole } from '@smartbox/cloud';
import type { VirtualClock } from '@smartbox/firmware/simulated';
import type { Chance } from './chance.ts';
import { type CallParts, type CloudHost, worldEpochMs } from './cloud-host.ts';
import { OpeningOracle } from './opening-oracle.ts';
import { type PlacePolicy, Rights } from './rights.ts';
import type { Site } from './site.ts';
import { newFobNumber } from './site-box.ts';

/** Somebody who works here. */
export interface Member {
  readonly personId: string;
  /** As the ledger of the world's actions calls them. */
  readonly nickname: string;
  readonly phone: string;
  /** What the person knows and carries; undefined where it was never given. */
  idCode: string;
  badge: string | undefined;
}

/** What staff work in. */
export interface StaffSurroundings {
  readonly clock: VirtualClock;
  readonly host: CloudHost;
  readonly site: Site;
}

/** Windows that are shut at the hour at which worlds are played. */
const closedNow = [{ days: ['sun'], from: '09:00', until: '10:00' }];

/** All that the operator knows about people. */
export class Staff {
  readonly rights = new Rights();
  readonly oracle: OpeningOracle;
  /** Those who work here now. */
  readonly members: Member[] = [];
  /** ID codes that were ever given, for the search for secrets. */
  readonly secrets: string[] = [];
  readonly userGroups: string[] = [];
  readonly keyGroups: string[] = [];
  readonly #world: StaffSurroundings;
  readonly #phones = new Map<string, string>();
  #elsewhereId = '';

  constructor(world: StaffSurroundings) {
    this.#world = world;
    this.oracle = new OpeningOracle(this.rights, world.host.phones, (personId) => this.#phones.get(personId));
  }

  /** The first people, groups and permissions, on a good day. */
  open(chance: Chance): void {
    const elsewhere = { name: 'Kannai', time_zone: 'Asia/Tokyo' };
    this.#call('createLocation', { body: elsewhere }, (made) => {
      this.#elsewhereId = String(made.location_id ?? made.id);
    });
    this.setPolicy({ secondFactor: 'text_message', badge: chance.pick(['on', 'off']), isOpen: true });
    for (const role of ['admin', 'location_manager', null, null] as const) this.hire(chance, role);
    for (let group = 0; group < 2; group++) {
      this.addGroup('user');
      this.addGroup('key');
    }
    for (let given = 0; given < 4; given++) this.giveSomething(chance);
  }

  hire(chance: Chance, role: PersonRole | null): void {
    const number = this.#phones.size + 1;
    const phone = `+8190${String(10_000_000 + chance.below(10_000_000))}`;
    const nickname = `member ${number}`;
    const body = { name: `Aoba Staff ${chance.below(9_000) + 1_000}`, phone, role };
    const { nowMs } = this;
    this.#call('createPerson', { body }, ({ id }) => {
      const personId = String(id);
      this.#phones.set(personId, phone);
      if (role !== null) this.rights.roles.begin({ personId, role }, nowMs);
      this.members.push({ personId, nickname, phone, idCode: '', badge: undefined });
    });
    const member = this.members.at(-1) as Member;
    this.giveIdCode(member);
    if (chance.chance(50)) this.giveBadge(member, newFobNumber(chance));
  }

  giveIdCode(member: Member): void {
    const { personId } = member;
    this.#call('setIdCode', { params: { person_id: personId } }, ({ id_code }) => {
      this.rights.idCodes.end((one) => one.personId === personId, this.nowMs);
      member.idCode = String(id_code);
      this.secrets.push(member.idCode);
      this.rights.idCodes.begin({ personId, digits: member.idCode }, this.nowMs);
    });
  }

  giveBadge(member: Member, tag: string): void {
    const { personId } = member;
    this.#call('setBadge', { params: { person_id: personId }, body: { tag } }, () => {
      this.rights.badges.end((one) => one.personId === personId, this.nowMs);
      member.badge = tag;
      this.rights.badges.begin({ personId, tag }, this.nowMs);
    });
  }

  takeBadge({ personId }: Member): void {
    this.#call('removeBadge', { params: { person_id: personId } }, () =>
      this.rights.badges.end((one) => one.personId === personId, this.nowMs),
    );
  }

  setPolicy(policy: PlacePolicy): void {
    const body = {
      second_factor: policy.secondFactor,
      badge: policy.badge,
      opening_windows: policy.isOpen ? null : closedNow,
      holidays: [],
      quiet_hours: [],
    };
    this.#call('setAccessPolicy', { params: { location_id: this.#world.site.locationId }, body }, () => {
      this.rights.policies.end(() => true, this.nowMs);
      this.rights.policies.begin(policy, this.nowMs);
    });
  }

  /** A permission for somebody, on something, from now or a little later, for ever or a while. */
  giveSomething(chance: Chance, member: Member = chance.pick(this.members)): void {
    const byGroup = this.userGroups.length > 0 && chance.chance(35);
    const subjectId = byGroup ? chance.pick(this.userGroups) : member.personId;
    const { keys, locationId } = this.#world.site;
    const target = chance.below(4);
    const targetId =
      target === 0
        ? 'all-keys'
        : target === 1 && this.keyGroups.length > 0
          ? chance.pick(this.keyGroups)
          : chance.pick(keys).keyId;
    const startsAtMs = chance.chance(15) ? this.nowMs + chance.below(40_000) : 0;
    const endsAtMs = chance.chance(20)
      ? Math.max(startsAtMs, this.nowMs) + 1_000 + chance.below(90_000)
      : Number.POSITIVE_INFINITY;
    const isOfPlace = target === 0 && chance.chance(50);
    this.give({ subjectId, targetId, startsAtMs, endsAtMs }, isOfPlace ? { location_id: locationId } : {});
  }

  /** @param besides what else the API is told */
  give(
    what: {
      readonly subjectId: string;
      readonly targetId: string;
      readonly startsAtMs?: number;
      readonly endsAtMs?: number;
    },
    besides: Readonly<Record<string, string>> = {},
  ): void {
    const { subjectId, targetId, startsAtMs = 0, endsAtMs = Number.POSITIVE_INFINITY } = what;
    const body = {
      [subjectId.startsWith('grp_') ? 'user_group_id' : 'person_id']: subjectId,
      [targetId.startsWith('key_') ? 'key_id' : 'key_group_id']: targetId,
      right: 'exchange',
      ...besides,
      ...(startsAtMs === 0 ? {} : { starts_at: instant(startsAtMs) }),
      ...(endsAtMs === Number.POSITIVE_INFINITY ? {} : { ends_at: instant(endsAtMs) }),
    };
    this.#call('giveKeyPermission', { body }, ({ id }) =>
      this.rights.permissions.begin(
        { permissionId: String(id), subjectId, targetId, startsAtMs, endsAtMs },
        this.nowMs,
      ),
    );
  }

  endPermission(permissionId: string): void {
    this.#call('endKeyPermission', { params: { permission_id: permissionId } }, () =>
      this.rights.permissions.end((one) => one.permissionId === permissionId, this.nowMs),
    );
  }

  addGroup(kind: 'user' | 'key'): void {
    const [operation, groups] =
      kind === 'user'
        ? (['createUserGroup', this.userGroups] as const)
        : (['createKeyGroup', this.keyGroups] as const);
    this.#call(operation, { body: { name: `Group ${groups.length + 1}` } }, ({ id }) =>
      groups.push(String(id)),
    );
  }

  removeGroup(kind: 'user' | 'key', groupId: string): void {
    const groups = kind === 'user' ? this.userGroups : this.keyGroups;
    const [operation, params] =
      kind === 'user'
        ? ['removeUserGroup', { group_id: groupId }]
        : ['removeKeyGroup', { key_group_id: groupId }];
    this.#call(operation as string, { params: params as Record<string, string> }, () => {
      groups.splice(groups.indexOf(groupId), 1);
      const { rights, nowMs } = this;
      rights.memberships.end((one) => one.groupId === groupId || one.memberId === groupId, nowMs);
      rights.permissions.end((one) => one.subjectId === groupId || one.targetId === groupId, nowMs);
    });
  }

  /** In, or out where it is in already. */
  toggleMembership(kind: 'user' | 'key', memberId: string, groupId: string): void {
    const isSame = (one: { memberId: string; groupId: string }) =>
      one.memberId === memberId && one.groupId === groupId;
    const { memberships } = this.rights;
    const isIn = memberships.now().some(isSame);
    const params: Record<string, string> =
      kind === 'user'
        ? { group_id: groupId, member_id: memberId }
        : { key_group_id: groupId, key_member_id: memberId };
    const noun = kind === 'user' ? 'GroupMember' : 'KeyGroupMember';
    this.#call(`${isIn ? 'remove' : 'add'}${noun}`, { params }, () => {
      if (isIn) memberships.end(isSame, this.nowMs);
      else memberships.begin({ memberId, groupId }, this.nowMs);
    });
  }

  /** Stops somebody, or moves them to another place; or takes that back. */
  toggleBar({ personId }: Member, why: 'quarantine' | 'elsewhere'): void {
    const { barred } = this.rights;
    const isSame = (one: { personId: string; why: string }) => one.personId === personId && one.why === why;
    const isBarred = barred.now().some(isSame);
    const params = { person_id: personId };
    const note = (): void => {
      if (isBarred) barred.end(isSame, this.nowMs);
      else barred.begin({ personId, why }, this.nowMs);
    };
    if (why === 'quarantine') this.#call(isBarred ? 'liftQuarantine' : 'quarantinePerson', { params }, note);
    else
      this.#call(
        'changePerson',
        { params, body: { location_ids: isBarred ? [] : [this.#elsewhereId] } },
        note,
      );
  }

  setRole({ personId }: Member, role: PersonRole | null): void {
    this.#call('changePerson', { params: { person_id: personId }, body: { role } }, () => {
      const { roles } = this.rights;
      roles.end((one) => one.personId === personId, this.nowMs);
      if (role !== null) roles.begin({ personId, role }, this.nowMs);
    });
  }

  erase(member: Member): void {
    const { personId } = member;
    this.#call('erasePerson', { params: { person_id: personId } }, () => {
      this.members.splice(this.members.indexOf(member), 1);
      const { rights, nowMs } = this;
      rights.barred.begin({ personId, why: 'erased' }, nowMs);
      rights.permissions.end((one) => one.subjectId === personId, nowMs);
      rights.memberships.end((one) => one.memberId === personId, nowMs);
    });
  }

  roleOf({ personId }: Member): PersonRole | undefined {
    return this.rights.roles.now().find((one) => one.personId === personId)?.role as PersonRole | undefined;
  }

  /** Orders an opening as somebody who has signed in. @throws CloudError when it is refused */
  order(
    member: Member,
    what: {
      readonly boxId: string;
      readonly bin: number;
      readonly press: 'none' | 'button';
      readonly waitMs: number;
    },
  ): void {
    const { boxId, bin, press, waitMs } = what;
    const role = this.roleOf(member);
    if (role === undefined) return;
    const body = {
      target: bin === 0 ? 'main_lock' : { bin },
      ...{ press, wait_seconds: waitMs / 1_000, reason: 'Somebody waits at the door' },
    };
    const by = { personId: member.personId, role };
    this.#call('orderOpening', { params: { box_id: `box_${boxId}` }, body, by }, ({ id }) =>
      this.oracle.orders.push({
        ...{ openingId: String(id), boxId, bin, press, by: member.personId },
        ...{ orderedAtMs: this.nowMs, untilMs: this.nowMs + waitMs },
      }),
    );
  }

  /** In whole milliseconds of the world, as the cloud counts them. */
  get nowMs(): number {
    return Math.floor(this.#world.clock.nowMs());
  }

  #call(
    operationId: string,
    parts: CallParts,
    committing: (answer: Readonly<Record<string, unknown>>) => void,
  ): void {
    const { host, site } = this.#world;
    host.call(site.operator, operationId, { ...parts, committing });
  }
}

function instant(worldMs: number): string {
  return new Date(worldEpochMs + worldMs).toISOString();
}
