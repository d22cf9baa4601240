// HTTP of key codes: make, read, change, end.

import type { Static } from 'typebox';
import { Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { tidyText } from '../../platform/plain-text.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import type { Keys } from '../keys/index.ts';
import {
  type BookedCode,
  codeChangeSchema,
  codeSchema,
  issuedCodeSchema,
  newCodeSchema,
  readMoment,
  readUses,
  showCode,
} from './code-resource.ts';
import type { CodeChange } from './code-store.ts';
import { endCode } from './end-code.ts';
import { type CodeOrder, type IssuedCode, type IssuePorts, issueCode } from './issue-code.ts';
import { isEasyToGuess, type KeyCode, plainDigits } from './key-code.ts';

const params = Type.Object({ code_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export interface CodeDesk extends IssuePorts {
  readonly keys: Pick<Keys, 'find'>;
  booked(tenantId: TenantId, codeId: string): BookedCode | undefined;
}

/** The routes of key codes. */
export function codeRoutes(desk: CodeDesk): readonly Route[] {
  return [listCodes(desk), getCode(desk), createCode(desk), changeCode(desk), revokeCode(desk)];
}

function listCodes(desk: CodeDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/key-codes',
    permission: 'codes:read',
    operationId: 'listKeyCodes',
    summary: 'List key codes (never their digits)',
    tag: 'codes',
    query: Type.Object(
      {
        ...pageQuery,
        key_id: Type.Optional(Type.String({ maxLength: 64, description: 'Only of this key.' })),
        live: Type.Optional(Type.Boolean({ description: 'Only codes that have not ended.' })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: pageSchema(codeSchema) },
    handle: ({ principal: { tenantId, scope }, query }) => {
      const filter = {
        ...(query.key_id === undefined ? {} : { keyId: query.key_id }),
        liveOnly: query.live === true,
      };
      const nowMs = desk.clock.nowMs();
      const body = readPage(query, {
        load: (after, limit) => desk.access(tenantId).listCodes(filter, String(after?.[0] ?? ''), limit),
        keyOf: (code) => [code.codeId],
        show: (code) => showCode(code, desk.booked(tenantId, code.codeId), nowMs),
        scope,
        placeOf: ({ locationId }) => locationId,
      });
      return { body };
    },
  });
}

function getCode(desk: CodeDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/key-codes/:code_id',
    permission: 'codes:read',
    operationId: 'getKeyCode',
    summary: 'Read one key code (never its digits)',
    tag: 'codes',
    params,
    responses: { 200: codeSchema },
    handle: ({ principal: { tenantId }, params: { code_id } }) =>
      answer(desk, tenantId, findCode(desk, tenantId, code_id)),
  });
}

function createCode(desk: CodeDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/key-codes',
    permission: 'codes:write',
    operationId: 'createKeyCode',
    summary: 'Make a key code',
    description:
      'The digits are in this answer and in no other: they are stored as a keyed hash. The code opens the bin in which its key hangs, at any box of the key’s location.',
    tag: 'codes',
    body: newCodeSchema,
    responses: { 201: issuedCodeSchema },
    handle: ({ principal: { tenantId }, body, language }) => {
      const issued = issueCode(desk, tenantId, readOrder(desk, tenantId, body));
      if (issued.kind !== 'issued') throw notIssued(issued);
      const { code, digits } = issued;
      const warnings = isEasyToGuess(digits)
        ? [{ code: 'easy-to-guess', detail: easyToGuess[language] }]
        : [];
      const made = answer(desk, tenantId, code);
      return {
        ...made,
        status: 201,
        location: `/v1/key-codes/${code.codeId}`,
        body: { ...made.body, code: digits, warnings },
      };
    },
  });
}

function changeCode(desk: CodeDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/key-codes/:code_id',
    permission: 'codes:write',
    operationId: 'changeKeyCode',
    summary: 'Change when a key code is valid, or its label',
    description: 'Needs If-Match with the ETag that was read. A code that has ended stays as it is.',
    tag: 'codes',
    params,
    body: codeChangeSchema,
    responses: { 200: codeSchema },
    handle: (call) => {
      const { tenantId } = call.principal;
      const code = findCode(desk, tenantId, call.params.code_id);
      requireMatch(call, code.codeId, code.rev);
      if (code.endedAtMs !== null) throw new CloudError('conflict');
      const change = readChange(code, call.body);
      const sameWindow = change.startsAtMs === code.startsAtMs && change.expiresAtMs === code.expiresAtMs;
      if (!sameWindow && desk.booked(tenantId, code.codeId) !== undefined) throw bookedWindow();
      if (!desk.access(tenantId).changeCode(code, change)) throw new CloudError('precondition-failed');
      return answer(desk, tenantId, { ...code, ...change, rev: code.rev + 1 });
    },
  });
}

