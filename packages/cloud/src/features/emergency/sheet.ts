// What stands on an emergency sheet, whatever it is printed as: PDF, HTML and CSV show the same value. The one
// place where codes, key names and fob numbers meet; it is made for one print and stored nowhere.

/** One bin of a box. */
export interface SheetRow {
  readonly bin: number;
  /** Null where no key is known to hang there at the time of the inventory. */
  readonly key: { readonly name: string; readonly fobLabel: string } | null;
  /** 8 digits each; index 0 is code no. 1. */
  readonly codes: readonly string[];
}

/** A whole sheet of one box. */
export interface SheetData {
  /** `shs_…` */
  readonly sheetId: string;
  /** Number of the sheet; a box asks for codes of one number only. */
  readonly generation: number;
  readonly box: { readonly id: string; readonly name: string };
  readonly location: { readonly name: string; readonly timeZone: string };
  /** Who printed it, as the ledger names them. */
  readonly printedBy: string;
  /** When it was printed; key names and fob numbers are of this moment. Unix ms. */
  readonly printedAtMs: number;
  /** Unix ms. */
  readonly validUntilMs: number;
  /** False while the box has not heard of this sheet: it opens nothing until the box was online. */
  readonly inForce: boolean;
  /** Whom to call; may be empty. */
  readonly helpPhone: string;
  /** Bins in the order in which "all" opens them. */
  readonly openOrder: readonly number[];
  /** By bin number. */
  readonly rows: readonly SheetRow[];
  /** 8 digits each; index 0 is code no. 1. */
  readonly allBinsCodes: readonly string[];
  /** What the QR code says: sheet id, number and signature, and no code. */
  readonly qrText: string;
}
