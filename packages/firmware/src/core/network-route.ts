// Over which network the box connects: the one that it was installed with first, the second one where that fails,
// then by turns. A box that had to go over a phone tries home again now and then, while nobody stands before it, so
// that it goes home by itself. Pure; the composition asks it at every connection.
import { boxLimits } from './limits.ts';

export interface NetworkRoute {
  /** The connection goes over this network, or went over it last. */
  readonly on: 'home' | 'second';
  /** The next connection goes over this one, where there is a second. */
  readonly next: 'home' | 'second';
  /** A session was live over this connection. */
  readonly worked: boolean;
  /** Over the second network: when home is tried again, monotonic ms. */
  readonly homeDueMs: number | undefined;
}

/** @returns the route of a box that has not connected yet */
export function newRoute(): NetworkRoute {
  return { on: 'home', next: 'home', worked: false, homeDueMs: undefined };
}

/** A connection is made now. @param hasSecond whether a second network is known */
export function routeTaken(route: NetworkRoute, hasSecond: boolean): NetworkRoute {
  const on = hasSecond ? route.next : 'home';
  return { on, next: on === 'home' ? 'second' : 'home', worked: false, homeDueMs: undefined };
}

/** A session is live over the connection: once it is lost, home comes first again. */
export function routeWorked(route: NetworkRoute, nowMs: number): NetworkRoute {
  const homeDueMs = route.on === 'second' ? nowMs + boxLimits.homeAgainMs : undefined;
  return { ...route, next: 'home', worked: true, homeDueMs };
}

/** The next connection shall go over this network. */
export function routeTo(route: NetworkRoute, next: 'home' | 'second'): NetworkRoute {
  return { ...route, next };
}

/** @returns when home is tried again, if it is; @param lastPersonMs when somebody was last at the box */
export function homeAgainDueMs(route: NetworkRoute, lastPersonMs: number): number | undefined {
  return route.homeDueMs === undefined
    ? undefined
    : Math.max(route.homeDueMs, lastPersonMs + boxLimits.quietMs);
}
