// What is owed over all tenants, against a plain reading of the table.
import { expect, it } from 'vitest';
import { createDepot } from '../../../test/depot.ts';
import { createFeaturesWorld } from '../../../test/features-world.ts';
import { createNoticeDesk } from '../../../test/notice-desk.ts';
import { createOwedStore } from './owed-store.ts';

it('each channel on which something waits is found with what is due first, whatever waits behind it', async () => {
  const world = createFeaturesWorld();
  world.outside.answer = () => ({ kind: 'failed', reason: 'connection' });
  const desks = [createNoticeDesk(world), createNoticeDesk(world, createDepot(world, 2))];
  for (const desk of desks)
    for (const name of ['a', 'b', 'c'])
      desk.rule(['power'], [desk.channel({ kind: 'webhook', address: `https://${name}.example.jp/` })]);
  for (let count = 0; count < 12; count++) {
    for (const { depot } of desks) {
      depot.box.write(count % 2 === 0 ? 'mains-lost' : 'mains-restored');
      depot.box.report();
    }
    await desks[0]?.pass(7_000);
  }
  const plain = world.database
    .prepare(
      `SELECT tenant_id AS tenantId, channel_id AS channelId, min(due_at_ms) AS dueAtMs FROM notice_delivery
       WHERE state = 'pending' GROUP BY tenant_id, channel_id`,
    )
    .all() as ReturnType<ReturnType<typeof createOwedStore>['channels']>;
  const owed = createOwedStore(world.database).channels();
  const byChannel = (all: typeof owed) =>
    all.toSorted((one, other) => (one.channelId < other.channelId ? -1 : 1));
  expect(owed).toHaveLength(6);
  expect(byChannel(owed)).toEqual(byChannel(plain));
  const due = owed.map(({ dueAtMs }) => dueAtMs);
  expect(due).toEqual(due.toSorted((one, other) => one - other));
  for (const { stop } of desks) stop();
});
