// Which passwords are refused, and which are not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-policy.ts';

const owner = { name: 'Hanako Yamada', mail: 'h.yamada@sakura-hotels.example', company: 'Sakura Hotels KK' };

describe('a password is refused', () => {
  it.each([
    ['elevenchars', 'too-short'],
    ['aaaaaaaaaaaaaaaa', 'too-simple'],
    ['hanakoyamada', 'like-yourself'],
    ['HanakoYamada2026!', 'like-yourself'],
    ['h4nak0-y4m4d4', 'like-yourself'],
    ['hanakoyamade', 'like-yourself'],
    ['yamada-yamada-yamada', 'like-yourself'],
    ['h.yamada@sakura-hotels.example', 'like-yourself'],
    ['SakuraHotels2026', 'like-yourself'],
    ['ｓａｋｕｒａｈｏｔｅｌｓ', 'like-yourself'],
    ['P@ssw0rd12345', 'too-common'],
    ['passwordpassword', 'too-common'],
    ['qwertyuiop123', 'too-common'],
    ['Summer2026!!!!', 'too-common'],
    ['2026-11-25 1234', 'too-common'],
    ['admin.smartbox.1', 'too-common'],
    ['Liverpool2026!', 'too-common'],
    ['m1ch3ll3-1987', 'too-common'],
    ['ｌｉｖｅｒｐｏｏｌ２０２６', 'too-common'],
    ['butterflybutterfly', 'too-common'],
    ['the.butterfly.1', 'too-common'],
    ['1q2w3e4r5t6y', 'too-common'],
    ['ZAQ12wsxcde3', 'too-common'],
    ['poiuytrewq09', 'too-common'],
    ['1qaz2wsx3edc', 'too-common'],
    ['asdfghjkl;42', 'too-common'],
    ['azertyuiopqs', 'too-common'],
    ['!@#$%^&*()_+', 'too-common'],
  ])('“%s”: %s (MO-06)', (text, fault) => {
    expect(passwordFault(text, owner)).toBe(fault);
  });
});

describe('a password is taken', () => {
  it.each([
    'correct horse battery staple',
    'plums in the yamada garden ripen',
    'tq7-RmVz-9wLk',
    'liverpool rains on butterflies',
    'dragon monkey letters 47 plum',
    'x9 gannet QUOTE 31',
    'さくらのはなみはごがつまで',
  ])('like “%s” (MO-06)', (text) => {
    expect(passwordFault(text, owner)).toBeUndefined();
  });

  it('like most that are drawn at random (MO-06)', () => {
    const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
    const drawn = fc.array(fc.constantFrom(...letters), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(drawn, (picked) => {
        fc.pre(picked.filter((letter) => /[a-z]/i.test(letter)).length > 8 && new Set(picked).size > 8);
        expect(passwordFault(picked.join(''), owner)).toBeUndefined();
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('by somebody of whom nothing but a short name is known', () => {
    expect(
      passwordFault('correct horse battery staple', { name: 'Yu', mail: '', company: '' }),
    ).toBeUndefined();
  });
});
