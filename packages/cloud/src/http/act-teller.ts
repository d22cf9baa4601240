// Tells the audit of every call that is more than a look: one that succeeds in the transaction of its effect, one that
// is refused before its refusal is sent. Only ids are told: no body, no query, no name.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CommitGroup } from '../platform/commit-group.ts';
import type { ActOutcome, OperatorAct } from '../platform/operator-act.ts';
import type { Route, RouteAnswer } from '../platform/route.ts';
import './request-facts.ts';

/** Writes an act down, in the transaction that is open. */
export type TellAct = (act: OperatorAct) => void;

const tooManyRequests = 429;

/** @returns the name under which calls of this route are told; undefined for a mere look */
export function auditedOperation(route: Route): string | undefined {
  if (route.kind !== 'request') return undefined;
  return route.method !== 'GET' || route.audited === true ? route.operationId : undefined;
}

/** Tells of a call that was handled; inside its transaction. */
export function tellHandled(
  tell: TellAct,
  request: FastifyRequest,
  handled: { readonly answer: RouteAnswer; readonly replayed: boolean },
): void {
  const { answer, replayed } = handled;
  const problem = answer.refused?.code ?? null;
  const outcome = problem !== null ? 'refused' : replayed ? 'replayed' : 'done';
  tellOf(tell, request, { outcome, problem, created: answer.location ?? null });
  request.actTold = true;
}

/** Tells of refusals from here on: by the guards, by a schema, by the handler whose work was undone. */
export function tellRefusals(
  app: FastifyInstance,
  ports: { readonly commitGroup: CommitGroup; readonly tellAct: TellAct },
): void {
  app.decorateRequest('actTold', false);
  app.decorateRequest('problem', undefined);
  app.addHook('onSend', async (request, reply) => {
    const { problem } = request;
    // A flood that is turned away must not fill the disk.
    if (request.actTold || problem === undefined || reply.statusCode === tooManyRequests) return;
    request.actTold = true;
    try {
      await ports.commitGroup.run(() =>
        tellOf(ports.tellAct, request, { outcome: 'refused', problem, created: null }),
      );
    } catch (error) {
      // Nothing was done, so nothing is hidden; the caller still gets the refusal.
      request.log.error({ err: error }, 'a refusal could not be recorded');
    }
  });
}

function tellOf(
  tell: TellAct,
  request: FastifyRequest,
  ending: { readonly outcome: ActOutcome; readonly problem: string | null; readonly created: string | null },
): void {
  const { operation } = request.routeOptions.config;
  const { principal } = request;
  if (operation === undefined || principal === undefined) return;
  tell({
    tenantId: principal.tenantId,
    operation,
    ...actorOf(principal),
    targets: targetsOf(request.params),
    ...ending,
    requestId: request.id,
  });
}

/** Who acted: a program's token, or what a person's sign-in gave. */
function actorOf(principal: { readonly tokenId: string; readonly personId: string | null }) {
  return { tokenId: principal.tokenId, personId: principal.personId };
}

/** The ids in the path. What only claims to be one is not written down: it may be anything. */
function targetsOf(params: unknown): Readonly<Record<string, string>> {
  const named = Object.entries(params ?? {}).filter(
    ([name, value]) => name.endsWith('_id') && /^[a-z]{2,5}_[0-9A-Za-z]{1,64}$/.test(String(value)),
  );
  return Object.fromEntries(named);
}
