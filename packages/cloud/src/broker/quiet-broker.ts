// aedes with its routing switched off: no message of a box is ever passed on to another client,
// and the broker's own `$SYS` announcements (which let a client disconnect another in the past)
// are not made. What remains is what we want of it: MQTT 3.1.1 connections.

import { Aedes, type AedesOptions } from 'aedes';
import { noPersistence } from './no-persistence.ts';

const settings = {
  persistence: noPersistence,
  connectTimeout: 5_000,
  keepaliveLimit: 300,
  queueLimit: 16,
  drainTimeout: 15_000,
  maxInflightInbound: 16,
  maxTopicLevels: 6,
  maxClientsIdLength: 23,
} as const satisfies AedesOptions;

/** A broker that connects and routes nothing. */
export class QuietBroker extends Aedes {
  constructor(
    hooks: Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'>,
  ) {
    super({ ...settings, ...hooks });
  }

  override publish(...parts: readonly unknown[]): void {
    callLast(parts);
  }

  override subscribe(...parts: readonly unknown[]): void {
    callLast(parts);
  }

  override unsubscribe(...parts: readonly unknown[]): void {
    callLast(parts);
  }
}

function callLast(parts: readonly unknown[]): void {
  const done = parts.at(-1);
  if (typeof done === 'function') done();
}
