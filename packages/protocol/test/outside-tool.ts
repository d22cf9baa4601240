// Whether a program that is not ours is installed here. Without it the tests that compare with it are skipped with
// a word why, unless SMARTBOX_REQUIRE_TOOLS says that this machine must have it, as continuous integration does.
import { spawnSync } from 'node:child_process';

/** A program to compare with. */
export interface OutsideTool {
  readonly isPresent: boolean;
  /** For the title of the suite: nothing, or why it is skipped. */
  readonly note: string;
}

/**
 * @param command answers `--version` with 0; @param debianPackage what to install
 * @throws Error where SMARTBOX_REQUIRE_TOOLS is set and the command is absent
 */
export function outsideTool(command: string, debianPackage: string): OutsideTool {
  if (spawnSync(command, ['--version']).status === 0) return { isPresent: true, note: '' };
  const reason = `there is no ${command}; install ${debianPackage}`;
  if ((process.env.SMARTBOX_REQUIRE_TOOLS ?? '') !== '') {
    throw new Error(`SMARTBOX_REQUIRE_TOOLS is set, but ${reason}`);
  }
  console.warn(`Tests are skipped: ${reason}.`);
  return { isPresent: false, note: ` (skipped: ${reason})` };
}
