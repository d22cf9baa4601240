// What a break-glass file holds once it is open: for every box its sheet and the key of its phone answers, every
// key of the tenant with its fob, and the secret under which each use is signed. Who holds this opens every bin.
import { limits } from '../basics/limits.ts';
import {
  type Check,
  fields,
  hex,
  instantMs,
  list,
  oneOf,
  orNull,
  text,
  textLike,
  truth,
  whole,
} from '../json/shape.ts';

/** One bin on a sheet. */
export interface BreakGlassRow {
  readonly bin: number;
  /** Null where no key is known to hang there at the time of the export. */
  readonly key: { readonly name: string; readonly fobLabel: string } | null;
  /** 8 digits each; index 0 is code no. 1. */
  readonly codes: readonly string[];
}

/** The sheet of one box, as it would be printed. */
export interface BreakGlassSheet {
  /** The box asks for codes of this number. */
  readonly generation: number;
  /** Unix ms. */
  readonly validUntilMs: number;
  /** False while the box had not heard of this sheet when the file was made. */
  readonly inForce: boolean;
  /** By bin number. */
  readonly rows: readonly BreakGlassRow[];
  /** 8 digits each; index 0 is code no. 1. */
  readonly allBinsCodes: readonly string[];
  /** Bins in the order in which "all" opens them. */
  readonly openOrder: readonly number[];
}

/** One box. */
export interface BreakGlassBox {
  /** 13 characters. */
  readonly boxId: string;
  readonly name: string;
  readonly location: { readonly name: string; readonly timeZone: string };
  /** Whom to call; may be empty. */
  readonly helpPhone: string;
  readonly sheet: BreakGlassSheet;
  /** 32 bytes in hexadecimal: answers the challenges of this box. */
  readonly phoneKey: string;
}

/** One key of the tenant. */
export interface BreakGlassKey {
  readonly name: string;
  /** What is printed on the fob; may be empty. */
  readonly fobLabel: string;
  readonly locationName: string;
  readonly status: 'in-bin' | 'out' | 'unknown';
  /** Where it hangs, or from where it was taken; null where that is not known. */
  readonly boxId: string | null;
  readonly bin: number | null;
}

/** Everything. */
export interface BreakGlassPayload {
  readonly boxes: readonly BreakGlassBox[];
  readonly inventory: readonly BreakGlassKey[];
  /** Of which moment sheets and inventory are. Unix ms. */
  readonly inventoryAtMs: number;
  /** Ed25519 secret of this export, 32 bytes in hexadecimal. */
  readonly useKey: string;
}

const NAME = text(400);
const MOST_BOXES = 10_000;
const MOST_KEYS = 1_000_000;
const bin = whole(1, limits.sheetBins);
const boxId = textLike(/^[0-9A-F][0-9A-HJKMNP-TV-Z]{12}$/);
const codes = list(textLike(/^[0-9]{8}$/), limits.sheetCells);

const isSheet = fields<BreakGlassSheet>({
  generation: whole(0, limits.generations),
  validUntilMs: instantMs,
  inForce: truth,
  rows: list(
    fields<BreakGlassRow>({ bin, key: orNull(fields({ name: NAME, fobLabel: NAME })), codes }),
    limits.sheetBins,
  ),
  allBinsCodes: codes,
  openOrder: list(bin, limits.sheetBins),
});

/** Whether a value is the content of a break-glass file. */
export const isBreakGlassPayload: Check<BreakGlassPayload> = fields<BreakGlassPayload>({
  boxes: list(
    fields<BreakGlassBox>({
      boxId,
      name: NAME,
      location: fields({ name: NAME, timeZone: text(64) }),
      helpPhone: text(64),
      sheet: isSheet,
      phoneKey: hex(limits.keyBytes),
    }),
    MOST_BOXES,
  ),
  inventory: list(
    fields<BreakGlassKey>({
      name: NAME,
      fobLabel: NAME,
      locationName: NAME,
      status: oneOf(['in-bin', 'out', 'unknown']),
      boxId: orNull(boxId),
      bin: orNull(bin),
    }),
    MOST_KEYS,
  ),
  inventoryAtMs: instantMs,
  useKey: hex(limits.keyBytes),
});
