// What a key would be by what somebody says of it, and everything that stands in the way: for one request as for each row of
// a file.

import { CloudError, type FieldProblem } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { tidyText } from '../../platform/plain-text.ts';
import type { Locations } from '../locations/index.ts';
import { type Key, readTag, showTag } from './key.ts';
import type { KeyChange, KeyStore } from './store.ts';

/** What may be said of a key, by the names of the API. */
export interface KeyFields {
  readonly name: string;
  readonly location_id: string;
  readonly fob_label: string;
  readonly fob_tag: string;
}

/** What was said, looked at. */
export type KeyDraft =
  | { readonly kind: 'sound'; readonly wanted: KeyChange }
  | { readonly kind: 'faulty'; readonly problems: readonly FieldProblem[] };

/** What drafts are held against. */
export interface KeyDraftPorts {
  readonly keys: (tenantId: TenantId) => Pick<KeyStore, 'byFob'>;
  readonly locations: Pick<Locations, 'find'>;
  /** Whether the tag is somebody's badge, which is no fob. */
  isBadge(tenantId: TenantId, tag: Uint8Array): boolean;
}

/** @param present the key that is to be changed so; undefined for one that is to be made */
export function draftKey(
  ports: KeyDraftPorts,
  tenantId: TenantId,
  fields: KeyFields,
  present?: Key,
): KeyDraft {
  const fobTag = readTag(fields.fob_tag);
  const holder = fobTag === undefined ? undefined : ports.keys(tenantId).byFob(fobTag);
  const problems: FieldProblem[] = [];
  if (fobTag === undefined) problems.push(notATag);
  if (holder !== undefined && holder.keyId !== present?.keyId) problems.push(fobInUse(holder.keyId));
  else if (fobTag !== undefined && ports.isBadge(tenantId, fobTag)) problems.push(fobIsBadge);
  if (ports.locations.find(tenantId, fields.location_id) === undefined) problems.push(unknownLocation);
  if (fobTag === undefined || problems.length > 0) return { kind: 'faulty', problems };
  const wanted = {
    name: tidyText(fields.name),
    locationId: fields.location_id,
    fobLabel: tidyText(fields.fob_label),
    fobTag,
  };
  return { kind: 'sound', wanted };
}

/** @returns what is said of a key that is there */
export function fieldsOf({ name, locationId, fobLabel, fobTag }: Key): KeyFields {
  return { name, location_id: locationId, fob_label: fobLabel, fob_tag: showTag(fobTag) };
}

/** @throws CloudError naming the fields that cannot be */
export function soundKey(draft: KeyDraft): KeyChange {
  if (draft.kind === 'sound') return draft.wanted;
  const { problems } = draft;
  const isTaken = problems.every(({ code }) => code === 'fob-in-use' || code === 'fob-is-badge');
  throw new CloudError(isTaken ? 'conflict' : 'invalid-request', { errors: problems });
}

const notATag: FieldProblem = {
  pointer: '/body/fob_tag',
  code: 'not-a-tag',
  detail: {
    ja: '読み取り機が示す 4、7、8 バイトの番号を 16 進数で入力してください。',
    en: 'Give the 4, 7 or 8 bytes that a reader shows, in hexadecimal.',
  },
};

function fobInUse(keyId: string): FieldProblem {
  const detail = {
    ja: `このタグは ${keyId} が使っています。別のタグを使うか、その鍵を先に変更してください。`,
    en: `The fob belongs to ${keyId}. Use another fob, or change that key first.`,
  };
  return { pointer: '/body/fob_tag', code: 'fob-in-use', detail };
}

const fobIsBadge: FieldProblem = {
  pointer: '/body/fob_tag',
  code: 'fob-is-badge',
  detail: {
    ja: 'このタグは、だれかのバッジです。別のタグを使ってください。',
    en: 'The tag is somebody’s badge. Use another fob.',
  },
};

const unknownLocation: FieldProblem = {
  pointer: '/body/location_id',
  code: 'unknown-location',
  detail: {
    ja: 'GET /v1/locations にある id を指定してください。',
    en: 'Give an id from GET /v1/locations.',
  },
};
