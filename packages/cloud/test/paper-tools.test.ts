// The tests of paper say what is missing on a machine without the tools, and fail where they are required.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { paperTools } from './paper-tools.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a machine without tools for PDF', () => {
  it('skips the tests of paper and says what to install', () => {
    vi.stubEnv('PATH', '');
    vi.stubEnv('SMARTBOX_REQUIRE_TOOLS', '');
    expect(paperTools()).toEqual({ tools: undefined, note: ' (skipped: install poppler-utils to run it)' });
  });

  it('fails where SMARTBOX_REQUIRE_TOOLS is set', () => {
    vi.stubEnv('PATH', '');
    vi.stubEnv('SMARTBOX_REQUIRE_TOOLS', '1');
    expect(() => paperTools()).toThrow('poppler-utils is not installed');
  });
});
