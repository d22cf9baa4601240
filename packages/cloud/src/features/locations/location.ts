// A place where boxes stand: what it is, without storage.

/** A place. Key codes work at the boxes of one location only. */
export interface Location {
  /** `loc_…` */
  readonly locationId: string;
  readonly name: string;
  /** IANA name: people at the box think in its time. */
  readonly timeZone: string;
  readonly rev: number;
  readonly createdAtMs: number;
}
