// HTTP of exports: everything as lines of JSON, keys and people as CSV.

import { Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import { defineRoute, type LongFileAnswer, type Route } from '../../platform/route.ts';
import { everythingLines, type Telling } from './everything.ts';
import { keyLines, type ListPorts, personLines } from './lists.ts';

/** What the routes need. */
export interface ExportDesk extends ListPorts {
  readonly clock: Clock;
  /** Every route whose lists are exported. */
  readonly routes: readonly Route[];
  readonly tellings: (tenantId: TenantId) => readonly Telling[];
}

const linesType = 'application/x-ndjson';
const csvType = 'text/csv; charset=utf-8';

const guarded = {
  method: 'GET',
  permission: 'exports:read',
  tag: 'files',
  tenantWide: true,
  stepUp: true,
  audited: true,
  ratePerMinute: 10,
} as const;

/** The routes of exports. */
export function exportRoutes(desk: ExportDesk): readonly Route[] {
  return [exportEverything(desk), exportKeys(desk), exportPeople(desk)];
}

function exportEverything(desk: ExportDesk): Route {
  return defineRoute({
    ...guarded,
    url: '/v1/exports',
    operationId: 'exportEverything',
    summary: 'Take everything that the organisation has away as lines of JSON',
    description:
      'Each line has a kind and an item as the API shows it, people in full; never digits of codes, never secrets. The last line is of the kind end and counts the others: without it the file was cut. What changes while the file is made may be in it or not. The audit has a file of its own: /v1/audit/export.',
    query: Type.Object(
      {
        history: Type.Optional(
          Type.Boolean({ description: 'The ledger and the deliveries of notices too; false unless given.' }),
        ),
      },
      { additionalProperties: false },
    ),
    responses: { 200: { fileTypes: [linesType] } },
    handle: ({ principal, query }) => {
      const atMs = Math.floor(desk.clock.nowMs());
      const order = { caller: principal, withHistory: query.history === true, atMs };
      const pieces = () => everythingLines(desk.routes, desk.tellings(principal.tenantId), order);
      return { longFile: file('export', 'ndjson', { desk, contentType: linesType, pieces }) };
    },
  });
}

function exportKeys(desk: ExportDesk): Route {
  return defineRoute({
    ...{ method: 'GET', permission: 'keys:read', tag: 'files', ratePerMinute: 10 },
    url: '/v1/exports/keys',
    operationId: 'exportKeys',
    summary: 'Take the keys away as a CSV file that can be imported again',
    responses: { 200: { fileTypes: [csvType] } },
    handle: ({ principal }) => {
      const pieces = () => keyLines(desk, principal);
      return { longFile: file('keys', 'csv', { desk, contentType: csvType, pieces }) };
    },
  });
}

function exportPeople(desk: ExportDesk): Route {
  return defineRoute({
    ...guarded,
    url: '/v1/exports/people',
    operationId: 'exportPeople',
    summary: 'Take the people away, in full, as a CSV file that can be imported again',
    responses: { 200: { fileTypes: [csvType] } },
    handle: ({ principal }) => {
      const pieces = () => personLines(desk, principal);
      return { longFile: file('people', 'csv', { desk, contentType: csvType, pieces }) };
    },
  });
}

function file(
  what: string,
  ending: string,
  made: Pick<LongFileAnswer, 'contentType' | 'pieces'> & { readonly desk: Pick<ExportDesk, 'clock'> },
): LongFileAnswer {
  const { desk, contentType, pieces } = made;
  const day = showInstant(desk.clock.nowMs()).slice(0, 10);
  return { contentType, fileName: `smartbox-${what}-${day}.${ending}`, pieces };
}
