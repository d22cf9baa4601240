// Key files are made once, readable by their owner only, and never replaced by a guess.

import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededEntropy } from '../../test/fixed-ports.ts';
import { secretInFile } from './private-file.ts';

const place = (): string => join(mkdtempSync(join(tmpdir(), 'smartbox-keys-')), 'deep', 'pepper.key');

describe('a secret in a file', () => {
  it('is made on first use, for its owner only, and found again', () => {
    const path = place();
    const made = secretInFile(path, seededEntropy('first'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(secretInFile(path, seededEntropy('second'))).toEqual(made);
  });

  it('is not replaced when the file is damaged: the message says what that would cost', () => {
    const path = place();
    secretInFile(path, seededEntropy());
    writeFileSync(path, 'damaged');
    expect(() => secretInFile(path, seededEntropy())).toThrow(/64 hexadecimal digits[\s\S]*backup/);
  });
});
