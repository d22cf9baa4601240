// The process: reads the configuration, starts the cloud, stops it on a signal.

import { readConfig } from './config.ts';
import { StartupFault } from './platform/errors.ts';
import { startCloud } from './start-cloud.ts';

async function run(): Promise<void> {
  const started = await startCloud(readConfig());
  let stopping = false;
  const stop = async (): Promise<void> => {
    // A second signal means that the first took too long for somebody.
    if (stopping) process.exit(1);
    stopping = true;
    started.log.info('stopping');
    await started.stop();
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
