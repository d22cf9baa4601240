// The validator's findings in words that help: which field, what is wrong with it, what to send
// instead, in both languages. The validator's own English is not shown.

import type { FastifySchemaValidationError } from 'fastify';
import { CloudError, type FieldProblem } from '../platform/errors.ts';
import type { BilingualText } from '../platform/problems.ts';

/** Where in the request the validator looked. */
export type RequestPart = 'body' | 'params' | 'querystring' | 'headers';

const prefixes = { body: '/body', params: '/path', querystring: '/query', headers: '/header' } as const;
const reportedAtMost = 20;

/** All findings as one refusal. */
export function validationProblem(
  findings: readonly FastifySchemaValidationError[],
  part: RequestPart,
): CloudError {
  // A union's own finding only says that no branch fitted; the branches' findings say why.
  const telling = findings.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf');
  const shown = (telling.length === 0 ? findings : telling).slice(0, reportedAtMost);
  return new CloudError('invalid-request', {
    errors: shown.map((finding) => fieldProblem(finding, prefixes[part])),
  });
}

function fieldProblem(finding: FastifySchemaValidationError, prefix: string): FieldProblem {
  const [code, describe] = explanations[finding.keyword] ?? fallback;
  return { pointer: prefix + finding.instancePath + below(finding), code, detail: describe(finding.params) };
}

// Missing and unknown fields are reported at their parent: point at the field itself.
function below(finding: FastifySchemaValidationError): string {
  const name =
    finding.keyword === 'required'
      ? finding.params.missingProperty
      : finding.keyword === 'additionalProperties'
        ? finding.params.additionalProperty
        : undefined;
  return typeof name === 'string' ? `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
}

type Describe = (params: Readonly<Record<string, unknown>>) => BilingualText;

const fixed =
  (ja: string, en: string): Describe =>
  () => ({ ja, en });
const limited =
  (ja: string, en: string): Describe =>
  ({ limit }) => ({ ja: ja.replace('{limit}', String(limit)), en: en.replace('{limit}', String(limit)) });

const fallback: readonly [string, Describe] = [
  'invalid',
  fixed('この値は使えません。', 'This value cannot be used.'),
];

const explanations: Readonly<Record<string, readonly [string, Describe]>> = {
  required: ['missing', fixed('この項目を加えてください。', 'Add this field.')],
  additionalProperties: ['unknown-field', fixed('この項目を取り除いてください。', 'Remove this field.')],
  type: [
    'wrong-type',
    ({ type }) => ({
      ja: `型を ${String(type)} にしてください。`,
      en: `Send a value of type ${String(type)}.`,
    }),
  ],
  enum: [
    'not-one-of',
    ({ allowedValues }) => ({
      ja: `次のどれかにしてください: ${listed(allowedValues)}`,
      en: `Send one of: ${listed(allowedValues)}`,
    }),
  ],
  const: [
    'not-one-of',
    ({ allowedValue }) => ({
      ja: `${String(allowedValue)} にしてください。`,
      en: `Send ${String(allowedValue)}.`,
    }),
  ],
  minLength: ['too-short', limited('{limit} 文字以上にしてください。', 'Send at least {limit} characters.')],
  maxLength: ['too-long', limited('{limit} 文字までにしてください。', 'Send at most {limit} characters.')],
  minimum: ['too-small', limited('{limit} 以上にしてください。', 'Send {limit} or more.')],
  maximum: ['too-large', limited('{limit} 以下にしてください。', 'Send {limit} or less.')],
  minItems: ['too-few', limited('{limit} 個以上にしてください。', 'Send at least {limit} items.')],
  maxItems: ['too-many', limited('{limit} 個までにしてください。', 'Send at most {limit} items.')],
  minProperties: [
    'empty',
    limited('{limit} つ以上の項目を指定してください。', 'Send at least {limit} field.'),
  ],
  uniqueItems: ['repeated', fixed('同じ値を二度入れないでください。', 'Do not send the same value twice.')],
  pattern: ['wrong-format', fixed('説明にある形式で書いてください。', 'Write it in the documented form.')],
  format: [
    'wrong-format',
    ({ format }) => ({
      ja: `${String(format)} の形式で書いてください。`,
      en: `Write it in the form ${String(format)}.`,
    }),
  ],
};

function listed(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(', ') : '';
}
