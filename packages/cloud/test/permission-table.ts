// The committed table of who may call what: every route against every role, written from the routes and from the table
// of roles, so that a change of either is seen in review.

import { permissions } from '../src/platform/permissions.ts';
import { personRoles, rolePermissions } from '../src/platform/roles.ts';
import type { Route } from '../src/platform/route.ts';
import { createFeaturesWorld } from './features-world.ts';

const columns = [...personRoles, 'machine'] as const;

/** What a role gets at a route. `listed`: where the token lists the permission. */
export type Reach = 'yes' | 'no' | 'listed' | 'public';

/** @returns what a role gets at a route, by the tables alone */
export function reachOf(route: Route, role: (typeof columns)[number]): Reach {
  if (route.permission === 'public') return 'public';
  if (role === 'machine') return 'listed';
  return rolePermissions[role].includes(route.permission) ? 'yes' : 'no';
}

/** docs/permissions.md as it is committed. */
export function describePermissions(): string {
  const routes = createFeaturesWorld()
    .features.routes.map((route) => ({ route, name: nameOf(route) }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  return [
    '# Who may do what',
    '',
    'Written by `pnpm print` from the declared routes and the table of roles; a test says when it was forgotten. A person',
    'has one role, over the whole organisation or over the locations that the person is given: there, what stands at other',
    'locations answers like ids that nobody has, and routes marked † are refused. A machine is an API token: it may do what',
    'its own list of permissions says (△) and never more than whoever made it. ‡ asks for a step-up.',
    '',
    '## Permissions',
    '',
    row(['permission', 'lets', ...personRoles]),
    row(['---', '---', ...personRoles.map(() => ':-:')]),
    ...Object.entries(permissions).map(([permission, meaning]) =>
      row([
        `\`${permission}\``,
        meaning,
        ...personRoles.map((role) => mark(rolePermissions[role].some((one) => one === permission))),
      ]),
    ),
    '',
    '## Routes',
    '',
    row(['route', 'permission', ...columns]),
    row(['---', '---', ...columns.map(() => ':-:')]),
    ...routes.map(({ route, name }) =>
      row([
        `\`${name}\`${route.tenantWide === true ? ' †' : ''}${route.stepUp === true ? ' ‡' : ''}`,
        route.permission === 'public' ? 'public' : `\`${route.permission}\``,
        ...columns.map((role) => reachMarks[reachOf(route, role)]),
      ]),
    ),
    '',
  ].join('\n');
}

const reachMarks: Readonly<Record<Reach, string>> = { yes: '●', no: '', listed: '△', public: '●' };

function mark(has: boolean): string {
  return has ? '●' : '';
}

/** `/v1/boxes/:box_id GET`: routes of one resource stand together. */
function nameOf(route: Route): string {
  return `${route.url} ${route.kind === 'stream' ? 'GET' : route.method}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
