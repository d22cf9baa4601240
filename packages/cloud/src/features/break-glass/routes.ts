// HTTP of break-glass: make a file, list who made one, import what was done with it.

import { ProtocolError, passphraseToBytes } from '@smartbox/protocol';
import { Type } from 'typebox';
import { invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Emergency } from '../emergency/index.ts';
import type { BoxToday, ExportedBox } from './export.ts';
import {
  exportOrderSchema,
  exportSchema,
  importedSchema,
  shortestPassphrase,
  showExport,
  showImported,
  usesSchema,
} from './export-resource.ts';
import { type ImportPorts, importUses } from './import-uses.ts';
import { type ExportPorts, exportContentType, makeExport } from './make-export.ts';

/** What the routes need. */
export interface BreakGlassDesk extends ExportPorts, ImportPorts {
  readonly emergency: Pick<Emergency, 'secrets' | 'sheetGeneration'>;
  readonly tenants: ExportPorts['tenants'];
}

/** Fewer different characters are a pattern, not a passphrase. */
const fewestCharacters = 5;

/** The routes of break-glass. */
export function breakGlassRoutes(desk: BreakGlassDesk): readonly Route[] {
  return [exportFile(desk), listExports(desk), importRecords(desk)];
}

function exportFile(desk: BreakGlassDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/break-glass-exports',
    permission: 'emergency:write',
    operationId: 'exportBreakGlass',
    tenantWide: true,
    summary:
      'Make a break-glass file: sheets, inventory and phone answers of all boxes, for the day without a server',
    description:
      'The answer is the file, sealed under the passphrase (Argon2id). smartbox break-glass and the break-glass page open it with no network. It is stored nowhere. Make another one after printing a new sheet or claiming a box.',
    tag: 'emergency',
    stepUp: true,
    secretBody: true,
    body: exportOrderSchema,
    responses: { 201: { fileTypes: [exportContentType] } },
    ratePerMinute: 6,
    handle: ({ principal, body: { passphrase } }) => {
      requireStrength(passphrase);
      return { status: 201, file: makeExport(desk, principal, passphrase) };
    },
  });
}

function listExports(desk: BreakGlassDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/break-glass-exports',
    permission: 'emergency:read',
    operationId: 'listBreakGlassExports',
    tenantWide: true,
    summary: 'List the break-glass files that were made: by whom, when, and whether they are still current',
    description: 'The newest first. No secret is in the answer.',
    tag: 'emergency',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(exportSchema) },
    handle: ({ principal: { tenantId }, query }) => {
      const body = readPage(query, {
        load: (after, limit) => desk.stores(tenantId).list(after && String(after[0]), limit),
        keyOf: ({ exportId }) => [exportId],
        show: (made) => showExport(made, (boxId) => boxToday(desk, tenantId, boxId)),
      });
      return { body };
    },
  });
}

function importRecords(desk: BreakGlassDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/break-glass-uses',
    permission: 'emergency:write',
    operationId: 'importBreakGlassUses',
    tenantWide: true,
    summary: 'Import what was done with break-glass files while this server was away',
    description:
      'Each record is verified by the signature of its file and by the record before it, and is stored once: importing again changes nothing. Lines that are not believed are named with the reason; the others are taken.',
    tag: 'emergency',
    body: usesSchema,
    responses: { 200: importedSchema },
    ratePerMinute: 30,
    handle: ({ principal, body, language }) => ({
      body: showImported(importUses(desk, principal, body.uses), language),
    }),
  });
}

function boxToday(desk: BreakGlassDesk, tenantId: TenantId, boxId: ExportedBox['boxId']): BoxToday {
  const box = desk.boxes.find(tenantId, boxId)?.box;
  return {
    claimedAtMs: box === undefined || box.life === 'released' ? null : box.claimedAtMs,
    generation: desk.emergency.sheetGeneration(tenantId, boxId),
  };
}

/** @throws CloudError `invalid-request` */
function requireStrength(passphrase: string): void {
  const folded = passphrase.normalize('NFKC').trim();
  const letters = [...folded];
  const simple = new Set(letters).size < fewestCharacters || letters.length < shortestPassphrase;
  if (simple) {
    throw invalidField('/body/passphrase', 'too-simple', {
      ja: '12 文字以上で、同じ文字の繰り返しを避け、いくつかの単語を組み合わせてください。',
      en: 'Use at least 12 characters, and not the same few again: combine several words.',
    });
  }
  try {
    passphraseToBytes(passphrase);
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw invalidField('/body/passphrase', 'not-typeable', {
      ja: '制御文字は使えません。',
      en: 'Control characters cannot be typed.',
    });
  }
}
