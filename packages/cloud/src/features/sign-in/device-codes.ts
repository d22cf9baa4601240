// Programs that wait to be let in, and what people answered. In memory: whoever asks is a stranger, and where he asks
// from is personal, so neither outlives the ten minutes nor a restart.

import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import { addWrongTry, nextTryAtMs, triesLeft, type WrongTries } from '../step-up/index.ts';
import { deviceCodeTimes, isTooSoon, newUserCode, plainUserCode } from './device-code.ts';
import { base64url } from './passkey-ceremony.ts';
import { createShortLived } from './short-lived.ts';
import type { PersonOf } from './store.ts';

/** A program that asks to be let in. */
export interface DeviceRequest {
  /** As it calls itself: nothing that anybody checked. */
  readonly clientName: string;
  /** Where it asks from, as far as this server can see. */
  readonly address: string;
  readonly askedAtMs: number;
}

/** What a program hears. */
export type Polled =
  | { readonly kind: 'pending' | 'slow-down' | 'denied' | 'expired' }
  | { readonly kind: 'approved'; readonly of: PersonOf; readonly clientName: string };

/** What a person finds by a code. `triesLeft`: wrong codes that are still looked at. */
export type Found =
  | { readonly kind: 'found'; readonly request: DeviceRequest }
  | { readonly kind: 'unknown'; readonly triesLeft: number }
  | { readonly kind: 'wait'; readonly untilMs: number };

/** Programs that wait. */
export interface DeviceCodes {
  /** @returns the two codes; the program keeps the one, the person types the other */
  begin(request: Pick<DeviceRequest, 'clientName' | 'address'>): {
    readonly deviceCode: string;
    readonly userCode: string;
  };
  /** What waits behind a code that this person typed. Wrong ones are counted. */
  find(of: PersonOf, userCode: string): Found;
  /** The person's answer; of a code that {@link find} has found. */
  answer(userCode: string, answer: { readonly approvedBy: PersonOf } | 'denied'): void;
  poll(deviceCode: string): Polled;
  /** Takes back what this person has approved and nobody has fetched. */
  forget(of: PersonOf): void;
}

interface Waiting extends DeviceRequest {
  answer: { readonly approvedBy: PersonOf } | 'denied' | undefined;
  lastMs: number | null;
  intervalMs: number;
}

/** Programs that wait at once: beyond, the oldest go. */
const waitingAtMost = 10_000;

/** 256 bits: there is nothing to guess. */
const deviceCodeBytes = 32;

/** How long wrong codes of a person count. */
const triesMs = 900_000;

/** Nobody waits yet. */
export function createDeviceCodes(ports: { readonly clock: Clock; readonly entropy: Entropy }): DeviceCodes {
  const { clock, entropy } = ports;
  const bounds = { lifeMs: deviceCodeTimes.lifeMs, most: waitingAtMost };
  const byDevice = createShortLived<Waiting>(clock, bounds);
  const byUser = createShortLived<Waiting>(clock, bounds);
  const wrongTries = createShortLived<WrongTries>(clock, { lifeMs: triesMs, most: waitingAtMost });

  const freeUserCode = (): string => {
    for (;;) {
      const code = newUserCode(entropy);
      if (byUser.get(code) === undefined) return code;
    }
  };
  return {
    begin: ({ clientName, address }) => {
      const askedAtMs = Math.floor(clock.nowMs());
      const { intervalMs } = deviceCodeTimes;
      const waiting = { clientName, address, askedAtMs, answer: undefined, lastMs: null, intervalMs };
      const deviceCode = base64url(entropy.bytes(deviceCodeBytes));
      const userCode = freeUserCode();
      byDevice.keep(deviceCode, waiting);
      byUser.keep(userCode, waiting);
      return { deviceCode, userCode };
    },
    find: ({ tenantId, personId }, userCode) => {
      const who = `${tenantId} ${personId}`;
      const nowMs = Math.floor(clock.nowMs());
      const wrong = wrongTries.get(who) ?? [];
      if (triesLeft(wrong, nowMs) === 0) return { kind: 'wait', untilMs: nextTryAtMs(wrong, nowMs) };
      const request = byUser.get(plainUserCode(userCode));
      if (request !== undefined && request.answer === undefined) return { kind: 'found', request };
      const counted = addWrongTry(wrong, nowMs);
      wrongTries.keep(who, counted);
      return { kind: 'unknown', triesLeft: triesLeft(counted, nowMs) };
    },
    answer: (userCode, answer) => {
      const waiting = byUser.take(plainUserCode(userCode));
      if (waiting !== undefined) waiting.answer = answer;
    },
    poll: (deviceCode) => {
      const waiting = byDevice.get(deviceCode);
      if (waiting === undefined) return { kind: 'expired' };
      const nowMs = clock.nowMs();
      const isSoon = isTooSoon(waiting, nowMs);
      waiting.lastMs = nowMs;
      if (isSoon) {
        waiting.intervalMs += deviceCodeTimes.slowerMs;
        return { kind: 'slow-down' };
      }
      if (waiting.answer === undefined) return { kind: 'pending' };
      byDevice.take(deviceCode);
      if (waiting.answer === 'denied') return { kind: 'denied' };
      return { kind: 'approved', of: waiting.answer.approvedBy, clientName: waiting.clientName };
    },
    forget: ({ tenantId, personId }) =>
      byDevice.drop(({ answer }) => {
        if (answer === undefined || answer === 'denied') return false;
        const { approvedBy } = answer;
        return approvedBy.tenantId === tenantId && approvedBy.personId === personId;
      }),
  };
}
