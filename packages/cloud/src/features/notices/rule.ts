// A rule says which events are told, and where. Pure: the alerts by name, whether an event fits, and what counts as
// the same happening again.

import type { WeeklyWindow } from '../../platform/schedule.ts';

/** A rule as it is kept. */
export interface Rule {
  readonly ruleId: string;
  readonly label: string;
  /** Names of alerts, types of events, or `key.*` and `*`. */
  readonly events: readonly string[];
  /** Channels in the order in which they are tried. */
  readonly channels: readonly string[];
  readonly locationId: string | null;
  /** Without the prefix `box_`. */
  readonly boxId: string | null;
  readonly keyId: string | null;
  /** The same is told again only after this time; null: as usual for the event. */
  readonly repeatAfterMs: number | null;
  /** When people are not woken. */
  readonly quietHours: readonly WeeklyWindow[];
  /** IANA name: of the quiet hours. */
  readonly timeZone: string | null;
  /** Some alerts do not wait for the end of the quiet hours. */
  readonly urgent: boolean;
  readonly paused: boolean;
  readonly rev: number;
  readonly createdAtMs: number;
}

/** What a rule looks at of an event. */
export interface Happening {
  readonly type: string;
  readonly locationId: string | null;
  readonly boxId: string | null;
  readonly keyId: string | null;
  readonly bin: number | null;
}

/** Alerts by name: what people want to hear of, and the events that mean it. */
export const alerts: Readonly<Record<string, readonly string[]>> = {
  exchange: ['key.withdrawn', 'key.returned'],
  booking_made: ['booking.created'],
  late_key: ['key.late', 'key.late_returned'],
  power: ['mains.lost', 'mains.restored', 'box.fell_asleep'],
  internet: ['box.offline', 'box.online'],
  battery: ['battery.low', 'battery.empty'],
  sheet: ['sheet.ending', 'sheet.ended', 'sheet.missing', 'sheet.cells_low', 'sheet.reprint_advised'],
  by_hand: ['offline.opened', 'offline.unexpected', 'break_glass.used', 'count.asked', 'count.differs'],
  break_in: [
    ...['bin.forced', 'bin.opened_without_grant', 'main_lock.forced', 'main_lock.opened_without_grant'],
    ...['keypad.locked', 'fob.unknown_taken'],
  ],
  sign_in: ['sign_in.burst'],
  trouble: [
    ...['bin.jammed', 'bin.left_open', 'main_lock.jammed', 'main_lock.left_open'],
    ...['box.recovery_needed', 'emergency.out_of_step'],
  ],
};

/** A type of event, `key.*` for all of one noun, `*` for every event. */
const patternForm = /^(\*|[a-z_]+\.(\*|[a-z_]+))$/;

/** @returns whether a text may stand among a rule's events */
export function isEventPattern(text: string): boolean {
  return Object.hasOwn(alerts, text) || patternForm.test(text);
}

/** @returns whether the rule tells of this */
export function fits(rule: Rule, happening: Happening): boolean {
  // What became of notices is never a notice itself: a dead mailbox would report its own death for ever.
  if (rule.paused || happening.type.startsWith('notice.')) return false;
  if (rule.locationId !== null && rule.locationId !== happening.locationId) return false;
  if (rule.boxId !== null && rule.boxId !== happening.boxId) return false;
  if (rule.keyId !== null && rule.keyId !== happening.keyId) return false;
  return rule.events.some((pattern) => covers(pattern, happening.type));
}

function covers(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === type) return true;
  if (pattern.endsWith('.*')) return type.startsWith(pattern.slice(0, -1));
  return Object.hasOwn(alerts, pattern) && (alerts[pattern]?.includes(type) ?? false);
}

const usualRepeatMs = 600_000;

/** An exchange or a booking is never "the same again": each is told. */
const alwaysTold = /^(key|booking|code|access|count|sheet|break_glass|offline)\./;

/** @returns for how long the same event of the same thing is not told again; 0: it always is */
export function repeatAfterMs(rule: Rule, type: string): number {
  return rule.repeatAfterMs ?? (alwaysTold.test(type) ? 0 : usualRepeatMs);
}

/** @returns what must be the same for an event to be a repetition */
export function subjectOf({ type, boxId, bin, keyId }: Happening): string {
  return [type, boxId ?? '', bin ?? '', keyId ?? ''].join(' ');
}
