// Hands owed text messages to the provider, and asks it later what became of them. The table is its only memory: what
// was under way when the cloud died is still owed and goes again. A provider that hangs holds up a few at a time.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { TextMessages } from '../../platform/text-messages.ts';
import type { People } from '../people/index.ts';
import type { DueText, DueTexts, TextStore } from './store.ts';
import { afterLook, afterTry, type OwedText, type TextProgress, textLimits } from './text-message.ts';

/** What the courier is made of. */
export interface CourierPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly commitGroup: CommitGroup;
  readonly events: EventBus;
  readonly provider: TextMessages | undefined;
  readonly people: Pick<People, 'phoneOf'>;
  readonly texts: (tenantId: TenantId) => TextStore;
  readonly due: DueTexts;
  /** Opens what was sealed. */
  bodyOf(tenantId: TenantId, message: OwedText): string | undefined;
}

/** See the head of this file. */
export interface Courier {
  /** Something may be due now. */
  wake(): void;
  /** Goes round from now on. @returns a function that stops it */
  start(): Cancel;
}

/** Exchanges with the provider at once. */
const atOnce = 16;
/** After a failed commit nothing is known to be sent; the disk gets this much time. */
const breathMs = 5_000;
const longestSleepMs = 3_600_000;

/** Makes one. */
export function createCourier(ports: CourierPorts): Courier {
  const { clock, timers, commitGroup } = ports;
  const underWay = new Set<string>();
  let running = false;
  let alarm: { readonly atMs: number; readonly cancel: Cancel } | undefined;

  const wakeIn = (delayMs: number): void => {
    if (!running) return;
    const atMs = clock.monotonicMs() + delayMs;
    if (alarm !== undefined && alarm.atMs <= atMs) return;
    alarm?.cancel();
    alarm = { atMs, cancel: timers.after(delayMs, round) };
  };

  const carry = (due: DueText): void => {
    underWay.add(due.messageId);
    void exchange(ports, due).then((progress) => {
      if (!running) return;
      commitGroup.enqueue(
        () => keep(ports, due, progress),
        ({ kind }) => {
          const done = (): void => {
            underWay.delete(due.messageId);
            wakeIn(0);
          };
          if (kind === 'committed') done();
          else timers.after(breathMs, done);
        },
      );
    });
  };

  const round = (): void => {
    alarm = undefined;
    if (!running) return;
    const nowMs = clock.nowMs();
    const waiting = ports.due.next(2 * atOnce).filter(({ messageId }) => !underWay.has(messageId));
    for (const due of waiting) if (due.dueAtMs <= nowMs && underWay.size < atOnce) carry(due);
    // Whatever is under way wakes us when it is done.
    const later = waiting.find(({ dueAtMs }) => dueAtMs > nowMs);
    if (later !== undefined) wakeIn(Math.min(longestSleepMs, later.dueAtMs - nowMs));
  };

  return {
    wake: () => wakeIn(0),
    start: () => {
      running = true;
      const stopBroom = watchAge(ports);
      wakeIn(0);
      return () => {
        running = false;
        alarm?.cancel();
        alarm = undefined;
        stopBroom();
      };
    },
  };
}

// Never rejects: whatever goes wrong is an outcome of this message.
async function exchange(ports: CourierPorts, due: DueText): Promise<TextProgress | undefined> {
  const { clock, provider } = ports;
  const message = ports.texts(due.tenantId).get(due.messageId);
  if (message === undefined) return undefined;
  const nowMs = (): number => Math.floor(clock.nowMs());
  if (message.state === 'accepted') {
    const delivery = await provider?.delivery(message.providerId ?? '').catch(() => undefined);
    return afterLook(message, delivery ?? { kind: 'pending' }, nowMs());
  }
  const failed = (reason: string) => afterTry(message, { kind: 'failed', reason }, nowMs());
  if (provider === undefined) return failed('no-provider');
  if (nowMs() >= message.expiresAtMs) return failed(message.reason ?? 'too-late');
  // The number is read now: who was erased meanwhile is told nothing.
  const to = ports.people.phoneOf(due.tenantId, message.personId);
  const body = ports.bodyOf(due.tenantId, message);
  if (to === undefined || body === undefined) return failed('no-phone');
  const outcome = await provider.send({ to, body }).catch(() => undefined);
  return afterTry(message, outcome ?? { kind: 'again', reason: 'internal', afterMs: undefined }, nowMs());
}

function keep(
  ports: CourierPorts,
  { tenantId, messageId }: DueText,
  progress: TextProgress | undefined,
): void {
  const store = ports.texts(tenantId);
  const message = store.get(messageId);
  if (message === undefined || progress === undefined) return;
  store.move(messageId, progress);
  if (progress.state !== 'failed') return;
  const { personId, locationId, boxId } = message;
  ports.events.publish('fact-established', {
    ...{ tenantId, locationId, boxId },
    type: 'text_message.failed',
    occurredAtMs: progress.settledAtMs ?? message.createdAtMs,
    data: {
      text_message_id: messageId,
      person_id: personId,
      because: (progress.reason ?? '').replaceAll('-', '_'),
    },
  });
}

/** Throws old records away, now and every hour. */
function watchAge({ clock, timers, commitGroup, due }: CourierPorts): Cancel {
  let cancel: Cancel = () => {};
  const sweep = (): void => {
    commitGroup.enqueue(
      () => due.purge(clock.nowMs() - textLimits.keptMs),
      () => {},
    );
    cancel = timers.after(longestSleepMs, sweep);
  };
  sweep();
  return () => cancel();
}
