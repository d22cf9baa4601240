// Runs the cloud on this machine: system clock, system randomness, embedded broker, open ports. What
// the process and the demo share; tests and the simulated world compose with ports of their own.

import { type Cloud, compose } from './compose.ts';
import { type CloudConfig, describeConfig, isLoopback } from './config.ts';
import { holdDirectory } from './platform/directory-hold.ts';
import { systemEntropy } from './platform/entropy.ts';
import { createLog, type Log } from './platform/log.ts';
import { systemClock, systemDefer, systemTimers } from './platform/system-clock.ts';

/** A cloud that boxes and programs can reach. */
export interface StartedCloud {
  readonly cloud: Cloud;
  /** Where the API listens, `http://127.0.0.1:8080`. */
  readonly address: string;
  readonly log: Log;
  /** Stops it and lets the next process into its data directory. */
  stop(): Promise<void>;
}

/** Composes, connects and listens. @throws StartupFault with the way out */
export async function startCloud(config: CloudConfig): Promise<StartedCloud> {
  const release = holdDirectory(config.dataDirectory);
  try {
    return await startIn(config, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function startIn(config: CloudConfig, release: () => void): Promise<StartedCloud> {
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
  if (!isLoopback(config.http.host))
    log.warn(
      { host: config.http.host },
      'the API speaks no TLS: let a proxy that does stand before this address',
    );
  const stop = async (): Promise<void> => {
    await cloud.stop();
    release();
  };
  try {
    await cloud.start();
    const address = await cloud.listen();
    log.info(
      { address, mqttPorts: cloud.mqttPorts(), auditPublicKey: cloud.features.audit.publicKey },
      'ready',
    );
    return { cloud, address, log, stop };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}
