import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { homeAgainDueMs, newRoute, routeTaken, routeTo, routeWorked } from './network-route.ts';

describe('the route', () => {
  it('begins at home, goes to the second network after a failure, then by turns', () => {
    const first = routeTaken(newRoute(), true);
    const second = routeTaken(first, true);
    expect([first.on, second.on, routeTaken(second, true).on]).toEqual(['home', 'second', 'home']);
  });

  it('never leaves home where there is no second network', () => {
    const away = routeTo(routeTaken(newRoute(), false), 'second');
    expect(routeTaken(away, false).on).toBe('home');
  });

  it('begins at home again after a session, over whichever network it was', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('taken', 'worked', 'second'), { maxLength: 20 }), (events) => {
        let route = newRoute();
        for (const event of events) {
          if (event === 'taken') route = routeTaken(route, true);
          else if (event === 'worked') route = routeWorked(route, 1_000);
          else route = routeTo(route, 'second');
        }
        expect(routeTaken(routeWorked(route, 2_000), true).on).toBe('home');
        expect(routeWorked(route, 0).homeDueMs !== undefined).toBe(route.on === 'second');
      }),
    );
  });

  it('asks for home again after a quarter of an hour over a phone, a minute after the last person', () => {
    const second = routeTaken(routeTo(newRoute(), 'second'), true);
    expect(homeAgainDueMs(routeWorked(second, 0), 0)).toBe(900_000);
    expect(homeAgainDueMs(routeWorked(second, 0), 890_000)).toBe(950_000);
    expect(homeAgainDueMs(second, 0)).toBeUndefined();
  });
});
