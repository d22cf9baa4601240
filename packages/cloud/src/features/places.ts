// Where each thing of a tenant stands, by its id: what the confinement of callers to locations asks. The only place
// that knows the id of every feature; a kind of thing that is not here belongs to the tenant as a whole.

import type { Places } from '../platform/confined-route.ts';
import type { TenantId } from '../platform/identifiers.ts';
import type { Access } from './access/index.ts';
import type { Bookings } from './bookings/index.ts';
import { type Boxes, readBoxResourceId } from './boxes/index.ts';
import type { Events } from './events/index.ts';
import type { Keys } from './keys/index.ts';
import type { Locations } from './locations/index.ts';
import type { People } from './people/index.ts';
import type { Permissions } from './permissions/index.ts';
import type { RemoteOpenings } from './remote-openings/index.ts';
import type { Tenants } from './tenants/index.ts';

/** The features whose things stand somewhere. */
export interface PlacedFeatures {
  readonly tenants: Pick<Tenants, 'placeOf'>;
  readonly locations: Pick<Locations, 'find'>;
  readonly boxes: Pick<Boxes, 'find'>;
  readonly keys: Pick<Keys, 'find'>;
  readonly access: Pick<Access, 'code'>;
  readonly bookings: Pick<Bookings, 'booking'>;
  readonly people: Pick<People, 'placeOf'>;
  readonly permissions: Pick<Permissions, 'placeOf'>;
  readonly events: Pick<Events, 'placeOf'>;
  readonly remoteOpenings: Pick<RemoteOpenings, 'placeOf'>;
}

type PlaceOf = Places['placeOf'];

/** Looks each id up where its kind is kept. */
export function createPlaces(features: PlacedFeatures): Places {
  const { tenants, locations, boxes, keys, access, bookings, people, permissions, events } = features;
  const boxPlace = (tenantId: TenantId, id: string) => {
    const boxId = readBoxResourceId(id);
    return boxId === undefined ? undefined : boxes.find(tenantId, boxId)?.box.locationId;
  };
  const byPrefix: Readonly<Record<string, PlaceOf>> = {
    tok: tenants.placeOf,
    loc: (tenantId, id) => locations.find(tenantId, id)?.locationId,
    box: boxPlace,
    key: (tenantId, id) => keys.find(tenantId, id)?.locationId,
    code: (tenantId, id) => access.code(tenantId, id)?.locationId,
    bkg: (tenantId, id) => {
      const booking = bookings.booking(tenantId, id);
      return booking === undefined ? undefined : (boxPlace(tenantId, `box_${booking.boxId}`) ?? null);
    },
    per: people.placeOf,
    grp: people.placeOf,
    kgr: permissions.placeOf,
    prm: permissions.placeOf,
    evt: events.placeOf,
    opn: features.remoteOpenings.placeOf,
  };
  return {
    placeOf: (tenantId, id) => {
      const prefix = id.slice(0, Math.max(0, id.indexOf('_')));
      const find = Object.hasOwn(byPrefix, prefix) ? byPrefix[prefix] : undefined;
      return find?.(tenantId, id);
    },
  };
}
