// Starts Mosquitto, pinned to the servers' core, with the settings that suit it best: no persistence, no log, no
// Nagle. It comes from the operating system, because the point is to measure what people install.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { BenchError } from '../../harness/bench-error.ts';
import { listen } from '../../harness/listen.ts';
import { has } from '../../harness/processors.ts';

/** A running broker. */
export interface Mosquitto {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** Said where it is missing. */
export const mosquittoMissing =
  'Mosquitto is not installed: `apt-get install mosquitto` brings it; its rows are left out.';

/** Whether it can be started. */
export function hasMosquitto(): boolean {
  return has('mosquitto');
}

/** @throws BenchError `child-failed` when it does not listen within five seconds */
export async function startMosquitto(directory: string, core: number | undefined): Promise<Mosquitto> {
  const port = await freePort();
  mkdirSync(directory, { recursive: true });
  const configuration = join(directory, 'mosquitto.conf');
  writeFileSync(
    configuration,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence false',
      'log_dest none',
      'set_tcp_nodelay true',
      'max_queued_messages 0',
      'max_inflight_messages 0',
      'user root',
      '',
    ].join('\n'),
  );
  const pinned = core === undefined ? [] : ['taskset', '-c', String(core)];
  const command = [...pinned, 'mosquitto', '-c', configuration];
  const process = spawn(command[0] as string, command.slice(1), { stdio: 'ignore' });
  await listening(port, process);
  const ended = new Promise<void>((resolve) => void process.on('exit', () => resolve()));
  return {
    pid: process.pid ?? 0,
    port,
    async stop() {
      process.kill();
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number, broker: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (broker.exitCode !== null) break;
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('close', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new BenchError('child-failed', 'mosquitto does not listen');
}
