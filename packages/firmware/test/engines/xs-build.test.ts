// The build of the XS host behaves on machines with and without a compiler, and when two processes want it at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildXsHost } from '../../engines/xs/build.ts';
import { withBuildLock } from '../../engines/xs/build-lock.ts';
import { xsHostForTests } from '../../engines/xs/xs-host-for-tests.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('building the XS host', () => {
  it('says what is missing where there is no compiler, and the suite is skipped', async () => {
    vi.stubEnv('CC', 'no-such-compiler');
    vi.stubEnv('SMARTBOX_REQUIRE_XS', '');
    const built = await buildXsHost();
    expect(built.kind).toBe('absent');
    const { host, note } = await xsHostForTests();
    expect(host).toBeUndefined();
    expect(note).toContain('no C compiler');
  });

  it.each(['1', '32'])('fails instead where SMARTBOX_REQUIRE_XS=%s', async (required) => {
    vi.stubEnv('CC', 'no-such-compiler');
    vi.stubEnv('SMARTBOX_REQUIRE_XS', required);
    await expect(xsHostForTests()).rejects.toMatchObject({ code: 'xs-missing' });
  });
});

describe('the build lock', () => {
  const inFolder = async (use: (lock: string) => Promise<void>): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), 'smartbox-lock-'));
    try {
      await use(join(folder, 'build.lock'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('lets one in at a time', async () => {
    await inFolder(async (lock) => {
      let inside = 0;
      let most = 0;
      const work = async (): Promise<void> => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      };
      await Promise.all([withBuildLock(lock, work), withBuildLock(lock, work), withBuildLock(lock, work)]);
      expect(most).toBe(1);
    });
  });

  it('takes over from a process that died', async () => {
    await inFolder(async (lock) => {
      // No process has this id: Linux stops at 4,194,304.
      writeFileSync(lock, '99999999');
      let done = false;
      await withBuildLock(lock, async () => {
        done = true;
      });
      expect(done).toBe(true);
    });
  });

  it('is free again after work that failed', async () => {
    await inFolder(async (lock) => {
      const failing = withBuildLock(lock, () => Promise.reject(new RangeError('no')));
      await expect(failing).rejects.toThrow('no');
      await withBuildLock(lock, () => Promise.resolve());
    });
  });
});
