// Whether the XS tests run here: with a C compiler they do; without one they are skipped with a word why, unless
// SMARTBOX_REQUIRE_XS says that this machine must have it (`32`: that it must build for 32 bits).
import { EngineError } from '../embedded-engine.ts';
import { buildXsHost, type XsHost } from './build.ts';

export interface FoundXsHost {
  readonly host: XsHost | undefined;
  /** For the title of the suite: the build, or why it is skipped. */
  readonly note: string;
}

/** @throws EngineError `xs-missing` where SMARTBOX_REQUIRE_XS asks for more than there is */
export async function xsHostForTests(): Promise<FoundXsHost> {
  const required = process.env.SMARTBOX_REQUIRE_XS ?? '';
  const built = await buildXsHost();
  if (built.kind === 'absent') {
    if (required !== '')
      throw new EngineError('xs-missing', `SMARTBOX_REQUIRE_XS is set, but ${built.reason}`);
    console.warn(
      `XS tests are skipped: ${built.reason}. Install gcc (and gcc-multilib for 32 bits) to run them.`,
    );
    return { host: undefined, note: `(skipped: ${built.reason})` };
  }
  if (required === '32' && built.bits !== 32) {
    throw new EngineError(
      'xs-missing',
      'SMARTBOX_REQUIRE_XS=32, but the compiler cannot build for 32 bits: install gcc-multilib',
    );
  }
  return { host: built, note: `(${built.bits} bits)` };
}
