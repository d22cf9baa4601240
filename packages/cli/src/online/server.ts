// The server that a command speaks to: a client signed in as the login says, and what its refusals mean for a script.
import { type ApiFault, ApiProblem, ApiUnreachable, type Client, createClient } from '@smartbox/api-client';
import { type Language, printable } from '../break-glass/index.ts';
import { CliError, type CliErrorCode } from '../terminal/cli-error.ts';
import type { CommandPorts } from '../terminal/command.ts';
import { type Login, readLogin } from './login-file.ts';
import { tell } from './online-texts.ts';

/** Who speaks, and how. */
export interface Conversation {
  readonly ports: CommandPorts;
  readonly language: Language;
  /** Programs read the output: refusals are JSON as well. */
  readonly json: boolean;
}

/** Does what a command does at the server. @throws CliError for each refusal, with its exit code */
export async function atServer<T>(
  conversation: Conversation,
  act: (client: Client, login: Login) => Promise<T>,
): Promise<T> {
  const login = readLogin(conversation.ports.environment, conversation.language);
  return refusalsTold(conversation, login, () => act(clientOf(login, conversation.language), login));
}

/** @returns a client of the login's server */
export function clientOf(login: Login, language: Language): Client {
  return createClient({ ...login, language });
}

/** Runs something that may be refused. @throws CliError instead of what the client throws */
export async function refusalsTold<T>(
  { language, json }: Conversation,
  { url }: Login,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (!(cause instanceof ApiProblem || cause instanceof ApiUnreachable)) throw cause;
    const told = json ? inJson(cause) : inWords(cause, url, language);
    throw new CliError(meaningOf(cause), told, { cause });
  }
}

function meaningOf(fault: ApiFault): CliErrorCode {
  if (fault.name === 'ApiUnreachable') return 'unreachable';
  const { status } = fault;
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409 || status === 412) return 'conflict';
  return status === 429 || status >= 500 ? 'server-trouble' : 'refused';
}

function inWords(fault: ApiFault, url: string, language: Language): string {
  if (fault.name === 'ApiUnreachable') return tell(language, 'unreachable', { url, why: fault.message });
  const { title, detail, code, errors, request_id } = fault.problem;
  const fields = errors.map((error) => `  ${error.pointer}: ${error.detail}`);
  return [`${title} (${code})`, detail, ...fields, request_id].map(printable).join('\n');
}

function inJson(fault: ApiFault): string {
  return fault.name === 'ApiProblem'
    ? JSON.stringify(fault.problem)
    : JSON.stringify({ code: 'unreachable', reason: fault.reason, detail: fault.message });
}
