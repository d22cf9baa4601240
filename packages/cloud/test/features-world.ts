// Every feature over a database in memory, with the real migrations, commit group, bus and register of
// handlers, and time that moves by hand. Boxes speak to it in decoded messages (model-box.ts); the
// broker and HTTP have worlds of their own.

import { type BoxId, type DownMessage, nobleCrypto, type UpMessage } from '@smartbox/protocol';
import { Value } from 'typebox/value';
import { createFeatures } from '../src/features/features.ts';
import { createCommitGroup } from '../src/platform/commit-group.ts';
import { type Database, openDatabase, type Statement } from '../src/platform/database.ts';
import { createDeviceRegistry, type DevicePort } from '../src/platform/device-port.ts';
import { CloudError } from '../src/platform/errors.ts';
import { createEventBus } from '../src/platform/events.ts';
import { createIdentifiers, type TenantId } from '../src/platform/identifiers.ts';
import { createKeyVault } from '../src/platform/key-vault.ts';
import { type Log, silentLog } from '../src/platform/log.ts';
import { readMigrations } from '../src/platform/migration-files.ts';
import type { OutboundHttp } from '../src/platform/outbound-http.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import type { Route, RouteAnswer, RouteCall } from '../src/platform/route.ts';
import { wholeTenant } from '../src/platform/scope.ts';
import type { Principal } from '../src/platform/token-register.ts';
import { FixedPorts, seededEntropy } from './fixed-ports.ts';
import { createOutside } from './outside.ts';
import { createPhones } from './phones.ts';

const migrations = readMigrations(new URL('../migrations/', import.meta.url));

const machine = { role: 'machine', personId: null, scope: wholeTenant } as const;

/** The tables as they are before any row, migrated once for all tests of a file. */
const emptyImage = ((): Uint8Array => {
  const database = openDatabase({ path: ':memory:', migrations });
  const image = database.serialize();
  database.close();
  return image;
})();

/** An answer as a box gets it. */
export interface Answer {
  readonly message: DownMessage;
  readonly holdMs: number;
}

/** What a call of the API brings along. */
export type CallParts = Partial<
  Pick<RouteCall<unknown, unknown, unknown>, 'params' | 'query' | 'body' | 'ifMatch'>
>;

/** What may be set. */
export interface FeaturesWorldOptions {
  readonly seed?: string;
  /** A database to go on with, as after a restart. */
  readonly image?: Uint8Array;
  readonly ports?: FixedPorts;
  /** How requests leave the house; kept and answered by the test unless given. */
  readonly outboundHttp?: OutboundHttp;
  readonly log?: Log;
  /** Told of every statement that runs, for tests of what an onlooker could time. */
  readonly onStatement?: (sql: string) => void;
}

/** A world without tenants. */
export function createFeaturesWorld(options: FeaturesWorldOptions = {}) {
  const ports = options.ports ?? new FixedPorts();
  const { clock, timers } = ports;
  const entropy = seededEntropy(options.seed ?? 'features');
  const database = watched(
    openDatabase({ image: options.image ?? emptyImage, migrations }),
    options.onStatement,
  );
  const commitGroup = createCommitGroup({ database, defer: ports.defer });
  const events = createEventBus(commitGroup);
  const registry = createDeviceRegistry();
  const sent: { readonly boxId: BoxId; readonly frame?: Uint8Array; readonly message?: DownMessage }[] = [];
  /** Boxes that count as connected; what is sent to others is recorded too. */
  const connected = new Set<BoxId>();
  const port: DevicePort = {
    ...registry,
    send: (boxId, message) => {
      commitGroup.afterCommit(() => void sent.push({ boxId, message }));
      return connected.has(boxId);
    },
    sendExchangeFrame: (boxId, frame) => {
      commitGroup.afterCommit(() => void sent.push({ boxId, frame }));
      return true;
    },
    endSession: () => {},
    connectedBoxes: () => [...connected],
  };
  const identifiers = createIdentifiers({ clock, entropy });
  const phones = createPhones();
  const outside = createOutside();
  /** What the metrics were told. */
  const tried = { strangers: 0 };
  const features = createFeatures({
    ...{
      outboundHttp: options.outboundHttp ?? outside.http,
      outboundMail: outside.mail,
      contact: 'mailto:test@example.jp',
    },
    log: options.log ?? silentLog(),
    metrics: {
      strangerTried: () => {
        tried.strangers += 1;
      },
    },
    ...{ database, clock, timers, entropy, identifiers, events, commitGroup, port },
    textMessages: phones.provider,
    crypto: nobleCrypto,
    vault: createKeyVault({ keys: [new Uint8Array(32).fill(7)], entropy }),
    codePepper: new Uint8Array(32).fill(9),
    publicUrl: 'http://localhost:8080',
    auditKey: new Uint8Array(32).fill(5),
  });

  /** Runs work in a transaction of its own and returns what it returned, or throws what it threw. */
  const commit = <T>(work: () => T): T => {
    let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
    commitGroup.enqueue(work, (settled) => {
      outcome = settled.kind === 'committed' ? { value: settled.value } : { error: settled.error };
    });
    ports.drain();
    if (outcome === undefined) throw new RangeError('nothing was committed');
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };

  const tenant = (name: string): Principal => {
    const tenantId = commit(() => features.tenants.create(name));
    return { tenantId, tokenId: 'tok_test', permissions: allPermissions, ...machine };
  };

  /** What a box says, and what it is answered once that is committed. */
  const say = (
    from: { readonly tenantId: TenantId; readonly boxId: BoxId },
    message: UpMessage,
  ): readonly Answer[] =>
    commit(() => registry.handle(from, message)).map((reply) => ({
      message: reply.message,
      holdMs: reply.holdMs ?? 0,
    }));

  const call = (operationId: string, principal: Principal, parts: CallParts = {}): RouteAnswer =>
    callRoute(features.routes, { operationId, principal, parts, commit });

  /** A call by whoever it may be. */
  const callPublic = (operationId: string, parts: CallParts = {}): RouteAnswer => {
    const route = features.routes.find((one) => one.operationId === operationId);
    if (route?.kind !== 'public') throw new RangeError(`no public operation ${operationId}`);
    for (const [schema, value] of [
      [route.params, parts.params],
      [route.body, parts.body],
    ] as const) {
      if (schema !== undefined && !Value.Check(schema, value)) throw new CloudError('invalid-request');
    }
    const asked = {
      params: parts.params,
      query: {},
      body: parts.body,
      language: 'en',
      requestId: 'req_test',
      address: '192.0.2.1',
    };
    const answer = commit(() => route.handle(asked as never, undefined));
    if (answer.refused !== undefined) throw answer.refused;
    return answer;
  };

  return {
    ports,
    database,
    commitGroup,
    features,
    registry,
    events,
    entropy,
    outside,
    sent,
    phones,
    tried,
    connected,
    commit,
    tenant,
    say,
    call,
    callPublic,
  };
}

