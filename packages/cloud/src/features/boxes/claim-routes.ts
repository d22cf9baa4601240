// HTTP of how a box comes to its owner and leaves it: factory register, claim, recovery, release.

import type { BoxId } from '@smartbox/protocol';
import { limits, parseBoxId } from '@smartbox/protocol';
import { Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { tidyText } from '../../platform/plain-text.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Locations } from '../locations/index.ts';
import { boxResourceId, readBoxName } from './box.ts';
import { boxFields, boxSchema } from './box-resource.ts';
import type { KeyringStore } from './keyring-store.ts';
import { answerBox, findBox, unknownLocation } from './routes.ts';
import type { BoxStore, BoxWithHealth } from './store.ts';

const params = Type.Object({ box_id: Type.String({ maxLength: 64 }) });
const approvalLifeMs = 86_400_000;

const factoryBoxSchema = Type.Object(
  {
    box_id: Type.String({ maxLength: 64, description: '13 characters, as on the label.' }),
    factory_key: Type.String({
      pattern: '^[0-9a-fA-F]{64}$',
      description: 'The 32 bytes in the box, in hexadecimal.',
    }),
  },
  {
    additionalProperties: false,
    examples: [{ box_id: '4ZK7Q1M0P9XWT', factory_key: '00'.repeat(limits.keyBytes) }],
  },
);

const claimSchema = Type.Object(
  {
    label: Type.Optional(
      Type.String({ maxLength: 64, description: 'The text of the label or its QR code.' }),
    ),
    box_id: Type.Optional(
      Type.String({ maxLength: 64, description: 'Instead of the label: the 13 characters on it.' }),
    ),
    claim_code: Type.String({ maxLength: 32, description: 'The 8 digits that the box shows now.' }),
    name: boxFields.name,
    location_id: boxFields.location_id,
  },
  {
    additionalProperties: false,
    examples: [
      {
        label: 'SBX1:4ZK7Q1M0P9XWT:5c',
        claim_code: '3141 5926',
        name: 'North entrance',
        location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
      },
    ],
  },
);

const approvalSchema = Type.Object(
  { box_id: Type.String(), expires_at: instantSchema },
  { examples: [{ box_id: 'box_4ZK7Q1M0P9XWT', expires_at: '2026-04-02T09:00:00.000Z' }] },
);

/** What the routes need from the feature. */
export interface ClaimDesk {
  readonly clock: Clock;
  readonly boxes: (tenantId: TenantId) => BoxStore;
  readonly locations: Pick<Locations, 'find'>;
  readonly keys: Pick<KeyringStore, 'approval' | 'saveApproval'>;
  /** @returns false when the box is in the register already */
  importFactoryBox(
    tenantId: TenantId,
    box: { readonly boxId: BoxId; readonly factoryKey: Uint8Array },
  ): boolean;
  /** @returns undefined when the claim is refused, whatever the reason */
  claim(
    tenantId: TenantId,
    claim: {
      readonly boxId: BoxId;
      readonly claimCode: string;
      readonly name: string;
      readonly locationId: string;
    },
  ): BoxWithHealth | undefined;
  release(tenantId: TenantId, boxId: BoxId): void;
  recoveryApproved(tenantId: TenantId, boxId: BoxId): void;
}

/** The routes of ownership. */
export function claimRoutes(desk: ClaimDesk): readonly Route[] {
  return [importBox(desk), claimBox(desk), approveRecovery(desk), releaseBox(desk)];
}

function importBox(desk: ClaimDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/factory-boxes',
    permission: 'factory-boxes:write',
    operationId: 'importFactoryBox',
    tenantWide: true,
    summary: 'Bring a newly made box into the factory register',
    description:
      'The key is sealed at once and never shown again. Whoever stands in front of the box can then claim it.',
    tag: 'boxes',
    body: factoryBoxSchema,
    responses: {
      201: Type.Object({ box_id: Type.String() }, { examples: [{ box_id: 'box_4ZK7Q1M0P9XWT' }] }),
    },
    handle: ({ principal, body }) => {
      const boxId = parseBoxId(body.box_id);
      if (boxId === undefined) throw notABox('/body/box_id');
      const factoryKey = new Uint8Array(Buffer.from(body.factory_key, 'hex'));
      if (!desk.importFactoryBox(principal.tenantId, { boxId, factoryKey })) throw new CloudError('conflict');
      return { status: 201, body: { box_id: boxResourceId(boxId) } };
    },
  });
}

