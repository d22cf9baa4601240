// A remote opening as the API shows it: schemas, examples, and the way from one form to the other.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { plainText } from '../../platform/plain-text.ts';
import { boxResourceId } from '../boxes/index.ts';
import { showTarget } from './desk.ts';
import { type EndCause, lifeLimits, type OpeningState, type RemoteOpening } from './remote-opening.ts';

const states = {
  ordered: 'the box was told: it asks at once, or when somebody presses its button',
  asked: 'the box asked, and reports its log first',
  granted: 'the answer is on its way; what the box does with it, its log tells',
  opened: 'the box’s sensor saw it open',
  refused: 'the box asked, and it was refused',
  expired: 'nobody pressed, the box did not ask in time, or it was not there any more',
  not_opened: 'it was granted, and the box’s log says that it did not open',
} as const;

const causes = {
  right_lost: 'whoever ordered may not open here any more',
  order_of_another_bin: 'the box asked for another bin than the one that was ordered',
  time_over: 'its time was over',
  box_went_offline: 'the box lost its connection',
  box_began_anew: 'the box began a new session, perhaps after a power cut: it knows of no order any more',
  cloud_restarted: 'the server was started anew: no order outlives that',
} as const;

const targetSchema = Type.Union(
  [
    Type.Object(
      { bin: Type.Integer({ minimum: 1, maximum: 255 }) },
      { additionalProperties: false, description: 'One bin.' },
    ),
    Type.Literal('main_lock', { description: 'The main lock: the whole box.' }),
  ],
  { description: 'What opens.' },
);

const pressSchema = Type.Enum(['none', 'button'], {
  description: 'Whether somebody at the box must press its small black button, which the display asks for.',
});

const reasonSchema = plainText(200, 'Why, for whoever reads it later. Not copied into events.');

/** What is ordered. */
export const newOpeningSchema = Type.Object(
  {
    target: targetSchema,
    press: pressSchema,
    wait_seconds: Type.Optional(
      Type.Integer({
        minimum: lifeLimits.shortestMs / 1_000,
        maximum: lifeLimits.longestWithButtonMs / 1_000,
        default: lifeLimits.usualMs / 1_000,
        description: 'How long the order lives: up to 30 s, up to 120 s where the button must be pressed.',
      }),
    ),
    reason: reasonSchema,
  },
  {
    additionalProperties: false,
    examples: [
      { target: { bin: 3 }, press: 'button', wait_seconds: 60, reason: 'The guest’s code was lost' },
      { target: 'main_lock', press: 'none', reason: 'Battery is changed' },
    ],
  },
);

const orNull = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);

/** A remote opening. */
export const openingSchema = Type.Object(
  {
    id: Type.String(),
    box_id: Type.String(),
    target: targetSchema,
    press: pressSchema,
    reason: reasonSchema,
    state: Type.Enum(Object.keys(states) as (keyof typeof states)[], { description: listed(states) }),
    because: Type.Union(
      [
        Type.Enum(Object.keys(causes) as (keyof typeof causes)[], { description: listed(causes) }),
        Type.Null(),
      ],
      { description: 'Why it was refused or expired.' },
    ),
    person_id: orNull(Type.String({ description: 'Who ordered; null for a program.' })),
    token_id: Type.String({ description: 'The session or token by which it was ordered.' }),
    grant: Type.Union([Type.Integer(), Type.Null()], {
      description: 'By which number the box’s log and the events about bins and keys call it.',
    }),
    ordered_at: instantSchema,
    expires_at: instantSchema,
    changed_at: instantSchema,
  },
  {
    examples: [
      {
        id: 'opn_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        box_id: 'box_4ZK7Q1M0P9XWT',
        target: { bin: 3 },
        press: 'button',
        reason: 'The guest’s code was lost',
        state: 'opened',
        because: null,
        person_id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        token_id: 'ses_3f9a0c5e7b1a7c3e',
        grant: 17,
        ordered_at: '2026-04-01T09:00:00.000Z',
        expires_at: '2026-04-01T09:01:00.000Z',
        changed_at: '2026-04-01T09:00:12.340Z',
      },
    ],
  },
);

/** @returns the opening in the API's form */
export function showOpening(opening: RemoteOpening): Static<typeof openingSchema> {
  const { openingId, boxId, bin, press, reason, state, because, by, grant } = opening;
  return {
    id: openingId,
    box_id: boxResourceId(boxId),
    target: showTarget(bin),
    ...{ press, reason, state: showState(state) },
    because: because === null ? null : showCause(because),
    person_id: by.personId,
    token_id: by.tokenId,
    grant,
    ordered_at: showInstant(opening.orderedAtMs),
    expires_at: showInstant(opening.expiresAtMs),
    changed_at: showInstant(opening.changedAtMs),
  };
}

function showState(state: OpeningState): keyof typeof states {
  return state === 'not-opened' ? 'not_opened' : state;
}

function showCause(because: EndCause): keyof typeof causes {
  return because.replaceAll('-', '_') as keyof typeof causes;
}

function listed(texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts)
    .map(([name, meaning]) => `${name}: ${meaning}`)
    .join('; ');
}
