// A small firm to test with: one tenant, one location, one box of four bins, and the key "Van 7" with
// fob 7 in bin 3. Everything is made through the API and the box's log, as in life.

import type { Principal } from '../src/platform/token-register.ts';
import type { FeaturesWorld } from './features-world.ts';
import { fob, fobText, ModelBox } from './model-box.ts';

/** What `createDepot` made. */
export interface Depot {
  readonly world: FeaturesWorld;
  readonly owner: Principal;
  readonly locationId: string;
  readonly box: ModelBox;
  readonly keyId: string;
  /** Makes another key; it hangs nowhere yet. */
  addKey(fobNumber: number): string;
  /** Makes a code for Van 7 (or another key) and gives its digits and id. */
  issue(order?: Readonly<Record<string, unknown>>): { readonly id: string; readonly digits: string };
  /** Reads a resource's body. */
  read(operationId: string, params: Readonly<Record<string, string>>): Record<string, unknown>;
  /** Types of the events so far, oldest first. */
  told(): readonly string[];
}

/** Opens for business. @param number makes boxes and names differ between depots of one world */
export function createDepot(world: FeaturesWorld, number = 1): Depot {
  const owner = world.tenant(`Depot ${number}`);
  const created = (operationId: string, body: Readonly<Record<string, unknown>>): string =>
    String(bodyOf(world.call(operationId, owner, { body })).id);
  const locationId = created('createLocation', { name: `Depot ${number}`, time_zone: 'Asia/Tokyo' });
  const box = new ModelBox(world, number);
  box.enrol(owner, locationId);
  const addKey = (fobNumber: number): string =>
    created('createKey', { name: `Van ${fobNumber}`, location_id: locationId, fob_tag: fobText(fobNumber) });
  const keyId = addKey(7);
  box.fill(3, fob(7));
  return {
    ...{ world, owner, locationId, box, keyId, addKey },
    issue: (order = {}) => {
      const body = bodyOf(world.call('createKeyCode', owner, { body: { key_id: keyId, ...order } }));
      return { id: String(body.id), digits: String(body.code) };
    },
    read: (operationId, params) => bodyOf(world.call(operationId, owner, { params })),
    told: () =>
      world.features.events
        .ledger(owner.tenantId)
        .read({}, { from: 0, order: 'rising', limit: 100_000 })
        .map(({ fact }) => fact.type),
  };
}

/** The body of an answer, as loosely as JSON is. */
export function bodyOf(answer: { readonly body?: unknown }): Record<string, unknown> {
  return answer.body as Record<string, unknown>;
}

/** The items of a list. */
export function itemsOf(answer: { readonly body?: unknown }): readonly Record<string, unknown>[] {
  return (answer.body as { data: readonly Record<string, unknown>[] }).data;
}
