// A key that was taken is not lost when its holder looks away.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptHand } from './kept-hand.ts';

const socket = (): string => join(mkdtempSync(join(tmpdir(), 'smartbox-hand-')), 'control.sock');

describe('what a person at the terminal holds', () => {
  it('is nothing at the first visit, and found again at the next', () => {
    const address = socket();
    expect(keptHand(address).read([])).toEqual([]);
    keptHand(address).write(['04a1b2c3d4e503']);
    expect(keptHand(address).read([])).toEqual(['04a1b2c3d4e503']);
  });

  it('is not what hangs in a bin meanwhile', () => {
    const address = socket();
    keptHand(address).write(['04a1b2c3d4e503', '04a1b2c3d4e505']);
    expect(keptHand(address).read(['04a1b2c3d4e503'])).toEqual(['04a1b2c3d4e505']);
  });

  it('is nothing where the note is damaged, or the box is far away', () => {
    const address = socket();
    writeFileSync(join(address, '..', 'hand.json'), 'damaged');
    expect(keptHand(address).read([])).toEqual([]);
    keptHand('http://127.0.0.1:8090').write(['04a1b2c3d4e503']);
    expect(keptHand('http://127.0.0.1:8090').read([])).toEqual([]);
  });
});
