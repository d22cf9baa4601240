// Ends a code for good and tells it, once.

import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { CodeEnd, KeyCode } from './key-code.ts';
import type { AccessStore } from './store.ts';

/** @returns whether this ended it; a code that had ended already stays as it ended */
export function endCode(
  ports: { readonly events: EventBus; readonly access: (tenantId: TenantId) => AccessStore },
  tenantId: TenantId,
  end: { readonly code: KeyCode; readonly because: CodeEnd; readonly atMs: number },
): boolean {
  const { code, because, atMs } = end;
  const ended = ports.access(tenantId).endCode(code, because, atMs);
  if (ended) {
    const { locationId, keyId, codeId } = code;
    ports.events.publish('code-ended', { tenantId, codeId, because, atMs });
    const data = { because: because.replace('-', '_') };
    ports.events.publish('fact-established', {
      ...{ tenantId, locationId, keyId, codeId, data },
      type: 'code.ended',
      occurredAtMs: atMs,
    });
  }
  return ended;
}
