// `smartbox`: finds the command by its name and turns its end into an exit code. Nothing else is decided here.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { onlineCommands } from './online/index.ts';
import { breakGlassCommand } from './terminal/break-glass-command.ts';
import { CliError, exitCodes } from './terminal/cli-error.ts';
import type { Command } from './terminal/command.ts';

const commands: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(Object.entries(onlineCommands).map(([name, { run: command }]) => [name, command])),
  'break-glass': breakGlassCommand,
};

const usage = `smartbox COMMAND --help     how to call a command
${Object.entries(onlineCommands)
  .map(([name, { says }]) => `  ${name.padEnd(24)}  ${says}`)
  .join('\n')}
  break-glass FILE          緊急用ファイルを開く / opens an exported break-glass file, with no network`;

async function run([name = '', ...args]: readonly string[]): Promise<void> {
  if (name === '--help') {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new CliError('bad-arguments', usage);
  await command(args, {
    ...{ input: process.stdin, output: process.stdout, messages: process.stderr },
    environment: process.env,
    nowMs: () => Date.now(),
    wait: (delayMs) => pause(delayMs),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
  });
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  if (error.message !== '') process.stderr.write(`${error.message}\n`);
  process.exitCode = exitCodes[error.code];
}
