// A box says how it is fed and that it is alive; when it falls silent, the cloud notices.
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

describe('the mains fail and the cloud knows', () => {
  it('reports that it runs on battery, and goes on working (EM-01)', async () => {
    const { box, ledger, seconds, keys, code, type, open } = await visit();
    box.box.setMains(false);
    seconds(30);
    expect(ledger().some((line) => line.type === 'mains.lost')).toBe(true);
    type(code(keys[0] as (typeof keys)[number]).digits);
    expect(open()).toBe(1);
  });

  it('is marked offline when its heartbeats stop, and online when they come back (EM-01)', async () => {
    const { box, ledger, seconds } = await visit();
    box.link.state = 'silent';
    seconds(300);
    expect(ledger().at(-1)?.type).toBe('box.offline');
    box.link.state = 'up';
    seconds(120);
    expect(ledger().at(-1)?.type).toBe('box.online');
  });
});
