// The real cloud with what the bench hands in: a given database file, known secrets, plain MQTT and HTTP on free
// loopback ports, no limit of calls a minute, and a log that is written as in production and thrown away.
import {
  type Cloud,
  type CloudConfig,
  compose,
  createLog,
  type Defer,
  type DeviceTransport,
  readConfig,
  systemClock,
  systemEntropy,
  systemTimers,
} from '@smartbox/cloud';

/** The bench's secrets: whoever fills a database and whoever serves it have the same. */
export const benchSecrets = {
  kind: 'given',
  keyEncryptionKey: new Uint8Array(32).fill(0x11),
  pepper: new Uint8Array(32).fill(0x22),
  auditKey: new Uint8Array(32).fill(0x33),
} as const satisfies CloudConfig['secrets'];

/** Composes it. */
export function composeForBench(options: {
  readonly databasePath: string;
  readonly defer: Defer;
  readonly deviceTransport?: DeviceTransport;
}): Cloud {
  const { databasePath, ...ports } = options;
  const base = readConfig({
    ...{ SMARTBOX_MQTT_PLAIN: '1', SMARTBOX_MQTT_TLS: '0', SMARTBOX_MQTT_PORT: '0' },
    // Receivers of webhooks stand on this machine.
    SMARTBOX_OUTBOUND_NETWORKS: '127.0.0.1',
  });
  const config: CloudConfig = {
    ...base,
    database: { path: databasePath },
    secrets: benchSecrets,
    mqtt: { ...base.mqtt, perBoxPerMinute: 0 },
    http: { ...base.http, port: 0, perAddressPerMinute: 0, perTokenPerMinute: 0 },
  };
  const log = createLog({ level: config.logLevel, clock: systemClock }, { write: () => undefined });
  return compose({
    ...ports,
    config,
    log,
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
  });
}
