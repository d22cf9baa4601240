// Enrolment does not need a good day: frames get lost, repeated, delayed and altered while a box is claimed.
import { describe, expect, it } from 'vitest';
import { foulWeather } from '../src/world/hostile-network.ts';
import { World } from '../src/world/world.ts';

describe('a box is enrolled over a bad line', () => {
  it('ends up claimed, online and with its keys known, whatever was lost on the way (SEC-08)', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const world = new World(seed);
      world.enemy.weather = foulWeather;
      await world.begin(1);
      await world.calm();
      world.pass(180_000);
      const [box] = world.site.boxes;
      const { operator } = world.site;
      expect(world.host.cloud.connectedBoxes(), `seed ${seed}`).toEqual([box?.boxId]);
      const page = world.host.call(operator, 'listKeys', { query: { limit: 100 } });
      const keys = page.data as readonly { readonly where: { readonly status: string } }[];
      expect(keys.map(({ where }) => where.status)).toEqual(keys.map(() => 'in_bin'));
    }
  });
});
