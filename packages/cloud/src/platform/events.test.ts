// Features tell each other: some take part in the transaction, the others hear after the commit.

import { describe, expect, it } from 'vitest';
import { FixedPorts } from '../../test/fixed-ports.ts';
import { createCommitGroup } from './commit-group.ts';
import { openDatabase } from './database.ts';
import { createEventBus } from './events.ts';

function world() {
  const ports = new FixedPorts();
  const steps: string[] = [];
  const database = openDatabase({ path: ':memory:', migrations: [] });
  const group = createCommitGroup({
    database,
    defer: ports.defer,
    hooks: { committed: () => steps.push('committed') },
  });
  return { ports, steps, group, bus: createEventBus(group) };
}

describe('the event bus', () => {
  it('tells those who joined inside the transaction, the others after its commit', () => {
    const { ports, steps, group, bus } = world();
    bus.join('box-disconnected', () => steps.push('joined'));
    bus.on('box-disconnected', () => steps.push('heard'));
    group.enqueue(
      () => bus.publish('box-disconnected', { boxId: 'B' as never }),
      () => steps.push('settled'),
    );
    ports.drain();
    expect(steps).toEqual(['joined', 'committed', 'heard', 'settled']);
  });

  it('tells nobody outside of what was undone', async () => {
    const { ports, steps, group, bus } = world();
    bus.join('box-disconnected', () => {
      throw new RangeError('cannot record this');
    });
    bus.on('box-disconnected', () => steps.push('heard'));
    const work = group.run(() => bus.publish('box-disconnected', { boxId: 'B' as never }));
    ports.drain();
    await expect(work).rejects.toThrow('cannot record this');
    expect(steps).toEqual(['committed']);
  });

  it('stops telling who has left', () => {
    const { steps, bus } = world();
    const leave = bus.on('box-disconnected', () => steps.push('heard'));
    leave();
    bus.publish('box-disconnected', { boxId: 'B' as never });
    expect(steps).toEqual([]);
  });
});
