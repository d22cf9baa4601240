// Two clouds over one database would each answer boxes that the other knows nothing of.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdDirectory } from './directory-hold.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'smartbox-hold-'));

describe('a data directory', () => {
  it('is held by one at a time, and says what to do', () => {
    const directory = folder();
    const release = holdDirectory(directory);
    expect(() => holdDirectory(directory)).toThrow(/Another SmartBox runs in[\s\S]*SMARTBOX_DATA_DIR/);
    release();
    holdDirectory(directory)();
  });

  it('is made where it is missing', () => {
    holdDirectory(join(folder(), 'deep', 'data'))();
  });

  it('that cannot be one is refused with its reason', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => holdDirectory(file)).toThrow(/cannot be used \(EEXIST\)/);
  });
});
