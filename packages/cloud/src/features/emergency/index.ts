// The public door of emergency: what boxes know for openings without the cloud, and what they did with it.

import type { BookingPayload, BoxId, CryptoProvider, OfflineMethod } from '@smartbox/protocol';
import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { Route } from '../../platform/route.ts';
import { type Boxes, createBoxTeller } from '../boxes/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import type { Tenants } from '../tenants/index.ts';
import { type BookingCancelled, type BookingKeyState, bookingKeyOf, cancelBooking } from './booking-key.ts';
import type { EmergencyDesk } from './desk.ts';
import { createHearing } from './hearing.ts';
import { type HeldByBox, heldByBox } from './held.ts';
import { createEmergencyKeeper } from './keeper.ts';
import type { OfflineUseEntry } from './offline-opening.ts';
import { onEmergencyConfirmed } from './on-emergency-confirmed.ts';
import { listenToOfflineEntries } from './on-log-entry.ts';
import { renderSheetCsv } from './print/render-sheet-csv.ts';
import { renderSheetHtml } from './print/render-sheet-html.ts';
import { renderSheetPdf } from './print/render-sheet-pdf.ts';
import { createPrintStores } from './print-store.ts';
import { proofRoutes } from './proof-routes.ts';
import { emergencyRoutes } from './routes.ts';
import { type BoxSecrets, revealSecrets } from './secrets.ts';
import type { SheetData } from './sheet.ts';
import { sheetDataOf } from './sheet-data.ts';
import { createSheetMark } from './sheet-mark.ts';
import { sheetRoutes } from './sheet-routes.ts';
import { createEmergencyStores } from './store.ts';
import { createUseStores } from './use-store.ts';
import { createWarningSweep, watchSheets } from './warnings.ts';

export type { BookingCancelled, BookingKeyState } from './booking-key.ts';
export type { HeldByBox } from './held.ts';
export type { BoxSecrets } from './secrets.ts';
export type { SheetData, SheetRow } from './sheet.ts';

/** What a printed sheet needs beside the inventory. */
export interface SheetPrint {
  readonly sheetId: string;
  readonly printedBy: string;
  readonly printedAtMs: number;
}

/** A code that a box took while it was alone. */
export interface OfflineUseRecord {
  /** The number by which openings of the box's log refer to it. */
  readonly grant: number;
  readonly method: OfflineMethod;
  /** Of the sheet or the booking key; 0 for the other methods. */
  readonly generation: number;
  /** Cell, payload, challenge or 30-second step: see the protocol's `OfflineUse`. */
  readonly number: number;
  /** The bin that it opens; 0 for all. */
  readonly target: number;
  readonly atMs: number;
  /** Sequence of its entry in the box's log. */
  readonly sequence: number;
  /** Bins that the box opened with it, in order. */
  readonly openedBins: readonly number[];
  /** False when nobody can have been given this code. */
  readonly expected: boolean;
}

/** What the feature is built from. */
export interface EmergencyPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  /** 32 bytes that are not in the database: they sign what a sheet's QR code says. */
  readonly pepper: Uint8Array;
  readonly events: EventBus;
  readonly port: DevicePort;
  readonly tenants: Pick<Tenants, 'tokenName'>;
  readonly locations: Pick<Locations, 'find'>;
  readonly boxes: Pick<Boxes, 'find' | 'bins' | 'place'>;
  readonly keys: Pick<Keys, 'byFob'>;
}

