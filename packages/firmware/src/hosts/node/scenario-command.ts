// The command that runs a scenario file against a control port:
//   tsx packages/firmware/src/hosts/node/scenario-command.ts --control http://127.0.0.1:8090 file.yaml
// Exits with 0 when it passed, 1 when it failed or could not run, 42 when its time was over.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { controlClient } from './control-client.ts';
import { HostError } from './host-error.ts';
import { runScenario, SCENARIO_EXIT_CODES } from './run-scenario.ts';
import { parseScenario } from './scenario.ts';

const USAGE = 'use: --control <http://127.0.0.1:port or socket path> [--set NAME=value]… <file.yaml>';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { control: { type: 'string' }, set: { type: 'string', multiple: true } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (values.control === undefined || file === undefined) throw new HostError('bad-arguments', USAGE);
  const variables = Object.fromEntries((values.set ?? []).map(assignment));
  const scenario = parseScenario(readFileSync(file, 'utf8'), variables);
  console.log(scenario.name);
  const { outcome, detail } = await runScenario(scenario, controlClient(values.control), (line) =>
    console.log(line),
  );
  console.log(detail === '' ? outcome : `${outcome}: ${detail}`);
  return SCENARIO_EXIT_CODES[outcome];
}

function assignment(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new HostError('bad-arguments', USAGE);
  return [text.slice(0, at), text.slice(at + 1)];
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = SCENARIO_EXIT_CODES.failed;
}