/** The world that `createFeaturesWorld` makes. */
export type FeaturesWorld = ReturnType<typeof createFeaturesWorld>;

/** The code of the problem that a call ends with; undefined when it succeeds. */
export function problemOf(
  call: () => unknown,
): { readonly code: string; readonly pointers: readonly string[] } | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof CloudError)
      return { code: error.code, pointers: error.errors.map(({ pointer, code }) => `${pointer} ${code}`) };
    throw error;
  }
}

/** Everything in the tables, as text: what a thief of the database could read. */
export function dump(database: Database): string {
  const tables = database
    .prepare<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all();
  return tables
    .flatMap(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all())
    .map((row) =>
      JSON.stringify(row, (_name, value) =>
        value?.type === 'Buffer'
          ? Buffer.from(value.data).toString('hex') + Buffer.from(value.data).toString('latin1')
          : value,
      ),
    )
    .join('\n');
}

function watched(database: Database, onStatement: ((sql: string) => void) | undefined): Database {
  if (onStatement === undefined) return database;
  const prepare = <Row>(sql: string): Statement<Row> =>
    new Proxy(database.prepare<Row>(sql), {
      get: (statement, name) => {
        const value = Reflect.get(statement, name, statement) as unknown;
        if (typeof value !== 'function') return value;
        return (...parameters: unknown[]) => {
          onStatement(sql);
          return Reflect.apply(value, statement, parameters) as unknown;
        };
      },
    });
  return Object.assign(Object.create(database) as Database, { prepare });
}

// The HTTP edge checks a request against its schemas before the handler sees it; so does this.
function callRoute(
  routes: readonly Route[],
  wanted: {
    readonly operationId: string;
    readonly principal: Principal;
    readonly parts: CallParts;
    readonly commit: <T>(work: () => T) => T;
  },
): RouteAnswer {
  const { principal, parts } = wanted;
  const route = routes.find(({ operationId }) => operationId === wanted.operationId);
  if (route?.kind !== 'request') throw new RangeError(`no operation ${wanted.operationId}`);
  for (const [schema, value] of [
    [route.params, parts.params],
    [route.query, parts.query ?? {}],
    [route.body, parts.body],
  ] as const) {
    if (schema !== undefined && !Value.Check(schema, value)) throw new CloudError('invalid-request');
  }
  const call = {
    principal,
    params: parts.params,
    query: parts.query ?? {},
    body: parts.body,
    language: 'en',
    requestId: 'req_test',
    address: '192.0.2.1',
    ifMatch: parts.ifMatch,
  } as never;
  const answer =
    route.method === 'GET'
      ? route.handle(call, undefined)
      : wanted.commit(() => route.handle(call, undefined));
  if (answer.refused !== undefined) throw answer.refused;
  return answer;
}
