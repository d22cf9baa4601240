// A notice is one event that one rule tells. Its body is kept as it was made: every attempt sends the same bytes.

import type { QuietHours } from './quiet-hours.ts';

/** A notice. */
export interface Notice {
  readonly noticeId: string;
  /** Null for a trial. */
  readonly ruleId: string | null;
  readonly eventId: string | null;
  /** Type of its event. */
  readonly type: string;
  readonly body: NoticeBody;
  /** How often the same happened before without being told. */
  readonly leftOut: number;
  /** Hours in which people are not told of it; null for none. */
  readonly quiet: QuietHours | null;
  /** Channels that are left to move on to. */
  readonly rest: readonly string[];
  readonly createdAtMs: number;
}

/** What a receiver is told. */
export interface NoticeBody {
  readonly type: string;
  /** When it happened, RFC 3339. */
  readonly timestamp: string;
  /** The event as the API shows it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** How long notices and what became of them are kept. */
export const noticesKeptMs = 30 * 86_400_000;

/** @returns the body of a webhook: the sequence lets a receiver see what it missed */
export function webhookBody({ type, timestamp, data }: NoticeBody, sequence: number): string {
  return JSON.stringify({ type, timestamp, sequence, data });
}
