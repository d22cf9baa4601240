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
  /** What kind of file it is sent instead of JSON. */
  readonly upload?: string;
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
  readonly code: 'invalid-request' | 'malformed-body' | 'malformed-request' | 'headers-too-large' | 'invalid-cursor' | 'sign-in-required' | 'sign-in-refused' | 'second-factor-required' | 'passkey-refused' | 'authorization-pending' | 'slow-down' | 'access-denied' | 'expired-token' | 'foreign-origin' | 'permission-missing' | 'step-up-required' | 'step-up-refused' | 'not-found' | 'method-not-allowed' | 'conflict' | 'box-offline' | 'idempotency-key-in-use' | 'precondition-failed' | 'body-too-large' | 'unsupported-media-type' | 'idempotency-key-reused' | 'invalid-idempotency-key' | 'precondition-required' | 'too-many-requests' | 'internal' | 'not-durable' | 'not-ready' | 'request-timeout';
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
  readonly location_ids: readonly string[];
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
    /** Who took it out by ID code or badge. */
    readonly person_id: string | null;
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

export type People = {
  readonly id: string;
  readonly name: string;
  readonly mail: string;
  readonly phone: string;
  readonly language: string;
  readonly role: string | null;
  readonly location_ids: readonly string[];
  readonly ends_at: string | null;
  /** Since when the person can do nothing here; null for no quarantine. */
  readonly quarantined_at: string | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
};

export type UserGroup = {
  readonly id: string;
  readonly name: string;
  readonly location_id: string | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
};

export type GroupMember = {
  readonly id: string;
  readonly kind: 'person' | 'user_group';
};

export type KeyPermission = {
  readonly id: string;
  readonly person_id: string | null;
  readonly user_group_id: string | null;
  readonly key_id: string | null;
  /** `all-keys` for all keys. */
  readonly key_group_id: string | null;
  /** The place of its keys, whose managers see it; null for the whole organisation. */
  readonly location_id: string | null;
  /** exchange: take the key and bring it back. manage: the same at a box, and marks who looks after the key. */
  readonly right: 'exchange' | 'manage';
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly schedule: {
    /** Null: at any hour, but on the days that are excepted. */
    readonly windows: readonly {
      /** The days on which it begins. */
      readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
      /** HH:MM on the clock at the place; within. */
      readonly from: string;
      /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
      readonly until: string;
    }[] | null;
    readonly exceptions?: readonly {
      /** YYYY-MM-DD at the place. */
      readonly date: string;
      /** What people call the day. */
      readonly name?: string | undefined;
      /** The windows that begin on that day in place of the usual; none: closed. */
      readonly windows: readonly {
        /** HH:MM on the clock at the place; within. */
        readonly from: string;
        /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
        readonly until: string;
      }[];
    }[] | undefined;
  } | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
};

export type KeyGroup = {
  /** `all-keys` for the built-in group of all keys. */
  readonly id: string;
  readonly name: string;
  readonly location_id: string | null;
  readonly built_in: boolean;
  readonly created_at: string | null;
};

export type KeyGroupMember = {
  readonly id: string;
  readonly kind: 'key' | 'key_group';
};

export type KeyTaker = {
  readonly person_id: string;
  readonly may_take: boolean;
  /** person_…: is in quarantine, has left, or belongs to other places; closed, quiet: the place; no_permission_counts: see ways. */
  readonly because: 'permitted' | 'person_unknown' | 'person_quarantined' | 'person_left' | 'person_elsewhere' | 'closed' | 'quiet' | 'no_permission_counts';
  /** When it will be so by what is known now, where that is within two weeks; null otherwise. */
  readonly next_at: string | null;
  /** Every permission that covers it, also those that do not count at the moment. */
  readonly ways: readonly {
    readonly permission_id: string;
    /** The person, or the user group that the person is in. */
    readonly given_to: string;
    /** The key, a key group that it is in, or `all-keys`. */
    readonly given_on: string;
    /** exchange: take the key and bring it back. manage: the same at a box, and marks who looks after the key. */
    readonly right: 'exchange' | 'manage';
    readonly standing: 'counts' | 'not_yet' | 'over' | 'outside_schedule';
  }[];
};

export type PersonKey = {
  readonly key_id: string;
  readonly may_take: boolean;
  /** person_…: is in quarantine, has left, or belongs to other places; closed, quiet: the place; no_permission_counts: see ways. */
  readonly because: 'permitted' | 'person_unknown' | 'person_quarantined' | 'person_left' | 'person_elsewhere' | 'closed' | 'quiet' | 'no_permission_counts';
  /** When it will be so by what is known now, where that is within two weeks; null otherwise. */
  readonly next_at: string | null;
  /** Every permission that covers it, also those that do not count at the moment. */
  readonly ways: readonly {
    readonly permission_id: string;
    /** The person, or the user group that the person is in. */
    readonly given_to: string;
    /** The key, a key group that it is in, or `all-keys`. */
    readonly given_on: string;
    /** exchange: take the key and bring it back. manage: the same at a box, and marks who looks after the key. */
    readonly right: 'exchange' | 'manage';
    readonly standing: 'counts' | 'not_yet' | 'over' | 'outside_schedule';
  }[];
};

export type TextMessage = {
  readonly id: string;
  readonly person_id: string;
  readonly location_id: string;
  /** The box at which somebody waited for it. */
  readonly box_id: string;
  /** owed: not handed over yet; accepted: the provider has it; delivered: it is on the phone; failed: it will not come. */
  readonly status: 'owed' | 'accepted' | 'delivered' | 'failed';
  /** Why it was not taken: no_phone, timeout, no_connection, provider_ and the provider’s number. */
  readonly reason: string | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
  readonly settled_at: string | null;
};

export type Opening = {
  readonly id: string;
  readonly box_id: string;
  /** What opens. */
  readonly target: {
    readonly bin: number;
  } | 'main_lock';
  /** Whether somebody at the box must press its small black button, which the display asks for. */
  readonly press: 'none' | 'button';
  /** Why, for whoever reads it later. Not copied into events. */
  readonly reason: string;
  /** ordered: the box was told: it asks at once, or when somebody presses its button; asked: the box asked, and reports its log first; granted: the answer is on its way; what the box does with it, its log tells; opened: the box’s sensor saw it open; refused: the box asked, and it was refused; expired: nobody pressed, the box did not ask in time, or it was not there any more; not_opened: it was granted, and the box’s log says that it did not open */
  readonly state: 'ordered' | 'asked' | 'granted' | 'opened' | 'refused' | 'expired' | 'not_opened';
  /** Why it was refused or expired. */
  readonly because: 'right_lost' | 'order_of_another_bin' | 'time_over' | 'box_went_offline' | 'box_began_anew' | 'cloud_restarted' | null;
  readonly person_id: string | null;
  /** The session or token by which it was ordered. */
  readonly token_id: string;
  /** By which number the box’s log and the events about bins and keys call it. */
  readonly grant: number | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly ordered_at: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly expires_at: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly changed_at: string;
};

