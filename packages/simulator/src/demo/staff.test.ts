// The demo's member of staff against the real cloud: made once, found again, and given another code where it must be.
import { type AnsweringCloud, cloudOverHttp } from '@smartbox/cloud/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiCall, apiAt } from './api-call.ts';
import { type DemoStaff, demoStaff } from './staff.ts';

let at: AnsweringCloud;
let api: ApiCall;
let hanako: DemoStaff;

beforeAll(async () => {
  at = await cloudOverHttp();
  api = apiAt(at.url, await at.token());
  hanako = await demoStaff(api, undefined);
});

afterAll(() => at.cloud.stop());

const people = async () => ((await api('GET', '/v1/people')).data as readonly unknown[]).length;

describe('the member of staff of the demo', () => {
  it('may take every key, and types an ID code', async () => {
    expect(hanako.idCode).toMatch(/^\d{8,}$/);
    const { data } = await api('GET', `/v1/key-permissions?person_id=${hanako.personId}`);
    expect(data).toMatchObject([{ key_group_id: 'all-keys', right: 'exchange' }]);
  });

  it('is the same at the next start', async () => {
    expect(await demoStaff(api, hanako)).toEqual(hanako);
    expect(await people()).toBe(1);
  });

  it('gets another ID code where somebody has changed it since', async () => {
    await api('PUT', `/v1/people/${hanako.personId}/id-code`);
    const again = await demoStaff(api, hanako);
    expect([again.personId, again.idCode === hanako.idCode]).toEqual([hanako.personId, false]);
    expect(await people()).toBe(1);
  });

  it('is made anew where there is nobody any more', async () => {
    expect((await demoStaff(api, { ...hanako, personId: 'per_none' })).personId).not.toBe(hanako.personId);
    expect(await people()).toBe(2);
  });
});
