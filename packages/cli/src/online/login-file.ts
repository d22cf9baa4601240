// Where the login is kept between two commands: one file that only its owner can read. Environment variables stand
// above it, for programs.
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Language } from '../break-glass/index.ts';
import { CliError, systemReason } from '../terminal/cli-error.ts';
import type { CommandPorts } from '../terminal/command.ts';
import { tell } from './online-texts.ts';

type Environment = CommandPorts['environment'];

/** Where and as whom. */
export interface Login {
  readonly url: string;
  readonly token: string;
}

/** @returns the path of the file: `$XDG_CONFIG_HOME/smartbox/login.json` or its like */
export function loginPath(environment: Environment): string {
  const { XDG_CONFIG_HOME, APPDATA, HOME = '.' } = environment;
  return join(XDG_CONFIG_HOME || APPDATA || join(HOME, '.config'), 'smartbox', 'login.json');
}

/** @throws CliError `not-signed-in`, `login-exposed` */
export function readLogin(environment: Environment, language: Language): Login {
  const { SMARTBOX_URL, SMARTBOX_TOKEN } = environment;
  if (SMARTBOX_URL && SMARTBOX_TOKEN) return { url: SMARTBOX_URL, token: SMARTBOX_TOKEN };
  const file = loginPath(environment);
  const text = readIfThere(file);
  if (text === undefined) throw new CliError('not-signed-in', tell(language, 'not-signed-in'));
  if (isExposed(file)) throw new CliError('login-exposed', tell(language, 'login-exposed', { file }));
  return parse(text, language);
}

/** Writes it so that only its owner can read it, also where it was there before. @throws CliError `not-written` */
export function writeLogin(environment: Environment, login: Login, language: Language): string {
  const file = loginPath(environment);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    rmSync(file, { force: true });
    writeFileSync(file, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
  } catch (cause) {
    const message = tell(language, 'not-written', { file, why: systemReason(cause) });
    throw new CliError('not-written', message, { cause });
  }
  return file;
}

/** Forgets it, if there was one. */
export function forgetLogin(environment: Environment): void {
  rmSync(loginPath(environment), { force: true });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Windows keeps who may read a file elsewhere. */
function isExposed(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
}

function parse(text: string, language: Language): Login {
  try {
    const { url, token }: Partial<Login> = JSON.parse(text);
    if (typeof url === 'string' && typeof token === 'string') return { url, token };
  } catch {
    // Not ours, or cut: signing in again writes it anew.
  }
  throw new CliError('not-signed-in', tell(language, 'not-signed-in'));
}
