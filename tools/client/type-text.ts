// From a JSON schema of the API description to the text of a TypeScript type. Only what our own schemas use is known:
// another keyword that changes a type ends the printing, so that no type is ever wrong in silence.
import { ClientPrintError } from './client-print-error.ts';

/** A schema, as far as types go. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly const?: string | number | boolean | null;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
}

/** Schemas that have a name, by {@link shapeOf}. */
export type NamedShapes = ReadonlyMap<string, string>;

const PLAIN: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};
const UNKNOWN_TO_US = ['not', 'if', 'prefixItems', 'nullable'];

/** @returns what two schemas have in common that are the same type */
export function shapeOf(schema: Schema): string {
  return JSON.stringify(schema, (name, value) =>
    name === 'description' || name === 'examples' || name === 'example' ? undefined : value,
  );
}

/** @param indent blanks before a line of its members */
export function typeText(schema: Schema, named: NamedShapes, indent = ''): string {
  const strange = UNKNOWN_TO_US.find((keyword) => keyword in schema);
  if (strange !== undefined) throw new ClientPrintError(`a schema uses ${strange}`);
  const name = named.get(shapeOf(schema));
  if (name !== undefined) return name;
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined)
    return [...new Set(either.map((one) => typeText(one, named, indent)))].join(' | ');
  if (schema.allOf !== undefined)
    return schema.allOf.map((one) => grouped(typeText(one, named, indent))).join(' & ');
  if (schema.type === 'array') return `readonly ${grouped(typeText(schema.items ?? {}, named, indent))}[]`;
  if (schema.type === 'object') return objectText(schema, named, indent);
  return PLAIN[schema.type ?? ''] ?? 'unknown';
}

function objectText(schema: Schema, named: NamedShapes, indent: string): string {
  const required = new Set(schema.required ?? []);
  const inner = `${indent}  `;
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const type = typeText(member, named, inner);
    const declared = required.has(name) ? `${key(name)}: ${type}` : `${key(name)}?: ${type} | undefined`;
    return `${comment(member.description, inner)}${inner}readonly ${declared};\n`;
  });
  if (members.length > 0) return `{\n${members.join('')}${indent}}`;
  const [pattern] = Object.values(schema.patternProperties ?? {});
  const { additionalProperties } = schema;
  const other = pattern ?? (typeof additionalProperties === 'object' ? additionalProperties : {});
  return `Readonly<Record<string, ${typeText(other, named, indent)}>>`;
}

/** @returns a documentation comment with its line feed; nothing for nothing */
export function comment(text: string | undefined, indent: string): string {
  if (text === undefined || text === '') return '';
  const lines = text.replaceAll('*/', '*\\/').split('\n');
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  const body = lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n');
  return `${indent}/**\n${body}\n${indent} */\n`;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value);
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : literal(name);
}

function grouped(text: string): string {
  return text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text;
}
