// Somebody stands at the box, types at random and pulls the plug after every try to make it forget.
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

describe('a stranger guesses and pulls the plug', () => {
  it('locks the keypad after five wrong codes and says for how long (SEC-15)', async () => {
    const { type, display } = await visit();
    for (const digits of ['11112222', '11113333', '11114444', '11115555', '11116666', '11117777'])
      type(digits);
    expect(display()).toMatch(/お待ち|待って|Wait/);
  });

  it('stays locked over a restart, for the whole wait again (SEC-15)', async () => {
    const { type, open, box, keys, code, seconds } = await visit();
    const { digits } = code(keys[0] as (typeof keys)[number]);
    for (let guess = 0; guess < 6; guess++) {
      type(`9911${String(guess).padStart(4, '0')}`);
      box.box.cutPower();
      seconds(1);
      box.box.powerOn();
      seconds(20);
    }
    type(digits);
    expect(open()).toBeUndefined();
  });

  it('lets the right code in when the wait is over (SEC-15, AC-01)', async () => {
    const { type, open, keys, code, seconds } = await visit();
    const { digits } = code(keys[0] as (typeof keys)[number]);
    for (let guess = 0; guess < 6; guess++) type(`9911${String(guess).padStart(4, '0')}`);
    seconds(1_800);
    type(digits);
    expect(open()).toBe(1);
  });
});
