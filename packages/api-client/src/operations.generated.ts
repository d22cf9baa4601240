// Printed from packages/cloud/openapi.json by `pnpm print`: edit the routes of the cloud, never this file. Types of
// every operation, and the few facts about it that are needed to call it.
import type { DownloadedFile } from './downloaded-file.ts';
import type { ServerSentEvent } from './event-parser.ts';

/** How to call an operation. */
export interface OperationFacts {
  readonly method: string;
  /** With `{names}` to fill in. */
  readonly path: string;
  /** json: a value; file: bytes; events: server-sent events; none: nothing. */
  readonly answer: 'json' | 'file' | 'events' | 'none';
  /** Whether repeating it with the same Idempotency-Key has no second effect. */
  readonly keyed: boolean;
}

/** RFC 9457 problem. */
export type Problem = {
  /** Page that explains the problem. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What to do next, in the language of Accept-Language (ja or en). */
  readonly detail: string;
  /** Stable: programs decide by this. */
  readonly code: 'invalid-request' | 'malformed-body' | 'malformed-request' | 'headers-too-large' | 'invalid-cursor' | 'sign-in-required' | 'permission-missing' | 'step-up-required' | 'step-up-refused' | 'not-found' | 'method-not-allowed' | 'conflict' | 'idempotency-key-in-use' | 'precondition-failed' | 'body-too-large' | 'unsupported-media-type' | 'idempotency-key-reused' | 'invalid-idempotency-key' | 'precondition-required' | 'too-many-requests' | 'internal' | 'not-durable' | 'not-ready' | 'request-timeout';
  readonly errors: readonly {
    /** RFC 6901 pointer: /body/…, /query/…, /path/… or /header/…. */
    readonly pointer: string;
    readonly code: string;
    readonly detail: string;
  }[];
  readonly request_id: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
};

export type ApiToken = {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
};

export type Location = {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
};

export type Box = {
  readonly id: string;
  /** What its label and QR code say. No secret. */
  readonly label: string;
  readonly name: string;
  readonly location_id: string;
  /** `live` once it has opened a session. */
  readonly life: 'claimed' | 'live';
  readonly bin_count: number;
  readonly online: boolean;
  readonly seen_at: string | null;
  readonly firmware: string;
  /** false: on battery; null: not told yet. */
  readonly mains: boolean | null;
  readonly battery_percent: number | null;
  readonly language: string;
  readonly help_phone: string;
  readonly left_open_ms: number;
  readonly idle_ms: number;
  readonly offline_after_ms: number;
  readonly settings_version: number;
  /** Version that the box reported; lower while it waits. */
  readonly settings_in_force: number;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly claimed_at: string;
};

export type Key = {
  readonly id: string;
  readonly name: string;
  readonly location_id: string;
  readonly fob_label: string;
  readonly fob_tag: string;
  readonly where: {
    /** in_bin: a reader senses the fob; out: taken and not back; unknown: never seen. */
    readonly status: 'in_bin' | 'out' | 'unknown';
    readonly box_id: string | null;
    readonly bin: number | null;
    readonly since: string | null;
    /** The code that took it out. */
    readonly code_id: string | null;
    /** Taken with a code of a sheet, phone or app while the box was offline: nobody knows by whom. */
    readonly by_hand: boolean;
  };
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
};

export type Bin = {
  readonly bin: number;
  readonly door: 'open' | 'closed';
  /** The fob that its reader senses. */
  readonly fob_tag: string | null;
  /** The key with that fob. */
  readonly key_id: string | null;
  readonly changed_at: string | null;
};

export type KeyCode = {
  readonly id: string;
  readonly key_id: string;
  /** The code works at the boxes of this place. */
  readonly location_id: string;
  /** until_withdrawn: ends when its key is taken out with it; unlimited; once: opens one time. */
  readonly uses: 'until_withdrawn' | 'unlimited' | 'once';
  readonly label: string;
  /** How many digits it has. */
  readonly digits: number;
  /** Names the code in events, without telling a digit. */
  readonly code_tag: string;
  /** reserved: a box was just allowed to open with it and has not told yet what came of it. */
  readonly status: 'valid' | 'not_yet' | 'expired' | 'ended' | 'reserved';
  readonly starts_at: string | null;
  readonly expires_at: string | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
  readonly ended_at: string | null;
  readonly ended_because: 'withdrawn' | 'used' | 'revoked' | 'expired' | 'key_retired' | null;
  /** The booking that it belongs to. */
  readonly booking_id: string | null;
  /** What would happen if the box lost the cloud now. */
  readonly offline: {
    /** live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code. */
    readonly works: 'live_only' | 'on_box' | 'arithmetic';
    /** asks_the_cloud: this kind of code is always asked of the cloud; in_force: the box confirmed that it holds what is needed; key_elsewhere: the key hangs in another bin than the one that the code names: live it opens there; key_out: the key is out; the code works offline again when it hangs in its bin; key_never_seen: no reader has seen the key yet; box_waits: the box has not confirmed what is needed; it gets it at its next contact; key_replaced: the box got another booking key since: the code is asked of the cloud; used_once: it took the key out once while the box was alone: a second time only live; first_use_missed: it was not used soon enough after its start: alone, the box does not take it any more; clock_lost: the box did not know the time when it last restarted; never_online: the box was never online; box_gone: the box is not yours any more; not_there: there is none; closed: it was closed at the keypad; over: its time is over, or it was ended: it opens nothing anywhere; cancelled_at_box: it was cancelled, and the box refuses it also when it is alone; cancelled_live_only: it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over */
    readonly because: 'asks_the_cloud' | 'in_force' | 'key_elsewhere' | 'key_out' | 'key_never_seen' | 'box_waits' | 'key_replaced' | 'used_once' | 'first_use_missed' | 'clock_lost' | 'never_online' | 'box_gone' | 'not_there' | 'closed' | 'over' | 'cancelled_at_box' | 'cancelled_live_only';
    readonly since: string | null;
  };
};

export type EmergencyState = {
  readonly box_id: string;
  readonly box_name: string | null;
  readonly location_id: string | null;
  /** none: nothing printed; waiting_for_box: opens nothing until the box was online; ending_soon: 30 days left; revoked: print anew; cells_low: some row is nearly used up. */
  readonly state: 'none' | 'current' | 'waiting_for_box' | 'ending_soon' | 'ended' | 'revoked' | 'cells_low';
  /** Number of the sheet that is wanted at the box. */
  readonly generation: number;
  readonly generation_in_force: number | null;
  readonly in_force_since: string | null;
  readonly valid_until: string | null;
  readonly printed_at: string | null;
  readonly printed_by: string | null;
  /** A code was used offline since this sheet was made. */
  readonly reprint_advised: boolean;
};

export type Sheet = {
  readonly id: string;
  readonly box_id: string;
  /** Number of the sheet; copies have the same. */
  readonly generation: number;
  readonly format: 'pdf' | 'html' | 'csv';
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly printed_at: string;
  readonly printed_by: string;
  readonly token_id: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly valid_until: string;
  /** waiting_for_box: opens nothing until the box was online. */
  readonly state: 'current' | 'waiting_for_box' | 'replaced' | 'revoked' | 'ended';
  /** Of all copies together; null for a sheet of an earlier life of the box. */
  readonly cells_used: number | null;
};

