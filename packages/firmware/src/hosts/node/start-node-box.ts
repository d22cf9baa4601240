// Starts a box for people and rigs: the real firmware on a Node box, and a control port where one is asked for.
import { readFileSync } from 'node:fs';
import type { RevABinCount } from '../../boards/rev-a.ts';
import { type BoxState, initialState, type RecordName, step } from '../../core/index.ts';
import type { SimulatedBox } from '../../electronics/index.ts';
import { type ControlPort, openControlPort } from './control-port.ts';
import { HostError } from './host-error.ts';
import { nodeBox } from './node-box.ts';

/** What this host reports as its firmware, unless told otherwise. */
const FIRMWARE_VERSION = '0.1.0';
/** Name of the Unix socket in the data directory. */
const CONTROL_SOCKET = 'control.sock';

export interface NodeBoxOptions {
  /** Made if absent; flash, fobs and doors live there. One process at a time. */
  readonly dataDir: string;
  /** `mqtt://host:port` or `mqtts://host:port`. */
  readonly mqttUrl: string;
  /** PEM file of the issuer to trust for `mqtts`. */
  readonly caFile?: string;
  readonly binCount?: RevABinCount;
  /** At most 16 ASCII characters. */
  readonly firmware?: string;
  /** What the factory leaves in a blank box, above all its `factory` record (`encodeFactory`). */
  readonly records?: Readonly<Partial<Record<RecordName, Uint8Array>>>;
  /** Shown by the control port. */
  readonly boxId?: string;
  /** Fobs that hang in the bins at the very first start, by bin number, hexadecimal. */
  readonly fobs?: Readonly<Record<number, string>>;
  /** Loopback TCP port of the control port; 0 takes any free one. Absent: no TCP port. */
  readonly controlPort?: number;
  /** Whether `control.sock` in the data directory is a control port. */
  readonly controlSocket?: boolean;
  /** Diagnostic words of the firmware; they carry no data. */
  readonly onNote?: (level: 'info' | 'warn', code: string) => void;
  /** The firmware broke down and will start again. */
  readonly onCrash?: (cause: unknown) => void;
}

export interface StartedNodeBox {
  readonly box: SimulatedBox<BoxState>;
  /** Addresses of the open control ports: `http://127.0.0.1:8090`, or the socket's path. */
  readonly controlAddresses: readonly string[];
  /** Stops as a cut of the power would; everything that was acknowledged is in the files. */
  stop(): Promise<void>;
}

/** Starts the box; it connects by itself. Throws HostError with the way out. */
export async function startNodeBox(options: NodeBoxOptions): Promise<StartedNodeBox> {
  const { dataDir, mqttUrl, caFile, binCount, firmware = FIRMWARE_VERSION, records, boxId, fobs } = options;
  const { onNote, onCrash = (cause: unknown) => console.error('the firmware broke down:', cause) } = options;
  const node = nodeBox({
    program: { step, initialState: initialState() },
    dataDir,
    mqttUrl,
    firmware,
    onCrash,
    ...(caFile === undefined ? {} : { ca: trustedIssuer(caFile) }),
    ...(binCount === undefined ? {} : { binCount }),
    ...(records === undefined ? {} : { records }),
    ...(boxId === undefined ? {} : { boxId }),
    ...(fobs === undefined ? {} : { fobs }),
    ...(onNote === undefined ? {} : { onNote }),
  });
  const wanted: (number | string)[] = [];
  if (options.controlPort !== undefined) wanted.push(options.controlPort);
  if (options.controlSocket === true) wanted.push(node.dataDirectory.file(CONTROL_SOCKET));
  const ports: ControlPort[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(ports.map((port) => port.close()));
    node.stop();
  };
  try {
    for (const listen of wanted)
      ports.push(await openControlPort({ box: node.box, clock: node.clock, listen }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { box: node.box, controlAddresses: ports.map(({ address }) => address), stop };
}

function trustedIssuer(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const advice = 'name the PEM file of the authority that signed the broker’s certificate';
    throw new HostError('ca-file-unreadable', `${file} cannot be read: ${advice}`, { cause });
  }
}
