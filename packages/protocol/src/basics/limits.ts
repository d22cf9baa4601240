// Every bound of the wire in one table, each with its unit and its reason. The relations between
// them are asserted in limits.test.ts; `docs/limits.md` is printed from this file.

/** The wire's bounds. Names end in their unit. */
export const limits = {
  /** Largest frame that either side accepts, header and tag included: what one MQTT payload may hold. */
  frameBytes: 1100,
  /** Largest message body inside a record; a longer one is an error before anything is decoded. */
  bodyBytes: 1024,
  /** What sealing adds: version and type 1, session 4, sequence 4, tag 16. */
  recordOverheadBytes: 25,
  /** Access requests are padded to this, so that neither the kind nor the code's length shows. */
  accessRequestBytes: 64,
  /** How deep arrays may nest: the message, its fields, one list, one spare. */
  nestingDepth: 4,
  /** Entries in one log batch: 16 entries of 48 bytes stay well below a body. */
  logBatchEntries: 16,
  /** One log entry as it is hashed. */
  logEntryBytes: 32,
  /** One log entry's authenticator, and the chain hash: SHA-256 cut to 128 bits. */
  logHashBytes: 16,
  /** Digits of a code that a person may type. */
  codeDigits: 16,
  /** A fob's tag on the wire: 4-, 7- and 8-byte identifiers, left-aligned and zero-padded. */
  tagBytes: 8,
  /** A box's name on the wire: 64 random bits. */
  boxIdBytes: 8,
  /** Both sides' handshake nonces: 128 bits, so that none repeats. */
  nonceBytes: 16,
  /** A request's nonce: 64 bits for a single outstanding request that lives 8 seconds. */
  requestBytes: 8,
  /** All symmetric keys. */
  keyBytes: 32,
  /** ChaCha20-Poly1305 tag (RFC 8439). */
  tagLengthBytes: 16,
  /** How many epochs ahead a box may be: each junk hello costs the cloud this many steps. */
  epochsAhead: 8,
  /** The same after a database restore, for a day, by the operator's switch. */
  epochsAheadAfterRestore: 4096,
  /** How long a box's request may be answered. */
  requestLifetimeMs: 8_000,
  /** How long the claim code on the box's display is valid. */
  claimLifetimeMs: 600_000,
  /** Guesses at one claim code. */
  claimTries: 5,
  /** Digits of the claim code. */
  claimDigits: 8,
  /** Records in one session and direction: the counter is 32 bits and never wraps; a handshake comes first. */
  recordsPerSession: 0xffff_fff0,
  /** Digits of a sheet's cell: the box asks for one by its number, so one code in 10^8 is right. */
  sheetDigits: 8,
  /** Digits that close a sheet: typed without being asked for, so two more. */
  revocationDigits: 10,
  /** Highest bin of a sheet: a booking code has 5 bits for it. */
  sheetBins: 31,
  /** Most cells in one row of a sheet. */
  sheetCells: 32,
  /** Highest number of a sheet or a booking key: three bytes in the log. */
  generations: 0xff_ffff,
  /** Digits of a booking code: about 74,000 may be acceptable at once (20 bins, every length, two serials), 8 in 10^8 of all. */
  bookingDigits: 12,
  /** Each payload stands for this many numbers, of which one is used: floor(10^12 / 2^25). */
  bookingRedundancy: 29_802,
  /** A start up to this long ago is past, one before it is still to come: 28 days, a day of grace and room for a slow clock. */
  bookingPastHours: 2_000,
  /** How early and how late a booking code is taken: more than any clock drifts in half a year. */
  bookingGraceMs: 3_600_000,
  /** Cancelled bookings that a box remembers, and used ones. */
  cancelledBookings: 64,
  /** Digits of the challenge that a box shows. */
  challengeDigits: 8,
  /** Digits of an authenticator app. */
  authenticatorDigits: 8,
  /** How long one code of an authenticator app lasts (RFC 6238). */
  authenticatorStepMs: 30_000,
  /** An authenticator's key: as long as its hash (RFC 4226, 4). */
  authenticatorKeyBytes: 20,
  /** How long a sheet or booking key that was replaced stays good. */
  replacedKeyGraceMs: 86_400_000,
  /** The longest text field, in bytes of UTF-8. */
  textBytes: 64,
} as const;
