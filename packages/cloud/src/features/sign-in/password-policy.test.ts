// Which passwords are refused, and which are not.
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
  ])('“%s”: %s (MO-06)', (text, fault) => {
    expect(passwordFault(text, owner)).toBe(fault);
  });
});

describe('a password is taken', () => {
  it.each([
    'correct horse battery staple',
    'plums in the yamada garden ripen',
    'tq7-RmVz-9wLk',
    'さくらのはなみはごがつまで',
  ])('like “%s” (MO-06)', (text) => {
    expect(passwordFault(text, owner)).toBeUndefined();
  });

  it('by somebody of whom nothing but a short name is known', () => {
    expect(
      passwordFault('correct horse battery staple', { name: 'Yu', mail: '', company: '' }),
    ).toBeUndefined();
  });
});
