// What the printer of the client needs of an OpenAPI description: each operation with its schemas, in the order of the
// page.
import { ClientPrintError } from './client-print-error.ts';
import type { Schema } from './type-text.ts';

/** How an operation answers. */
export type AnswerKind = 'json' | 'file' | 'events' | 'none';

/** One operation. */
export interface Operation {
  readonly name: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly method: string;
  /** `/v1/boxes/{box_id}`. */
  readonly url: string;
  readonly path: Schema | undefined;
  readonly query: Schema | undefined;
  readonly body: Schema | undefined;
  /** The media type of a body that is a file; undefined for JSON. */
  readonly upload: string | undefined;
  readonly answerKind: AnswerKind;
  /** For `json`. */
  readonly answer: Schema | undefined;
  /** Takes an Idempotency-Key. */
  readonly keyed: boolean;
}

/** The parts of an OpenAPI 3.1 description that are read. */
export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface DescribedOperation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** @throws ClientPrintError for an operation without a name */
export function readOperations(api: ApiDescription): readonly Operation[] {
  return Object.entries(api.paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, described]) => readOperation(url, method, described)),
  );
}

function readOperation(url: string, method: string, described: DescribedOperation): Operation {
  const { operationId, summary = '', description, parameters = [], requestBody, responses } = described;
  if (operationId === undefined) throw new ClientPrintError(`${method} ${url} has no operationId`);
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  const json = success?.content?.['application/json']?.schema;
  return {
    ...{ name: operationId, summary, description, method: method.toUpperCase(), url },
    path: asObject(parameters, 'path'),
    query: asObject(parameters, 'query'),
    ...bodyOf(requestBody?.content),
    answerKind: answerKind(success?.content),
    answer: json,
    keyed: parameters.some((parameter) => parameter.in === 'header' && parameter.name === 'idempotency-key'),
  };
}

function bodyOf(content: Content = {}): Pick<Operation, 'body' | 'upload'> {
  const [type] = Object.keys(content);
  const isJson = type === undefined || type === 'application/json';
  return isJson
    ? { body: content['application/json']?.schema, upload: undefined }
    : { body: content[type]?.schema, upload: type };
}

function asObject(parameters: readonly Parameter[], place: string): Schema | undefined {
  const mine = parameters.filter((parameter) => parameter.in === place);
  if (mine.length === 0) return undefined;
  const properties = mine.map(({ name, schema, description }) => [
    name,
    description === undefined ? schema : { ...schema, description },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: mine.filter(({ required }) => required === true).map(({ name }) => name),
  };
}

function answerKind(content: Content | undefined): AnswerKind {
  const types = Object.keys(content ?? {});
  if (types.length === 0) return 'none';
  // JSON that says its media type is a file: its bytes count, not only its meaning.
  const isFile = Object.values(content ?? {}).some(({ schema }) => 'contentMediaType' in schema);
  if (types.includes('application/json') && !isFile) return 'json';
  return types.includes('text/event-stream') ? 'events' : 'file';
}
