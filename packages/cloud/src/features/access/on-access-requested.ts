// Device message access-requested: load, decide, record, answer, in one transaction. The answer leaves
// after the commit, so a grant is in the database before anybody hears of it. Refusals run the same
// statements whatever their cause and leave after the same time.

import { type BodyNamed, equalBytes } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { MessageOrigin, Reply } from '../../platform/device-port.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { Boxes } from '../boxes/index.ts';
import { type Keys, padTag } from '../keys/index.ts';
import { type CodeMac, codeTag } from './code-mac.ts';
import { type AccessDecision, type AccessQuestion, decide, mayBePerson } from './decide.ts';
import type { Grant } from './grant.ts';
import type { PeopleSteps, PersonAnswer } from './people-steps.ts';
import { orderAsked, type RemoteOrders } from './remote-order.ts';
import { lapse, type SettlePorts } from './settle.ts';
import type { AccessBox, AccessStore } from './store.ts';
import { addWrongTry, throttledUntilMs } from './throttle.ts';

/** What the handler needs. */
export interface AccessPorts extends SettlePorts {
  readonly clock: Clock;
  readonly boxes: Pick<Boxes, 'place' | 'bins' | 'binSensing'>;
  readonly keys: Pick<Keys, 'find' | 'byFob'>;
  readonly codeMac: CodeMac;
  readonly orders: () => RemoteOrders;
  readonly peopleSteps: PeopleSteps;
}

type Body = BodyNamed<'access-requested'>;

/** A refusal leaves this long after its request, whatever its cause. */
const refusalHoldMs = 400;

/** One request while it is being answered. */
interface Asked {
  readonly from: MessageOrigin;
  readonly body: Body;
  readonly nowMs: number;
  readonly locationId: string;
  /** What the typed digits are stored as; undefined for a fob. */
  readonly mac: Uint8Array | undefined;
  readonly store: AccessStore;
  readonly remembered: AccessBox;
  readonly last: Grant | undefined;
}

/** Answers one request. */
export function onAccessRequested(ports: AccessPorts, from: MessageOrigin, body: Body): readonly Reply[] {
  const { tenantId, boxId } = from;
  const place = ports.boxes.place(tenantId, boxId);
  if (place === undefined) throw new InvariantBroken(`${boxId} has a session and no owner`);
  const store = ports.access(tenantId);
  const { locationId, logEnd } = place;
  const nowMs = Math.floor(ports.clock.nowMs());
  const last = store.lastGrant(boxId);
  const mac = body.kind === 'code' ? ports.codeMac({ tenantId, locationId }, body.code) : undefined;
  const asked: Asked = { from, body, nowMs, locationId, mac, store, remembered: store.box(boxId), last };
  const unused = last?.state === 'granted' ? last : undefined;
  const repeated = unused !== undefined && equalBytes(unused.request, body.request) ? unused : undefined;
  const logComplete = body.logEnd === logEnd;
  if (unused !== undefined && repeated === undefined && logComplete)
    lapse(ports, from, { grant: unused, atMs: nowMs });
  const settleEnd = unused !== undefined && body.logEnd > logEnd ? body.logEnd : asked.remembered.settleEnd;
  const question = ask(ports, asked);
  const throttled = throttledUntilMs(asked.remembered.wrongAtMs, nowMs);
  const decision = decide(
    question,
    { locationId, logComplete, throttledUntilMs: throttled, repeated },
    nowMs,
  );
  switch (decision.kind) {
    case 'granted':
      if (question.kind === 'code') ports.peopleSteps.end(from);
      return [grantReply(body, grant(ports, asked, decision))];
    case 'granted-before':
      return [grantReply(body, decision.grant)];
    case 'refused': {
      const refusal: Refusal = { ...decision, question, settleEnd };
      return [
        concernsPeople(refusal, body) ? askPeople(ports, asked, refusal) : refuse(ports, asked, refusal),
      ];
    }
  }
}

/** A request that neither a key code nor a fob opens a bin for. */
interface Refusal {
  readonly reason: 'refused' | 'nothing-free' | 'try-again';
  /** For the ledger only. */
  readonly cause: string;
  readonly isWrongTry: boolean;
  readonly question: AccessQuestion;
  readonly settleEnd: number | null;
  readonly personId?: string;
}

// A person's badge is read at the front; inside a bin hang fobs.
function concernsPeople({ reason, question }: Refusal, { kind, bin }: Body): boolean {
  if (reason !== 'refused' || kind === 'remote') return false;
  return question.kind !== 'fob' || (question.key === undefined && bin === 0);
}

/** Perhaps a person asks. Whoever knows people does the same work for everybody who is refused. */
function askPeople(ports: AccessPorts, asked: Asked, refusal: Refusal): Reply {
  const { from, body, locationId, nowMs } = asked;
  const isLookedAt = mayBePerson(refusal);
  const answer = ports.peopleSteps.answer({ from, body, locationId, nowMs, isLookedAt });
  switch (answer.kind) {
    case 'granted': {
      const made = grant(ports, asked, { ...answer, purpose: 'withdraw', codeId: null, reserves: false });
      return grantReply(body, made);
    }
    case 'asked':
      return askFurther(ports, asked, answer);
    case 'refused':
      return refuse(ports, asked, isLookedAt ? { ...refusal, ...answer } : refusal);
  }
}