export type LateKey = {
  readonly key_id: string;
  readonly name: string;
  readonly location_id: string;
  /** The box that it was taken from. */
  readonly box_id: string;
  readonly bin: number;
  /** The code that took it. */
  readonly code_id: string | null;
  /** Who took it, where that is known. */
  readonly person_id: string | null;
  /** The booking for which it was taken. */
  readonly booking_id: string | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly taken_at: string;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly due_at: string;
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

export type AuditRecord = {
  readonly id: string;
  /** Of the record as RFC 9162 hashes a leaf: its JSON with sorted names. */
  readonly hash: string;
  readonly record: {
    /** From 1, without gaps. */
    readonly sequence: number;
    /** SHA-256, in hexadecimal. */
    readonly previous_hash: string;
    readonly recorded_at: string;
    readonly kind: 'act';
    /** The operation’s name in this description, createKeyCode for example. */
    readonly operation: string;
    readonly outcome: 'done' | 'replayed' | 'refused';
    readonly problem: string | null;
    readonly token_id: string | null;
    readonly person_id: string | null;
    readonly request_id: string | null;
    readonly targets: Readonly<Record<string, string>>;
    readonly created: string | null;
  } | {
    /** From 1, without gaps. */
    readonly sequence: number;
    /** SHA-256, in hexadecimal. */
    readonly previous_hash: string;
    readonly recorded_at: string;
    readonly kind: 'box_log';
    readonly box_id: string;
    readonly log_epoch: number;
    readonly entry_number: number;
    /** The 32 bytes that the box wrote, in hexadecimal. */
    readonly entry: string;
  };
};

export type AuditTreeHead = {
  readonly tenant_id: string;
  readonly tree_size: number;
  /** SHA-256, in hexadecimal. */
  readonly root_hash: string;
  /** Milliseconds since 1970, as in RFC 9162. */
  readonly timestamp: number;
  /** Ed25519, 64 bytes in hexadecimal. */
  readonly signature: string;
};

export type NoticeChannel = {
  readonly id: string;
  readonly kind: 'webhook' | 'mail' | 'push' | 'text';
  readonly label: string;
  readonly language: 'ja' | 'en';
  /** Shortened for callers without `notices:write`. */
  readonly address: string;
  /** gone: the receiver said that it is no more (410); failing: nothing arrived for three days. A webhook keeps what it is owed meanwhile. */
  readonly state: 'active' | 'paused' | 'gone' | 'failing';
  readonly cap_per_hour: number;
  readonly last_delivered_at: string | null;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
  /** Of a webhook, shown only when it was made or rotated: the secret of `v1` (whsec_…) and the public key of `v1a` (whpk_…) of Standard Webhooks. */
  readonly signing: {
    readonly secret: string;
    readonly public_key: string;
  } | null;
};

export type NoticeRule = {
  readonly id: string;
  /** What people call it. */
  readonly label: string;
  /** Names of alerts (exchange, booking_made, late_key, power, internet, battery, sheet, by_hand, break_in, sign_in, trouble), types of events (key.withdrawn), key.* or *. */
  readonly events: readonly string[];
  /** In the order in which they are tried. */
  readonly channel_ids: readonly string[];
  readonly location_id: string | null;
  readonly box_id: string | null;
  readonly key_id: string | null;
  /** The same event of the same thing is told to people again only after this time; null: as usual (exchanges and bookings always, others after ten minutes). Webhooks get every event. */
  readonly repeat_after_ms: number | null;
  /** When people are not woken: mails, pushes and text messages wait until these hours end and then go together. Webhooks do not wait. Needs `time_zone`. */
  readonly quiet_hours: readonly {
    /** The days on which it begins. */
    readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
    /** HH:MM on the clock at the place; within. */
    readonly from: string;
    /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
    readonly until: string;
  }[];
  /** IANA name, for example Asia/Tokyo: quiet_hours are told by the clock there. */
  readonly time_zone: string | null;
  /** What the alerts break_in, by_hand, trouble mean does not wait for the end of quiet_hours. */
  readonly urgent: boolean;
  readonly paused: boolean;
  /** RFC 3339, for example 2026-04-01T09:00:00Z. */
  readonly created_at: string;
};

export type NoticeDelivery = {
  /** Of a webhook the header `webhook-id`: the same for every attempt. */
  readonly id: string;
  readonly notice_id: string;
  readonly channel_id: string;
  /** Per channel, without gaps. */
  readonly sequence: number;
  /** Of the event. */
  readonly type: string;
  readonly event_id: string | null;
  /** held: the channel is paused or off. moved: the next channel of the rule has taken over. */
  readonly state: 'pending' | 'held' | 'delivered' | 'moved' | 'failed';
  readonly attempts: number;
  readonly next_attempt_at: string | null;
  readonly delivered_at: string | null;
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
   * The secret is in this answer and in no other. Nobody gives a token more than he has, or places that he does not see.
   *
   * Needs the permission `tokens:write`.
   */
  readonly createApiToken: {
    readonly input: {
      readonly body: {
        /** Who or what uses the token. */
        readonly name: string;
        /** What the token lets its holder do. */
        readonly permissions: readonly ('locations:read' | 'locations:write' | 'boxes:read' | 'boxes:write' | 'boxes:claim' | 'boxes:open' | 'boxes:recover' | 'factory-boxes:write' | 'keys:read' | 'keys:write' | 'key-permissions:read' | 'key-permissions:write' | 'access-policies:write' | 'codes:read' | 'codes:write' | 'bookings:read' | 'bookings:write' | 'emergency:read' | 'emergency:write' | 'events:read' | 'audit:read' | 'notices:read' | 'notices:write' | 'tokens:read' | 'tokens:write' | 'step-ups:write' | 'people:read' | 'people:write' | 'people:reveal' | 'people:erase' | 'exports:read' | 'own-sign-in:write')[];
        /** The places that it sees; none for the whole organisation. */
        readonly location_ids?: readonly string[] | undefined;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly expires_at?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly permissions: readonly string[];
      readonly location_ids: readonly string[];
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
   * Needs the permission `tokens:write` over the whole organisation.
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
   * Needs the permission `locations:write` over the whole organisation.
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
   * Needs the permission `factory-boxes:write` over the whole organisation.
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
   * List people, personal data masked
   *
   * Needs the permission `people:read`.
   */
  readonly listPeople: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly People[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Add a person
   *
   * Nobody can make somebody mightier than oneself, or for places that one does not see.
   *
   * Needs the permission `people:write`.
   */
  readonly createPerson: {
    readonly input: {
      readonly body: {
        /** As people call them. */
        readonly name: string;
        /** Where notices go, and what signs in; empty for none. */
        readonly mail?: string | undefined;
        /** With its country: +81 3 1234 5678; empty for none. */
        readonly phone?: string | undefined;
        /** In which they are written to. */
        readonly language?: 'ja' | 'en' | undefined;
        /** What they may do here; null for somebody who takes keys and nothing else. */
        readonly role?: 'owner' | 'admin' | 'location_manager' | 'operator' | 'auditor' | 'installer' | null | undefined;
        /** The places that they belong to, and see; none for all. */
        readonly location_ids?: readonly string[] | undefined;
        /** When they leave: from then on no sign-in and no key. */
        readonly ends_at?: string | null | undefined;
      };
    };
    readonly answer: People;
  };

  /**
   * Read one person, personal data masked
   *
   * Needs the permission `people:read`.
   */
  readonly getPerson: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: People;
  };

  /**
   * Change a person
   *
   * Needs If-Match with the ETag that was read. Another role, or other places, end the sign-ins of the person.
   *
   * Needs the permission `people:write`.
   */
  readonly changePerson: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
      readonly body: {
        /** As people call them. */
        readonly name?: string | undefined;
        /** Where notices go, and what signs in; empty for none. */
        readonly mail?: string | undefined;
        /** With its country: +81 3 1234 5678; empty for none. */
        readonly phone?: string | undefined;
        /** In which they are written to. */
        readonly language?: 'ja' | 'en' | undefined;
        /** What they may do here; null for somebody who takes keys and nothing else. */
        readonly role?: 'owner' | 'admin' | 'location_manager' | 'operator' | 'auditor' | 'installer' | null | undefined;
        /** The places that they belong to, and see; none for all. */
        readonly location_ids?: readonly string[] | undefined;
        /** When they leave: from then on no sign-in and no key. */
        readonly ends_at?: string | null | undefined;
      };
    };
    readonly answer: People;
  };

  /**
   * Erase a person
   *
   * Everything personal is gone at once, with sign-ins and rights. The id stays in the ledger, which names nobody.
   *
   * Needs the permission `people:erase`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly erasePerson: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Stop an account at once
   *
   * Every session of the person ends, and every API token that the person made; sign-in and ID code are refused until it is lifted. Nothing is forgotten: password, passkeys and rights stay.
   *
   * Needs the permission `people:write`.
   */
  readonly quarantinePerson: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: People;
  };

  /**
   * Let a person out of quarantine
   *
   * The person signs in anew, with what was there before; API tokens stay revoked.
   *
   * Needs the permission `people:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly liftQuarantine: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: People;
  };

  /**
   * See one person in full
   *
   * Each look is written to the ledger. After 20 looks since the last one a new step-up is asked for.
   *
   * Needs the permission `people:reveal`.
   */
  readonly revealPerson: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: People;
  };

  /**
   * Take along everything that is kept of a person
   *
   * The person, everything that names them by their id, and channels of notices to their address. Events: the newest 10,000; `event_count` says how many there are.
   *
   * Needs the permission `people:erase`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly exportPerson: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: {
      readonly person: People;
      /** What else is kept, by its kind: docs/personal-data.md lists them. Codes, tags, keys and texts are in no answer. */
      readonly kept: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
      readonly exported_at: string;
    };
  };

  /**
   * Read how long personal data are kept
   *
   * Needs the permission `people:read`.
   */
  readonly getPeopleRetention: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: {
      /** How long personal data stay after ends_at of their person. */
      readonly days_after_end: number;
    };
  };

  /**
   * Say how long personal data are kept after a person has left
   *
   * Needs the permission `people:erase` over the whole organisation.
   */
  readonly setPeopleRetention: {
    readonly input: {
      readonly body: {
        /** How long personal data stay after ends_at of their person. */
        readonly days_after_end: number;
      };
    };
    readonly answer: {
      /** How long personal data stay after ends_at of their person. */
      readonly days_after_end: number;
    };
  };

  /**
   * List user groups
   *
   * Needs the permission `people:read`.
   */
  readonly listUserGroups: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly UserGroup[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Create a user group
   *
   * Needs the permission `people:write`.
   */
  readonly createUserGroup: {
    readonly input: {
      readonly body: {
        /** What people call the group. */
        readonly name: string;
        /** The place whose managers see it; null for the whole organisation. */
        readonly location_id?: string | null | undefined;
      };
    };
    readonly answer: UserGroup;
  };

  /**
   * Read one user group
   *
   * Needs the permission `people:read`.
   */
  readonly getUserGroup: {
    readonly input: {
      readonly path: {
        readonly group_id: string;
      };
    };
    readonly answer: UserGroup;
  };

  /**
   * Change a user group
   *
   * Needs If-Match with the ETag that was read.
   *
   * Needs the permission `people:write`.
   */
  readonly changeUserGroup: {
    readonly input: {
      readonly path: {
        readonly group_id: string;
      };
      readonly body: {
        /** What people call the group. */
        readonly name?: string | undefined;
        /** The place whose managers see it; null for the whole organisation. */
        readonly location_id?: string | null | undefined;
      };
    };
    readonly answer: UserGroup;
  };

  /**
   * Remove a user group, with the rights that it gave
   *
   * Needs the permission `people:write`.
   */
  readonly removeUserGroup: {
    readonly input: {
      readonly path: {
        readonly group_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * List the people and groups that are directly in a user group
   *
   * Needs the permission `people:read`.
   */
  readonly listGroupMembers: {
    readonly input: {
      readonly path: {
        readonly group_id: string;
      };
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly GroupMember[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Put a person or a group into a user group
   *
   * Putting it in again changes nothing. A group cannot be in itself, by any way round.
   *
   * Needs the permission `people:write`.
   */
  readonly addGroupMember: {
    readonly input: {
      readonly path: {
        readonly group_id: string;
        /** A person (per_…) or another group (grp_…). */
        readonly member_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Take a person or a group out of a user group
   *
   * Needs the permission `people:write`.
   */
  readonly removeGroupMember: {
    readonly input: {
      readonly path: {
        readonly group_id: string;
        /** A person (per_…) or another group (grp_…). */
        readonly member_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * List who may take which key
   *
   * As it was given. GET /v1/keys/{key_id}/takers follows the groups.
   *
   * Needs the permission `key-permissions:read`.
   */
  readonly listKeyPermissions: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** Only what is given to this person directly. */
        readonly person_id?: string | undefined;
        /** Only what is given to this group directly. */
        readonly user_group_id?: string | undefined;
        /** Only what is given on this key directly. */
        readonly key_id?: string | undefined;
        /** Only what is given on this group directly; `all-keys` for all keys. */
        readonly key_group_id?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly KeyPermission[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Let a person or a user group take a key, the keys of a group, or all keys
   *
   * Needs the permission `key-permissions:write`.
   */
  readonly giveKeyPermission: {
    readonly input: {
      readonly body: {
        /** To whom: this, or user_group_id. */
        readonly person_id?: string | undefined;
        /** To everybody in this group, and in the groups in it. */
        readonly user_group_id?: string | undefined;
        /** On which key: this, or key_group_id. */
        readonly key_id?: string | undefined;
        /** On the keys of this group, and of the groups in it; `all-keys` for all keys. */
        readonly key_group_id?: string | undefined;
        /** Only with `all-keys`: the keys of this place only. */
        readonly location_id?: string | undefined;
        /** exchange: take the key and bring it back. manage: the same at a box, and marks who looks after the key. */
        readonly right: 'exchange' | 'manage';
        /** From when on; null: at once. */
        readonly starts_at?: string | null | undefined;
        /** From when on not any more. */
        readonly ends_at?: string | null | undefined;
        /** Null: at any hour. */
        readonly schedule?: {
          /** Null: at any hour, but on the days that are excepted. */
          readonly windows: readonly {
            /** The days on which it begins. */
            readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
            /** HH:MM on the clock at the place; within. */
            readonly from: string;
            /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
            readonly until: string;
          }[] | null;
          readonly exceptions?: readonly {
            /** YYYY-MM-DD at the place. */
            readonly date: string;
            /** What people call the day. */
            readonly name?: string | undefined;
            /** The windows that begin on that day in place of the usual; none: closed. */
            readonly windows: readonly {
              /** HH:MM on the clock at the place; within. */
              readonly from: string;
              /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
              readonly until: string;
            }[];
          }[] | undefined;
        } | null | undefined;
      };
    };
    readonly answer: KeyPermission;
  };

  /**
   * Read one permission
   *
   * Needs the permission `key-permissions:read`.
   */
  readonly getKeyPermission: {
    readonly input: {
      readonly path: {
        readonly permission_id: string;
      };
    };
    readonly answer: KeyPermission;
  };

  /**
   * Change when a permission counts and what it lets do
   *
   * Needs If-Match with the ETag that was read. To whom and on what is fixed: give another one for that.
   *
   * Needs the permission `key-permissions:write`.
   */
  readonly changeKeyPermission: {
    readonly input: {
      readonly path: {
        readonly permission_id: string;
      };
      readonly body: {
        /** exchange: take the key and bring it back. manage: the same at a box, and marks who looks after the key. */
        readonly right?: 'exchange' | 'manage' | undefined;
        /** From when on; null: at once. */
        readonly starts_at?: string | null | undefined;
        /** From when on not any more. */
        readonly ends_at?: string | null | undefined;
        /** Null: at any hour. */
        readonly schedule?: {
          /** Null: at any hour, but on the days that are excepted. */
          readonly windows: readonly {
            /** The days on which it begins. */
            readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
            /** HH:MM on the clock at the place; within. */
            readonly from: string;
            /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
            readonly until: string;
          }[] | null;
          readonly exceptions?: readonly {
            /** YYYY-MM-DD at the place. */
            readonly date: string;
            /** What people call the day. */
            readonly name?: string | undefined;
            /** The windows that begin on that day in place of the usual; none: closed. */
            readonly windows: readonly {
              /** HH:MM on the clock at the place; within. */
              readonly from: string;
              /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
              readonly until: string;
            }[];
          }[] | undefined;
        } | null | undefined;
      };
    };
    readonly answer: KeyPermission;
  };

  /**
   * End a permission: from this answer on it opens nothing
   *
   * A key that is out under it can be brought back as always.
   *
   * Needs the permission `key-permissions:write`.
   */
  readonly endKeyPermission: {
    readonly input: {
      readonly path: {
        readonly permission_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * List key groups, the one of all keys first
   *
   * Needs the permission `key-permissions:read`.
   */
  readonly listKeyGroups: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly KeyGroup[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Create a key group
   *
   * Needs the permission `key-permissions:write`.
   */
  readonly createKeyGroup: {
    readonly input: {
      readonly body: {
        /** What people call the group. */
        readonly name: string;
        /** The place whose keys it holds and whose managers see it; it stays so. Null: any keys of the organisation. */
        readonly location_id?: string | null | undefined;
      };
    };
    readonly answer: KeyGroup;
  };

  /**
   * Read one key group
   *
   * Needs the permission `key-permissions:read`.
   */
  readonly getKeyGroup: {
    readonly input: {
      readonly path: {
        readonly key_group_id: string;
      };
    };
    readonly answer: KeyGroup;
  };

  /**
   * Rename a key group
   *
   * Needs If-Match with the ETag that was read.
   *
   * Needs the permission `key-permissions:write`.
   */
  readonly changeKeyGroup: {
    readonly input: {
      readonly path: {
        readonly key_group_id: string;
      };
      readonly body: {
        /** What people call the group. */
        readonly name: string;
      };
    };
    readonly answer: KeyGroup;
  };

  /**
   * Remove a key group, with the permissions on it; its keys stay
   *
   * Needs the permission `key-permissions:write`.
   */
  readonly removeKeyGroup: {
    readonly input: {
      readonly path: {
        readonly key_group_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * List the keys and groups that are directly in a key group
   *
   * Needs the permission `key-permissions:read`.
   */
  readonly listKeyGroupMembers: {
    readonly input: {
      readonly path: {
        readonly key_group_id: string;
      };
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly KeyGroupMember[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Put a key or a group into a key group
   *
   * Putting it in again changes nothing. A group cannot be in itself, by any way round, and a group of one location takes what is there.
   *
   * Needs the permission `key-permissions:write`.
   */
  readonly addKeyGroupMember: {
    readonly input: {
      readonly path: {
        readonly key_group_id: string;
        /** A key (key_…) or another group (kgr_…). */
        readonly key_member_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Take a key or a group out of a key group
   *
   * Needs the permission `key-permissions:write`.
   */
  readonly removeKeyGroupMember: {
    readonly input: {
      readonly path: {
        readonly key_group_id: string;
        /** A key (key_…) or another group (kgr_…). */
        readonly key_member_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Read what a location asks of whoever takes a key there, and when it is open
   *
   * Needs the permission `key-permissions:read`.
   */
  readonly getAccessPolicy: {
    readonly input: {
      readonly path: {
        readonly location_id: string;
      };
    };
    readonly answer: {
      /** What is asked after an ID code. text_message unless set. */
      readonly second_factor: 'text_message' | 'off';
      /** Whether a badge says who somebody is. A badge can be copied: off unless set. */
      readonly badge: 'off' | 'on';
      /** When keys may be taken; null: at any hour. */
      readonly opening_windows: readonly {
        /** The days on which it begins. */
        readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
        /** HH:MM on the clock at the place; within. */
        readonly from: string;
        /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
        readonly until: string;
      }[] | null;
      readonly holidays: readonly {
        /** YYYY-MM-DD at the place. */
        readonly date: string;
        /** What people call the day. */
        readonly name?: string | undefined;
        /** The windows that begin on that day in place of the usual; none: closed. */
        readonly windows: readonly {
          /** HH:MM on the clock at the place; within. */
          readonly from: string;
          /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
          readonly until: string;
        }[];
      }[];
      /** When nobody takes a key, on holidays too. */
      readonly quiet_hours: readonly {
        /** The days on which it begins. */
        readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
        /** HH:MM on the clock at the place; within. */
        readonly from: string;
        /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
        readonly until: string;
      }[];
    };
  };

  /**
   * Set what a location asks of whoever takes a key there, and when it is open
   *
   * Needs If-Match with the ETag that was read. Times are in the time zone of the location. Keys can be brought back at any time.
   *
   * Needs the permission `access-policies:write`.
   */
  readonly setAccessPolicy: {
    readonly input: {
      readonly path: {
        readonly location_id: string;
      };
      readonly body: {
        /** What is asked after an ID code. text_message unless set. */
        readonly second_factor: 'text_message' | 'off';
        /** Whether a badge says who somebody is. A badge can be copied: off unless set. */
        readonly badge: 'off' | 'on';
        /** When keys may be taken; null: at any hour. */
        readonly opening_windows: readonly {
          /** The days on which it begins. */
          readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
          /** HH:MM on the clock at the place; within. */
          readonly from: string;
          /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
          readonly until: string;
        }[] | null;
        readonly holidays: readonly {
          /** YYYY-MM-DD at the place. */
          readonly date: string;
          /** What people call the day. */
          readonly name?: string | undefined;
          /** The windows that begin on that day in place of the usual; none: closed. */
          readonly windows: readonly {
            /** HH:MM on the clock at the place; within. */
            readonly from: string;
            /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
            readonly until: string;
          }[];
        }[];
        /** When nobody takes a key, on holidays too. */
        readonly quiet_hours: readonly {
          /** The days on which it begins. */
          readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
          /** HH:MM on the clock at the place; within. */
          readonly from: string;
          /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
          readonly until: string;
        }[];
      };
    };
    readonly answer: {
      /** What is asked after an ID code. text_message unless set. */
      readonly second_factor: 'text_message' | 'off';
      /** Whether a badge says who somebody is. A badge can be copied: off unless set. */
      readonly badge: 'off' | 'on';
      /** When keys may be taken; null: at any hour. */
      readonly opening_windows: readonly {
        /** The days on which it begins. */
        readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
        /** HH:MM on the clock at the place; within. */
        readonly from: string;
        /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
        readonly until: string;
      }[] | null;
      readonly holidays: readonly {
        /** YYYY-MM-DD at the place. */
        readonly date: string;
        /** What people call the day. */
        readonly name?: string | undefined;
        /** The windows that begin on that day in place of the usual; none: closed. */
        readonly windows: readonly {
          /** HH:MM on the clock at the place; within. */
          readonly from: string;
          /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
          readonly until: string;
        }[];
      }[];
      /** When nobody takes a key, on holidays too. */
      readonly quiet_hours: readonly {
        /** The days on which it begins. */
        readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
        /** HH:MM on the clock at the place; within. */
        readonly from: string;
        /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
        readonly until: string;
      }[];
    };
  };

  /**
   * Who may take this key now, and why
   *
   * Everybody who has any permission on it, through groups of groups too, as it is at its own location now (or `at` a moment).
   *
   * Needs the permission `key-permissions:read`.
   */
  readonly listKeyTakers: {
    readonly input: {
      readonly path: {
        readonly key_id: string;
      };
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly at?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly KeyTaker[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * What this person may take now, and why
   *
   * Every key on which the person has any permission, as it is at the key’s own location now (or `at` a moment).
   *
   * Needs the permission `key-permissions:read`.
   */
  readonly listPersonKeys: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly at?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly PersonKey[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Read by what a person is known at keypads (never a code or a tag)
   *
   * Needs the permission `people:read`.
   */
  readonly getPersonKeypad: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: {
      readonly person_id: string;
      readonly id_code: {
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly set_at: string;
      } | null;
      readonly badge: {
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly set_at: string;
        /** A badge can be copied by whoever holds a reader to it for a second. It counts only where the location’s policy takes badges. */
        readonly strength: 'weaker';
      } | null;
    };
  };

  /**
   * Give a person a new ID code
   *
   * The digits are drawn, are in this answer and in no other, and are stored as a keyed hash. An earlier ID code ends at once.
   *
   * Needs the permission `people:write`.
   */
  readonly setIdCode: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: {
      readonly person_id: string;
      /** The digits. Shown this once. */
      readonly id_code: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly set_at: string;
    };
  };

  /**
   * Take a person’s ID code away at once
   *
   * Needs the permission `people:write`.
   */
  readonly removeIdCode: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Make a tag a person’s badge
   *
   * A badge is the weaker way to be known: it can be copied. It counts only at locations whose policy takes badges, and there in place of the ID code; the second code is asked as well.
   *
   * Needs the permission `people:write`.
   */
  readonly setBadge: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
      readonly body: {
        /** What the badge says to a reader: 4, 7 or 8 bytes in hexadecimal, for example 04:A1:B2:C3:D4:E5:F6. */
        readonly tag: string;
      };
    };
    readonly answer: {
      readonly person_id: string;
      readonly id_code: {
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly set_at: string;
      } | null;
      readonly badge: {
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly set_at: string;
        /** A badge can be copied by whoever holds a reader to it for a second. It counts only where the location’s policy takes badges. */
        readonly strength: 'weaker';
      } | null;
    };
  };

  /**
   * Take a person’s badge away at once
   *
   * Needs the permission `people:write`.
   */
  readonly removeBadge: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Give oneself a new ID code
   *
   * The digits are in this answer and in no other. An earlier ID code ends at once.
   *
   * Needs the permission `own-sign-in:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly setOwnIdCode: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: {
      readonly person_id: string;
      /** The digits. Shown this once. */
      readonly id_code: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly set_at: string;
    };
  };

  /**
   * Take one’s own ID code away at once
   *
   * Needs the permission `own-sign-in:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly removeOwnIdCode: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: undefined;
  };

  /**
   * List text messages of the last 30 days and what became of them (never what they said)
   *
   * Needs the permission `people:read`.
   */
  readonly listTextMessages: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** owed: not handed over yet; accepted: the provider has it; delivered: it is on the phone; failed: it will not come. */
        readonly status?: 'owed' | 'accepted' | 'delivered' | 'failed' | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly TextMessage[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Sign in by mail address, password and second factor
   *
   * Five wrong tries in 15 minutes are looked at. A session lives 30 minutes unused and 12 hours at most.
   *
   * Needs no sign-in.
   */
  readonly signIn: {
    readonly input: {
      readonly body: {
        readonly mail: string;
        readonly password: string;
        /** The 8 digits of the authenticator app, or a recovery code. */
        readonly code?: string | undefined;
        /** Only for a mail address that signs in to several. */
        readonly organisation_id?: string | undefined;
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
    };
  };

  /**
   * Take an invitation up: choose a password
   *
   * An invitation works once and for three days. The session can do nothing yet but enrol a second factor.
   *
   * Needs no sign-in.
   */
  readonly acceptInvitation: {
    readonly input: {
      readonly body: {
        /** As it was given to whoever invited. */
        readonly invitation: string;
        /** At least 12 characters; several words are best. Nothing that follows from who you are. */
        readonly password: string;
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
    };
  };

  /**
   * Begin to sign in by a passkey
   *
   * For navigator.credentials.get. Nobody is named: the authenticator knows. It is answered once, within five minutes.
   *
   * Needs no sign-in.
   */
  readonly givePasskeyChallenge: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: {
      readonly options: {
        readonly challenge: string;
        readonly rpId: string;
        readonly timeout: number;
        readonly userVerification: string;
        readonly allowCredentials: readonly {
          readonly type: string;
          readonly id: string;
          readonly transports: readonly string[];
        }[];
      };
    };
  };

  /**
   * Sign in by a passkey
   *
   * The authenticator has asked for finger, face or PIN, so the session is stepped up too.
   *
   * Needs no sign-in.
   */
  readonly signInByPasskey: {
    readonly input: {
      readonly body: {
        /** PublicKeyCredential.toJSON() of navigator.credentials.get. */
        readonly passkey: {
          readonly id: string;
          readonly rawId: string;
          readonly type: string;
          readonly response: {
            readonly clientDataJSON: string;
            readonly authenticatorData: string;
            readonly signature: string;
            readonly userHandle?: string | null | undefined;
          };
        };
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
    };
  };

  /**
   * Begin to take an invitation up by a passkey
   *
   * For navigator.credentials.create. The invitation is not used up by this.
   *
   * Needs no sign-in.
   */
  readonly offerInvitedPasskey: {
    readonly input: {
      readonly body: {
        /** As it was given to whoever invited. */
        readonly invitation: string;
      };
    };
    readonly answer: {
      readonly options: {
        readonly challenge: string;
        readonly rp: {
          readonly id: string;
          readonly name: string;
        };
        readonly user: {
          readonly id: string;
          readonly name: string;
          readonly displayName: string;
        };
        readonly pubKeyCredParams: readonly {
          readonly type: string;
          readonly alg: number;
        }[];
        readonly timeout: number;
        readonly attestation: string;
        readonly authenticatorSelection: {
          readonly residentKey: string;
          readonly requireResidentKey: boolean;
          readonly userVerification: string;
        };
        readonly excludeCredentials: readonly {
          readonly type: string;
          readonly id: string;
          readonly transports: readonly string[];
        }[];
      };
    };
  };

  /**
   * Take an invitation up: make a passkey
   *
   * There is no password then, and nothing else to enrol: the session may do what the role may.
   *
   * Needs no sign-in.
   */
  readonly acceptInvitationByPasskey: {
    readonly input: {
      readonly body: {
        /** As it was given to whoever invited. */
        readonly invitation: string;
        /** As you call it: the device or the password manager. */
        readonly name: string;
        /** PublicKeyCredential.toJSON() of navigator.credentials.create. */
        readonly passkey: {
          readonly id: string;
          readonly rawId: string;
          readonly type: string;
          readonly response: {
            readonly clientDataJSON: string;
            readonly attestationObject: string;
            readonly transports?: readonly string[] | undefined;
          };
        };
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
    };
  };

  /**
   * Ask a person to let a program in
   *
   * RFC 8628. Show the person user_code and verification_uri, and ask at /v1/device-codes/token.
   *
   * Needs no sign-in.
   */
  readonly beginDeviceCode: {
    readonly input: {
      readonly body: {
        /** What the person is shown: the program and where it runs. */
        readonly client_name: string;
      };
    };
    readonly answer: {
      /** For the program alone. */
      readonly device_code: string;
      /** For the person to type. */
      readonly user_code: string;
      /** Where the person types it. */
      readonly verification_uri: string;
      readonly verification_uri_complete: string;
      /** Seconds. */
      readonly expires_in: number;
      /** Seconds between two times that the program asks. */
      readonly interval: number;
    };
  };

  /**
   * Ask whether a person has let the program in
   *
   * Until then authorization-pending; slow-down asks for 5 seconds more between two times; access-denied and expired-token end it. The session acts as the person for 12 hours, and is given once.
   *
   * Needs no sign-in.
   */
  readonly pollDeviceCode: {
    readonly input: {
      readonly body: {
        readonly device_code: string;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
    };
  };

  /**
   * See which program asks to be let in, before one answers
   *
   * Five wrong codes of a person in 15 minutes are looked at.
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly lookUpDeviceCode: {
    readonly input: {
      readonly body: {
        /** As the program shows it, however it is typed. */
        readonly user_code: string;
      };
    };
    readonly answer: {
      /** As the program calls itself: nobody has checked it. */
      readonly client_name: string;
      /** Where it asks from. */
      readonly address: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly asked_at: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly expires_at: string;
    };
  };

  /**
   * Let a program act as oneself for 12 hours
   *
   * Only for a program that you have started yourself, and whose code you read there.
   *
   * Needs the permission `own-sign-in:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly approveDeviceCode: {
    readonly input: {
      readonly body: {
        /** As the program shows it, however it is typed. */
        readonly user_code: string;
      };
    };
    readonly answer: {
      /** As the program calls itself: nobody has checked it. */
      readonly client_name: string;
      /** Where it asks from. */
      readonly address: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly asked_at: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly expires_at: string;
    };
  };

  /**
   * Do not let a program in
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly denyDeviceCode: {
    readonly input: {
      readonly body: {
        /** As the program shows it, however it is typed. */
        readonly user_code: string;
      };
    };
    readonly answer: {
      /** As the program calls itself: nobody has checked it. */
      readonly client_name: string;
      /** Where it asks from. */
      readonly address: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly asked_at: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly expires_at: string;
    };
  };

  /**
   * See who one is here, and how one’s sign-in stands
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly getOwnSignIn: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: {
      readonly person_id: string;
      readonly role: string;
      readonly permissions: readonly string[];
      readonly has_password: boolean;
      readonly has_authenticator: boolean;
      readonly recovery_codes_left: number;
      readonly passkeys: readonly {
        readonly id: string;
        readonly name: string;
        /** true: it outlives its device. */
        readonly backed_up: boolean;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly created_at: string;
        readonly used_at: string | null;
      }[];
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly session_ends_at: string;
      /** Where the person is signed in, this one too. */
      readonly sessions: readonly {
        readonly id: string;
        /** What a program called itself that was let in by a device code; null for any other sign-in. */
        readonly client_name: string | null;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly created_at: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly used_at: string;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly ends_at: string;
        readonly is_this: boolean;
      }[];
    };
  };

  /**
   * Change one’s password
   *
   * Ends every session of the person; the answer brings a new one. Instead of the present password a step-up of this session counts.
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly setOwnPassword: {
    readonly input: {
      readonly body: {
        readonly current?: string | undefined;
        /** The 8 digits of the authenticator app, or a recovery code. */
        readonly code?: string | undefined;
        /** At least 12 characters; several words are best. Nothing that follows from who you are. */
        readonly password: string;
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
    };
  };

  /**
   * Begin to enrol an authenticator app
   *
   * It counts once a code of it was confirmed; until then the one before does. Instead of the password a step-up of this session counts.
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly offerAuthenticator: {
    readonly input: {
      readonly body: {
        readonly password?: string | undefined;
        /** The 8 digits of the authenticator app, or a recovery code. */
        readonly code?: string | undefined;
      };
    };
    readonly answer: {
      /** What the app reads from a QR code. Shown this once. */
      readonly uri: string;
    };
  };

  /**
   * Enrol the authenticator app that was begun with, by one of its codes
   *
   * Brings new recovery codes, and a session that has all of the role’s permissions.
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly confirmAuthenticator: {
    readonly input: {
      readonly body: {
        /** The 8 digits of the authenticator app, or a recovery code. */
        readonly code: string;
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
      /** Each works once in place of the app. Shown this once. */
      readonly recovery_codes: readonly string[];
    };
  };

  /**
   * Prove again that one is there, for five minutes
   *
   * The answer brings a new session, which is stepped up; the one that called ends.
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly stepUpOwnSession: {
    readonly input: {
      readonly body: {
        readonly password: string;
        /** The 8 digits of the authenticator app, or a recovery code. */
        readonly code?: string | undefined;
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
    };
  };

  /**
   * End one of one’s own sessions: a lost device, a program that shall act no longer
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly endOwnSession: {
    readonly input: {
      readonly path: {
        readonly session_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Sign out: end the session that calls
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly signOut: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: undefined;
  };

  /**
   * Begin to make a passkey
   *
   * For navigator.credentials.create. Needs the password (with a code, where the person has an authenticator app) or a step-up of this session.
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly offerPasskey: {
    readonly input: {
      readonly body: {
        readonly password?: string | undefined;
        /** The 8 digits of the authenticator app, or a recovery code. */
        readonly code?: string | undefined;
      };
    };
    readonly answer: {
      readonly options: {
        readonly challenge: string;
        readonly rp: {
          readonly id: string;
          readonly name: string;
        };
        readonly user: {
          readonly id: string;
          readonly name: string;
          readonly displayName: string;
        };
        readonly pubKeyCredParams: readonly {
          readonly type: string;
          readonly alg: number;
        }[];
        readonly timeout: number;
        readonly attestation: string;
        readonly authenticatorSelection: {
          readonly residentKey: string;
          readonly requireResidentKey: boolean;
          readonly userVerification: string;
        };
        readonly excludeCredentials: readonly {
          readonly type: string;
          readonly id: string;
          readonly transports: readonly string[];
        }[];
      };
    };
  };

  /**
   * Register the passkey that was made
   *
   * The answer brings a new session, which has all of the role’s permissions; the one that called ends.
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly addPasskey: {
    readonly input: {
      readonly body: {
        /** As you call it: the device or the password manager. */
        readonly name: string;
        /** PublicKeyCredential.toJSON() of navigator.credentials.create. */
        readonly passkey: {
          readonly id: string;
          readonly rawId: string;
          readonly type: string;
          readonly response: {
            readonly clientDataJSON: string;
            readonly attestationObject: string;
            readonly transports?: readonly string[] | undefined;
          };
        };
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
      readonly passkey_id: string;
    };
  };

  /**
   * Give a passkey another name
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly namePasskey: {
    readonly input: {
      readonly path: {
        readonly passkey_id: string;
      };
      readonly body: {
        /** As you call it: the device or the password manager. */
        readonly name: string;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      /** true: it outlives its device. */
      readonly backed_up: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly created_at: string;
      readonly used_at: string | null;
    };
  };

  /**
   * Remove a passkey
   *
   * Ends every other session of the person. The last one stays, unless there are a password and an authenticator app.
   *
   * Needs the permission `own-sign-in:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly removePasskey: {
    readonly input: {
      readonly path: {
        readonly passkey_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Begin to prove by a passkey that one is there
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly giveOwnPasskeyChallenge: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: {
      readonly options: {
        readonly challenge: string;
        readonly rpId: string;
        readonly timeout: number;
        readonly userVerification: string;
        readonly allowCredentials: readonly {
          readonly type: string;
          readonly id: string;
          readonly transports: readonly string[];
        }[];
      };
    };
  };

  /**
   * Prove by a passkey that one is there, for five minutes
   *
   * The answer brings a new session, which is stepped up; the one that called ends.
   *
   * Needs the permission `own-sign-in:write`.
   */
  readonly stepUpByPasskey: {
    readonly input: {
      readonly body: {
        /** PublicKeyCredential.toJSON() of navigator.credentials.get. */
        readonly passkey: {
          readonly id: string;
          readonly rawId: string;
          readonly type: string;
          readonly response: {
            readonly clientDataJSON: string;
            readonly authenticatorData: string;
            readonly signature: string;
            readonly userHandle?: string | null | undefined;
          };
        };
        /** token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach. */
        readonly as?: 'token' | 'cookie' | undefined;
      };
    };
    readonly answer: {
      /** Send it in Authorization: Bearer. Null where it went into the cookie. */
      readonly session: string | null;
      readonly person_id: string;
      /** false: only a second factor can be enrolled with it. */
      readonly second_factor: boolean;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
    };
  };

  /**
   * Invite a person to sign in
   *
   * Whoever takes it up chooses a password or makes a passkey, which replaces whatever the person signed in with before. A new invitation ends the one before. The person needs a role and a mail address.
   *
   * Needs the permission `people:write`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly invitePerson: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: {
      /** For the person alone. Shown this once. */
      readonly invitation: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly works_until: string;
    };
  };

  /**
   * Take a person’s sign-in away at once
   *
   * Ends every session, the password, the second factor, every passkey and an open invitation. A new invitation lets the person in again.
   *
   * Needs the permission `people:write`.
   */
  readonly endSignIn: {
    readonly input: {
      readonly path: {
        readonly person_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * List remote openings: who opened what, why, and what became of it
   *
   * Needs the permission `events:read`.
   */
  readonly listOpenings: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** Only of this box. */
        readonly box_id?: string | undefined;
        /** Only what still waits for its box. */
        readonly pending?: boolean | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly Opening[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Read one remote opening: what became of it
   *
   * Needs the permission `events:read`.
   */
  readonly getOpening: {
    readonly input: {
      readonly path: {
        readonly opening_id: string;
      };
    };
    readonly answer: Opening;
  };

  /**
   * Open a bin or the main lock from afar, whatever keys there are
   *
   * The box is asked to ask, and opens only on the answer to its own question; so an order that is held up on the way opens nothing. It is never kept for later: a box that is not online is not ordered anything (`box-offline`), and an order ends when its time is over, when the box loses its connection, and when this server is started anew. One order at a time waits for a box. See the state for what became of it.
   *
   * Needs the permission `boxes:open`, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly orderOpening: {
    readonly input: {
      readonly path: {
        readonly box_id: string;
      };
      readonly body: {
        /** What opens. */
        readonly target: {
          readonly bin: number;
        } | 'main_lock';
        /** Whether somebody at the box must press its small black button, which the display asks for. */
        readonly press: 'none' | 'button';
        /** How long the order lives: up to 30 s, up to 120 s where the button must be pressed. */
        readonly wait_seconds?: number | undefined;
        /** Why, for whoever reads it later. Not copied into events. */
        readonly reason: string;
      };
    };
    readonly answer: Opening;
  };

  /**
   * List the keys that are out and were due by now
   *
   * Needs the permission `keys:read`.
   */
  readonly listLateKeys: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly LateKey[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Read how long a key may be out
   *
   * Needs the permission `keys:read`.
   */
  readonly getReturnRule: {
    readonly input: {
      readonly path: {
        readonly key_id: string;
      };
    };
    readonly answer: {
      /** How long the key may be out when it was not taken for a booking; null where nobody waits for it. */
      readonly due_after_minutes: number | null;
      /** How long after a booking’s end its key is not called late yet. */
      readonly grace_minutes: number;
    };
  };

  /**
   * Set how long a key may be out before it is called late
   *
   * It holds also for the time that the key is out now, unless that was called late already. A late key is taken back like any other.
   *
   * Needs the permission `keys:write`.
   */
  readonly setReturnRule: {
    readonly input: {
      readonly path: {
        readonly key_id: string;
      };
      readonly body: {
        /** How long the key may be out when it was not taken for a booking; null where nobody waits for it. */
        readonly due_after_minutes: number | null;
        /** How long after a booking’s end its key is not called late yet. */
        readonly grace_minutes: number;
      };
    };
    readonly answer: {
      /** How long the key may be out when it was not taken for a booking; null where nobody waits for it. */
      readonly due_after_minutes: number | null;
      /** How long after a booking’s end its key is not called late yet. */
      readonly grace_minutes: number;
    };
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
   * Make the unguessable address of a booking, for its guest
   *
   * Whoever has the address sees the code. A new one ends the one before.
   *
   * Needs the permission `bookings:write`.
   */
  readonly createGuestLink: {
    readonly input: {
      readonly path: {
        readonly booking_id: string;
      };
    };
    readonly answer: {
      /** Goes into the address: /v1/guest/<token>. Shown this once. */
      readonly token: string;
      readonly path: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly works_until: string;
    };
  };

  /**
   * End the address of a booking at once
   *
   * The booking stays, and so does its code. Where there is no address nothing changes.
   *
   * Needs the permission `bookings:write`.
   */
  readonly removeGuestLink: {
    readonly input: {
      readonly path: {
        readonly booking_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * What a guest sees: one booking, where its key hangs, and the code
   *
   * An address that was ended or replaced, is too old or was never made is not found.
   *
   * Needs no sign-in.
   */
  readonly readGuestLink: {
    readonly input: {
      readonly path: {
        readonly token: string;
      };
    };
    readonly answer: {
      readonly organisation: string;
      readonly location: string;
      /** In whose time people at the box think. */
      readonly time_zone: string;
      readonly box: string;
      readonly bin: number;
      readonly help_phone: string;
      readonly status: 'booked' | 'running' | 'over' | 'cancelled';
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly starts_at: string;
      /** RFC 3339, for example 2026-04-01T09:00:00Z. */
      readonly ends_at: string;
      /** What the guest types at the box; null once the booking is over or cancelled. */
      readonly code: string | null;
      readonly code_grouped: string | null;
    };
  };

  /**
   * Make a break-glass file: sheets, inventory and phone answers of all boxes, for the day without a server
   *
   * The answer is the file, sealed under the passphrase (Argon2id). smartbox break-glass and the break-glass page open it with no network. It is stored nowhere. Make another one after printing a new sheet or claiming a box.
   *
   * Needs the permission `emergency:write` over the whole organisation, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
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
   * Needs the permission `emergency:read` over the whole organisation.
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
   * Needs the permission `emergency:write` over the whole organisation.
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

  /**
   * Read who did what, and what boxes wrote into their logs
   *
   * Records are never changed or removed; they hold ids, never names, codes or bodies.
   *
   * Needs the permission `audit:read` over the whole organisation.
   */
  readonly listAuditRecords: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        /** newest_first unless given. */
        readonly order?: 'newest_first' | 'oldest_first' | undefined;
        /** Only these. */
        readonly kind?: 'act' | 'box_log' | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly AuditRecord[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Read one record
   *
   * Needs the permission `audit:read` over the whole organisation.
   */
  readonly getAuditRecord: {
    readonly input: {
      readonly path: {
        readonly record_id: string;
      };
    };
    readonly answer: AuditRecord;
  };

  /**
   * Read the public key that signs tree heads
   *
   * Keep it outside this server: a key that comes together with what it signs proves nothing. It is also in the server’s log at each start.
   *
   * Needs the permission `audit:read` over the whole organisation.
   */
  readonly getAuditKey: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: {
      readonly algorithm: 'Ed25519';
      /** 32 bytes in hexadecimal. */
      readonly public_key: string;
    };
  };

  /**
   * Take the audit away as a file that can be checked without this server
   *
   * smartbox audit verify checks it with the public key alone. The export is itself recorded.
   *
   * Needs the permission `audit:read` over the whole organisation.
   */
  readonly exportAudit: {
    readonly input: {
      readonly query?: {
        /** Number of the first record; 1 unless given. */
        readonly first?: number | undefined;
        /** Number of the last record; as far as one file goes unless given. */
        readonly last?: number | undefined;
      } | undefined;
    };
    readonly answer: DownloadedFile;
  };

  /**
   * Have a head of all records signed now
   *
   * Whoever keeps it can prove later that a record was changed: smartbox audit verify --head, or a consistency proof.
   *
   * Needs the permission `audit:read` over the whole organisation.
   */
  readonly getAuditTreeHead: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: AuditTreeHead;
  };

  /**
   * Read the heads that were signed by the minute, newest first
   *
   * Needs the permission `audit:read` over the whole organisation.
   */
  readonly listAuditTreeHeads: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly AuditTreeHead[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Prove that a record stands in the tree (RFC 9162, 2.1.3)
   *
   * Needs the permission `audit:read` over the whole organisation.
   */
  readonly proveAuditInclusion: {
    readonly input: {
      readonly path: {
        readonly record_id: string;
      };
      readonly query?: {
        readonly tree_size?: number | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly leaf_index: number;
      readonly tree_size: number;
      /** SHA-256, in hexadecimal. */
      readonly hash: string;
      readonly path: readonly string[];
    };
  };

  /**
   * Prove that nothing was changed between two heads (RFC 9162, 2.1.4)
   *
   * Needs the permission `audit:read` over the whole organisation.
   */
  readonly proveAuditConsistency: {
    readonly input: {
      readonly query: {
        readonly first: number;
        readonly second?: number | undefined;
      };
    };
    readonly answer: {
      readonly first: number;
      readonly second: number;
      readonly path: readonly string[];
    };
  };

  /**
   * List the channels of notices
   *
   * Needs the permission `notices:read` over the whole organisation.
   */
  readonly listNoticeChannels: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly NoticeChannel[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Add a webhook, a mailbox, a browser or a phone
   *
   * A webhook is signed as Standard Webhooks say and numbered in `sequence` without gaps; redirects are not followed, and addresses of private networks are refused unless the operator of this server has named them. A browser subscribes with the key of `POST /v1/push-key`.
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly createNoticeChannel: {
    readonly input: {
      readonly body: {
        readonly kind: 'webhook' | 'mail' | 'push' | 'text';
        /** What people call it. */
        readonly label: string;
        /** Of a webhook or a browser: https://…; of a mailbox: the bare mail address; of a phone: +819012345678. */
        readonly address: string;
        /** Of what people are told; ja unless given. */
        readonly language?: 'ja' | 'en' | undefined;
        /** Mails, pushes or text messages in any hour (30 unless given, 10 of text messages). What has no room waits and then goes together. A webhook has no cap. */
        readonly cap_per_hour?: number | undefined;
        /** Of a browser: `keys` of its PushSubscription. */
        readonly keys?: {
          readonly p256dh: string;
          readonly auth: string;
        } | undefined;
      };
    };
    readonly answer: NoticeChannel;
  };

  /**
   * Read one channel
   *
   * Needs the permission `notices:read` over the whole organisation.
   */
  readonly getNoticeChannel: {
    readonly input: {
      readonly path: {
        readonly channel_id: string;
      };
    };
    readonly answer: NoticeChannel;
  };

  /**
   * Change, pause or resume a channel
   *
   * Needs If-Match with the ETag that was read. Resuming a webhook sends everything that it is owed.
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly changeNoticeChannel: {
    readonly input: {
      readonly path: {
        readonly channel_id: string;
      };
      readonly body: {
        /** What people call it. */
        readonly label?: string | undefined;
        /** Of what people are told; ja unless given. */
        readonly language?: 'ja' | 'en' | undefined;
        /** Of a webhook or a browser: https://…; of a mailbox: the bare mail address; of a phone: +819012345678. */
        readonly address?: string | undefined;
        /** Mails, pushes or text messages in any hour (30 unless given, 10 of text messages). What has no room waits and then goes together. A webhook has no cap. */
        readonly cap_per_hour?: number | undefined;
        readonly state?: 'active' | 'paused' | undefined;
      };
    };
    readonly answer: NoticeChannel;
  };

  /**
   * Remove a channel; rules go on with their next one
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly removeNoticeChannel: {
    readonly input: {
      readonly path: {
        readonly channel_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * Give a webhook another secret; the one before signs for a day more
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly rotateNoticeSecret: {
    readonly input: {
      readonly path: {
        readonly channel_id: string;
      };
    };
    readonly answer: NoticeChannel;
  };

  /**
   * The key to which browsers subscribe; made at the first call and the same ever after
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly makePushKey: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: {
      /** `applicationServerKey` of a subscription, base64url. */
      readonly public_key: string;
    };
  };

  /**
   * List the rules of notices
   *
   * Needs the permission `notices:read` over the whole organisation.
   */
  readonly listNoticeRules: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly NoticeRule[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Say which events are told, and where
   *
   * The first channel is told. The next one is told when nothing has arrived there after half a minute, or at once when nothing ever will. To tell several places, make several rules.
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly createNoticeRule: {
    readonly input: {
      readonly body: {
        /** What people call it. */
        readonly label: string;
        /** Names of alerts (exchange, booking_made, late_key, power, internet, battery, sheet, by_hand, break_in, sign_in, trouble), types of events (key.withdrawn), key.* or *. */
        readonly events: readonly string[];
        /** In the order in which they are tried. */
        readonly channel_ids: readonly string[];
        readonly location_id?: string | null | undefined;
        readonly box_id?: string | null | undefined;
        readonly key_id?: string | null | undefined;
        /** The same event of the same thing is told to people again only after this time; null: as usual (exchanges and bookings always, others after ten minutes). Webhooks get every event. */
        readonly repeat_after_ms?: number | null | undefined;
        /** When people are not woken: mails, pushes and text messages wait until these hours end and then go together. Webhooks do not wait. Needs `time_zone`. */
        readonly quiet_hours?: readonly {
          /** The days on which it begins. */
          readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
          /** HH:MM on the clock at the place; within. */
          readonly from: string;
          /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
          readonly until: string;
        }[] | undefined;
        /** IANA name, for example Asia/Tokyo: quiet_hours are told by the clock there. */
        readonly time_zone?: string | null | undefined;
        /** What the alerts break_in, by_hand, trouble mean does not wait for the end of quiet_hours. */
        readonly urgent?: boolean | undefined;
        readonly paused?: boolean | undefined;
      };
    };
    readonly answer: NoticeRule;
  };

  /**
   * Read one rule
   *
   * Needs the permission `notices:read` over the whole organisation.
   */
  readonly getNoticeRule: {
    readonly input: {
      readonly path: {
        readonly rule_id: string;
      };
    };
    readonly answer: NoticeRule;
  };

  /**
   * Change, pause or resume a rule
   *
   * Needs If-Match with the ETag that was read. What is owed already is sent as it was.
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly changeNoticeRule: {
    readonly input: {
      readonly path: {
        readonly rule_id: string;
      };
      readonly body: {
        /** What people call it. */
        readonly label?: string | undefined;
        /** Names of alerts (exchange, booking_made, late_key, power, internet, battery, sheet, by_hand, break_in, sign_in, trouble), types of events (key.withdrawn), key.* or *. */
        readonly events?: readonly string[] | undefined;
        /** In the order in which they are tried. */
        readonly channel_ids?: readonly string[] | undefined;
        readonly location_id?: string | null | undefined;
        readonly box_id?: string | null | undefined;
        readonly key_id?: string | null | undefined;
        /** The same event of the same thing is told to people again only after this time; null: as usual (exchanges and bookings always, others after ten minutes). Webhooks get every event. */
        readonly repeat_after_ms?: number | null | undefined;
        /** When people are not woken: mails, pushes and text messages wait until these hours end and then go together. Webhooks do not wait. Needs `time_zone`. */
        readonly quiet_hours?: readonly {
          /** The days on which it begins. */
          readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
          /** HH:MM on the clock at the place; within. */
          readonly from: string;
          /** HH:MM, to 24:00; not within. Not after `from`: it ends on the next day. */
          readonly until: string;
        }[] | undefined;
        /** IANA name, for example Asia/Tokyo: quiet_hours are told by the clock there. */
        readonly time_zone?: string | null | undefined;
        /** What the alerts break_in, by_hand, trouble mean does not wait for the end of quiet_hours. */
        readonly urgent?: boolean | undefined;
        readonly paused?: boolean | undefined;
      };
    };
    readonly answer: NoticeRule;
  };

  /**
   * Remove a rule; what is owed already is still sent
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly removeNoticeRule: {
    readonly input: {
      readonly path: {
        readonly rule_id: string;
      };
    };
    readonly answer: undefined;
  };

  /**
   * List what was sent or is owed, newest first
   *
   * Kept for 30 days.
   *
   * Needs the permission `notices:read` over the whole organisation.
   */
  readonly listNoticeDeliveries: {
    readonly input: {
      readonly query?: {
        /** How many to return. */
        readonly limit?: number | undefined;
        /** `next_cursor` of the page before. */
        readonly cursor?: string | undefined;
        readonly channel_id?: string | undefined;
        readonly state?: 'pending' | 'held' | 'delivered' | 'moved' | 'failed' | undefined;
      } | undefined;
    };
    readonly answer: {
      readonly data: readonly NoticeDelivery[];
      readonly has_more: boolean;
      readonly next_cursor: string | null;
    };
  };

  /**
   * Read one delivery with the result of every attempt
   *
   * Needs the permission `notices:read` over the whole organisation.
   */
  readonly getNoticeDelivery: {
    readonly input: {
      readonly path: {
        readonly delivery_id: string;
      };
    };
    readonly answer: {
      /** Of a webhook the header `webhook-id`: the same for every attempt. */
      readonly id: string;
      readonly notice_id: string;
      readonly channel_id: string;
      /** Per channel, without gaps. */
      readonly sequence: number;
      /** Of the event. */
      readonly type: string;
      readonly event_id: string | null;
      /** held: the channel is paused or off. moved: the next channel of the rule has taken over. */
      readonly state: 'pending' | 'held' | 'delivered' | 'moved' | 'failed';
      readonly attempts: number;
      readonly next_attempt_at: string | null;
      readonly delivered_at: string | null;
      readonly results: readonly {
        readonly attempt: number;
        /** RFC 3339, for example 2026-04-01T09:00:00Z. */
        readonly at: string;
        readonly took_ms: number;
        /** `delivered`, `taken` where a provider of text messages has it, or a stable word for why not. */
        readonly outcome: string;
        /** Of HTTP or SMTP. */
        readonly status: number | null;
      }[];
    };
  };

  /**
   * Send one delivery again, under the same id
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly replayNoticeDelivery: {
    readonly input: {
      readonly path: {
        readonly delivery_id: string;
      };
    };
    readonly answer: NoticeDelivery;
  };

  /**
   * Send a webhook everything again from a number on, under the same ids
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly replayNoticeChannel: {
    readonly input: {
      readonly path: {
        readonly channel_id: string;
      };
      readonly body: {
        readonly from_sequence: number;
      };
    };
    readonly answer: {
      readonly count: number;
    };
  };

  /**
   * Send a trial notice to a channel
   *
   * Needs the permission `notices:write` over the whole organisation.
   */
  readonly tryNoticeChannel: {
    readonly input: {
      readonly path: {
        readonly channel_id: string;
      };
    };
    readonly answer: {
      readonly notice_id: string;
    };
  };

  /**
   * Take everything that the organisation has away as lines of JSON
   *
   * Each line has a kind and an item as the API shows it, people in full; never digits of codes, never secrets. The last line is of the kind end and counts the others: without it the file was cut. What changes while the file is made may be in it or not. The audit has a file of its own: /v1/audit/export.
   *
   * Needs the permission `exports:read` over the whole organisation, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly exportEverything: {
    readonly input: {
      readonly query?: {
        /** The ledger and the deliveries of notices too; false unless given. */
        readonly history?: boolean | undefined;
      } | undefined;
    };
    readonly answer: DownloadedFile;
  };

  /**
   * Take the keys away as a CSV file that can be imported again
   *
   * Needs the permission `keys:read`.
   */
  readonly exportKeys: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: DownloadedFile;
  };

  /**
   * Take the people away, in full, as a CSV file that can be imported again
   *
   * Needs the permission `exports:read` over the whole organisation, and a step-up by the same token within the last five minutes: `POST /v1/step-ups`.
   */
  readonly exportPeople: {
    readonly input: Readonly<Record<never, never>>;
    readonly answer: DownloadedFile;
  };

  /**
   * Import keys from a CSV file
   *
   * The first row names the columns, in English or Japanese; docs/imports.md has them all. A row with an id, or with a reference that is known, changes what it names; another makes something new. While one row is faulty nothing is imported. At most 1000 rows and 512 KB.
   *
   * Needs the permission `keys:write`.
   */
  readonly importKeys: {
    readonly input: {
      readonly query?: {
        /** Only tell what would become of each row; true unless given. */
        readonly dry_run?: boolean | undefined;
      } | undefined;
      readonly body: Uint8Array | string;
    };
    readonly answer: {
      /** Whether nothing was changed, since nothing was to be. */
      readonly dry_run: boolean;
      readonly encoding: 'utf-8' | 'utf-16le' | 'shift_jis';
      readonly separator: ',' | ';' | '	';
      /** Rows below the head; blank ones are passed over. */
      readonly rows: number;
      readonly made: number;
      readonly changed: number;
      /** Rows that say what is so already. */
      readonly left: number;
      /** Rows with a fault. While there is one, nothing can be imported. */
      readonly faulty: number;
      readonly faults: readonly {
        /** As a spreadsheet counts: the head is row 1. */
        readonly row: number;
        /** C12 for the third column of row 12; null for the row as a whole. */
        readonly cell: string | null;
        /** The head of that column, as it is written. */
        readonly column: string | null;
        /** Stable: programs decide by this. */
        readonly code: string;
        /** What to do, in the language of Accept-Language (ja or en). */
        readonly detail: string;
      }[];
      /** Further faults, beyond those that are listed. */
      readonly faults_left_out: number;
      readonly outcomes: readonly {
        readonly row: number;
        readonly outcome: 'make' | 'change' | 'leave';
        /** Null for what is not made yet. */
        readonly id: string | null;
        /** Of a change: which columns differ from what is there. Null to callers without people:reveal, who must not find out by guessing. */
        readonly columns: readonly string[] | null;
      }[];
    };
  };

  /**
   * Import people from a CSV file
   *
   * The first row names the columns, in English or Japanese; docs/imports.md has them all. A row with an id, or with a reference that is known, changes what it names; another makes something new. While one row is faulty nothing is imported. At most 1000 rows and 512 KB. Nobody is made mightier than the caller, and owners are left alone.
   *
   * Needs the permission `people:write`.
   */
  readonly importPeople: {
    readonly input: {
      readonly query?: {
        /** Only tell what would become of each row; true unless given. */
        readonly dry_run?: boolean | undefined;
      } | undefined;
      readonly body: Uint8Array | string;
    };
    readonly answer: {
      /** Whether nothing was changed, since nothing was to be. */
      readonly dry_run: boolean;
      readonly encoding: 'utf-8' | 'utf-16le' | 'shift_jis';
      readonly separator: ',' | ';' | '	';
      /** Rows below the head; blank ones are passed over. */
      readonly rows: number;
      readonly made: number;
      readonly changed: number;
      /** Rows that say what is so already. */
      readonly left: number;
      /** Rows with a fault. While there is one, nothing can be imported. */
      readonly faulty: number;
      readonly faults: readonly {
        /** As a spreadsheet counts: the head is row 1. */
        readonly row: number;
        /** C12 for the third column of row 12; null for the row as a whole. */
        readonly cell: string | null;
        /** The head of that column, as it is written. */
        readonly column: string | null;
        /** Stable: programs decide by this. */
        readonly code: string;
        /** What to do, in the language of Accept-Language (ja or en). */
        readonly detail: string;
      }[];
      /** Further faults, beyond those that are listed. */
      readonly faults_left_out: number;
      readonly outcomes: readonly {
        readonly row: number;
        readonly outcome: 'make' | 'change' | 'leave';
        /** Null for what is not made yet. */
        readonly id: string | null;
        /** Of a change: which columns differ from what is there. Null to callers without people:reveal, who must not find out by guessing. */
        readonly columns: readonly string[] | null;
      }[];
    };
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
  listPeople: { method: 'GET', path: '/v1/people', answer: 'json', keyed: false },
  createPerson: { method: 'POST', path: '/v1/people', answer: 'json', keyed: true },
  getPerson: { method: 'GET', path: '/v1/people/{person_id}', answer: 'json', keyed: false },
  changePerson: { method: 'PATCH', path: '/v1/people/{person_id}', answer: 'json', keyed: true },
  erasePerson: { method: 'DELETE', path: '/v1/people/{person_id}', answer: 'none', keyed: true },
  quarantinePerson: { method: 'POST', path: '/v1/people/{person_id}/quarantine', answer: 'json', keyed: true },
  liftQuarantine: { method: 'DELETE', path: '/v1/people/{person_id}/quarantine', answer: 'json', keyed: true },
  revealPerson: { method: 'POST', path: '/v1/people/{person_id}/reveal', answer: 'json', keyed: false },
  exportPerson: { method: 'POST', path: '/v1/people/{person_id}/exports', answer: 'json', keyed: false },
  getPeopleRetention: { method: 'GET', path: '/v1/people-retention', answer: 'json', keyed: false },
  setPeopleRetention: { method: 'PUT', path: '/v1/people-retention', answer: 'json', keyed: true },
  listUserGroups: { method: 'GET', path: '/v1/user-groups', answer: 'json', keyed: false },
  createUserGroup: { method: 'POST', path: '/v1/user-groups', answer: 'json', keyed: true },
  getUserGroup: { method: 'GET', path: '/v1/user-groups/{group_id}', answer: 'json', keyed: false },
  changeUserGroup: { method: 'PATCH', path: '/v1/user-groups/{group_id}', answer: 'json', keyed: true },
  removeUserGroup: { method: 'DELETE', path: '/v1/user-groups/{group_id}', answer: 'none', keyed: true },
  listGroupMembers: { method: 'GET', path: '/v1/user-groups/{group_id}/members', answer: 'json', keyed: false },
  addGroupMember: { method: 'PUT', path: '/v1/user-groups/{group_id}/members/{member_id}', answer: 'none', keyed: true },
  removeGroupMember: { method: 'DELETE', path: '/v1/user-groups/{group_id}/members/{member_id}', answer: 'none', keyed: true },
  listKeyPermissions: { method: 'GET', path: '/v1/key-permissions', answer: 'json', keyed: false },
  giveKeyPermission: { method: 'POST', path: '/v1/key-permissions', answer: 'json', keyed: true },
  getKeyPermission: { method: 'GET', path: '/v1/key-permissions/{permission_id}', answer: 'json', keyed: false },
  changeKeyPermission: { method: 'PATCH', path: '/v1/key-permissions/{permission_id}', answer: 'json', keyed: true },
  endKeyPermission: { method: 'DELETE', path: '/v1/key-permissions/{permission_id}', answer: 'none', keyed: true },
  listKeyGroups: { method: 'GET', path: '/v1/key-groups', answer: 'json', keyed: false },
  createKeyGroup: { method: 'POST', path: '/v1/key-groups', answer: 'json', keyed: true },
  getKeyGroup: { method: 'GET', path: '/v1/key-groups/{key_group_id}', answer: 'json', keyed: false },
  changeKeyGroup: { method: 'PATCH', path: '/v1/key-groups/{key_group_id}', answer: 'json', keyed: true },
  removeKeyGroup: { method: 'DELETE', path: '/v1/key-groups/{key_group_id}', answer: 'none', keyed: true },
  listKeyGroupMembers: { method: 'GET', path: '/v1/key-groups/{key_group_id}/members', answer: 'json', keyed: false },
  addKeyGroupMember: { method: 'PUT', path: '/v1/key-groups/{key_group_id}/members/{key_member_id}', answer: 'none', keyed: true },
  removeKeyGroupMember: { method: 'DELETE', path: '/v1/key-groups/{key_group_id}/members/{key_member_id}', answer: 'none', keyed: true },
  getAccessPolicy: { method: 'GET', path: '/v1/locations/{location_id}/access-policy', answer: 'json', keyed: false },
  setAccessPolicy: { method: 'PUT', path: '/v1/locations/{location_id}/access-policy', answer: 'json', keyed: true },
  listKeyTakers: { method: 'GET', path: '/v1/keys/{key_id}/takers', answer: 'json', keyed: false },
  listPersonKeys: { method: 'GET', path: '/v1/people/{person_id}/keys', answer: 'json', keyed: false },
  getPersonKeypad: { method: 'GET', path: '/v1/people/{person_id}/keypad', answer: 'json', keyed: false },
  setIdCode: { method: 'PUT', path: '/v1/people/{person_id}/id-code', answer: 'json', keyed: true },
  removeIdCode: { method: 'DELETE', path: '/v1/people/{person_id}/id-code', answer: 'none', keyed: true },
  setBadge: { method: 'PUT', path: '/v1/people/{person_id}/badge', answer: 'json', keyed: true },
  removeBadge: { method: 'DELETE', path: '/v1/people/{person_id}/badge', answer: 'none', keyed: true },
  setOwnIdCode: { method: 'PUT', path: '/v1/own-sign-in/id-code', answer: 'json', keyed: true },
  removeOwnIdCode: { method: 'DELETE', path: '/v1/own-sign-in/id-code', answer: 'none', keyed: true },
  listTextMessages: { method: 'GET', path: '/v1/text-messages', answer: 'json', keyed: false },
  signIn: { method: 'POST', path: '/v1/sign-ins', answer: 'json', keyed: false },
  acceptInvitation: { method: 'POST', path: '/v1/invitation-acceptances', answer: 'json', keyed: false },
  givePasskeyChallenge: { method: 'POST', path: '/v1/passkey-challenges', answer: 'json', keyed: false },
  signInByPasskey: { method: 'POST', path: '/v1/passkey-sign-ins', answer: 'json', keyed: false },
  offerInvitedPasskey: { method: 'POST', path: '/v1/invitation-acceptances/passkey-options', answer: 'json', keyed: false },
  acceptInvitationByPasskey: { method: 'POST', path: '/v1/invitation-acceptances/passkey', answer: 'json', keyed: false },
  beginDeviceCode: { method: 'POST', path: '/v1/device-codes', answer: 'json', keyed: false },
  pollDeviceCode: { method: 'POST', path: '/v1/device-codes/token', answer: 'json', keyed: false },
  lookUpDeviceCode: { method: 'POST', path: '/v1/device-codes/look-up', answer: 'json', keyed: false },
  approveDeviceCode: { method: 'POST', path: '/v1/device-codes/approve', answer: 'json', keyed: false },
  denyDeviceCode: { method: 'POST', path: '/v1/device-codes/deny', answer: 'json', keyed: false },
  getOwnSignIn: { method: 'GET', path: '/v1/own-sign-in', answer: 'json', keyed: false },
  setOwnPassword: { method: 'PUT', path: '/v1/own-sign-in/password', answer: 'json', keyed: false },
  offerAuthenticator: { method: 'POST', path: '/v1/own-sign-in/authenticator', answer: 'json', keyed: false },
  confirmAuthenticator: { method: 'PUT', path: '/v1/own-sign-in/authenticator', answer: 'json', keyed: false },
  stepUpOwnSession: { method: 'POST', path: '/v1/own-sign-in/step-ups', answer: 'json', keyed: false },
  endOwnSession: { method: 'DELETE', path: '/v1/own-sign-in/sessions/{session_id}', answer: 'none', keyed: true },
  signOut: { method: 'DELETE', path: '/v1/own-sign-in/session', answer: 'none', keyed: true },
  offerPasskey: { method: 'POST', path: '/v1/own-sign-in/passkey-options', answer: 'json', keyed: false },
  addPasskey: { method: 'POST', path: '/v1/own-sign-in/passkeys', answer: 'json', keyed: false },
  namePasskey: { method: 'PUT', path: '/v1/own-sign-in/passkeys/{passkey_id}/name', answer: 'json', keyed: true },
  removePasskey: { method: 'DELETE', path: '/v1/own-sign-in/passkeys/{passkey_id}', answer: 'none', keyed: true },
  giveOwnPasskeyChallenge: { method: 'POST', path: '/v1/own-sign-in/passkey-challenges', answer: 'json', keyed: false },
  stepUpByPasskey: { method: 'POST', path: '/v1/own-sign-in/passkey-step-ups', answer: 'json', keyed: false },
  invitePerson: { method: 'POST', path: '/v1/people/{person_id}/invitations', answer: 'json', keyed: true },
  endSignIn: { method: 'DELETE', path: '/v1/people/{person_id}/sign-in', answer: 'none', keyed: true },
  listOpenings: { method: 'GET', path: '/v1/openings', answer: 'json', keyed: false },
  getOpening: { method: 'GET', path: '/v1/openings/{opening_id}', answer: 'json', keyed: false },
  orderOpening: { method: 'POST', path: '/v1/boxes/{box_id}/openings', answer: 'json', keyed: true },
  listLateKeys: { method: 'GET', path: '/v1/late-keys', answer: 'json', keyed: false },
  getReturnRule: { method: 'GET', path: '/v1/keys/{key_id}/return-rule', answer: 'json', keyed: false },
  setReturnRule: { method: 'PUT', path: '/v1/keys/{key_id}/return-rule', answer: 'json', keyed: true },
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
  createGuestLink: { method: 'PUT', path: '/v1/bookings/{booking_id}/guest-link', answer: 'json', keyed: true },
  removeGuestLink: { method: 'DELETE', path: '/v1/bookings/{booking_id}/guest-link', answer: 'none', keyed: true },
  readGuestLink: { method: 'GET', path: '/v1/guest/{token}', answer: 'json', keyed: false },
  exportBreakGlass: { method: 'POST', path: '/v1/break-glass-exports', answer: 'file', keyed: false },
  listBreakGlassExports: { method: 'GET', path: '/v1/break-glass-exports', answer: 'json', keyed: false },
  importBreakGlassUses: { method: 'POST', path: '/v1/break-glass-uses', answer: 'json', keyed: true },
  listCounts: { method: 'GET', path: '/v1/counts', answer: 'json', keyed: false },
  getBoxCount: { method: 'GET', path: '/v1/boxes/{box_id}/count', answer: 'json', keyed: false },
  countBox: { method: 'POST', path: '/v1/boxes/{box_id}/counts', answer: 'json', keyed: true },
  listEvents: { method: 'GET', path: '/v1/events', answer: 'json', keyed: false },
  getEvent: { method: 'GET', path: '/v1/events/{event_id}', answer: 'json', keyed: false },
  streamEvents: { method: 'GET', path: '/v1/events/stream', answer: 'events', keyed: false },
  listAuditRecords: { method: 'GET', path: '/v1/audit/records', answer: 'json', keyed: false },
  getAuditRecord: { method: 'GET', path: '/v1/audit/records/{record_id}', answer: 'json', keyed: false },
  getAuditKey: { method: 'GET', path: '/v1/audit/key', answer: 'json', keyed: false },
  exportAudit: { method: 'GET', path: '/v1/audit/export', answer: 'file', keyed: false },
  getAuditTreeHead: { method: 'GET', path: '/v1/audit/tree-head', answer: 'json', keyed: false },
  listAuditTreeHeads: { method: 'GET', path: '/v1/audit/tree-heads', answer: 'json', keyed: false },
  proveAuditInclusion: { method: 'GET', path: '/v1/audit/records/{record_id}/proof', answer: 'json', keyed: false },
  proveAuditConsistency: { method: 'GET', path: '/v1/audit/consistency', answer: 'json', keyed: false },
  listNoticeChannels: { method: 'GET', path: '/v1/notice-channels', answer: 'json', keyed: false },
  createNoticeChannel: { method: 'POST', path: '/v1/notice-channels', answer: 'json', keyed: true },
  getNoticeChannel: { method: 'GET', path: '/v1/notice-channels/{channel_id}', answer: 'json', keyed: false },
  changeNoticeChannel: { method: 'PATCH', path: '/v1/notice-channels/{channel_id}', answer: 'json', keyed: true },
  removeNoticeChannel: { method: 'DELETE', path: '/v1/notice-channels/{channel_id}', answer: 'none', keyed: true },
  rotateNoticeSecret: { method: 'POST', path: '/v1/notice-channels/{channel_id}/rotate-secret', answer: 'json', keyed: true },
  makePushKey: { method: 'POST', path: '/v1/push-key', answer: 'json', keyed: true },
  listNoticeRules: { method: 'GET', path: '/v1/notice-rules', answer: 'json', keyed: false },
  createNoticeRule: { method: 'POST', path: '/v1/notice-rules', answer: 'json', keyed: true },
  getNoticeRule: { method: 'GET', path: '/v1/notice-rules/{rule_id}', answer: 'json', keyed: false },
  changeNoticeRule: { method: 'PATCH', path: '/v1/notice-rules/{rule_id}', answer: 'json', keyed: true },
  removeNoticeRule: { method: 'DELETE', path: '/v1/notice-rules/{rule_id}', answer: 'none', keyed: true },
  listNoticeDeliveries: { method: 'GET', path: '/v1/notice-deliveries', answer: 'json', keyed: false },
  getNoticeDelivery: { method: 'GET', path: '/v1/notice-deliveries/{delivery_id}', answer: 'json', keyed: false },
  replayNoticeDelivery: { method: 'POST', path: '/v1/notice-deliveries/{delivery_id}/replay', answer: 'json', keyed: true },
  replayNoticeChannel: { method: 'POST', path: '/v1/notice-channels/{channel_id}/replay', answer: 'json', keyed: true },
  tryNoticeChannel: { method: 'POST', path: '/v1/notice-channels/{channel_id}/try', answer: 'json', keyed: true },
  exportEverything: { method: 'GET', path: '/v1/exports', answer: 'file', keyed: false },
  exportKeys: { method: 'GET', path: '/v1/exports/keys', answer: 'file', keyed: false },
  exportPeople: { method: 'GET', path: '/v1/exports/people', answer: 'file', keyed: false },
  importKeys: { method: 'POST', path: '/v1/imports/keys', answer: 'json', keyed: true, upload: 'text/csv' },
  importPeople: { method: 'POST', path: '/v1/imports/people', answer: 'json', keyed: true, upload: 'text/csv' },
};
