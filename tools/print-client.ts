// Prints the types of packages/api-client from packages/cloud/openapi.json, so that the client cannot know another API
// than the server has. Run by `pnpm print`; the tidy test says when they are stale.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type ApiDescription, type Operation, readOperations } from './client/read-operations.ts';
import { comment, type NamedShapes, type Schema, shapeOf, typeText } from './client/type-text.ts';

const HEAD = `// Printed from packages/cloud/openapi.json by \`pnpm print\`: edit the routes of the cloud, never this file. Types of
// every operation, and the few facts about it that are needed to call it.
import type { DownloadedFile } from './downloaded-file.ts';
import type { ServerSentEvent } from './event-parser.ts';

/** How to call an operation. */
export interface OperationFacts {
  readonly method: string;
  /** With \`{names}\` to fill in. */
  readonly path: string;
  /** json: a value; file: bytes; events: server-sent events; none: nothing. */
  readonly answer: 'json' | 'file' | 'events' | 'none';
  /** Whether repeating it with the same Idempotency-Key has no second effect. */
  readonly keyed: boolean;
  /** What kind of file it is sent instead of JSON. */
  readonly upload?: string;
}
`;

/** @param description the text of an OpenAPI 3.1 description; @returns the whole file */
export function printClient(description: string): string {
  const api: ApiDescription = JSON.parse(description);
  const operations = readOperations(api);
  const items = listItems(operations);
  const named: NamedShapes = new Map([...items].map(([name, schema]) => [shapeOf(schema), name]));
  return [
    HEAD,
    ...Object.entries(api.components.schemas).map(([name, schema]) => printType(name, schema, new Map())),
    // An item's own name stands for it everywhere but in its own declaration.
    ...[...items].map(([name, schema]) => printType(name, schema, new Map())),
    `/** Every operation by its name: what goes in and what comes out. */\nexport interface Operations {\n${operations.map((operation) => printOperation(operation, named)).join('\n')}}\n`,
    `/** How to call each. */\nexport const operationFacts: Readonly<Record<keyof Operations, OperationFacts>> = {\n${operations.map(printFacts).join('')}};\n`,
  ].join('\n');
}

function printType(name: string, schema: Schema, named: NamedShapes): string {
  return `${comment(schema.description, '')}export type ${name} = ${typeText(schema, named)};\n`;
}

/** What lists hold has a name of its own: the item of \`listKeys\` is a \`Key\`. */
function listItems(operations: readonly Operation[]): ReadonlyMap<string, Schema> {
  const items = new Map<string, Schema>();
  for (const { name, answer } of operations) {
    const item = answer?.properties?.next_cursor === undefined ? undefined : answer.properties.data?.items;
    if (item !== undefined && name.startsWith('list')) items.set(singular(name.slice('list'.length)), item);
  }
  return items;
}

function singular(plural: string): string {
  if (plural.endsWith('xes')) return plural.slice(0, -2);
  return plural.endsWith('ies') ? `${plural.slice(0, -3)}y` : plural.replace(/s$/, '');
}

function printOperation(operation: Operation, named: NamedShapes): string {
  const { name, summary, description, path, query, body, upload } = operation;
  const input = { path, query, body };
  const members = Object.entries(input).flatMap(([part, schema]) => {
    if (schema === undefined) return [];
    const mark = part === 'body' || (schema.required ?? []).length > 0 ? '' : '?';
    const isFile = part === 'body' && upload !== undefined;
    const type = isFile ? 'Uint8Array | string' : typeText(schema, named, '      ');
    return [`      readonly ${part}${mark}: ${type}${mark === '' ? '' : ' | undefined'};\n`];
  });
  const text = [summary, description].filter((part) => part !== undefined && part !== '').join('\n\n');
  return [
    comment(text, '  '),
    `  readonly ${name}: {\n`,
    `    readonly input: ${members.length === 0 ? 'Readonly<Record<never, never>>' : `{\n${members.join('')}    }`};\n`,
    `    readonly answer: ${answerType(operation, named)};\n`,
    '  };\n',
  ].join('');
}

function answerType({ answer, answerKind }: Operation, named: NamedShapes): string {
  switch (answerKind) {
    case 'json':
      return typeText(answer ?? {}, named, '    ');
    case 'file':
      return 'DownloadedFile';
    case 'events':
      return 'AsyncIterable<ServerSentEvent>';
    case 'none':
      return 'undefined';
  }
}

function printFacts({ name, method, url, answerKind, keyed, upload }: Operation): string {
  const sent = upload === undefined ? '' : `, upload: '${upload}'`;
  return `  ${name}: { method: '${method}', path: '${url}', answer: '${answerKind}', keyed: ${keyed}${sent} },\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const description = readFileSync(new URL('../packages/cloud/openapi.json', import.meta.url), 'utf8');
  process.stdout.write(printClient(description));
}
