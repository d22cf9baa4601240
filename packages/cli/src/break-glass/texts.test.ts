import { describe, expect, it } from 'vitest';
import { say } from './texts.ts';

describe('the texts', () => {
  it('are filled in, and keep a name that is not given', () => {
    expect(say('en', 'binNumber', { bin: 3 })).toBe('Bin 3');
    expect(say('ja', 'binNumber')).toBe('{bin} 番');
  });

  it('put no markup and no pattern of a value into effect', () => {
    expect(say('en', 'help', { phone: '$& {phone} <b>' })).toBe('help $& {phone} <b>');
  });
});
