// `smartbox doctor`: one command that looks at everything from here and says in plain words what is wrong.
import { printable } from '../break-glass/index.ts';
import { chooseLanguage } from '../terminal/choose-language.ts';
import { CliError } from '../terminal/cli-error.ts';
import type { Command } from '../terminal/command.ts';
import { examine, type Finding } from './doctor-checks.ts';
import { readLogin } from './login-file.ts';
import { readArguments } from './read-verb-arguments.ts';
import { clientOf, refusalsTold } from './server.ts';

const usage = `smartbox doctor                     全体を点検 / looks at login, server, clocks, boxes and sheets
  --json               JSON instead of text
  --language ja|en     ja where LANG says so, else en
  Ends with exit code 17 when something does not work.`;

const MARKS = { ok: 'OK  ', warn: 'LOOK', fail: 'FAIL' } as const;
const ANSWER_WITHIN_MS = 10_000;

/** @see usage */
export const doctorCommand: Command = async (args, ports) => {
  const { common } = readArguments({}, usage, args);
  if (common.help) return void ports.output.write(`${usage}\n`);
  const language = chooseLanguage(common.language, ports.environment);
  const login = readLogin(ports.environment, language);
  const found: Finding[] = [];
  const conversation = { ports, language, json: common.json };
  await refusalsTold(conversation, login, async () => {
    const get = (path: string) => {
      const headers = { 'accept-language': language };
      return fetch(`${login.url}${path}`, { headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    };
    const client = clientOf(login, language);
    for await (const one of examine({ url: login.url, client, nowMs: ports.nowMs, get })) {
      found.push(one);
      if (!common.json) ports.output.write(`${MARKS[one.standing]} ${printable(one.text[language])}\n`);
    }
  });
  if (common.json) {
    const shown = found.map(({ check, standing, text }) => ({ check, standing, text: text[language] }));
    ports.output.write(`${JSON.stringify(shown, null, 2)}\n`);
  }
  if (found.some(({ standing }) => standing === 'fail')) throw new CliError('not-well', '');
};
