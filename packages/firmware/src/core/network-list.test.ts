import { describe, expect, it } from 'vitest';
import { columnsOf } from './display-texts.ts';
import { networkLabel, networkPages, offeredNetworks } from './network-list.ts';

const secured = (name: string) => ({ name, secured: true });
const open = (name: string) => ({ name, secured: false });

describe('the names of networks on the display', () => {
  it('lose what could hide, join or turn text around', () => {
    expect(networkLabel('Pho\u0000ne\u202e\u200b\u2066\u00ad\n', 24)).toBe('Phone');
    expect(networkLabel('\ud800a\udc00\ufeff', 24)).toBe('a');
    expect(networkLabel('\u200f\u061c', 24)).toBe('');
  });

  it('show a question mark for what the display has no glyph for', () => {
    expect(networkLabel('Max 📱', 24)).toBe('Max ?');
  });

  it('are cut by columns, a full-width character taking two', () => {
    expect(networkLabel('花子のアイフォーン', 7)).toBe('花子の');
    expect(columnsOf(networkLabel('Ａ'.repeat(32), 23))).toBe(22);
    expect(networkLabel('x'.repeat(32), 24)).toHaveLength(24);
  });
});

describe('the networks to choose from', () => {
  it('are the secured ones first, each once, nine at most, and none without a name', () => {
    const found = [
      open('Cafe'),
      secured('A'),
      secured('A'),
      secured(''),
      open('A'),
      secured('\u200b'),
      secured('B'),
    ];
    expect(offeredNetworks(found)).toEqual([secured('A'), secured('B'), open('Cafe'), open('A')]);
    const many = Array.from({ length: 20 }, (_, index) => secured(`N${index}`));
    expect([offeredNetworks(many).length, networkPages(offeredNetworks(many))]).toEqual([9, 3]);
    expect([networkPages([]), networkPages(many.slice(0, 3)), networkPages(many.slice(0, 4))]).toEqual([
      1, 1, 2,
    ]);
  });
});