export type Booking = {
  readonly id: string;
  readonly key_id: string;
  /** The key code that has the same digits. */
  readonly code_id: string;
  readonly box_id: string;
  /** The bin that the digits name: a box that is alone opens no other. */
  readonly bin: number;
  readonly label: string;
  readonly status: 'booked' | 'running' | 'over' | 'cancelled';
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly starts_at: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly ends_at: string;
  /** What the digits say: a box that is alone takes them from the full hour before the start to the end of the next length that digits can say, and so much earlier and later as the grace says. */
  readonly offline_window: {
    /** RFC 3339, for example 2026-04-01T09:00:00Z. */
    readonly starts_at: string;
    /** RFC 3339, for example 2026-04-01T09:00:00Z. */
    readonly ends_at: string;
    readonly grace_ms: number;
  };
  /** What would happen if the box lost the cloud now. */
  readonly offline: {
    /** live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code. */
    readonly works: 'live_only' | 'on_box' | 'arithmetic';
    /** asks_the_cloud: this kind of code is always asked of the cloud; in_force: the box confirmed that it holds what is needed; key_elsewhere: the key hangs in another bin than the one that the code names: live it opens there; key_out: the key is out; the code works offline again when it hangs in its bin; key_never_seen: no reader has seen the key yet; box_waits: the box has not confirmed what is needed; it gets it at its next contact; key_replaced: the box got another booking key since: the code is asked of the cloud; used_once: it took the key out once while the box was alone: a second time only live; first_use_missed: it was not used soon enough after its start: alone, the box does not take it any more; clock_lost: the box did not know the time when it last restarted; never_online: the box was never online; box_gone: the box is not yours any more; not_there: there is none; closed: it was closed at the keypad; over: its time is over, or it was ended: it opens nothing anywhere; cancelled_at_box: it was cancelled, and the box refuses it also when it is alone; cancelled_live_only: it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over */
    readonly because: 'asks_the_cloud' | 'in_force' | 'key_elsewhere' | 'key_out' | 'key_never_seen' | 'box_waits' | 'key_replaced' | 'used_once' | 'first_use_missed' | 'clock_lost' | 'never_online' | 'box_gone' | 'not_there' | 'closed' | 'over' | 'cancelled_at_box' | 'cancelled_live_only';
    readonly since: string | null;
  };
  /** When the box first took the digits while it was alone. */
  readonly used_offline_at: string | null;
  readonly cancellation: {
    /** RFC 3339, for example 2026-04-01T09:00:00Z. */
    readonly at: string;
    readonly because: 'cancelled' | 'key_retired';
    /** What the box knows of it. knows: it confirmed that it refuses the code; was_told: it is online and was told just now; it has not confirmed yet; hears_at_next_contact: it is away; until it hears of it, it may take the code while it is alone; cannot_remember: it has no room for one more; alone it may take the code until its time is over; not_needed: it has other keys since and does not know the code. Live, the code ended at once. */
    readonly box: 'knows' | 'was_told' | 'hears_at_next_contact' | 'cannot_remember' | 'not_needed';
    /** When the code is dead also at a box that never hears of it; null when it is dead now. */
    readonly dead_everywhere_at: string | null;
  } | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
};

export type BreakGlassExport = {
  readonly id: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
  readonly created_by: string;
  readonly token_id: string;
  /** Whether every sheet in it is the present one. Boxes claimed since are not in it. */
  readonly current: boolean;
  readonly boxes: readonly {
    readonly box_id: string;
    /** Number of the sheet in the file. */
    readonly generation: number;
    /** sheet_replaced: its sheet is not the present one; its phone answers are good still. box_gone: the box was given up or claimed anew since. */
    readonly state: 'current' | 'sheet_replaced' | 'box_gone';
  }[];
  /** Records of its use that were imported. */
  readonly uses: number;
};

export type Count = {
  readonly box_id: string;
  readonly name: string;
  readonly location_id: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly asked_at: string;
  /** Numbers of the bins that wait. */
  readonly bins: readonly number[];
};

export type Event = {
  readonly id: string;
  /** Stable name, for example key.withdrawn. */
  readonly type: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly occurred_at: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly recorded_at: string;
  readonly location_id: string | null;
  readonly box_id: string | null;
  readonly bin: number | null;
  readonly key_id: string | null;
  readonly code_id: string | null;
  /** What else there is to tell; depends on the type. */
  readonly data: Readonly<Record<string, unknown>>;
};

