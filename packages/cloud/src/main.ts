// The process: reads the configuration, composes the cloud, starts it, stops it on a signal.

import { compose } from './compose.ts';
import { describeConfig, readConfig } from './config.ts';
import { systemEntropy } from './platform/entropy.ts';
import { StartupFault } from './platform/errors.ts';
import { createLog } from './platform/log.ts';
import { systemClock, systemDefer, systemTimers } from './platform/system-clock.ts';

async function run(): Promise<void> {
  const config = readConfig();
  const log = createLog({ level: config.logLevel, clock: systemClock });
  const cloud = compose({
    config,
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    defer: systemDefer,
    log,
  });
  log.info({ config: describeConfig(config).split('\n') }, 'starting');
  await cloud.start();
  const address = await cloud.listen();
  log.info({ address, mqttPorts: cloud.mqttPorts() }, 'ready');

  let stopping = false;
  const stop = async (): Promise<void> => {
    // A second signal means that the first took too long for somebody.
    if (stopping) process.exit(1);
    stopping = true;
    log.info('stopping');
    await cloud.stop();
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

try {
  await run();
} catch (error) {
  if (!(error instanceof StartupFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
