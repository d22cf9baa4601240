// What becomes of notices to somebody's own mail address or phone when that person is erased: the channel goes with the
// address, and rules go on with their next one.

import type { TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { HandOverPorts } from './hand-over.ts';
import { passOn } from './record-attempt.ts';

/** @returns what removes the channels of a person whose address is still known, and says whether there were any */
export function ownChannelRemover(
  ports: HandOverPorts & { readonly kept: readonly KeptOfPerson[] },
): (of: { readonly tenantId: TenantId; readonly personId: string }) => boolean {
  return ({ tenantId, personId }) => {
    const own = ports.kept.flatMap(({ rows }) => rows(tenantId, personId)).map(({ id }) => String(id));
    for (const channelId of own) {
      ports.channels(tenantId).remove(channelId);
      tellRemoved(ports, tenantId, channelId);
      passOn(ports, tenantId, channelId);
    }
    return own.length > 0;
  };
}

function tellRemoved(ports: HandOverPorts, tenantId: TenantId, channelId: string): void {
  ports.events.publish('fact-established', {
    ...{ tenantId, type: 'notice.channel_off', occurredAtMs: Math.floor(ports.clock.nowMs()) },
    data: { channel_id: channelId, because: 'person-erased' },
  });
}