function askFurther(
  ports: AccessPorts,
  { from, body, locationId, nowMs }: Asked,
  { what, waitMs, personId, knownBy }: Extract<PersonAnswer, { kind: 'asked' }>,
): Reply {
  ports.events.publish('fact-established', {
    ...{ ...from, locationId },
    type: 'access.further_asked',
    occurredAtMs: nowMs,
    data: {
      asked: what.replace('-', '_'),
      known_by: knownBy.replace('-', '_'),
      person_id: personId,
    },
  });
  return { message: { name: 'further-asked', body: { request: body.request, what, waitMs } } };
}

function ask(ports: AccessPorts, asked: Asked): AccessQuestion {
  const { body, mac } = asked;
  switch (body.kind) {
    case 'further':
      return { kind: 'further', key: undefined };
    case 'remote':
      return askByOrder(ports, asked);
    default:
      return mac === undefined ? askByFob(ports, asked) : askByCode(ports, asked, mac);
  }
}

function askByOrder(ports: AccessPorts, { from, body, locationId }: Asked): AccessQuestion {
  const verdict = ports.orders().judge(from, orderAsked(body, locationId));
  return { kind: 'remote', verdict, bin: body.bin, key: undefined };
}

// An unknown code asks the same questions as a known one, about a key and a fob that nobody has.
const noKeyId = '';
const noFob = new Uint8Array(8);

function askByCode(ports: AccessPorts, { from, locationId, store }: Asked, mac: Uint8Array): AccessQuestion {
  const { tenantId, boxId } = from;
  const code = store.byMac(locationId, mac);
  const key = ports.keys.find(tenantId, code?.keyId ?? noKeyId);
  const holding = ports.boxes.binSensing(tenantId, boxId, key?.fobTag ?? noFob);
  return { kind: 'code', code, key, holding };
}

function askByFob(ports: AccessPorts, { from, body, store, last }: Asked): AccessQuestion {
  const { tenantId, boxId } = from;
  const key = ports.keys.byFob(tenantId, padTag(body.tag) ?? noFob);
  const latest = last?.reference ?? 0;
  const busy = store.binsAboutToOpen(boxId, latest);
  const tried = store.binsTried(boxId, key?.keyId ?? noKeyId, latest);
  // A bin whose lock has just fired for somebody else comes last, and before it those that were opened for
  // this very return, the latest last: its door may be stuck. But they come: returns are always taken.
  const late = (bin: number): number => (busy.has(bin) ? latest + 1 : tried.lastIndexOf(bin) + 1);
  const bins = ports.boxes.bins(tenantId, boxId).toSorted((a, b) => late(a.bin) - late(b.bin));
  return { kind: 'fob', key, bins, tappedBin: body.bin };
}

function grant(
  ports: AccessPorts,
  asked: Asked,
  decision: Omit<Extract<AccessDecision, { kind: 'granted' }>, 'kind'>,
): Grant {
  const { from, nowMs, store, last } = asked;
  const { tenantId, boxId } = from;
  const { bin, purpose, keyId, codeId, personId, order } = decision;
  const reference = (last?.reference ?? 0) + 1;
  const request = asked.body.request;
  const made: Grant = {
    reference,
    request,
    bin,
    purpose,
    keyId,
    codeId,
    personId,
    state: 'granted',
    grantedAtMs: nowMs,
  };
  store.addGrant(boxId, made);
  if (decision.reserves && codeId !== null) store.reserveCode(codeId, { boxId, reference });
  ports.events.publish('fact-established', {
    ...{ tenantId, boxId },
    ...(bin === 0 ? {} : { bin }),
    ...(keyId === null ? {} : { keyId }),
    ...(codeId === null ? {} : { codeId }),
    type: 'access.granted',
    locationId: asked.locationId,
    occurredAtMs: nowMs,
    data: {
      ...{ purpose, grant: reference },
      ...(personId === null ? {} : { person_id: personId }),
      ...(order === undefined ? {} : { opening_id: order.openingId }),
    },
  });
  if (order !== undefined) ports.orders().granted(from, order.openingId, reference);
  return made;
}

function grantReply({ request }: Body, { bin, purpose, reference }: Grant): Reply {
  return { message: { name: 'access-granted', body: { request, bin, purpose, grant: reference } } };
}

function refuse(ports: AccessPorts, asked: Asked, refusal: Refusal): Reply {
  const { from, body, nowMs, store, remembered, locationId, mac } = asked;
  const { reason, cause, question, settleEnd, personId } = refusal;
  const { tenantId, boxId } = from;
  const wrongAtMs = refusal.isWrongTry ? addWrongTry(remembered.wrongAtMs, nowMs) : remembered.wrongAtMs;
  store.saveBox(boxId, { wrongAtMs, settleEnd });
  if (question.kind === 'remote')
    ports.orders().notGranted(from, orderAsked(body, locationId), { waits: reason === 'try-again' });
  // The box only has to report its log first; nobody was refused anything.
  if (reason !== 'try-again')
    ports.events.publish('fact-established', {
      ...{ tenantId, boxId, locationId },
      ...(question.key === undefined ? {} : { keyId: question.key.keyId }),
      ...(question.kind === 'code' && question.code !== undefined ? { codeId: question.code.codeId } : {}),
      type: 'access.refused',
      occurredAtMs: nowMs,
      data: {
        by: question.kind,
        because: cause.replaceAll('-', '_'),
        ...(mac === undefined ? {} : { code_tag: codeTag(mac) }),
        ...(personId === undefined ? {} : { person_id: personId }),
      },
    });
  return {
    message: { name: 'access-refused', body: { request: body.request, reason, waitMs: 0 } },
    ...(reason === 'refused' ? { holdMs: refusalHoldMs } : {}),
  };
}
