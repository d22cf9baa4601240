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
  /** The longest text field, in bytes of UTF-8. */
  textBytes: 64,
} as const;
