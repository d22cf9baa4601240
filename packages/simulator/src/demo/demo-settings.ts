// Where the demo keeps its things and how it differs from a bare server: everything on loopback, in one
// folder, with the box's control socket open to its owner.
import { resolve } from 'node:path';
import { portNumber } from './port-number.ts';

/** What the demo adds to the cloud's own settings. */
export interface DemoSettings {
  /** The environment for the cloud's configuration. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dataDirectory: string;
  /** Where the demo's box keeps its flash, doors and fobs. */
  readonly boxDirectory: string;
  /** What the demo itself remembers: its tenant, token and box. Readable by its owner only. */
  readonly memoryFile: string;
  /** TCP control port of the box; undefined unless asked for. */
  readonly boxControlPort: number | undefined;
}

/** Names the folder that is used when SMARTBOX_DATA_DIR is not set. */
const DEFAULT_DIRECTORY = '.smartbox';

/** @param environment `process.env` */
export function demoSettings(environment: Readonly<Record<string, string | undefined>>): DemoSettings {
  const dataDirectory = resolve(environment.SMARTBOX_DATA_DIR ?? DEFAULT_DIRECTORY);
  return {
    environment: {
      SMARTBOX_LOG_LEVEL: 'warn',
      // Boxes connect with TLS; the plain port is for people who look at the broker on this machine.
      SMARTBOX_MQTT_PLAIN: '1',
      SMARTBOX_MQTT_TLS_PORT: '0',
      // Nobody's phone rings: second codes are read on the terminal, unless a provider is set up.
      ...(environment.SMARTBOX_TEXT_MESSAGE_URL === undefined
        ? { SMARTBOX_DEVELOPMENT_TEXT_MESSAGES: 'log' }
        : {}),
      ...environment,
      SMARTBOX_DATA_DIR: dataDirectory,
    },
    dataDirectory,
    boxDirectory: resolve(dataDirectory, 'box'),
    memoryFile: resolve(dataDirectory, 'demo.json'),
    boxControlPort: portNumber(environment.SMARTBOX_BOX_CONTROL_PORT, 'SMARTBOX_BOX_CONTROL_PORT'),
  };
}