function claimBox(desk: ClaimDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/boxes',
    permission: 'boxes:claim',
    operationId: 'claimBox',
    summary: 'Claim a box by its label and the code that it shows',
    description:
      'Hold the button of the box for 5 seconds: it shows 8 digits, good for 10 minutes and 5 tries. The box answers by itself and is `live` after its first session.',
    tag: 'boxes',
    body: claimSchema,
    responses: { 201: boxSchema },
    ratePerMinute: 20,
    handle: ({ principal: { tenantId }, body }) => {
      const boxId = readBoxName(body.label ?? body.box_id ?? '');
      if (boxId === undefined) throw notABox(body.label === undefined ? '/body/box_id' : '/body/label');
      const claimCode = body.claim_code.normalize('NFKC').replace(/[^0-9]/g, '');
      if (desk.locations.find(tenantId, body.location_id) === undefined) throw unknownLocation();
      const claim = { boxId, claimCode, name: tidyText(body.name), locationId: body.location_id };
      const claimed = desk.claim(tenantId, claim);
      if (claimed === undefined) throw claimRefused();
      return { ...answerBox(claimed), status: 201, location: `/v1/boxes/${boxResourceId(boxId)}` };
    },
  });
}

function approveRecovery(desk: ClaimDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/boxes/:box_id/recovery-approvals',
    permission: 'boxes:recover',
    operationId: 'approveRecovery',
    summary: 'Let a box whose keys are out of step agree on new ones',
    description:
      'Good for one exchange within 24 hours; also lets the log go on after a gap that a restored database left. Once a day.',
    tag: 'boxes',
    params,
    responses: { 201: approvalSchema },
    handle: ({ principal: { tenantId }, params: { box_id } }) => {
      const { boxId } = findBox(desk.boxes(tenantId), box_id).box;
      const nowMs = desk.clock.nowMs();
      const owned = { tenantId, boxId };
      const earlier = desk.keys.approval(owned);
      if (earlier !== undefined && nowMs - earlier.approvedAtMs < approvalLifeMs) throw approvedToday();
      const approval = { approvedAtMs: nowMs, expiresAtMs: nowMs + approvalLifeMs, usedAtMs: null };
      desk.keys.saveApproval(owned, approval);
      desk.recoveryApproved(tenantId, boxId);
      const body = { box_id: boxResourceId(boxId), expires_at: showInstant(approval.expiresAtMs) };
      return { status: 201, body };
    },
  });
}

function releaseBox(desk: ClaimDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/boxes/:box_id',
    permission: 'boxes:recover',
    operationId: 'releaseBox',
    summary: 'Give up the ownership of a box',
    description: 'Its keys are forgotten at once and anybody in front of it may claim it. Events stay.',
    tag: 'boxes',
    params,
    responses: { 204: null },
    handle: ({ principal: { tenantId }, params: { box_id } }) => {
      desk.release(tenantId, findBox(desk.boxes(tenantId), box_id).box.boxId);
      return { status: 204 };
    },
  });
}

function notABox(pointer: string): CloudError {
  return invalidField(pointer, 'not-a-box', {
    ja: 'ラベルの文字列(SBX1: で始まる)か、13 文字の番号をそのまま入力してください。',
    en: 'Give the text of the label (it begins with SBX1:) or the 13 characters on it.',
  });
}

// One refusal for every reason: a guesser must not learn whether the box exists or whose it is.
function claimRefused(): CloudError {
  return new CloudError('conflict', {
    errors: [
      {
        pointer: '/body/claim_code',
        code: 'claim-refused',
        detail: {
          ja: 'ボックスのボタンを 5 秒押し、表示された 8 桁を 10 分以内に入力してください。他の持ち主がいる場合は解除が必要です。',
          en: 'Hold the button of the box for 5 seconds and give the 8 digits that it shows within 10 minutes. A box that has another owner must be released first.',
        },
      },
    ],
  });
}

function approvedToday(): CloudError {
  return new CloudError('conflict', {
    detail: {
      ja: '承認は 1 日に 1 回です。24 時間後にもう一度試してください。',
      en: 'One approval a day is possible. Try again 24 hours after the last.',
    },
  });
}