/** Every operation by its name: what goes in and what comes out. */
export interface Operations {
  /**
   * List API tokens
   *
   * Needs the permission `tokens:read`.
   */
  readonly listApiTokens: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly ApiToken[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Create an API token
   *
   * The secret is in this answer and in no other. A token cannot give more than it has.
   *
   * Needs the permission `tokens:write`.
   */
  readonly createApiToken: {
    readonly input: {
      readonly body: {
        /** Who or what uses the token. */
        readonly name: string;
        /** What the token lets its holder do. */
        readonly permissions: readonly ('locations:read' | 'locations:write' | 'boxes:read' | 'boxes:write' | 'boxes:claim' | 'boxes:recover' | 'factory-boxes:write' | 'keys:read' | 'keys:write' | 'codes:read' | 'codes:write' | 'bookings:read' | 'bookings:write' | 'emergency:read' | 'emergency:write' | 'events:read' | 'tokens:read' | 'tokens:write' | 'step-ups:write')[];
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly expires_at?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly permissions: readonly string[];
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly created_at: string;
      readonly expires_at: string | null;
      readonly revoked_at: string | null;
      /** Send it in Authorization: Bearer. Shown this once. */
      readonly secret: string;
    };
  };

  /**
   * Revoke an API token at once
   *
   * Needs the permission `tokens:write`.
   */
  readonly revokeApiToken: {
    readonly input: {
      readonly path: {
        readonly token_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * See whether a step-up passphrase is set (never the passphrase)
   *
   * Needs the permission `tokens:read`.
   */
  readonly getStepUpPassphrase: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: {
      /** null: none has been set yet. */
      readonly set_at: string | null;
    };
  };

  /**
   * Set or change the passphrase that dangerous calls ask for
   *
   * The first one is simply set. Changing it needs a fresh step-up, or the present passphrase in `current`; it ends the step-ups of all other tokens.
   *
   * Needs the permission `tokens:write`.
   */
  readonly setStepUpPassphrase: {
    readonly input: {
      readonly body: {
        /** At least 12 characters; several words are best. */
        readonly passphrase: string;
        /** The passphrase in force: proves a person in this request instead of a step-up before it. */
        readonly current?: string | undefined;
      };
    };
    readonly answer: {
      /** null: none has been set yet. */
      readonly set_at: string | null;
    };
  };

  /**
   * Prove that a person is there, for five minutes
   *
   * Only the token that calls is stepped up. Five wrong tries in 15 minutes are looked at, for the whole tenant together.
   *
   * Needs the permission `step-ups:write`.
   */
  readonly stepUp: {
    readonly input: {
      readonly body: {
        readonly passphrase: string;
      };
    };
    readonly answer: {
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly until: string;
    };
  };

  /**
   * List locations
   *
   * Needs the permission `locations:read`.
   */
  readonly listLocations: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Location[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Create a location
   *
   * Needs the permission `locations:write`.
   */
  readonly createLocation: {
    readonly input: {
      readonly body: {
        /** What people call the place. */
        readonly name: string;
        /** IANA name, for example Asia/Tokyo. */
        readonly time_zone: string;
      };
    };
    readonly answer: Location;
  };

  /**
   * Read one location
   *
   * Needs the permission `locations:read`.
   */
  readonly getLocation: {
    readonly input: {
      readonly path: {
        readonly location_id: string;
      };
    };
    readonly answer: Location;
  };

  /**
   * Change a location
   *
   * Needs If-Match with the ETag that was read.
   *
   * Needs the permission `locations:write`.
   */
  readonly changeLocation: {
    readonly input: {
      readonly path: {
        readonly location_id: string;
      };
      readonly body: {
        /** What people call the place. */
        readonly name?: string | undefined;
        /** IANA name, for example Asia/Tokyo. */
        readonly time_zone?: string | undefined;
      };
    };
    readonly answer: Location;
  };

  /**
   * List boxes
   *
   * Needs the permission `boxes:read`.
   */
  readonly listBoxes: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Box[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Claim a box by its label and the code that it shows
   *
   * Hold the button of the box for 5 seconds: it shows 8 digits, good for 10 minutes and 5 tries. The box answers by itself and is `live` after its first session.
   *
   * Needs the permission `boxes:claim`.
   */
  readonly claimBox: {
    readonly input: {
      readonly body: {
        /** The text of the label or its QR code. */
        readonly label?: string | undefined;
        /** Instead of the label: the 13 characters on it. */
        readonly box_id?: string | undefined;
        /** The 8 digits that the box shows now. */
        readonly claim_code: string;
        /** What people call the box. */
        readonly name: string;
        /** Where it stands. */
        readonly location_id: string;
      };
    };
    readonly answer: Box;
  };

  /**
   * Read one box
   *
   * Needs the permission `boxes:read`.
   */
  readonly getBox: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
    };
    readonly answer: Box;
  };

  /**
   * Change a box and its settings
   *
   * Settings reach the box at once if it is there, else at its next contact. Needs If-Match with the ETag that was read.
   *
   * Needs the permission `boxes:write`.
   */
  readonly changeBox: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly body: {
        /** What people call the box. */
        readonly name?: string | undefined;
        /** Where it stands. */
        readonly location_id?: string | undefined;
        /** Language of the display while nobody has chosen one. */
        readonly language?: 'ja' | 'en' | undefined;
        /** Number that the display shows to people in trouble; empty for none. */
        readonly help_phone?: string | undefined;
        /** How long a door may stand open. */
        readonly left_open_ms?: number | undefined;
        /** How long the keypad waits for the next key. */
        readonly idle_ms?: number | undefined;
        /** Silence after which the box counts as offline. */
        readonly offline_after_ms?: number | undefined;
      };
    };
    readonly answer: Box;
  };

  /**
   * Give up the ownership of a box
   *
   * Its keys are forgotten at once and anybody in front of it may claim it. Events stay.
   *
   * Needs the permission `boxes:recover`.
   */
  readonly releaseBox: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Bring a newly made box into the factory register
   *
   * The key is sealed at once and never shown again. Whoever stands in front of the box can then claim it.
   *
   * Needs the permission `factory-boxes:write`.
   */
  readonly importFactoryBox: {
    readonly input: {
      readonly body: {
        /** 13 characters, as on the label. */
        readonly box_id: string;
        /** The 32 bytes in the box, in hexadecimal. */
        readonly factory_key: string;
      };
    };
    readonly answer: {
      readonly box_id: string;
    };
  };

  /**
   * Let a box whose keys are out of step agree on new ones
   *
   * Good for one exchange within 24 hours; also lets the log go on after a gap that a restored database left. Once a day.
   *
   * Needs the permission `boxes:recover`.
   */
  readonly approveRecovery: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
    };
    readonly answer: {
      readonly box_id: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly expires_at: string;
    };
  };

