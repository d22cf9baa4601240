// What a world with staff is asked when the faults have stopped: that nothing secret of theirs lies about, and that the
// two steps at the keypad still open for somebody who may.
import type { Chance } from './chance.ts';
import type { SiteBox } from './site-box.ts';
import type { Member, Staff } from './staff.ts';
import { enter } from './staff-scripts.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

const TWO_STEPS_MS = 120_000;

/** I6 for people. @param database all that the cloud keeps, as text. @throws Violation */
export function checkStaffSecrets({ host }: World, staff: Staff, database: string): void {
  const log = host.logLines.join('\n');
  const texts = host.phones.sent.map(({ body }) => body);
  for (const secret of [...staff.secrets, ...texts]) {
    if (log.includes(secret)) throw new Violation('I6', 'an ID code or a text message stands in the log');
    if (database.includes(secret)) throw new Violation('I6', 'an ID code or a text message is kept in clear');
  }
  for (const { to } of host.phones.sent)
    if (log.includes(to)) throw new Violation('I6', 'the number of a phone stands in the log');
}

/** Somebody new gets one key and takes it in two steps. @throws Violation */
export async function checkStaffStillTakes(
  world: World,
  staff: Staff,
  about: { readonly place: SiteBox; readonly keyId: string; readonly chance: Chance },
): Promise<void> {
  const { place, keyId, chance } = about;
  staff.setPolicy({ secondFactor: 'text_message', badge: 'off', isOpen: true });
  staff.hire(chance, null);
  const member = staff.members.at(-1) as Member;
  staff.give({ subjectId: member.personId, targetId: keyId });
  const opened = staff.oracle.explained.people;
  place.busy = false;
  const entry = { member, reads: member, manner: 'right', byBadge: false, meanwhile: () => {} } as const;
  const script = enter(place, { ...entry, phones: world.host.phones }, { chance, pockets: world.pockets });
  world.perform(place, `${member.nickname} takes a key as on the first day`, script);
  await world.live(TWO_STEPS_MS);
  if (staff.oracle.explained.people === opened)
    throw new Violation('lost-code', `${place.name} refuses ${member.nickname}, who may: ${place.shown()}`);
}
