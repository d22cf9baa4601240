// What is left of personal data when they are masked.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from './masked.ts';

describe('masked personal data', () => {
  it.each([
    ['山田 花子', '山••• 花•••'],
    ['Anne Marie', 'A••• M•••'],
    ['👨‍👩‍👧 family', '👨‍👩‍👧••• f•••'],
  ])('of %s are %s', (name, shown) => {
    expect(masked({ name, mail: '', phone: '' })).toEqual({ name: shown, mail: '', phone: '' });
  });

  it('keep the first letter and the last part of a mail address', () => {
    const mailOf = (mail: string) => masked({ name: 'x', mail, phone: '' }).mail;
    expect(mailOf('hanako@mail.example.jp')).toBe('h•••@•••.jp');
    expect(mailOf('root@localhost')).toBe('r•••@•••');
  });

  it('do not tell how long what they hide is (SEC-16)', () => {
    const digits = fc.integer({ min: 10, max: 99 }).map(String);
    fc.assert(
      fc.property(fc.nat({ max: 99_999_999 }), fc.nat({ max: 999 }), digits, (one, other, end) => {
        const phoneOf = (middle: number) => masked({ name: 'x', mail: '', phone: `+${middle}${end}` }).phone;
        expect(phoneOf(one)).toBe(phoneOf(other));
      }),
    );
  });
});
