// Sets the scene of a world: a tenant with one location, boxes claimed as an operator claims them (by
// label and presence), named keys hanging in their bins, and the operator's daily work with codes.
import type { MemoryNetwork, VirtualClock } from '@smartbox/firmware/simulated';
import type { BoxId } from '@smartbox/protocol';
import { bytesToHex, formatLabel } from '@smartbox/protocol';
import type { Chance } from './chance.ts';
import type { CloudHost, Operator } from './cloud-host.ts';
import { newFobNumber, SiteBox } from './site-box.ts';
import { Violation } from './violation.ts';

const CLAIM_HOLD_MS = 5_600;
const CLAIM_PATIENCE_MS = 60_000;
const KEYS_PER_BOX = 5;

/** A key of this world. */
export interface SiteKey {
  readonly keyId: string;
  readonly fob: string;
  readonly name: string;
}

/** A code that the operator handed out. */
export interface SiteCode {
  readonly codeId: string;
  readonly digits: string;
  readonly uses: 'until-withdrawn' | 'unlimited' | 'once';
  readonly keyId: string;
}

/** Everything that belongs to the operator. */
export interface Site {
  readonly operator: Operator;
  readonly locationId: string;
  readonly boxes: readonly SiteBox[];
  readonly keys: readonly SiteKey[];
  readonly codes: SiteCode[];
}

/** What a site is built in. */
export interface SiteSurroundings {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly chance: Chance;
  readonly host: CloudHost;
  readonly onOpening: (site: SiteBox, reference: number) => void;
  /** Lets `ms` pass. */
  readonly pass: (ms: number) => void;
}

/** Builds a site with `boxCount` live boxes on a good network. */
export function buildSite(surroundings: SiteSurroundings, boxCount: number): Site {
  const { host } = surroundings;
  const operator = host.createTenant('Yamate Stays');
  const location = host.call(operator, 'createLocation', {
    body: { name: 'Motomachi', time_zone: 'Asia/Tokyo' },
  });
  const locationId = String(location.location_id ?? location.id);
  const keys: SiteKey[] = [];
  const boxes = Array.from({ length: boxCount }, (_, index) => {
    const site = newBox(surroundings, operator, index);
    keys.push(...hangKeys(surroundings, { operator, locationId, site }));
    site.box.powerOn();
    claim(surroundings, { operator, locationId, site });
    return site;
  });
  return { operator, locationId, boxes, keys, codes: [] };
}

/** The operator makes a code for a key. */
export function issueCode(
  host: CloudHost,
  site: Site,
  order: { key: SiteKey; uses: SiteCode['uses'] },
): SiteCode {
  const { key, uses } = order;
  const made = host.call(site.operator, 'createKeyCode', {
    body: { key_id: key.keyId, uses: uses.replaceAll('-', '_') },
  });
  const code = { codeId: String(made.id), digits: String(made.code), uses, keyId: key.keyId };
  site.codes.push(code);
  return code;
}

function newBox(surroundings: SiteSurroundings, operator: Operator, index: number): SiteBox {
  const { clock, network, chance, host, onOpening } = surroundings;
  const grantOf = (boxId: BoxId) => (reference: number) =>
    host.grants(operator, boxId).find((grant) => grant.reference === reference);
  return new SiteBox({ clock, network, chance: chance.fork(), name: `box ${index + 1}`, grantOf, onOpening });
}

function hangKeys(
  { chance, host }: SiteSurroundings,
  place: { readonly operator: Operator; readonly locationId: string; readonly site: SiteBox },
): readonly SiteKey[] {
  const { operator, locationId, site } = place;
  return Array.from({ length: KEYS_PER_BOX }, (_, index) => {
    const fob = newFobNumber(chance);
    const name = `Sakura Room ${chance.below(9_000) + 1_000}`;
    const made = host.call(operator, 'createKey', {
      body: { name, fob_label: `F-${index + 1}`, fob_tag: fob, location_id: locationId },
    });
    site.box.setTag(index + 1, fob);
    return { keyId: String(made.id), fob, name };
  });
}

function claim(
  { host, pass }: SiteSurroundings,
  place: { readonly operator: Operator; readonly locationId: string; readonly site: SiteBox },
): void {
  const { operator, locationId, site } = place;
  const { boxId, factoryKey } = site;
  host.call(operator, 'importFactoryBox', { body: { box_id: boxId, factory_key: bytesToHex(factoryKey) } });
  pass(3_000);
  site.box.pressButton(CLAIM_HOLD_MS);
  let waitedMs = 0;
  // The operator reads the code off the display and types it; the cloud must have heard the box by then.
  for (let claimed = false; !claimed; waitedMs += 1_000) {
    if (waitedMs > CLAIM_PATIENCE_MS) throw new Violation('I4', `${site.name} cannot be claimed`);
    pass(1_000);
    const code = site.claimCodeShown();
    claimed = code !== undefined && tryClaim(host, operator, { boxId, code, locationId, name: site.name });
  }
  for (; site.box.state().network.broker !== 'connected' || !site.box.state().claimed; waitedMs += 500) {
    if (waitedMs > CLAIM_PATIENCE_MS * 2)
      throw new Violation('I4', `${site.name} does not come up after its claim`);
    pass(500);
  }
  pass(3_000);
}

function tryClaim(
  host: CloudHost,
  operator: Operator,
  claim: { readonly boxId: BoxId; readonly code: string; readonly locationId: string; readonly name: string },
): boolean {
  const { boxId, code, locationId, name } = claim;
  try {
    host.call(operator, 'claimBox', {
      body: { label: formatLabel(boxId), claim_code: code, name, location_id: locationId },
    });
    return true;
  } catch (error) {
    if (error instanceof Violation) throw error;
    // Refused: the box's hello has not arrived yet.
    return false;
  }
}
