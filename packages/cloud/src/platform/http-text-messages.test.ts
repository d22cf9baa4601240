// The provider's API over real HTTP, against a server that speaks it, with its faults and the network's.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FixedPorts } from '../../test/fixed-ports.ts';
import { startTextProvider, type TextProvider } from '../../test/text-provider.ts';
import { createHttpTextMessages } from './http-text-messages.ts';
import { systemTimers } from './system-clock.ts';

let phones: TextProvider;

beforeEach(async () => {
  phones = await startTextProvider();
});

afterEach(() => phones.close());

const to = '+819012345678';
const sender = (change: object = {}, timers = systemTimers) => {
  const { url, account, token, from } = phones;
  return createHttpTextMessages({ provider: { url, account, token, from, ...change }, timers });
};

describe('a text message', () => {
  it('arrives on the phone as it was written, with its sender', async () => {
    const body = 'SmartBox 確認コード: 482913 & +=%';
    expect(await sender().send({ to, body })).toEqual({ kind: 'accepted', providerId: 'SM1' });
    expect(phones.arrived).toEqual([{ to, from: phones.from, body }]);
  });

  it('goes to the address that was set, also with a slash at its end', async () => {
    expect((await sender({ url: `${phones.url}/` }).send({ to, body: 'x' })).kind).toBe('accepted');
    expect(phones.seen).toEqual([`POST /2010-04-01/Accounts/${phones.account}/Messages.json`]);
  });

  it.each([
    ['a number that is none', () => sender().send({ to: '12', body: 'x' }), 'provider-21211'],
    ['a sender that is not ours', () => sender({ from: '+1' }).send({ to, body: 'x' }), 'provider-21606'],
    ['a wrong token', () => sender({ token: 'x' }).send({ to, body: 'x' }), 'provider-20003'],
    ['no text', () => sender().send({ to, body: '' }), 'provider-21602'],
    ['an unknown account', () => sender({ account: 'AC2' }).send({ to, body: 'x' }), 'provider-20003'],
  ])('fails for good for %s', async (_what, send, reason) => {
    expect(await send()).toEqual({ kind: 'failed', reason });
    expect(phones.arrived).toEqual([]);
  });

  it.each([
    [{ status: 429, code: 20_429 }, 'provider-20429', undefined],
    [{ status: 429, code: 20_429, retryAfter: '7' }, 'provider-20429', 7_000],
    [{ status: 500, code: 20_500 }, 'provider-20500', undefined],
    [{ status: 503, page: '<h1>Busy</h1>' }, 'provider-503', undefined],
    ['hang-up', 'no-connection', undefined],
  ] as const)('may work later after %j', async (mishap, reason, afterMs) => {
    phones.mishaps.push(mishap);
    expect(await sender().send({ to, body: 'x' })).toEqual({ kind: 'again', reason, afterMs });
    expect((await sender().send({ to, body: 'x' })).kind).toBe('accepted');
  });

  it('follows no redirect: the token stays with the provider', async () => {
    const elsewhere = await startTextProvider();
    phones.mishaps.push({ redirect: `${elsewhere.url}/2010-04-01/Accounts/${phones.account}/Messages.json` });
    expect(await sender().send({ to, body: 'x' })).toEqual({ kind: 'failed', reason: 'provider-307' });
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
  });

  it('waits ten seconds for a provider that says nothing, and may work later', async () => {
    const ports = new FixedPorts();
    phones.mishaps.push('silence');
    const sent = sender({}, ports.timers).send({ to, body: 'x' });
    ports.advance(10_000);
    expect(await sent).toEqual({ kind: 'again', reason: 'timeout', afterMs: undefined });
  });

  it('may work later where nobody listens, and when the cloud stops', async () => {
    const nobody = sender({ url: 'http://127.0.0.1:1' });
    expect(await nobody.send({ to, body: 'x' })).toMatchObject({ kind: 'again', reason: 'no-connection' });
    phones.mishaps.push('silence');
    const stopping = sender();
    const sent = stopping.send({ to, body: 'x' });
    stopping.close();
    expect(await sent).toMatchObject({ kind: 'again', reason: 'no-connection' });
  });
});

describe('what became of a text message (MO-08)', () => {
  it.each([
    [{ status: 'delivered', error_code: null }, { kind: 'delivered' }],
    [
      { status: 'undelivered', error_code: 30_003 },
      { kind: 'failed', reason: 'provider-30003' },
    ],
    [
      { status: 'failed', error_code: null },
      { kind: 'failed', reason: 'provider-failed' },
    ],
    [{ status: 'sent', error_code: null }, { kind: 'pending' }],
  ])('is read from %j', async (said, delivery) => {
    phones.later.set('SM1', said);
    expect(await sender().delivery('SM1')).toEqual(delivery);
  });

  it('is not known while the provider does not answer', async () => {
    phones.mishaps.push('hang-up', { status: 500 });
    expect(await sender().delivery('SM1')).toEqual({ kind: 'pending' });
    expect(await sender().delivery('SM1')).toEqual({ kind: 'pending' });
  });
});
