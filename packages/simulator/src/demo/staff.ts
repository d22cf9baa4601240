// A member of staff for the demo, who takes keys in two steps: an ID code, then the code that the terminal shows in
// place of a phone.
import { type ApiCall, ApiRefusal } from './api-call.ts';

/** Who it is, as the demo remembers: the digits are in one answer of the API and in no other. */
export interface DemoStaff {
  readonly personId: string;
  readonly idCode: string;
  /** When the ID code was made, as the API says it: another one since then makes these digits worthless. */
  readonly setAt: string;
}

// Tokyo's numbers begin 03; none has so many zeros.
const HANAKO = { name: '山田 花子 (Hanako)', phone: '+81300000000', language: 'en' };

/** @returns the member of staff of the last start while the ID code counts, else with a new one */
export async function demoStaff(api: ApiCall, known: DemoStaff | undefined): Promise<DemoStaff> {
  const setAt = known === undefined ? undefined : await idCodeSetAt(api, known.personId);
  if (known !== undefined && setAt === known.setAt) return known;
  const personId = known === undefined || setAt === undefined ? await hire(api) : known.personId;
  const { id_code, set_at } = await api('PUT', `/v1/people/${personId}/id-code`);
  return { personId, idCode: String(id_code), setAt: String(set_at) };
}

/** @returns undefined for a person who is no more, null for one without an ID code */
async function idCodeSetAt(api: ApiCall, personId: string): Promise<string | null | undefined> {
  try {
    const { id_code } = await api('GET', `/v1/people/${personId}/keypad`);
    return (id_code as { readonly set_at: string } | null)?.set_at ?? null;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return undefined;
    throw error;
  }
}

async function hire(api: ApiCall): Promise<string> {
  const personId = String((await api('POST', '/v1/people', HANAKO)).id);
  const right = { person_id: personId, key_group_id: 'all-keys', right: 'exchange' };
  await api('POST', '/v1/key-permissions', right);
  return personId;
}
