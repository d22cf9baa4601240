// Enrols a box as a person does: import its factory record, hold its button for five seconds, read the
// eight digits off its display, and claim it in the cloud with its label and those digits.
import type { BoxState } from '@smartbox/firmware/core';
import type { SimulatedBox } from '@smartbox/firmware/simulated';
import { type BoxId, formatLabel } from '@smartbox/protocol';
import { claimCodeShown } from '../claim-code-shown.ts';
import { type ApiCall, ApiRefusal } from './api-call.ts';
import { DemoError } from './demo-error.ts';

/** Five seconds, and a little more so that nobody has to hit it exactly. */
const HOLD_MS = 5_300;
const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 60_000;

/** Which box, for whom, and where it stands. */
export interface Enrolment {
  readonly api: ApiCall;
  readonly box: SimulatedBox<BoxState>;
  readonly boxId: BoxId;
  /** Hexadecimal. */
  readonly factoryKey: string;
  readonly name: string;
  readonly locationId: string;
  readonly wait: (ms: number) => Promise<void>;
}

/** Claims the box and waits until it is online. @throws DemoError after a minute */
export async function enrol({
  api,
  box,
  boxId,
  factoryKey,
  name,
  locationId,
  wait,
}: Enrolment): Promise<void> {
  await orExisting(api('POST', '/v1/factory-boxes', { box_id: boxId, factory_key: factoryKey }));
  await wait(1_000);
  box.pressButton(HOLD_MS);
  await wait(HOLD_MS);
  await until(wait, async () => {
    const code = claimCodeShown(box.state().display.lines);
    if (code === undefined) return false;
    return claimed(api, { label: formatLabel(boxId), claim_code: code, name, location_id: locationId });
  });
  await until(wait, async () => {
    const shown = await api('GET', `/v1/boxes/box_${boxId}`);
    return shown.online === true || shown.status === 'online' || box.state().claimed;
  });
}

// The register may know the box from a start that was interrupted.
async function orExisting(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ApiRefusal && error.status === 409)) throw error;
  }
}

async function claimed(api: ApiCall, claim: Readonly<Record<string, unknown>>): Promise<boolean> {
  try {
    await api('POST', '/v1/boxes', claim);
    return true;
  } catch (error) {
    // The box's hello may not have reached the cloud yet; the same digits are good for ten minutes.
    if (error instanceof ApiRefusal && error.status < 500) return false;
    throw error;
  }
}

async function until(wait: (ms: number) => Promise<void>, done: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; !(await done()); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs >= PATIENCE_MS) {
      throw new DemoError(
        'box-not-claimed',
        'the demo box could not be claimed; remove the data directory and start again',
      );
    }
    await wait(LOOK_EVERY_MS);
  }
}
