// `smartbox login`, `logout` and `step-up`: who the other commands are. Secrets come from the keyboard, unseen, or from
// standard input; never from the arguments, which others on the machine can read.
import { ApiProblem } from '@smartbox/api-client';
import { chooseLanguage } from '../terminal/choose-language.ts';
import { CliError } from '../terminal/cli-error.ts';
import type { Command } from '../terminal/command.ts';
import { createKeyboard } from '../terminal/keyboard.ts';
import { askForSession } from './device-login.ts';
import { forgetLogin, type Login, writeLogin } from './login-file.ts';
import { tell } from './online-texts.ts';
import { readArguments, wrong } from './read-verb-arguments.ts';
import { isEncrypted } from './safe-address.ts';
import { atServer, type Conversation, clientOf, refusalsTold } from './server.ts';
import { itemLines } from './show.ts';

const loginUsage = `smartbox login --url URL            ログインして保存 / signs in with an API token and keeps it
  --token-stdin        reads the token from the first line of standard input
  --device             signs in as yourself: you approve a short code in a browser, for 12 hours
  --insecure           allows an address without TLS that is not this computer
  --json               JSON instead of text
  --language ja|en     ja where LANG says so, else en`;

/** @see loginUsage */
export const loginCommand: Command = async (args, ports) => {
  const options = {
    url: { type: 'string' },
    'token-stdin': { type: 'boolean' },
    device: { type: 'boolean' },
    insecure: { type: 'boolean' },
  } as const;
  const { values, common } = readArguments(options, loginUsage, args);
  if (common.help) return void ports.output.write(`${loginUsage}\n`);
  const language = chooseLanguage(common.language, ports.environment);
  const url = readUrl(values.url);
  if (!isEncrypted(url) && values.insecure !== true)
    throw new CliError('plain-http', tell(language, 'plain-http', { url }));
  const conversation = { ports, language, json: common.json };
  const fromInput = values['token-stdin'] === true;
  const byDevice = values.device === true;
  if (fromInput && byDevice) throw wrong('--token-stdin or --device, not both.', loginUsage);
  const token = byDevice
    ? await refusalsTold(conversation, { url, token: '' }, () => askForSession(url, conversation))
    : await readSecret(conversation, { question: 'askToken', flag: '--token-stdin', fromInput });
  const login = { url, token };
  await refusalsTold(conversation, login, () => proveToken(login, conversation));
  const file = writeLogin(ports.environment, login, language);
  ports.output.write(
    `${common.json ? JSON.stringify({ url, file }) : tell(language, 'loggedIn', { url, file })}\n`,
  );
};

const logoutUsage = 'smartbox logout                     ログイン情報を削除 / forgets the login';

/** @see logoutUsage */
export const logoutCommand: Command = async (args, ports) => {
  const { common } = readArguments({}, logoutUsage, args);
  if (common.help) return void ports.output.write(`${logoutUsage}\n`);
  forgetLogin(ports.environment);
  const language = chooseLanguage(common.language, ports.environment);
  ports.output.write(`${common.json ? '{}' : tell(language, 'loggedOut')}\n`);
};

const stepUpUsage = `smartbox step-up                    危険な操作の前の確認 / proves that a person is there, for five minutes
  --passphrase-stdin   reads the passphrase from the first line of standard input
  --json               JSON instead of text
  --language ja|en     ja where LANG says so, else en`;

/** @see stepUpUsage */
export const stepUpCommand: Command = async (args, ports) => {
  const { values, common } = readArguments({ 'passphrase-stdin': { type: 'boolean' } }, stepUpUsage, args);
  if (common.help) return void ports.output.write(`${stepUpUsage}\n`);
  const language = chooseLanguage(common.language, ports.environment);
  const conversation = { ports, language, json: common.json };
  const fromInput = values['passphrase-stdin'] === true;
  await atServer(conversation, async (client) => {
    const asked = { question: 'askStepUp', flag: '--passphrase-stdin', fromInput } as const;
    const passphrase = await readSecret(conversation, asked);
    const { body } = await client.stepUp({ body: { passphrase } });
    ports.output.write(`${common.json ? JSON.stringify(body) : itemLines(body).join('\n')}\n`);
  });
};

/** @throws ApiProblem when the token is none; one that may not list locations is a token all the same */
async function proveToken(login: Login, { language }: Conversation): Promise<void> {
  try {
    await clientOf(login, language).listLocations({ query: { limit: 1 } });
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 403) throw error;
  }
}

async function readSecret(
  { ports, language }: Conversation,
  asked: {
    readonly question: 'askToken' | 'askStepUp';
    readonly flag: string;
    readonly fromInput: boolean;
  },
): Promise<string> {
  if (ports.input.isTTY !== true && !asked.fromInput)
    throw new CliError('no-terminal', tell(language, 'no-terminal', { flag: asked.flag }));
  const keyboard = createKeyboard(ports.input, ports.messages);
  try {
    const typed = asked.fromInput
      ? await keyboard.ask('')
      : await keyboard.askSecretly(tell(language, asked.question));
    return typed.trim();
  } finally {
    keyboard.close();
  }
}

function readUrl(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw wrong('--url is the address of the server, https://…', loginUsage);
  return text.replace(/\/+$/, '');
}
