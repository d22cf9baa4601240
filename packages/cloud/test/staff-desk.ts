// Staff of a depot: people with phones who may take keys, made through the API, and what they do at its box.

import { bodyOf, type Depot } from './depot.ts';
import type { FeaturesWorld } from './features-world.ts';
import type { Question } from './model-box.ts';

/** Somebody who takes keys. */
export interface Member {
  readonly personId: string;
  readonly phone: string;
  readonly idCode: string;
}

/** What a box was answered, as a person notices it. */
export type Heard = 'refused' | 'second-code' | 'bin' | { readonly bin: number };

/** Staff and their hands. */
export interface StaffDesk {
  /** Somebody with an ID code. @param change what is different from everybody else */
  hire(change?: Readonly<Record<string, unknown>>): Member;
  /** Lets somebody take Van 7, or what is named. @returns the permission's id */
  allow(personId: string, on?: Readonly<Record<string, unknown>>): string;
  disallow(permissionId: string): void;
  /** Sets the policy of the depot's location. */
  policy(change: Readonly<Record<string, unknown>>): void;
  badge(personId: string, tag: string): void;
  type(code: string): Heard;
  tap(tag: Uint8Array): Heard;
  /** Types the answer to what the box asked last. */
  further(answer: { readonly code?: string; readonly bin?: number }): Heard;
  /** The digits that arrived last on this phone. */
  codeOf(member: Pick<Member, 'phone'>): string;
  /** The causes of refusals so far, the newest last. */
  causes(): readonly unknown[];
}

/** Opens the desk; text messages are sent from now on. */
export function createStaffDesk(world: FeaturesWorld, depot: Depot): StaffDesk {
  const { owner, box, locationId } = depot;
  const call = (operationId: string, parts: object) => bodyOf(world.call(operationId, owner, parts));
  let hired = 0;
  world.features.start();
  // What runs at every start is over before anybody comes.
  world.ports.drain();
  world.ports.advance(0);
  const heard = (question: Question): Heard => {
    const [answer] = box.take(box.ask(question));
    box.report();
    // The messenger leaves after the commit.
    world.ports.advance(0);
    switch (answer?.message.name) {
      case 'access-granted':
        return { bin: answer.message.body.bin };
      case 'further-asked':
        return answer.message.body.what;
      default:
        return 'refused';
    }
  };
  return {
    hire: (change = {}) => {
      hired += 1;
      const phone = `+8190000000${String(hired).padStart(2, '0')}`;
      const body = { name: `Member ${hired}`, language: 'en', phone, ...change };
      const personId = String(call('createPerson', { body }).id);
      const idCode = String(call('setIdCode', { params: { person_id: personId } }).id_code);
      return { personId, phone, idCode };
    },
    allow: (personId, on = { key_id: depot.keyId }) => {
      const body = { person_id: personId, right: 'exchange', ...on };
      return String(call('giveKeyPermission', { body }).id);
    },
    disallow: (permissionId) =>
      void world.call('endKeyPermission', owner, { params: { permission_id: permissionId }, ifMatch: '*' }),
    policy: (change) => {
      const params = { location_id: locationId };
      const present = call('getAccessPolicy', { params });
      call('setAccessPolicy', { params, body: { ...present, ...change }, ifMatch: '*' });
    },
    badge: (personId, tag) => void call('setBadge', { params: { person_id: personId }, body: { tag } }),
    type: (code) => heard({ code }),
    tap: (tag) => heard({ tag }),
    further: (answer) => heard({ follows: box.furtherAsked?.request ?? new Uint8Array(8), ...answer }),
    codeOf: ({ phone }) => world.phones.codeOn(phone),
    causes: () =>
      world.features.events
        .ledger(owner.tenantId)
        .read({}, { from: 0, order: 'rising', limit: 100_000 })
        .filter(({ fact }) => fact.type === 'access.refused')
        .map(({ fact }) => fact.data?.because),
  };
}
