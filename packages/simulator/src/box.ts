// `pnpm box`: the keypad of a simulated box in this terminal. Without arguments it attaches to the box that
// `pnpm start` runs; with --new it makes and runs a further one, which can then be claimed.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { controlClient, HostError } from '@smartbox/firmware/node';
import { DemoError } from './demo/demo-error.ts';
import { demoSettings } from './demo/demo-settings.ts';
import { runNewBox } from './demo/new-box.ts';
import { portNumber } from './demo/port-number.ts';
import { keptHand } from './terminal/kept-hand.ts';
import { runTerminal } from './terminal/terminal.ts';

const usage = `pnpm box                      the keypad of the box that "pnpm start" runs
pnpm box --control ADDRESS    the keypad of any box: http://127.0.0.1:8090, or the path of its socket
pnpm box --new NAME --mqtt mqtts://127.0.0.1:PORT
                              makes a further box (or runs it again) and opens its keypad
  --ca FILE         issuer that the box trusts; the server's own authority unless given
  --port NUMBER     also opens the box's control port on 127.0.0.1
  --headless        runs the new box without a terminal, until Ctrl-C`;

async function run(): Promise<void> {
  const values = readArguments();
  if (values.help) {
    console.log(usage);
    return;
  }
  const { dataDirectory, boxDirectory } = demoSettings(process.env);
  if (values.new !== undefined) {
    if (values.mqtt === undefined) throw new DemoError('bad-arguments', usage);
    const { new: name, mqtt: mqttUrl, ca, port, headless } = values;
    const caFile = ca ?? resolve(dataDirectory, 'tls', 'ca.pem');
    const controlPort = portNumber(port, '--port');
    const box = await runNewBox({ name, mqttUrl, caFile, controlPort, dataDirectory });
    console.log(box.advice);
    if (headless) await new Promise<void>((done) => process.once('SIGINT', done).once('SIGTERM', done));
    else await showKeypad(box.controlAddress, box.advice);
    await box.stop();
    return;
  }
  await showKeypad(values.control ?? resolve(boxDirectory, 'control.sock'));
}

function readArguments() {
  try {
    const options = {
      control: { type: 'string' },
      new: { type: 'string' },
      mqtt: { type: 'string' },
      ca: { type: 'string' },
      port: { type: 'string' },
      headless: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    } as const;
    return parseArgs({ options }).values;
  } catch (cause) {
    // Node says which argument it is, in its first line.
    const what = cause instanceof Error ? `${cause.message.split('\n', 1)[0]}\n` : '';
    throw new DemoError('bad-arguments', `${what}${usage}`, { cause });
  }
}

async function showKeypad(address: string, advice = ''): Promise<void> {
  const { stdin: input, stdout: output } = process;
  const control = controlClient(address);
  try {
    await control.state();
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    throw new DemoError(
      'no-box-running',
      'No box runs here. Start one first, in another terminal:\n  npx -y pnpm@12 start',
      {
        cause,
      },
    );
  }
  if (!input.isTTY || !output.isTTY) {
    throw new DemoError(
      'no-terminal',
      'The keypad needs a terminal. Programs use the control port: docs/run-simulated.md',
    );
  }
  const ended = await runTerminal(control, { input, output }, keptHand(address));
  if (ended !== undefined) console.log(ended);
  if (advice !== '') console.log(advice);
}

try {
  await run();
  process.exit(0);
} catch (error) {
  const told = error instanceof DemoError || error instanceof HostError;
  console.error(told ? error.message : error);
  process.exit(1);
}
