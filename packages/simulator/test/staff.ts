// Staff of a world: people with phones who may take keys. They know what the API told the operator, what the display
// says and what stands on their phones, and nothing else.
import type { SiteKey } from '../src/world/site.ts';
import type { Visit } from './visit.ts';

/** Somebody who takes keys. */
export interface Member {
  readonly personId: string;
  readonly phone: string;
  readonly idCode: string;
}

/** An operator's work with staff, and one member's hands at the keypad. */
export interface Staff {
  hire(): Member;
  /** @returns the permission's id */
  allow(to: Readonly<Record<string, unknown>>): string;
  disallow(permissionId: string): void;
  /** Changes the policy of the place. */
  policy(change: Readonly<Record<string, unknown>>): void;
  call(operationId: string, parts: object): Readonly<Record<string, unknown>>;
  /** The digits that came last to this phone. */
  codeOf(member: Member): string;
  messages(member: Member): number;
  /** Types the ID code, then the second code from the phone where the display asks for it. */
  enter(member: Member): void;
  /** Types digits and Enter as they stand: an answer to what the display asks. */
  answer(digits: string): void;
}

/** Opens the desk of a visit. */
export function staffOf(story: Visit): Staff {
  const { host, site } = story.world;
  let hired = 0;
  const call: Staff['call'] = (operationId, parts) => host.call(site.operator, operationId, parts);
  const codeOf = ({ phone }: Member): string => /\d{6}/.exec(host.phones.on(phone).at(-1) ?? '')?.[0] ?? '';
  const answer = (digits: string): void => story.type(digits);
  return {
    call,
    codeOf,
    answer,
    hire: () => {
      hired += 1;
      const phone = `+8190000000${String(hired).padStart(2, '0')}`;
      const personId = String(call('createPerson', { body: { name: `Member ${hired}`, phone } }).id);
      const idCode = String(call('setIdCode', { params: { person_id: personId } }).id_code);
      return { personId, phone, idCode };
    },
    allow: (to) => String(call('giveKeyPermission', { body: { right: 'exchange', ...to } }).id),
    disallow: (permission_id) => void call('endKeyPermission', { params: { permission_id } }),
    policy: (change) => {
      const params = { location_id: site.locationId };
      call('setAccessPolicy', { params, body: { ...call('getAccessPolicy', { params }), ...change } });
    },
    messages: ({ phone }) => host.phones.on(phone).length,
    enter: (member) => {
      story.type(member.idCode);
      if (asksForCode(story)) answer(codeOf(member));
    },
  };
}

/** Whether the display asks for the code that came to the phone. */
export function asksForCode({ display }: Visit): boolean {
  return /スマホに届いたコード|A code was sent/.test(display());
}

/** A key of the world by the number of its bin at the first box. */
export function keyIn({ keys }: Visit, bin: number): SiteKey {
  return keys[bin - 1] as SiteKey;
}