  /**
   * List keys and where they are
   *
   * Needs the permission `keys:read`.
   */
  readonly listKeys: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** Only of this place. */
        readonly location_id?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Key[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Create a key
   *
   * Needs the permission `keys:write`.
   */
  readonly createKey: {
    readonly input: {
      readonly body: {
        /** What people call the key. */
        readonly name: string;
        /** Where it belongs; its codes work at the boxes there. */
        readonly location_id: string;
        /** What the fob says to a reader: 4, 7 or 8 bytes in hexadecimal, for example 04:A1:B2:C3:D4:E5:F6. */
        readonly fob_tag: string;
        /** What is printed on the fob. */
        readonly fob_label?: string | undefined;
      };
    };
    readonly answer: Key;
  };

  /**
   * Read one key: where it is and who has it
   *
   * Needs the permission `keys:read`.
   */
  readonly getKey: {
    readonly input: {
      readonly path: {
        readonly key_id: string;
      };
    };
    readonly answer: Key;
  };

  /**
   * Change a key
   *
   * Needs If-Match with the ETag that was read. A code stays at the location where it was made.
   *
   * Needs the permission `keys:write`.
   */
  readonly changeKey: {
    readonly input: {
      readonly path: {
        readonly key_id: string;
      };
      readonly body: {
        /** What people call the key. */
        readonly name?: string | undefined;
        /** Where it belongs; its codes work at the boxes there. */
        readonly location_id?: string | undefined;
        /** What is printed on the fob. */
        readonly fob_label?: string | undefined;
        /** What the fob says to a reader: 4, 7 or 8 bytes in hexadecimal, for example 04:A1:B2:C3:D4:E5:F6. */
        readonly fob_tag?: string | undefined;
      };
    };
    readonly answer: Key;
  };

  /**
   * Retire a key and end its codes
   *
   * Needs If-Match with the ETag that was read. Events about it stay; its fob may be used again.
   *
   * Needs the permission `keys:write`.
   */
  readonly retireKey: {
    readonly input: {
      readonly path: {
        readonly key_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * List the bins of a box: doors, and the keys that hang in them
   *
   * Needs the permission `boxes:read`.
   */
  readonly listBins: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Bin[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * List key codes (never their digits)
   *
   * Needs the permission `codes:read`.
   */
  readonly listKeyCodes: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** Only of this key. */
        readonly key_id?: string | undefined;
        /** Only codes that have not ended. */
        readonly live?: boolean | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly KeyCode[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Make a key code
   *
   * The digits are in this answer and in no other: they are stored as a keyed hash. The code opens the bin in which its key hangs, at any box of the key’s location.
   *
   * Needs the permission `codes:write`.
   */
  readonly createKeyCode: {
    readonly input: {
      readonly body: {
        readonly key_id: string;
        /** until_withdrawn unless given. */
        readonly uses?: 'until_withdrawn' | 'unlimited' | 'once' | undefined;
        /** For whom or what; never shown at the box. */
        readonly label?: string | undefined;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly starts_at?: string | undefined;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly expires_at?: string | undefined;
        /** Digits of your own choice, 8 to 16; better leave it out. */
        readonly code?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly key_id: string;
      /** The code works at the boxes of this place. */
      readonly location_id: string;
      /** until_withdrawn: ends when its key is taken out with it; unlimited; once: opens one time. */
      readonly uses: 'until_withdrawn' | 'unlimited' | 'once';
      readonly label: string;
      /** How many digits it has. */
      readonly digits: number;
      /** Names the code in events, without telling a digit. */
      readonly code_tag: string;
      /** reserved: a box was just allowed to open with it and has not told yet what came of it. */
      readonly status: 'valid' | 'not_yet' | 'expired' | 'ended' | 'reserved';
      readonly starts_at: string | null;
      readonly expires_at: string | null;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly created_at: string;
      readonly ended_at: string | null;
      readonly ended_because: 'withdrawn' | 'used' | 'revoked' | 'expired' | 'key_retired' | null;
      /** The booking that it belongs to. */
      readonly booking_id: string | null;
      /** What would happen if the box lost the cloud now. */
      readonly offline: {
        /** live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code. */
        readonly works: 'live_only' | 'on_box' | 'arithmetic';
        /** asks_the_cloud: this kind of code is always asked of the cloud; in_force: the box confirmed that it holds what is needed; key_elsewhere: the key hangs in another bin than the one that the code names: live it opens there; key_out: the key is out; the code works offline again when it hangs in its bin; key_never_seen: no reader has seen the key yet; box_waits: the box has not confirmed what is needed; it gets it at its next contact; key_replaced: the box got another booking key since: the code is asked of the cloud; used_once: it took the key out once while the box was alone: a second time only live; first_use_missed: it was not used soon enough after its start: alone, the box does not take it any more; clock_lost: the box did not know the time when it last restarted; never_online: the box was never online; box_gone: the box is not yours any more; not_there: there is none; closed: it was closed at the keypad; over: its time is over, or it was ended: it opens nothing anywhere; cancelled_at_box: it was cancelled, and the box refuses it also when it is alone; cancelled_live_only: it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over */
        readonly because: 'asks_the_cloud' | 'in_force' | 'key_elsewhere' | 'key_out' | 'key_never_seen' | 'box_waits' | 'key_replaced' | 'used_once' | 'first_use_missed' | 'clock_lost' | 'never_online' | 'box_gone' | 'not_there' | 'closed' | 'over' | 'cancelled_at_box' | 'cancelled_live_only';
        readonly since: string | null;
      };
      /** The digits. Shown this once. */
      readonly code: string;
      readonly warnings: readonly {
        readonly code: string;
        readonly detail: string;
      }[];
    };
  };

  /**
   * Read one key code (never its digits)
   *
   * Needs the permission `codes:read`.
   */
  readonly getKeyCode: {
    readonly input: {
      readonly path: {
        readonly code_id: string;
      };
    };
    readonly answer: KeyCode;
  };

  /**
   * Change when a key code is valid, or its label
   *
   * Needs If-Match with the ETag that was read. A code that has ended stays as it is.
   *
   * Needs the permission `codes:write`.
   */
  readonly changeKeyCode: {
    readonly input: {
      readonly path: {
        readonly code_id: string;
      };
      readonly body: {
        /** For whom or what; never shown at the box. */
        readonly label?: string | undefined;
        readonly starts_at?: string | null | undefined;
        readonly expires_at?: string | null | undefined;
      };
    };
    readonly answer: KeyCode;
  };

  /**
   * Revoke a key code at once
   *
   * Typed after this answer, the code is refused. Revoking an ended code changes nothing.
   *
   * Needs the permission `codes:write`.
   */
  readonly revokeKeyCode: {
    readonly input: {
      readonly path: {
        readonly code_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Read what a box can do without the cloud: settings, sheet, what is in force
   *
   * Needs the permission `emergency:read`.
   */
  readonly getEmergency: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
    };
    readonly answer: {
      readonly box_id: string;
      /** Bins in the order in which “all” opens them; others follow by number. */
      readonly open_order: readonly number[];
      /** While the box is offline a booking must be used within this many hours of its start; 0: no such rule. */
      readonly first_use_hours: number;
      /** Codes for each bin on the next new sheet. */
      readonly cells_per_bin: number;
      /** Codes for all bins on the next new sheet. */
      readonly cells_for_all: number;
      /** How long after mains was lost the box goes to sleep. */
      readonly sleep_after_ms: number;
      /** How long a box on battery stays awake after the last person. */
      readonly awake_ms: number;
      /** Of what is wanted at the box; rises with every change. */
      readonly version: number;
      /** What the box confirmed; lower while it waits, 0: nothing yet. */
      readonly version_in_force: number;
      readonly confirmed_at: string | null;
      readonly sheet: {
        /** none: nothing printed; waiting_for_box: opens nothing until the box was online; ending_soon: 30 days left; revoked: print anew; cells_low: some row is nearly used up. */
        readonly state: 'none' | 'current' | 'waiting_for_box' | 'ending_soon' | 'ended' | 'revoked' | 'cells_low';
        /** Number of the sheet that is wanted at the box. */
        readonly generation: number;
        readonly generation_in_force: number | null;
        readonly in_force_since: string | null;
        readonly valid_until: string | null;
        readonly printed_at: string | null;
        readonly printed_by: string | null;
        /** A code was used offline since this sheet was made. */
        readonly reprint_advised: boolean;
        readonly cells_left: {
          readonly all: number;
          readonly bins: readonly {
            readonly bin: number;
            readonly left: number;
          }[];
        };
      };
      /** Since when the box takes booking codes by itself; null: not yet. */
      readonly booking_in_force_since: string | null;
      /** Bookings that the box was told to refuse. */
      readonly cancelled_bookings: number;
      readonly authenticator: {
        readonly label: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly enrolled_at: string;
        readonly in_force: boolean;
      } | null;
    };
  };

  /**
   * Change what a box does without the cloud
   *
   * Reaches the box at once if it is there, else at its next contact. Numbers of cells count from the next new sheet. Needs If-Match with the ETag that was read.
   *
   * Needs the permission `emergency:write`.
   */
  readonly changeEmergency: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly body: {
        /** Bins in the order in which “all” opens them; others follow by number. */
        readonly open_order?: readonly number[] | undefined;
        /** While the box is offline a booking must be used within this many hours of its start; 0: no such rule. */
        readonly first_use_hours?: number | undefined;
        /** Codes for each bin on the next new sheet. */
        readonly cells_per_bin?: number | undefined;
        /** Codes for all bins on the next new sheet. */
        readonly cells_for_all?: number | undefined;
        /** How long after mains was lost the box goes to sleep. */
        readonly sleep_after_ms?: number | undefined;
        /** How long a box on battery stays awake after the last person. */
        readonly awake_ms?: number | undefined;
      };
    };
    readonly answer: {
      readonly box_id: string;
      /** Bins in the order in which “all” opens them; others follow by number. */
      readonly open_order: readonly number[];
      /** While the box is offline a booking must be used within this many hours of its start; 0: no such rule. */
      readonly first_use_hours: number;
      /** Codes for each bin on the next new sheet. */
      readonly cells_per_bin: number;
      /** Codes for all bins on the next new sheet. */
      readonly cells_for_all: number;
      /** How long after mains was lost the box goes to sleep. */
      readonly sleep_after_ms: number;
      /** How long a box on battery stays awake after the last person. */
      readonly awake_ms: number;
      /** Of what is wanted at the box; rises with every change. */
      readonly version: number;
      /** What the box confirmed; lower while it waits, 0: nothing yet. */
      readonly version_in_force: number;
      readonly confirmed_at: string | null;
      readonly sheet: {
        /** none: nothing printed; waiting_for_box: opens nothing until the box was online; ending_soon: 30 days left; revoked: print anew; cells_low: some row is nearly used up. */
        readonly state: 'none' | 'current' | 'waiting_for_box' | 'ending_soon' | 'ended' | 'revoked' | 'cells_low';
        /** Number of the sheet that is wanted at the box. */
        readonly generation: number;
        readonly generation_in_force: number | null;
        readonly in_force_since: string | null;
        readonly valid_until: string | null;
        readonly printed_at: string | null;
        readonly printed_by: string | null;
        /** A code was used offline since this sheet was made. */
        readonly reprint_advised: boolean;
        readonly cells_left: {
          readonly all: number;
          readonly bins: readonly {
            readonly bin: number;
            readonly left: number;
          }[];
        };
      };
      /** Since when the box takes booking codes by itself; null: not yet. */
      readonly booking_in_force_since: string | null;
      /** Bookings that the box was told to refuse. */
      readonly cancelled_bookings: number;
      readonly authenticator: {
        readonly label: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly enrolled_at: string;
        readonly in_force: boolean;
      } | null;
    };
  };

  /**
   * List how the sheets of all boxes stand: who printed them, when, and which are missing
   *
   * Needs the permission `emergency:read`.
   */
  readonly listEmergencyStates: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** Only boxes whose sheet stands so. */
        readonly state?: 'none' | 'current' | 'waiting_for_box' | 'ending_soon' | 'ended' | 'revoked' | 'cells_low' | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly EmergencyState[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Print the emergency sheet of a box
   *
   * The answer is the file: codes that open bins while the box is offline, beside the names and fob numbers of the keys. It is in Japanese and English, stored nowhere, and states whether the box takes its codes already.
   *
   * Needs the permission `emergency:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly printSheet: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly body: {
        /** pdf to print, html to keep on a disk, csv for programs. */
        readonly format: 'pdf' | 'html' | 'csv';
        /** true: a new sheet, which retires the one before a day after the box has heard of it; false: another copy. Left out: a new one, unless none was printed yet. */
        readonly renew?: boolean | undefined;
        /** How long the sheet is good; 365 unless given. */
        readonly valid_for_days?: number | undefined;
      };
    };
    readonly answer: DownloadedFile;
  };

  /**
   * List the sheets of a box that were printed: by whom, when, and how each stands
   *
   * The newest first. No code is in the answer.
   *
   * Needs the permission `emergency:read`.
   */
  readonly listSheets: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Sheet[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Say whether a printed sheet is still good, by the text of its QR code
   *
   * Needs the permission `emergency:read`.
   */
  readonly checkSheet: {
    readonly input: {
      readonly query: {
        /** What the QR code says; it begins with SBS1:. */
        readonly text: string;
      };
    };
    readonly answer: {
      /** old: replaced or past its date; unknown: not made by this server for this tenant. */
      readonly status: 'current' | 'old' | 'revoked' | 'unknown';
      /** Whether the box takes its codes now. */
      readonly in_force: boolean;
      readonly sheet_id: string | null;
      readonly box_id: string | null;
      readonly generation: number | null;
      readonly printed_at: string | null;
      readonly valid_until: string | null;
    };
  };

  /**
   * Revoke the sheets of a box: lost, copied, or seen by the wrong people
   *
   * Every sheet made so far opens nothing from the next contact on. While the box is offline, the 10 digits in the answer close its sheet at once when somebody types them there. Print a new sheet afterwards.
   *
   * Needs the permission `emergency:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly revokeSheets: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
    };
    readonly answer: {
      readonly box_id: string;
      /** Number of the sheet that the box takes now. */
      readonly generation: number;
      /** 10 digits that close that sheet at the keypad of a box that is offline. They can open nothing. Shown this once. */
      readonly revocation_code: string;
      /** true: the box is being told now; false: phone the code to somebody there. */
      readonly sent: boolean;
    };
  };

  /**
   * Answer the challenge that an offline box shows
   *
   * For a caller who stands before the box and whom you have identified: whoever types the answer opens the bin.
   *
   * Needs the permission `emergency:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly answerChallenge: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly body: {
        /** The 8 digits that the box shows. */
        readonly challenge: string;
        /** What the caller chose at the box. */
        readonly bin: number | 'all';
        /** Who is on the phone, and how you know; goes into the ledger. */
        readonly caller: string;
      };
    };
    readonly answer: {
      /** 8 digits to read out. Shown this once. */
      readonly answer: string;
    };
  };

  /**
   * Enrol an authenticator app for a box
   *
   * An app that was enrolled before shows wrong codes from the next contact on.
   *
   * Needs the permission `emergency:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly enrolAuthenticator: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly body: {
        /** Whose app it is. */
        readonly label: string;
      };
    };
    readonly answer: {
      readonly box_id: string;
      readonly label: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly enrolled_at: string;
      /** For the app, as a QR code. Shown this once. */
      readonly uri: string;
      /** Whether the box is being told now; else it learns at its next contact. */
      readonly sent: boolean;
    };
  };

  /**
   * Remove the authenticator app of a box
   *
   * Its codes open nothing from the next contact on. Where none is enrolled nothing changes.
   *
   * Needs the permission `emergency:write`.
   */
  readonly removeAuthenticator: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * List bookings (never their digits)
   *
   * Needs the permission `bookings:read`.
   */
  readonly listBookings: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** Only of this key. */
        readonly key_id?: string | undefined;
        /** Only at this box. */
        readonly box_id?: string | undefined;
        /** Only bookings that are not over and were not cancelled. */
        readonly live?: boolean | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Booking[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Book a key for a limited period
   *
   * The 12 digits are in this answer and in no other. Live they open the bin in which the key hangs, from starts_at to ends_at; a box that is alone takes them in offline_window for the one bin that they name.
   *
   * Needs the permission `bookings:write`.
   */
  readonly createBooking: {
    readonly input: {
      readonly body: {
        readonly key_id: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly starts_at: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly ends_at: string;
        /** For whom or what; never shown at the box. */
        readonly label?: string | undefined;
        /** Only for a key that is out: where it will hang. */
        readonly box_id?: string | undefined;
        /** The same. */
        readonly bin?: number | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly key_id: string;
      /** The key code that has the same digits. */
      readonly code_id: string;
      readonly box_id: string;
      /** The bin that the digits name: a box that is alone opens no other. */
      readonly bin: number;
      readonly label: string;
      readonly status: 'booked' | 'running' | 'over' | 'cancelled';
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly starts_at: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
      /** What the digits say: a box that is alone takes them from the full hour before the start to the end of the next length that digits can say, and so much earlier and later as the grace says. */
      readonly offline_window: {
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly starts_at: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly ends_at: string;
        readonly grace_ms: number;
      };
      /** What would happen if the box lost the cloud now. */
      readonly offline: {
        /** live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code. */
        readonly works: 'live_only' | 'on_box' | 'arithmetic';
        /** asks_the_cloud: this kind of code is always asked of the cloud; in_force: the box confirmed that it holds what is needed; key_elsewhere: the key hangs in another bin than the one that the code names: live it opens there; key_out: the key is out; the code works offline again when it hangs in its bin; key_never_seen: no reader has seen the key yet; box_waits: the box has not confirmed what is needed; it gets it at its next contact; key_replaced: the box got another booking key since: the code is asked of the cloud; used_once: it took the key out once while the box was alone: a second time only live; first_use_missed: it was not used soon enough after its start: alone, the box does not take it any more; clock_lost: the box did not know the time when it last restarted; never_online: the box was never online; box_gone: the box is not yours any more; not_there: there is none; closed: it was closed at the keypad; over: its time is over, or it was ended: it opens nothing anywhere; cancelled_at_box: it was cancelled, and the box refuses it also when it is alone; cancelled_live_only: it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over */
        readonly because: 'asks_the_cloud' | 'in_force' | 'key_elsewhere' | 'key_out' | 'key_never_seen' | 'box_waits' | 'key_replaced' | 'used_once' | 'first_use_missed' | 'clock_lost' | 'never_online' | 'box_gone' | 'not_there' | 'closed' | 'over' | 'cancelled_at_box' | 'cancelled_live_only';
        readonly since: string | null;
      };
      /** When the box first took the digits while it was alone. */
      readonly used_offline_at: string | null;
      readonly cancellation: {
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly at: string;
        readonly because: 'cancelled' | 'key_retired';
        /** What the box knows of it. knows: it confirmed that it refuses the code; was_told: it is online and was told just now; it has not confirmed yet; hears_at_next_contact: it is away; until it hears of it, it may take the code while it is alone; cannot_remember: it has no room for one more; alone it may take the code until its time is over; not_needed: it has other keys since and does not know the code. Live, the code ended at once. */
        readonly box: 'knows' | 'was_told' | 'hears_at_next_contact' | 'cannot_remember' | 'not_needed';
        /** When the code is dead also at a box that never hears of it; null when it is dead now. */
        readonly dead_everywhere_at: string | null;
      } | null;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly created_at: string;
      /** The 12 digits. Shown this once. */
      readonly code: string;
      /** The same, as people read them. */
      readonly code_grouped: string;
    };
  };

  /**
   * Read one booking: how it stands, and whether its code works offline
   *
   * Needs the permission `bookings:read`.
   */
  readonly getBooking: {
    readonly input: {
      readonly path: {
        readonly booking_id: string;
      };
    };
    readonly answer: Booking;
  };

  /**
   * Cancel a booking
   *
   * Live, the code is refused from this answer on. cancellation.box says whether the box knows of it too: until then it may take the code while it is alone, at the latest until the window is over. Cancelling again changes nothing.
   *
   * Needs the permission `bookings:write`.
   */
  readonly cancelBooking: {
    readonly input: {
      readonly path: {
        readonly booking_id: string;
      };
    };
    readonly answer: Booking;
  };

  /**
   * See what still opens a box if it drops off now
   *
   * Needs the permission `emergency:read`.
   */
  readonly getOfflineReadiness: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
    };
    readonly answer: {
      readonly box_id: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly asked_at: string;
      readonly online: boolean;
      /** When the box last said what it holds for openings without the cloud. */
      readonly confirmed_at: string | null;
      /** When a restart of the box lost the time; null while its clock is kept. */
      readonly clock_lost_at: string | null;
      /** What would happen if the box lost the cloud now. */
      readonly sheet: {
        /** live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code. */
        readonly works: 'live_only' | 'on_box' | 'arithmetic';
        /** asks_the_cloud: this kind of code is always asked of the cloud; in_force: the box confirmed that it holds what is needed; key_elsewhere: the key hangs in another bin than the one that the code names: live it opens there; key_out: the key is out; the code works offline again when it hangs in its bin; key_never_seen: no reader has seen the key yet; box_waits: the box has not confirmed what is needed; it gets it at its next contact; key_replaced: the box got another booking key since: the code is asked of the cloud; used_once: it took the key out once while the box was alone: a second time only live; first_use_missed: it was not used soon enough after its start: alone, the box does not take it any more; clock_lost: the box did not know the time when it last restarted; never_online: the box was never online; box_gone: the box is not yours any more; not_there: there is none; closed: it was closed at the keypad; over: its time is over, or it was ended: it opens nothing anywhere; cancelled_at_box: it was cancelled, and the box refuses it also when it is alone; cancelled_live_only: it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over */
        readonly because: 'asks_the_cloud' | 'in_force' | 'key_elsewhere' | 'key_out' | 'key_never_seen' | 'box_waits' | 'key_replaced' | 'used_once' | 'first_use_missed' | 'clock_lost' | 'never_online' | 'box_gone' | 'not_there' | 'closed' | 'over' | 'cancelled_at_box' | 'cancelled_live_only';
        readonly since: string | null;
      };
      /** What would happen if the box lost the cloud now. */
      readonly authenticator: {
        /** live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code. */
        readonly works: 'live_only' | 'on_box' | 'arithmetic';
        /** asks_the_cloud: this kind of code is always asked of the cloud; in_force: the box confirmed that it holds what is needed; key_elsewhere: the key hangs in another bin than the one that the code names: live it opens there; key_out: the key is out; the code works offline again when it hangs in its bin; key_never_seen: no reader has seen the key yet; box_waits: the box has not confirmed what is needed; it gets it at its next contact; key_replaced: the box got another booking key since: the code is asked of the cloud; used_once: it took the key out once while the box was alone: a second time only live; first_use_missed: it was not used soon enough after its start: alone, the box does not take it any more; clock_lost: the box did not know the time when it last restarted; never_online: the box was never online; box_gone: the box is not yours any more; not_there: there is none; closed: it was closed at the keypad; over: its time is over, or it was ended: it opens nothing anywhere; cancelled_at_box: it was cancelled, and the box refuses it also when it is alone; cancelled_live_only: it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over */
        readonly because: 'asks_the_cloud' | 'in_force' | 'key_elsewhere' | 'key_out' | 'key_never_seen' | 'box_waits' | 'key_replaced' | 'used_once' | 'first_use_missed' | 'clock_lost' | 'never_online' | 'box_gone' | 'not_there' | 'closed' | 'over' | 'cancelled_at_box' | 'cancelled_live_only';
        readonly since: string | null;
      };
      /** What would happen if the box lost the cloud now. */
      readonly phone: {
        /** live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code. */
        readonly works: 'live_only' | 'on_box' | 'arithmetic';
        /** asks_the_cloud: this kind of code is always asked of the cloud; in_force: the box confirmed that it holds what is needed; key_elsewhere: the key hangs in another bin than the one that the code names: live it opens there; key_out: the key is out; the code works offline again when it hangs in its bin; key_never_seen: no reader has seen the key yet; box_waits: the box has not confirmed what is needed; it gets it at its next contact; key_replaced: the box got another booking key since: the code is asked of the cloud; used_once: it took the key out once while the box was alone: a second time only live; first_use_missed: it was not used soon enough after its start: alone, the box does not take it any more; clock_lost: the box did not know the time when it last restarted; never_online: the box was never online; box_gone: the box is not yours any more; not_there: there is none; closed: it was closed at the keypad; over: its time is over, or it was ended: it opens nothing anywhere; cancelled_at_box: it was cancelled, and the box refuses it also when it is alone; cancelled_live_only: it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over */
        readonly because: 'asks_the_cloud' | 'in_force' | 'key_elsewhere' | 'key_out' | 'key_never_seen' | 'box_waits' | 'key_replaced' | 'used_once' | 'first_use_missed' | 'clock_lost' | 'never_online' | 'box_gone' | 'not_there' | 'closed' | 'over' | 'cancelled_at_box' | 'cancelled_live_only';
        readonly since: string | null;
      };
      /** Live ones, the soonest first. */
      readonly bookings: readonly {
        readonly id: string;
        readonly key_id: string;
        readonly bin: number;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly starts_at: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly ends_at: string;
        /** What would happen if the box lost the cloud now. */
        readonly offline: {
          /** live_only: only while the box reaches the cloud; on_box: the box holds it since it confirmed so; arithmetic: the box works it out from the digits, although it never heard of the code. */
          readonly works: 'live_only' | 'on_box' | 'arithmetic';
          /** asks_the_cloud: this kind of code is always asked of the cloud; in_force: the box confirmed that it holds what is needed; key_elsewhere: the key hangs in another bin than the one that the code names: live it opens there; key_out: the key is out; the code works offline again when it hangs in its bin; key_never_seen: no reader has seen the key yet; box_waits: the box has not confirmed what is needed; it gets it at its next contact; key_replaced: the box got another booking key since: the code is asked of the cloud; used_once: it took the key out once while the box was alone: a second time only live; first_use_missed: it was not used soon enough after its start: alone, the box does not take it any more; clock_lost: the box did not know the time when it last restarted; never_online: the box was never online; box_gone: the box is not yours any more; not_there: there is none; closed: it was closed at the keypad; over: its time is over, or it was ended: it opens nothing anywhere; cancelled_at_box: it was cancelled, and the box refuses it also when it is alone; cancelled_live_only: it was cancelled, but the box has not heard of it: alone it may still take the code, until its time is over */
          readonly because: 'asks_the_cloud' | 'in_force' | 'key_elsewhere' | 'key_out' | 'key_never_seen' | 'box_waits' | 'key_replaced' | 'used_once' | 'first_use_missed' | 'clock_lost' | 'never_online' | 'box_gone' | 'not_there' | 'closed' | 'over' | 'cancelled_at_box' | 'cancelled_live_only';
          readonly since: string | null;
        };
      }[];
      /** Whether there are more than the 500 that are shown; GET /v1/bookings has all. */
      readonly more_bookings: boolean;
    };
  };

  /**
   * Make a break-glass file: sheets, inventory and phone answers of all boxes, for the day without a server
   *
   * The answer is the file, sealed under the passphrase (Argon2id). smartbox break-glass and the break-glass page open it with no network. It is stored nowhere. Make another one after printing a new sheet or claiming a box.
   *
   * Needs the permission `emergency:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly exportBreakGlass: {
    readonly input: {
      readonly body: {
        /** Opens the file, and is stored nowhere: who forgets it makes another file. At least 12 characters; several words are best. */
        readonly passphrase: string;
      };
    };
    readonly answer: DownloadedFile;
  };

  /**
   * List the break-glass files that were made: by whom, when, and whether they are still current
   *
   * The newest first. No secret is in the answer.
   *
   * Needs the permission `emergency:read`.
   */
  readonly listBreakGlassExports: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly BreakGlassExport[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Import what was done with break-glass files while this server was away
   *
   * Each record is verified by the signature of its file and by the record before it, and is stored once: importing again changes nothing. Lines that are not believed are named with the reason; the others are taken.
   *
   * Needs the permission `emergency:write`.
   */
  readonly importBreakGlassUses: {
    readonly input: {
      readonly body: {
        /** The lines of a .uses.jsonl file. Send a longer file in parts, in order. */
        readonly uses: string;
      };
    };
    readonly answer: {
      /** Records that are new. */
      readonly recorded: number;
      /** Records that were imported before. */
      readonly known: number;
      readonly refused: readonly {
        /** From 1. */
        readonly line: number;
        readonly reason: 'unreadable' | 'unknown_export' | 'forged' | 'missing_before' | 'forked';
        readonly detail: string;
      }[];
    };
  };

  /**
   * List the boxes that were opened by hand and wait for a count
   *
   * A box is in this list from the log of its first opening without the cloud until somebody has counted.
   *
   * Needs the permission `emergency:read`.
   */
  readonly listCounts: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** Only this box. */
        readonly box_id?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Count[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Read what a box’s bins wait for: what the ledger believes, and what was opened by hand
   *
   * Needs the permission `emergency:read`.
   */
  readonly getBoxCount: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
    };
    readonly answer: {
      readonly box_id: string;
      readonly waiting: boolean;
      readonly asked_at: string | null;
      /** Bins that a count must tell of. */
      readonly bins: readonly {
        readonly bin: number;
        readonly ledger: {
          readonly status: 'nothing' | 'key' | 'unknown_fob';
          readonly key_id: string | null;
          readonly fob_label: string | null;
          readonly key_name: string | null;
          /** When a sensor of this bin last told something. */
          readonly told_at: string | null;
        };
        readonly by_hand: {
          /** How the person proved it; null: not known. */
          readonly method: 'sheet' | 'booking' | 'phone' | 'authenticator' | null;
          /** null: the latch was released, but the door was not seen to open. */
          readonly opened_at: string | null;
          /** RFC 3339, for example 2026-04-01T09:00:00Z. */
          readonly last_told_at: string;
          /** Whether a fob was taken out. */
          readonly taken: boolean;
          /** The key with that fob, where it is one. */
          readonly taken_key_id: string | null;
          /** Whether a fob was put in after the last one was taken. */
          readonly put_back: boolean;
        };
      }[];
      readonly last_count: {
        readonly id: string;
        readonly box_id: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly counted_at: string;
        readonly counted_by: string;
        /** In how many bins the count differs from the ledger. */
        readonly differences: number;
        readonly bins: readonly {
          readonly bin: number;
          readonly ledger: {
            readonly status: 'nothing' | 'key' | 'unknown_fob';
            readonly key_id: string | null;
            readonly fob_label: string | null;
          };
          readonly found: {
            readonly status: 'nothing' | 'key' | 'unknown_fob';
            readonly key_id: string | null;
            readonly fob_label: string | null;
          };
          /** missing: the ledger knows of something and nothing was there; unexpected: the other way round; another: something else hangs there; null: they agree. */
          readonly difference: 'missing' | 'unexpected' | 'another' | null;
          readonly note: string;
        }[];
      } | null;
    };
  };

  /**
   * Tell what hangs in the bins that were opened by hand
   *
   * Every bin that waits must be told of; others may be. Differences become events. The ledger stays what the sensors said. With If-Match and the ETag that was read, a count is refused when the box has told of more openings since.
   *
   * Needs the permission `emergency:write`.
   */
  readonly countBox: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly body: {
        /** Who looked into the bins. */
        readonly counted_by: string;
        /** At least every bin that waits. */
        readonly bins: readonly {
          readonly bin: number;
          /** The key that hangs there; null: nothing does. */
          readonly key_id?: string | null | undefined;
          /** Instead of key_id: what the fob that hangs there says; null: nothing hangs there. */
          readonly fob_label?: string | null | undefined;
          /** What whoever counted wants to be remembered. */
          readonly note?: string | undefined;
        }[];
      };
    };
    readonly answer: {
      readonly id: string;
      readonly box_id: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly counted_at: string;
      readonly counted_by: string;
      /** In how many bins the count differs from the ledger. */
      readonly differences: number;
      readonly bins: readonly {
        readonly bin: number;
        readonly ledger: {
          readonly status: 'nothing' | 'key' | 'unknown_fob';
          readonly key_id: string | null;
          readonly fob_label: string | null;
        };
        readonly found: {
          readonly status: 'nothing' | 'key' | 'unknown_fob';
          readonly key_id: string | null;
          readonly fob_label: string | null;
        };
        /** missing: the ledger knows of something and nothing was there; unexpected: the other way round; another: something else hangs there; null: they agree. */
        readonly difference: 'missing' | 'unexpected' | 'another' | null;
        readonly note: string;
      }[];
    };
  };

  /**
   * Read the ledger
   *
   * Every fact once, in the order in which it was written down. Facts are never changed or removed.
   *
   * Needs the permission `events:read`.
   */
  readonly listEvents: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** newest_first unless given. */
        readonly order?: 'newest_first' | 'oldest_first' | undefined;
        /** One or more types, separated by commas: key.withdrawn,key.returned. */
        readonly type?: string | undefined;
        readonly box_id?: string | undefined;
        readonly key_id?: string | undefined;
        readonly code_id?: string | undefined;
        readonly location_id?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Event[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Read one event
   *
   * Needs the permission `events:read`.
   */
  readonly getEvent: {
    readonly input: {
      readonly path: {
        readonly event_id: string;
      };
    };
    readonly answer: Event;
  };

  /**
   * Follow the ledger live (server-sent events)
   *
   * Send Last-Event-ID (or ?last_event_id=) to get first what was missed.
   *
   * Needs the permission `events:read`.
   */
  readonly streamEvents: {
    readonly input: {
      readonly query?: {
        /** One or more types, separated by commas: key.withdrawn,key.returned. */
        readonly type?: string | undefined;
        readonly box_id?: string | undefined;
        readonly key_id?: string | undefined;
        readonly code_id?: string | undefined;
        readonly location_id?: string | undefined;
        readonly last_event_id?: string | undefined;
      } | undefined;
    };
    readonly answer: AsyncIterable<ServerSentEvent>;
  };
}

