// Makes a further simulated box, as a factory makes a real one: a random identity, a factory key in its
// flash and in a record for the operator, a label without a secret. The next run finds it again.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { encodeFactory } from '@smartbox/firmware/core';
import { startNodeBox } from '@smartbox/firmware/node';
import { type BoxId, boxIdFromBytes, bytesToHex, formatLabel, hexToBytes } from '@smartbox/protocol';
import { DemoError } from './demo-error.ts';

/** What a new box needs. */
export interface NewBoxOptions {
  /** Names its folder: letters, digits, dashes. */
  readonly name: string;
  readonly mqttUrl: string;
  readonly caFile: string;
  readonly controlPort: number | undefined;
  readonly dataDirectory: string;
}

/** A running box. */
export interface NewBox {
  readonly controlAddress: string;
  /** What to do next, in lines. */
  readonly advice: string;
  stop(): Promise<void>;
}

/** The factory's record of a box, in the API's own form: it is the body of POST /v1/factory-boxes. */
interface FactoryFile {
  readonly box_id: string;
  readonly factory_key: string;
}

/** Makes the box at its first run and starts it. */
export async function runNewBox(options: NewBoxOptions): Promise<NewBox> {
  const { name, mqttUrl, caFile, controlPort, dataDirectory } = options;
  if (!/^[a-z0-9-]{1,32}$/i.test(name)) {
    throw new DemoError('bad-arguments', `“${name}” does not name a box: use letters, digits and dashes`);
  }
  const folder = resolve(dataDirectory, 'boxes', name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = resolve(folder, 'factory.json');
  const factory = factoryOf(file);
  const boxId = factory.box_id as BoxId;
  const box = await startNodeBox({
    dataDir: folder,
    mqttUrl,
    ...(mqttUrl.startsWith('mqtts') ? { caFile } : {}),
    boxId,
    records: { factory: encodeFactory({ boxId, factoryKey: hexToBytes(factory.factory_key) }) },
    controlSocket: true,
    ...(controlPort === undefined ? {} : { controlPort }),
  });
  return {
    controlAddress: resolve(folder, 'control.sock'),
    advice: [
      `Box ${formatLabel(boxId)}`,
      `  factory record: ${file} (the body of POST /v1/factory-boxes)`,
      ...box.controlAddresses.map((address) => `  control: ${address}`),
      '  to claim it: import the record, hold its button for 5 seconds (R), then POST /v1/boxes',
      '  with the label and the digits on its display; docs/operating.md has the calls.',
    ].join('\n'),
    stop: () => box.stop(),
  };
}

function factoryOf(file: string): FactoryFile {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as FactoryFile;
  } catch {
    // The first run of this box.
    const made = { box_id: boxIdFromBytes(randomBytes(8)), factory_key: bytesToHex(randomBytes(32)) };
    writeFileSync(file, `${JSON.stringify(made)}\n`, { mode: 0o600 });
    return made;
  }
}
