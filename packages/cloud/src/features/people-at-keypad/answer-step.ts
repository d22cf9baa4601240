// One step of somebody at a keypad: load, decide, record, in the transaction of the box's request. Who is refused makes
// the database do the same whatever the cause: the questions are asked about nobody where there is nobody.

import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { sees } from '../../platform/scope.ts';
import { type PersonAnswer, type PersonAsked, randomDigits } from '../access/index.ts';
import type { Boxes } from '../boxes/index.ts';
import { type Keys, padTag } from '../keys/index.ts';
import { isPresent, type People, type Person, scopeOf } from '../people/index.ts';
import type { Permissions } from '../permissions/index.ts';
import type { TextPost } from '../text-messages/index.ts';
import {
  asks,
  awaitingCode,
  type Dialogue,
  decideStep,
  dialogueLimits,
  type Step,
  type StepDecision,
  type TakeableKey,
} from './dialogue.ts';
import type { KeypadMacs } from './keypad-mac.ts';
import { secondCodeText } from './second-code-text.ts';
import type { KeypadStore } from './store.ts';

/** What answering needs. */
export interface StepPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly macs: KeypadMacs;
  readonly keypad: (tenantId: TenantId) => KeypadStore;
  readonly boxes: Pick<Boxes, 'bins'>;
  readonly keys: Pick<Keys, 'byFob'>;
  readonly people: Pick<People, 'byIdCode' | 'person'>;
  readonly permissions: Pick<Permissions, 'takeable' | 'policyOf'>;
  readonly texts: Pick<TextPost, 'obstacle' | 'owe'>;
}

const nobody = '';
const noTag = new Uint8Array(8);

/** Answers one step. */
export function answerStep(ports: StepPorts, asked: PersonAsked): PersonAnswer {
  const { from, locationId, nowMs } = asked;
  const { tenantId, boxId } = from;
  const store = ports.keypad(tenantId);
  const dialogue = store.dialogue(boxId);
  const found = findPerson(ports, asked, dialogue);
  const person = asked.isLookedAt ? found : undefined;
  const personId = person?.personId;
  const held = keysHere(ports, asked);
  const takeable = ports.permissions.takeable(tenantId, {
    ...{ personId: personId ?? nobody, locationId, atMs: nowMs },
    keyIds: held.map(({ keyId }) => keyId),
  });
  const decision = decideStep(
    readStep(ports, asked, { personId: dialogue?.personId ?? nobody, phone: person?.phone ?? '' }),
    {
      ...{ personId, dialogue },
      takeable: held.filter(({ keyId }) => takeable.includes(keyId)),
      policy: ports.permissions.policyOf(tenantId, locationId),
      obstacle: ports.texts.obstacle(tenantId, personId ?? nobody),
    },
    nowMs,
  );
  if (!asked.isLookedAt) {
    // The write that every refusal makes; it changes nothing.
    store.leaveTries(boxId, dialogue?.triesLeft ?? 0);
    return { kind: 'refused', cause: 'unknown-code', isWrongTry: false };
  }
  return record(ports, asked, { decision, person });
}

function findPerson(
  ports: StepPorts,
  { from: { tenantId }, body, locationId, nowMs }: PersonAsked,
  dialogue: Dialogue | undefined,
): Person | undefined {
  if (body.kind === 'code')
    return ports.people.byIdCode(tenantId, locationId, ports.macs.idCode(tenantId, body.code));
  const personId =
    body.kind === 'fob'
      ? ports.keypad(tenantId).badgeHolder(ports.macs.badge(tenantId, padTag(body.tag) ?? noTag))
      : dialogue?.personId;
  const person = ports.people.person(tenantId, personId ?? nobody);
  const mayEnter = person !== undefined && isPresent(person, nowMs) && sees(scopeOf(person), locationId);
  return mayEnter ? person : undefined;
}

/** The keys of this place that hang in closed bins of this box. */
function keysHere(ports: StepPorts, { from, locationId }: PersonAsked): readonly TakeableKey[] {
  return ports.boxes.bins(from.tenantId, from.boxId).flatMap(({ bin, door, tag }) => {
    const key = tag === null ? undefined : ports.keys.byFob(from.tenantId, tag);
    const isHere = key !== undefined && key.locationId === locationId && door === 'closed';
    return isHere ? [{ bin, keyId: key.keyId }] : [];
  });
}

function readStep(
  { macs }: StepPorts,
  { from, body }: PersonAsked,
  who: { readonly personId: string; readonly phone: string },
): Step {
  const { kind, request, follows, bin, code } = body;
  if (kind !== 'further') return { kind: 'first', request, knownBy: kind === 'fob' ? 'badge' : 'id-code' };
  const codeMac = code === '' ? undefined : macs.secondCode({ ...from, ...who }, code);
  return { kind, request, follows, bin, codeMac };
}

function record(
  ports: StepPorts,
  asked: PersonAsked,
  { decision, person }: { readonly decision: StepDecision; readonly person: Person | undefined },
): PersonAnswer {
  const { tenantId, boxId } = asked.from;
  const store = ports.keypad(tenantId);
  switch (decision.kind) {
    case 'granted':
      store.leaveTries(boxId, 0);
      return { kind: 'granted', ...decision.key, personId: decision.personId };
    case 'send':
      return ask(
        ports,
        asked,
        sendCode(ports, asked, {
          ...decision,
          phone: person?.phone ?? '',
          language: person?.language ?? 'ja',
        }),
      );
    case 'ask':
      return ask(ports, asked, decision.dialogue);
    case 'refused': {
      const { cause, isWrongTry, triesLeft } = decision;
      store.leaveTries(boxId, triesLeft);
      const whom = person === undefined ? {} : { personId: person.personId };
      return { kind: 'refused', cause, isWrongTry, ...whom };
    }
  }
}

// The message is owed in this transaction: a code that is kept is a code that is sent, and the other way round.
function sendCode(
  { entropy, macs, texts }: StepPorts,
  { from, body, locationId, nowMs }: PersonAsked,
  to: Pick<Dialogue, 'personId' | 'knownBy'> & Pick<Person, 'phone' | 'language'>,
): Dialogue {
  const { personId, knownBy, phone, language } = to;
  const { boxId, tenantId } = from;
  const digits = randomDigits(dialogueLimits.secondCodeDigits, entropy.bytes);
  const codeMac = macs.secondCode({ ...from, personId, phone }, digits);
  const dialogue = awaitingCode({ personId, knownBy, codeMac, request: body.request }, nowMs);
  const text = secondCodeText(digits, language);
  texts.owe(tenantId, { personId, locationId, boxId, body: text, expiresAtMs: dialogue.endsAtMs });
  return dialogue;
}

function ask(ports: StepPorts, { from, nowMs }: PersonAsked, dialogue: Dialogue): PersonAnswer {
  ports.keypad(from.tenantId).putDialogue(from.boxId, dialogue);
  const what = asks(dialogue);
  const waitMs = what === 'bin' ? dialogueLimits.binWaitMs : dialogueLimits.codeWaitMs;
  const { personId, knownBy, endsAtMs } = dialogue;
  return { kind: 'asked', what, personId, knownBy, waitMs: Math.min(waitMs, endsAtMs - nowMs) };
}
