// An authenticator app that we did not write shows the code that the box computes: oathtool, given the key as apps
// get it.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { authenticatorCode, authenticatorStep, base32, nobleCrypto } from '../src/index.ts';
import { batch } from './effort.ts';
import { outsideTool } from './outside-tool.ts';

const oathtool = outsideTool('oathtool', 'oathtool');

function shown(key: Uint8Array, nowMs: number): string {
  const now = new Date(nowMs).toISOString().replace('T', ' ').replace('.000Z', ' UTC');
  const options = ['--totp', '--digits=8', `--now=${now}`, '--base32', base32(key)];
  return spawnSync('oathtool', options, { encoding: 'utf8' }).stdout.trim();
}

describe.runIf(oathtool.isPresent)(`an authenticator app${oathtool.note}`, () => {
  it('shows what the box computes, for any key and second of this century', () => {
    const keys = fc.uint8Array({ minLength: 20, maxLength: 20 });
    const seconds = fc.oneof(fc.nat({ max: 4_102_444_799 }), fc.constantFrom(0, 29, 30, 59, 1_111_111_109));
    fc.assert(
      fc.property(keys, seconds, (key, second) => {
        const code = authenticatorCode(nobleCrypto, key, authenticatorStep(second * 1000));
        expect(shown(key, second * 1000)).toBe(code);
      }),
      { numRuns: batch(60) },
    );
  });
});

describe('a tool to compare with that is not installed', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is a reason to skip, and where SMARTBOX_REQUIRE_TOOLS is set a failure', () => {
    vi.stubEnv('SMARTBOX_REQUIRE_TOOLS', '');
    const absent = outsideTool('no-such-tool', 'no-such-package');
    expect(absent).toEqual({
      isPresent: false,
      note: ' (skipped: there is no no-such-tool; install no-such-package)',
    });
    vi.stubEnv('SMARTBOX_REQUIRE_TOOLS', '1');
    expect(() => outsideTool('no-such-tool', 'no-such-package')).toThrow('SMARTBOX_REQUIRE_TOOLS');
  });
});
