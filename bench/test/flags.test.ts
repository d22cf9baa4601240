// The command line: what is mistyped is refused with the way out.
import { describe, expect, it } from 'vitest';
import { readFlags, usage } from '../flags.ts';

const sections = ['latency', 'rate', 'growth'];

describe('readFlags', () => {
  it('runs everything unless told otherwise', () => {
    expect(readFlags([], sections)).toMatchObject({
      only: sections,
      quick: false,
      save: false,
      loader: 'tsx',
    });
  });

  it('takes flags behind the dashes that pnpm passes on', () => {
    const flags = readFlags(['--', '--only', 'growth,latency', '--quick', '--repeats', '7'], sections);
    expect(flags).toMatchObject({ only: ['latency', 'growth'], quick: true, repeats: 7 });
  });

  it('refuses a section that is not there and names those that are', () => {
    expect(() => readFlags(['--only', 'latncy'], sections)).toThrow('latency, rate, growth');
  });

  it('refuses flags it does not know, and values that make no sense', () => {
    expect(() => readFlags(['--fast'], sections)).toThrow('--fast');
    expect(() => readFlags(['--repeats', '0'], sections)).toThrow('--repeats');
    expect(() => readFlags(['--loader', 'deno'], sections)).toThrow('--loader');
  });

  it('tells every section in its help', () => {
    for (const section of sections) expect(usage(sections)).toContain(section);
  });
});
