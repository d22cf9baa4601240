// HTTP of imports: a list of keys, or of people, as a CSV file; tried first, then taken whole or not at all.

import { type Static, Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { defineRoute, type Route, type RouteCall, type Upload, uploadSchema } from '../../platform/route.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import type { People } from '../people/index.ts';
import { type Column, keyColumns, personColumns } from './column.ts';
import { createJudge, type Judged } from './judge.ts';
import { keyKind } from './key-kind.ts';
import { importLimits } from './limits.ts';
import { personKind } from './person-kind.ts';
import { createPlaceNames } from './places.ts';
import { pointerOf, reportSchema, showReport } from './report.ts';
import type { Cells } from './row.ts';
import type { ReferenceStore } from './store.ts';
import { type TakenFile, takeFile } from './take-file.ts';

/** What the routes need. */
export interface ImportDesk {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly keys: Pick<Keys, 'find' | 'byFob' | 'draft' | 'add' | 'change'>;
  readonly people: Pick<People, 'person' | 'byMail' | 'draft' | 'add' | 'change'>;
  readonly locations: Pick<Locations, 'all'>;
  readonly references: (tenantId: TenantId) => ReferenceStore;
}

const upload: Upload = { contentType: 'text/csv', maxBytes: importLimits.bytes };

const query = Type.Object(
  {
    dry_run: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'Only tell what would become of each row; true unless given.',
      }),
    ),
  },
  { additionalProperties: false },
);

const facts = {
  method: 'POST',
  tag: 'files',
  query,
  upload,
  responses: { 200: reportSchema },
  ratePerMinute: 20,
} as const;

const description = `The first row names the columns, in English or Japanese; docs/imports.md has them all. A row with an id, or with a \
reference that is known, changes what it names; another makes something new. While one row is faulty nothing is imported. \
At most ${importLimits.rows} rows and ${importLimits.bytes / 1_024} KB.`;

/** The routes of imports. */
export function importRoutes(desk: ImportDesk): readonly Route[] {
  return [importKeys(desk), importPeople(desk)];
}

function importKeys(desk: ImportDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/imports/keys',
    permission: 'keys:write',
    operationId: 'importKeys',
    summary: 'Import keys from a CSV file',
    description,
    body: uploadSchema(
      upload,
      'Columns: id, reference, name, location, fob_label, fob_tag.',
      'name,location,fob_label,fob_tag\r\nVan 7,新宿,A-07,04:A1:B2:C3:D4:E5:F6\r\n',
    ),
    handle: (call) => {
      const { principal } = call;
      const places = createPlaceNames(desk.locations.all(principal.tenantId), principal.scope);
      const kind = keyKind(desk.keys, principal, places);
      const judge = createJudge(kind, desk.references(principal.tenantId));
      return { body: run(desk, call, { what: 'keys', columns: keyColumns, judge }) };
    },
  });
}

function importPeople(desk: ImportDesk): Route {
  return defineRoute({
    ...facts,
    url: '/v1/imports/people',
    permission: 'people:write',
    operationId: 'importPeople',
    summary: 'Import people from a CSV file',
    description: `${description} Nobody is made mightier than the caller, and owners are left alone.`,
    body: uploadSchema(
      upload,
      'Columns: id, reference, name, mail, phone, language, role, locations, ends_at.',
      'reference,氏名,メール,電話,役割,設置場所\r\n1001,山田 花子,hanako@example.jp,+81 3 1234 5678,operator,新宿 | 渋谷\r\n',
    ),
    handle: (call) => {
      const { principal } = call;
      const places = createPlaceNames(desk.locations.all(principal.tenantId), principal.scope);
      const kind = personKind(desk.people, principal, places);
      const judge = createJudge(kind, desk.references(principal.tenantId));
      return { body: run(desk, call, { what: 'people', columns: personColumns, judge }) };
    },
  });
}

function run(
  desk: ImportDesk,
  call: Pick<
    RouteCall<unknown, Static<typeof query>, Uint8Array>,
    'principal' | 'query' | 'body' | 'language'
  >,
  list: {
    readonly what: 'keys' | 'people';
    readonly columns: readonly Column[];
    readonly judge: (rowNumber: number, cells: Cells) => Judged;
  },
): Static<typeof reportSchema> {
  const { principal, body, language } = call;
  const file = takeFile(body, list.columns, list.judge);
  if (call.query.dry_run !== false) return showReport(file, language, undefined);
  if (file.faults.length > 0) throw nothingImported(file);
  const made = new Map<number, string>();
  for (const { row, judged } of file.rows) {
    if (judged.outcome === 'make') made.set(row, judged.apply());
    else if (judged.outcome === 'change') judged.apply();
  }
  const report = showReport(file, language, made);
  desk.events.publish('fact-established', {
    ...{ tenantId: principal.tenantId, type: 'import.done', occurredAtMs: Math.floor(desk.clock.nowMs()) },
    data: {
      ...{ what: list.what, made: report.made, changed: report.changed, left: report.left },
      ...{ token_id: principal.tokenId, by_person_id: principal.personId },
    },
  });
  return report;
}

function nothingImported(file: TakenFile): CloudError {
  const { faults } = file;
  return new CloudError('invalid-request', {
    detail: {
      ja: '何も取り込みませんでした。errors のセルを直して、もう一度送ってください。',
      en: 'Nothing was imported. Correct the cells named in errors and send the file again.',
    },
    errors: faults.slice(0, importLimits.faults).map((fault) => ({
      pointer: pointerOf(file, fault),
      code: fault.code,
      detail: fault.detail,
    })),
  });
}
