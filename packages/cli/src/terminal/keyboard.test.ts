import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createKeyboard } from './keyboard.ts';

/** A keyboard, what is typed on it, and what a person sees. */
function typing() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => void modes.push(raw) });
  const seen: string[] = [];
  const keyboard = createKeyboard(input, { write: (text) => seen.push(text) });
  return { keyboard, input, seen, modes };
}

describe('a keyboard', () => {
  it('shows a question and nothing of a secret, not even its length', async () => {
    const { keyboard, input, seen, modes } = typing();
    input.write('かぎ 7\r');
    expect(await keyboard.askSecretly('Passphrase: ')).toBe('かぎ 7');
    expect(seen).toEqual(['Passphrase: ', '\n']);
    expect(modes).toEqual([true, false]);
  });

  it.each([
    ['abx\u007fc\r', 'abc'],
    ['🚐\bok\n', 'ok'],
    ['wrong\u0015right\r', 'right'],
    ['a\u001bb\r', 'ab'],
  ])('lets a person correct %j', async (typed, read) => {
    const { keyboard, input } = typing();
    input.write(typed);
    expect(await keyboard.askSecretly('')).toBe(read);
  });

  it('loses no line that came too early, whatever its line ends', async () => {
    const { keyboard, input } = typing();
    input.write('one\r\ntwo\nthr');
    input.write('ee\r');
    expect([await keyboard.ask(''), await keyboard.ask(''), await keyboard.ask('')]).toEqual([
      ...['one', 'two', 'three'],
    ]);
  });

  it.each(['\u0003', 'half\u0003', '\u0004'])(
    'ends when the person leaves with %j, and lets the terminal echo again',
    async (typed) => {
      const { keyboard, input, modes } = typing();
      input.write(typed);
      await expect(keyboard.askSecretly('')).rejects.toMatchObject({ code: 'cancelled' });
      expect(modes).toEqual([true, false]);
    },
  );

  it('ends when the input ends', async () => {
    const { keyboard, input } = typing();
    input.end();
    await expect(keyboard.ask('')).rejects.toMatchObject({ code: 'cancelled' });
  });
});
