// `smartbox import keys FILE` and `import people FILE`: what a file would change, and with --apply the change. A file is
// tried first in any case, so that what is wrong is told by its cells.
import { readFileSync } from 'node:fs';
import type { Client, Operations } from '@smartbox/api-client';
import { table } from '../break-glass/index.ts';
import { chooseLanguage } from '../terminal/choose-language.ts';
import { CliError, systemReason } from '../terminal/cli-error.ts';
import type { Command } from '../terminal/command.ts';
import { tell } from './online-texts.ts';
import { readArguments, wrong } from './read-verb-arguments.ts';
import { atServer, type Conversation } from './server.ts';
import { rowOf } from './show.ts';

type What = 'keys' | 'people';
type Report = Operations['importKeys']['answer'];

const usageOf = (what: What): string => `smartbox import ${what} FILE [--apply]
                       CSV を試し、--apply で取り込む / tries a CSV file, and with --apply imports it
  --apply              imports the file, whole or not at all; without it nothing is changed
  --json               the report as JSON instead of text
  --language ja|en     ja where LANG says so, else en`;

/** By their verbs. */
export const importCommands: Readonly<Record<What, Command>> = {
  keys: importCommand('keys'),
  people: importCommand('people'),
};

function importCommand(what: What): Command {
  const usage = usageOf(what);
  return async (args, ports) => {
    const { values, positionals, common } = readArguments({ apply: { type: 'boolean' } }, usage, args);
    if (common.help) return void ports.output.write(`${usage}\n`);
    const [path, another] = positionals;
    if (path === undefined || another !== undefined) throw wrong('One FILE, please.', usage);
    const file = readBytes(path);
    const language = chooseLanguage(common.language, ports.environment);
    const conversation = { ports, language, json: common.json };
    await atServer(conversation, async (client) => {
      const trial = await send(client, what, { file, dryRun: true });
      const isFaulty = trial.faulty > 0 || trial.faults.length > 0;
      if (values.apply !== true || isFaulty) show(trial, conversation);
      if (isFaulty) throw new CliError('faulty-file', tell(language, 'faulty-file', { count: trial.faulty }));
      if (values.apply === true) show(await send(client, what, { file, dryRun: false }), conversation);
    });
  };
}

async function send(
  client: Client,
  what: What,
  { file, dryRun }: { readonly file: Uint8Array; readonly dryRun: boolean },
): Promise<Report> {
  const input = { query: { dry_run: dryRun }, body: file };
  const { body } = what === 'keys' ? await client.importKeys(input) : await client.importPeople(input);
  return body;
}

function show(report: Report, { ports, language, json }: Conversation): void {
  if (json) return void ports.output.write(`${JSON.stringify(report, null, 2)}\n`);
  const { made, changed, left, faulty, faults, faults_left_out: further } = report;
  const rows = faults.map((fault) => [
    fault.cell ?? String(fault.row),
    ...rowOf(fault, ['column', 'detail']),
  ]);
  const lines = [
    tell(language, report.dry_run ? 'import-trial' : 'import-done', { made, changed, left, faulty }),
    ...table(rows),
    ...(further > 0 ? [tell(language, 'further-faults', { count: further })] : []),
    ...(report.dry_run && faults.length === 0 && made + changed > 0 ? [tell(language, 'import-apply')] : []),
  ];
  ports.output.write(`${lines.join('\n')}\n`);
}

/** @throws CliError `file-unreadable` */
function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new CliError('file-unreadable', `${path}: ${systemReason(cause)}`, { cause });
  }
}
