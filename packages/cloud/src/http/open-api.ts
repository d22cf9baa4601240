// The OpenAPI 3.1 description, written from the same schemas that check the requests. It is served
// at /openapi.json, printed into the repository, and shown as a readable page.

import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { Type } from 'typebox';
import { problemKinds } from '../platform/problems.ts';
import { isFileResponse, type Route, takesIdempotencyKey } from '../platform/route.ts';

/** Named once and referred to by every operation. */
export const problemSchema = Type.Object(
  {
    type: Type.String({ description: 'Page that explains the problem.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What to do next, in the language of Accept-Language (ja or en).' }),
    code: Type.Enum(Object.keys(problemKinds), { description: 'Stable: programs decide by this.' }),
    errors: Type.Array(
      Type.Object({
        pointer: Type.String({ description: 'RFC 6901 pointer: /body/…, /query/…, /path/… or /header/….' }),
        code: Type.String(),
        detail: Type.String(),
      }),
    ),
    request_id: Type.String(),
    retryable: Type.Boolean({ description: 'Whether the same request may succeed later.' }),
  },
  { $id: 'Problem', description: 'RFC 9457 problem.' },
);

const problemResponse = {
  description: 'Refused: an RFC 9457 problem.',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
};

// What the caller can do something about, and everything else.
const problemResponses = { '4xx': problemResponse, default: problemResponse };

/** Settings of the generator. */
export const openApiOptions: FastifyDynamicSwaggerOptions = {
  refResolver: {
    buildLocalReference: (schema, _baseUri, _fragment, index) => String(schema.$id ?? `schema-${index}`),
  },
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'SmartBox',
      version: '1.0.0',
      description:
        'Boxes, bins, keys, key codes and the ledger of what happened. Every list is paged the same way, every refusal is an RFC 9457 problem, and every POST takes an Idempotency-Key (but for a step-up, which may be repeated as it is).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'Whoever runs this server knows its address.' }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API token: `sbk_…`.' },
      },
    },
    security: [{ bearer: [] }],
    tags: [
      { name: 'boxes', description: 'Cabinets, their bins and their health.' },
      { name: 'locations', description: 'Where boxes stand.' },
      { name: 'keys', description: 'What hangs in which bin, and who has it.' },
      { name: 'codes', description: 'Key codes that people type at a box.' },
      {
        name: 'bookings',
        description: 'Access for a limited period; the code also opens a box that is offline.',
      },
      { name: 'people', description: 'Who takes keys and works here, in which groups and roles.' },
      { name: 'sign-in', description: 'How people prove who they are.' },
      { name: 'emergency', description: 'Openings without the cloud: sheets, phone answers, counts.' },
      { name: 'events', description: 'The ledger.' },
      { name: 'audit', description: 'Who did what, in a form that outsiders can check.' },
      { name: 'notices', description: 'Webhooks, mail and push about what is in the ledger.' },
      { name: 'tokens', description: 'API tokens.' },
      {
        name: 'files',
        description: 'Lists of keys and people brought in as files, and everything taken away.',
      },
    ],
  },
};

/** Schema and documentation of one declared route. */
export function routeDocumentation(route: Route): FastifySchema {
  const facts = {
    tags: [route.tag],
    summary: route.summary,
    operationId: route.operationId,
    ...(route.kind === 'public' ? { security: [] } : {}),
    description: [route.description, needs(route)].filter((part) => part !== undefined).join('\n\n'),
    ...(route.query === undefined ? {} : { querystring: route.query }),
  };
  if (route.kind === 'stream') return { ...facts, response: { 200: streamResponse, ...problemResponses } };
  return {
    ...facts,
    ...(route.params === undefined ? {} : { params: route.params }),
    ...bodyOf(route),
    ...headersOf(route),
    response: { ...successes(route.responses), ...problemResponses },
  };
}

function needs({ permission, stepUp, tenantWide }: Route): string {
  if (permission === 'public') return 'Needs no sign-in.';
  const everywhere = tenantWide === true ? ' over the whole organisation' : '';
  const allowed = `Needs the permission \`${permission}\`${everywhere}`;
  return stepUp === true
    ? `${allowed}, and a step-up by the same token within the last five minutes: \`POST /v1/step-ups\`.`
    : `${allowed}.`;
}

const streamResponse = {
  description: 'Server-sent events until the connection ends; resume with Last-Event-ID.',
  content: { 'text/event-stream': { schema: Type.String() } },
};

type RequestRoute = Extract<Route, { kind: 'request' | 'public' }>;

const idempotencyHeader = {
  'idempotency-key': Type.Optional(
    Type.String({ description: 'Repeating a request with the same key within 7 days has no second effect.' }),
  ),
};
const matchHeader = {
  'if-match': Type.Optional(Type.String({ description: 'The ETag that was read; edits need it.' })),
};

function headersOf(route: RequestRoute): Pick<FastifySchema, 'headers'> {
  const { method } = route;
  if (!takesIdempotencyKey(route)) return {};
  const edits = method === 'PATCH' || method === 'PUT';
  return { headers: Type.Object({ ...idempotencyHeader, ...(edits ? matchHeader : {}) }) };
}

function bodyOf({ body, upload }: RequestRoute): Pick<FastifySchema, 'body'> {
  if (body === undefined) return {};
  return { body: upload === undefined ? body : { content: { [upload.contentType]: { schema: body } } } };
}

const successWords: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Created.',
  202: 'Accepted.',
  204: 'Done; no content.',
};

function successes(responses: RequestRoute['responses']): Record<string, object> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, schema]) => {
      const description = successWords[Number(status)] ?? 'Done.';
      if (schema === null) return [status, { type: 'null', description }];
      const content = isFileResponse(schema)
        ? Object.fromEntries(schema.fileTypes.map((type) => [type, { schema: fileSchema(type) }]))
        : { 'application/json': { schema } };
      return [status, { description, content }];
    }),
  );
}

// OpenAPI 3.1 says "binary" by a media type in the place of a format; text is text.
function fileSchema(contentType: string): object {
  return contentType.startsWith('text/')
    ? { type: 'string' }
    : { type: 'string', contentMediaType: contentType };
}