function revokeCode(desk: CodeDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/key-codes/:code_id',
    permission: 'codes:write',
    operationId: 'revokeKeyCode',
    summary: 'Revoke a key code at once',
    description: 'Typed after this answer, the code is refused. Revoking an ended code changes nothing.',
    tag: 'codes',
    params,
    responses: { 204: null },
    handle: ({ principal: { tenantId }, params: { code_id } }) => {
      const code = findCode(desk, tenantId, code_id);
      endCode(desk, tenantId, { code, because: 'revoked', atMs: Math.floor(desk.clock.nowMs()) });
      return { status: 204 };
    },
  });
}

function findCode(desk: CodeDesk, tenantId: TenantId, codeId: string): KeyCode {
  const code = desk.access(tenantId).code(codeId);
  if (code === undefined) throw new CloudError('not-found');
  return code;
}

function answer(desk: CodeDesk, tenantId: TenantId, code: KeyCode) {
  const booked = desk.booked(tenantId, code.codeId);
  return {
    body: showCode(code, booked, desk.clock.nowMs()),
    etag: entityTag(code.codeId, code.rev),
  };
}

// Its digits say their window themselves: a box that is alone would go by the old one.
function bookedWindow(): CloudError {
  return new CloudError('conflict', {
    detail: {
      ja: '予約の番号の期間は変えられません。予約を取り消して、新しく作ってください。',
      en: 'The window of a booking’s code cannot be changed. Cancel the booking and make a new one.',
    },
  });
}

function readOrder(desk: CodeDesk, tenantId: TenantId, body: Static<typeof newCodeSchema>): CodeOrder {
  const key = desk.keys.find(tenantId, body.key_id);
  if (key === undefined) throw unknownKey();
  const startsAtMs = readMoment(body.starts_at, '/body/starts_at');
  const expiresAtMs = readMoment(body.expires_at, '/body/expires_at');
  checkWindow(startsAtMs, expiresAtMs);
  if (expiresAtMs !== null && expiresAtMs <= desk.clock.nowMs()) throw inThePast();
  const order = {
    key,
    uses: readUses(body.uses),
    label: tidyText(body.label ?? ''),
    startsAtMs,
    expiresAtMs,
  };
  if (body.code === undefined) return order;
  const digits = plainDigits(body.code);
  if (digits === undefined) throw notDigits();
  return { ...order, digits };
}

function readChange(code: KeyCode, body: Static<typeof codeChangeSchema>): CodeChange {
  const { label, starts_at, expires_at } = body;
  const change = {
    label: label === undefined ? code.label : tidyText(label),
    startsAtMs: starts_at === undefined ? code.startsAtMs : readMoment(starts_at, '/body/starts_at'),
    expiresAtMs: expires_at === undefined ? code.expiresAtMs : readMoment(expires_at, '/body/expires_at'),
  };
  checkWindow(change.startsAtMs, change.expiresAtMs);
  return change;
}

function checkWindow(startsAtMs: number | null, expiresAtMs: number | null): void {
  if (startsAtMs === null || expiresAtMs === null || startsAtMs < expiresAtMs) return;
  throw invalidField('/body/expires_at', 'not-after-start', {
    ja: 'starts_at より後の日時を指定してください。',
    en: 'Give a moment after starts_at.',
  });
}

const easyToGuess: BilingualText = {
  ja: '推測されやすい番号です。code を省くと、無作為な番号が作られます。',
  en: 'People guess such a code first. Leave code out to get random digits.',
};

function unknownKey(): CloudError {
  return invalidField('/body/key_id', 'unknown-key', {
    ja: 'GET /v1/keys にある id を指定してください。',
    en: 'Give an id from GET /v1/keys.',
  });
}

function inThePast(): CloudError {
  return invalidField('/body/expires_at', 'in-the-past', {
    ja: 'これからの日時を指定してください。',
    en: 'Give a moment in the future.',
  });
}

function notDigits(): CloudError {
  return invalidField('/body/code', 'not-a-code', {
    ja: '8〜16 桁の数字を指定してください。省くと自動で作られます。',
    en: 'Give 8 to 16 digits, or leave it out to have them drawn.',
  });
}

function notIssued(issued: Exclude<IssuedCode, { kind: 'issued' }>): CloudError {
  if (issued.kind === 'taken') return refusedCode('code-taken', codeTaken);
  const { neededDigits } = issued;
  return refusedCode('code-too-short', {
    ja: `この場所には短い番号が多すぎます。${neededDigits} 桁以上にしてください。`,
    en: `This place has too many codes that short. Use at least ${neededDigits} digits.`,
  });
}

const codeTaken: BilingualText = {
  ja: 'この番号は使えません。別の番号にするか、code を省いてください。',
  en: 'These digits cannot be used. Choose others, or leave code out.',
};

function refusedCode(code: string, detail: BilingualText): CloudError {
  return new CloudError('conflict', { errors: [{ pointer: '/body/code', code, detail }] });
}
