// The provider of text messages of a world: what it promises where it works well, and that a bad one is bad.
import { VirtualClock } from '@smartbox/firmware/simulated';
import { describe, expect, it } from 'vitest';
import { chanceFrom } from './chance.ts';
import { badProvider, Phones } from './phones.ts';

const to = '+819012345678';

describe('the phones of a world', () => {
  it('get every message at once and once while the provider works', async () => {
    const phones = new Phones(new VirtualClock(), chanceFrom(1));
    await phones.provider.send({ to, body: 'SmartBox code: 123456 (once, within 5 minutes)' });
    expect(phones.codesOn(to)).toEqual(['123456']);
    expect(phones.codesOn('+819000000000')).toEqual([]);
  });

  it('get messages late, never and twice from a bad provider, and the world remembers what was sent', async () => {
    const clock = new VirtualClock();
    const phones = new Phones(clock, chanceFrom(2));
    phones.mood = badProvider;
    for (let number = 100_000; number < 100_200; number++)
      await phones.provider.send({ to, body: `SmartBox code: ${number}` });
    const atOnce = phones.codesOn(to).length;
    clock.advance(badProvider.lateMs);
    const after = phones.codesOn(to);
    const distinct = new Set(after).size;
    expect(after.length).toBeGreaterThan(atOnce);
    expect(after.length).toBeGreaterThan(distinct);
    expect(phones.sent.length).toBeGreaterThan(distinct);
    expect(phones.sent.length).toBeLessThan(200);
  });
});