/** The feature. Calls that write are made inside a transaction. */
export interface Emergency {
  readonly routes: readonly Route[];
  /** @returns undefined for a box that the tenant has not. Writes where nothing is known of the box yet. */
  bookingKey(tenantId: TenantId, boxId: BoxId): BookingKeyState | undefined;
  /** Tells the box to refuse this booking until it has ended anyway. */
  cancelBooking(
    tenantId: TenantId,
    boxId: BoxId,
    booking: { readonly payload: BookingPayload; readonly endMs: number },
  ): BookingCancelled;
  /** What the box holds, as it last confirmed. @returns undefined for a box that the tenant has not */
  held(tenantId: TenantId, boxId: BoxId): HeldByBox | undefined;
  /** Everything that opens the tenant's boxes; their sheets count as given out from here on. Writes. */
  secrets(tenantId: TenantId): readonly BoxSecrets[];
  /** The present sheet of a box as it would be printed now. @returns undefined for a box that the tenant has not */
  sheetData(tenantId: TenantId, boxId: BoxId, print: SheetPrint): SheetData | undefined;
  /** What the box did without the cloud, as the log that it keeps now tells; in order. */
  offlineUses(tenantId: TenantId, boxId: BoxId): readonly OfflineUseRecord[];
  /** Warns of sheets that end, are used up or are missing, for ever. @returns a function that stops it */
  watch(ports: { readonly timers: Timers; readonly commitGroup: CommitGroup }): Cancel;
}

const printer = { pdf: renderSheetPdf, html: renderSheetHtml, csv: renderSheetCsv };

/** Builds the feature and registers its handlers. */
export function createEmergency(ports: EmergencyPorts): Emergency {
  const { database, clock, events, port, crypto, boxes } = ports;
  const stores = createEmergencyStores(database);
  const uses = createUseStores(database);
  const keeper = createEmergencyKeeper({ ...ports, stores });
  const tell = createBoxTeller(events, boxes.place);
  const mark = createSheetMark(crypto, ports.pepper);
  const desk: EmergencyDesk = {
    ...ports,
    ...{ keeper, stores, uses, tell, mark, printer },
    prints: createPrintStores(database),
    hear: createHearing(ports),
    tokenName: ports.tenants.tokenName,
  };
  events.join('box-claimed', (owned) => void keeper.begin(owned));
  events.join('box-released', ({ tenantId, boxId }) => stores(tenantId).forget(boxId));
  port.onMessage('emergency-confirmed', (from, body) =>
    onEmergencyConfirmed({ clock, events, keeper, stores, tell }, from, body),
  );
  listenToOfflineEntries({ clock, keeper, stores, uses, tell }, port);

  return {
    routes: [...emergencyRoutes(desk), ...sheetRoutes(desk), ...proofRoutes(desk)],
    ...createDoor(desk),
    offlineUses: (tenantId, boxId) => uses(tenantId).list(boxId).map(toRecord),
    watch: (watchPorts) => watchSheets(createWarningSweep({ database, clock, keeper, tell }), watchPorts),
  };
}

function createDoor(
  desk: EmergencyDesk,
): Pick<Emergency, 'bookingKey' | 'cancelBooking' | 'held' | 'secrets' | 'sheetData'> {
  const { keeper } = desk;
  const ours = (owned: MessageOrigin): boolean => desk.boxes.find(owned.tenantId, owned.boxId) !== undefined;
  return {
    bookingKey: (tenantId, boxId) => {
      const owned = { tenantId, boxId };
      return ours(owned) ? bookingKeyOf(keeper.ensure(owned), keeper.keys(owned).bookingKey) : undefined;
    },
    cancelBooking: (tenantId, boxId, booking) =>
      ours({ tenantId, boxId })
        ? cancelBooking(keeper, { tenantId, boxId }, { ...booking, nowMs: desk.clock.nowMs() })
        : 'waiting',
    held: (tenantId, boxId) => {
      const state = keeper.find({ tenantId, boxId });
      return state && heldByBox(state, desk.clock.nowMs());
    },
    secrets: (tenantId) => revealSecrets(desk, tenantId),
    sheetData: (tenantId, boxId, print) => {
      const owned = { tenantId, boxId };
      const state = keeper.find(owned);
      if (state === undefined) return undefined;
      return sheetDataOf(desk, owned, { ...print, state, sheetKey: keeper.keys(owned).sheetKey });
    },
  };
}

function toRecord(use: OfflineUseEntry): OfflineUseRecord {
  const { bins, ...rest } = use;
  return { ...rest, openedBins: bins.filter(({ opened }) => opened).map(({ bin }) => bin) };
}