/** How to call each. */
export const operationFacts: Readonly<Record<keyof Operations, OperationFacts>> = {
  listApiTokens: { method: 'GET', path: '/v1/api-tokens', answer: 'json', keyed: false },
  createApiToken: { method: 'POST', path: '/v1/api-tokens', answer: 'json', keyed: true },
  revokeApiToken: { method: 'DELETE', path: '/v1/api-tokens/{token_id}', answer: 'none', keyed: true },
  getStepUpPassphrase: { method: 'GET', path: '/v1/step-up-passphrase', answer: 'json', keyed: false },
  setStepUpPassphrase: { method: 'PUT', path: '/v1/step-up-passphrase', answer: 'json', keyed: false },
  stepUp: { method: 'POST', path: '/v1/step-ups', answer: 'json', keyed: false },
  listLocations: { method: 'GET', path: '/v1/locations', answer: 'json', keyed: false },
  createLocation: { method: 'POST', path: '/v1/locations', answer: 'json', keyed: true },
  getLocation: { method: 'GET', path: '/v1/locations/{location_id}', answer: 'json', keyed: false },
  changeLocation: { method: 'PATCH', path: '/v1/locations/{location_id}', answer: 'json', keyed: true },
  listBoxes: { method: 'GET', path: '/v1/boxes', answer: 'json', keyed: false },
  claimBox: { method: 'POST', path: '/v1/boxes', answer: 'json', keyed: true },
  getBox: { method: 'GET', path: '/v1/boxes/{box_id}', answer: 'json', keyed: false },
  changeBox: { method: 'PATCH', path: '/v1/boxes/{box_id}', answer: 'json', keyed: true },
  releaseBox: { method: 'DELETE', path: '/v1/boxes/{box_id}', answer: 'none', keyed: true },
  importFactoryBox: { method: 'POST', path: '/v1/factory-boxes', answer: 'json', keyed: true },
  approveRecovery: { method: 'POST', path: '/v1/boxes/{box_id}/recovery-approvals', answer: 'json', keyed: true },
  listKeys: { method: 'GET', path: '/v1/keys', answer: 'json', keyed: false },
  createKey: { method: 'POST', path: '/v1/keys', answer: 'json', keyed: true },
  getKey: { method: 'GET', path: '/v1/keys/{key_id}', answer: 'json', keyed: false },
  changeKey: { method: 'PATCH', path: '/v1/keys/{key_id}', answer: 'json', keyed: true },
  retireKey: { method: 'DELETE', path: '/v1/keys/{key_id}', answer: 'none', keyed: true },
  listBins: { method: 'GET', path: '/v1/boxes/{box_id}/bins', answer: 'json', keyed: false },
  listKeyCodes: { method: 'GET', path: '/v1/key-codes', answer: 'json', keyed: false },
  createKeyCode: { method: 'POST', path: '/v1/key-codes', answer: 'json', keyed: true },
  getKeyCode: { method: 'GET', path: '/v1/key-codes/{code_id}', answer: 'json', keyed: false },
  changeKeyCode: { method: 'PATCH', path: '/v1/key-codes/{code_id}', answer: 'json', keyed: true },
  revokeKeyCode: { method: 'DELETE', path: '/v1/key-codes/{code_id}', answer: 'none', keyed: true },
  getEmergency: { method: 'GET', path: '/v1/boxes/{box_id}/emergency', answer: 'json', keyed: false },
  changeEmergency: { method: 'PATCH', path: '/v1/boxes/{box_id}/emergency', answer: 'json', keyed: true },
  listEmergencyStates: { method: 'GET', path: '/v1/emergency-states', answer: 'json', keyed: false },
  printSheet: { method: 'POST', path: '/v1/boxes/{box_id}/sheets', answer: 'file', keyed: true },
  listSheets: { method: 'GET', path: '/v1/boxes/{box_id}/sheets', answer: 'json', keyed: false },
  checkSheet: { method: 'GET', path: '/v1/sheets/check', answer: 'json', keyed: false },
  revokeSheets: { method: 'POST', path: '/v1/boxes/{box_id}/sheet-revocations', answer: 'json', keyed: true },
  answerChallenge: { method: 'POST', path: '/v1/boxes/{box_id}/phone-answers', answer: 'json', keyed: true },
  enrolAuthenticator: { method: 'PUT', path: '/v1/boxes/{box_id}/authenticator', answer: 'json', keyed: true },
  removeAuthenticator: { method: 'DELETE', path: '/v1/boxes/{box_id}/authenticator', answer: 'none', keyed: true },
  listBookings: { method: 'GET', path: '/v1/bookings', answer: 'json', keyed: false },
  createBooking: { method: 'POST', path: '/v1/bookings', answer: 'json', keyed: true },
  getBooking: { method: 'GET', path: '/v1/bookings/{booking_id}', answer: 'json', keyed: false },
  cancelBooking: { method: 'DELETE', path: '/v1/bookings/{booking_id}', answer: 'json', keyed: true },
  getOfflineReadiness: { method: 'GET', path: '/v1/boxes/{box_id}/offline-readiness', answer: 'json', keyed: false },
  exportBreakGlass: { method: 'POST', path: '/v1/break-glass-exports', answer: 'file', keyed: false },
  listBreakGlassExports: { method: 'GET', path: '/v1/break-glass-exports', answer: 'json', keyed: false },
  importBreakGlassUses: { method: 'POST', path: '/v1/break-glass-uses', answer: 'json', keyed: true },
  listCounts: { method: 'GET', path: '/v1/counts', answer: 'json', keyed: false },
  getBoxCount: { method: 'GET', path: '/v1/boxes/{box_id}/count', answer: 'json', keyed: false },
  countBox: { method: 'POST', path: '/v1/boxes/{box_id}/counts', answer: 'json', keyed: true },
  listEvents: { method: 'GET', path: '/v1/events', answer: 'json', keyed: false },
  getEvent: { method: 'GET', path: '/v1/events/{event_id}', answer: 'json', keyed: false },
  streamEvents: { method: 'GET', path: '/v1/events/stream', answer: 'events', keyed: false },
};
