// The client and the real cloud, over HTTP: what is printed from the description is what the server does.
import { type AnsweringCloud, cloudOverHttp } from '@smartbox/cloud/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, eachItem } from '../src/index.ts';

let at: AnsweringCloud;
let client: Client;
let locationId: string;

beforeAll(async () => {
  at = await cloudOverHttp();
  client = createClient({ url: at.url, token: await at.token(), language: 'en' });
  const { body } = await client.createLocation({ body: { name: 'Desk', time_zone: 'Asia/Tokyo' } });
  locationId = body.id;
});

afterAll(() => at.cloud.stop());

const newKey = (name: string, fobTag: string) => ({ name, location_id: locationId, fob_tag: fobTag });

describe('the client in front of a cloud', () => {
  it('makes a resource once for one Idempotency-Key', async () => {
    const body = newKey('Van 1', '04a1b2c3d4e501');
    const first = await client.createKey({ body }, { idempotencyKey: 'mine' });
    const second = await client.createKey({ body }, { idempotencyKey: 'mine' });
    expect([first.replayed, second.replayed]).toEqual([false, true]);
    expect(second.body.id).toBe(first.body.id);
  });

  it('walks through a list of several pages', async () => {
    for (const number of [2, 3, 4, 5])
      await client.createKey({ body: newKey(`Van ${number}`, `04a1b2c3d4e50${number}`) });
    const names: string[] = [];
    for await (const { name } of eachItem(client.listKeys, { query: { limit: 2 } })) names.push(name);
    expect(names.sort()).toEqual(['Van 1', 'Van 2', 'Van 3', 'Van 4', 'Van 5']);
  });

  it('edits what was read, and is refused when somebody else was first', async () => {
    const path = { location_id: locationId };
    const { etag } = await client.getLocation({ path });
    await client.changeLocation({ path, body: { name: 'Front desk' } }, { ifMatch: etag });
    await expect(
      client.changeLocation({ path, body: { name: 'Back' } }, { ifMatch: etag }),
    ).rejects.toMatchObject({ code: 'precondition-failed', status: 412 });
  });

  it('names the faulty fields of a refused request', async () => {
    const refused = client.createKey({ body: { ...newKey('', '04'), location_id: locationId } });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'invalid-request', errors: [{}, {}] } });
  });

  it('is told without a token that it must sign in', async () => {
    await expect(createClient({ url: at.url }).listKeys()).rejects.toMatchObject({
      code: 'sign-in-required',
    });
  });

  it('follows the ledger: what was there before it began, then what happens', async () => {
    const setPassphrase = (passphrase: string) => client.setStepUpPassphrase({ body: { passphrase } });
    await setPassphrase('four quiet grey horses');
    const stop = new AbortController();
    const followed = client.followEvents({ lastEventId: 'evt_000000000000', signal: stop.signal });
    const before = await followed.next();
    await client.createKeyCode({ body: { key_id: (await client.listKeys()).body.data[0]!.id } });
    const after = await followed.next();
    stop.abort();
    expect([before.value?.type, after.value?.type]).toEqual(['step_up.passphrase_set', 'code.created']);
  });
});
