// The promise about whoever is told (I7), judged by the ledger and by what the receiver took: every event that the rule
// names, at least once, under one id and one number, in the order of the ledger, none left out.
import type { Notices } from './notices.ts';
import { Violation } from './violation.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';
import type { World } from './world.ts';

/** After the faults a receiver has everything within this: the fifth step of the sender's waits, and a fifth more. */
const TOLD_WITHIN_MS = 40 * 60_000;
const LOOK_EVERY_MS = 15_000;
const PAGE = 100;

/** What those names mean; the others are types, or all types of a noun. */
const ALERTS: Readonly<Record<string, readonly string[]>> = {
  exchange: ['key.withdrawn', 'key.returned'],
  power: ['mains.lost', 'mains.restored', 'box.fell_asleep'],
  internet: ['box.offline', 'box.online'],
};

interface LedgerEvent {
  readonly id: string;
  readonly type: string;
}

/** Waits until all is told. @throws Violation I7 */
export async function checkNotices(world: World, notices: Notices): Promise<void> {
  const { host, site } = world;
  const params = { channel_id: notices.channelId };
  const channel = host.call(site.operator, 'getNoticeChannel', { params });
  // It once said that it was no more: somebody turns it on again.
  if (channel.state !== 'active')
    host.call(site.operator, 'changeNoticeChannel', { params, body: { state: 'active' } });
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    const events = owed(world, notices);
    const missing = missingOf(events, host.receiver);
    const isLate = waitedMs > TOLD_WITHIN_MS;
    if (missing !== undefined && isLate)
      throw new Violation('I7', `nobody was told of ${missing.id} ${missing.type}`);
    // What happens at this very moment is on its way.
    if (missing === undefined && (isLate || host.receiver.taken.size === events.length))
      return checkOrder(events, host.receiver);
    await world.live(LOOK_EVERY_MS);
  }
}

/** The events that the rule names, oldest first. */
function owed({ host, site }: World, { patterns, afterEventId }: Notices): readonly LedgerEvent[] {
  const events: LedgerEvent[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, order: 'oldest_first', ...(cursor === undefined ? {} : { cursor }) };
    const page = host.call(site.operator, 'listEvents', { query });
    events.push(...(page.data as readonly LedgerEvent[]));
    cursor = (page.next_cursor as string | null) ?? undefined;
  } while (cursor !== undefined);
  return events.filter(({ id, type }) => id > afterEventId && isNamed(type, patterns));
}

function isNamed(type: string, patterns: readonly string[]): boolean {
  if (type.startsWith('notice.')) return false;
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === type ||
      (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))) ||
      ALERTS[pattern]?.includes(type) === true,
  );
}

function missingOf(events: readonly LedgerEvent[], { taken }: WebhookReceiver): LedgerEvent | undefined {
  const told = new Set([...taken.values()].map(({ eventId }) => eventId));
  return events.find(({ id }) => !told.has(id));
}

/** Each event under one id and one number; numbers without a gap, in the order of the ledger. */
function checkOrder(events: readonly LedgerEvent[], { taken, complaints }: WebhookReceiver): void {
  const [complaint] = complaints;
  if (complaint !== undefined) throw new Violation('I7', complaint);
  const inSequence = [...taken.values()].sort((one, other) => one.sequence - other.sequence);
  const gap = inSequence.findIndex(({ sequence }, index) => sequence !== index + 1);
  if (gap >= 0) throw new Violation('I7', `webhook ${gap + 1} has the number ${inSequence[gap]?.sequence}`);
  const differs = inSequence.findIndex(({ eventId }, index) => eventId !== events[index]?.id);
  if (differs >= 0 || inSequence.length !== events.length)
    throw new Violation(
      'I7',
      `webhook ${differs + 1} of ${inSequence.length} is not event ${events[differs]?.id}`,
    );
}
