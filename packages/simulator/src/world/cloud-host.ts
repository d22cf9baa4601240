// The real cloud inside the world: composed as in production, but with the world's time, chance and
// network. It can be killed between two turns, as by SIGKILL: what was committed stays, what waited
// for an answer hears nothing, and a new process starts from the same database.
import {
  allPermissions,
  type Cloud,
  CloudError,
  compose,
  createLog,
  type DeviceTransportHandlers,
  type PersonRole,
  readConfig,
  rolePermissions,
  type TenantId,
} from '@smartbox/cloud';
import type { MemoryNetwork, VirtualClock } from '@smartbox/firmware/simulated';
import type { BoxId } from '@smartbox/protocol';
import type { Chance } from './chance.ts';
import { Phones } from './phones.ts';
import { Violation } from './violation.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

// Not drawn from the seed: known seeds go on to make the worlds that they made before there was an audit.
const auditKey = new Uint8Array(32).fill(0xa0);

/** When every world begins: a moment in the past of any real run. */
export const worldEpochMs = Date.UTC(2026, 3, 1, 9, 0, 0);

/** How much time passes between two looks at a file that is being made. */
const FILE_LOOK_MS = 100;

/** Who calls the API. */
export interface Operator {
  readonly tenantId: TenantId;
}

/** A grant as the cloud remembers it. */
export type AccessGrant = ReturnType<Cloud['features']['access']['grants']>[number];

/** Path parameters, query and body of a call. */
export interface CallParts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** A person who has signed in; a program that may do everything unless given. */
  readonly by?: { readonly personId: string; readonly role: PersonRole };
  /** Told of the answer's body inside the transaction: whoever keeps the same facts keeps them in the same order. */
  readonly committing?: (body: Readonly<Record<string, unknown>>) => void;
}

/** What the cloud is plugged into. */
export interface CloudSurroundings {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly chance: Chance;
}

/** One process after the other over one database. */
export class CloudHost {
  /** Every line that the cloud logged, for the search for secrets. */
  readonly logLines: string[] = [];
  /** Everybody's phones; they are on whatever the cloud does. */
  readonly phones: Phones;
  readonly receiver: WebhookReceiver;
  readonly #surroundings: CloudSurroundings;
  readonly #secrets: { readonly keyEncryptionKey: Uint8Array; readonly pepper: Uint8Array };
  #image: Uint8Array | undefined;
  #cloud: Cloud | undefined;
  /** Counts processes: what an earlier one asked the clock for does not happen. */
  #generation = 0;
  #mute = false;
  #waiting = 0;
  #handlers: DeviceTransportHandlers | undefined;
  readonly #grantsAtDeath = new Map<BoxId, readonly AccessGrant[]>();

  constructor(surroundings: CloudSurroundings) {
    this.#surroundings = surroundings;
    const { chance } = surroundings;
    this.#secrets = { keyEncryptionKey: chance.bytes(32), pepper: chance.bytes(32) };
    this.phones = new Phones(surroundings.clock, chance.fork());
    this.receiver = new WebhookReceiver(surroundings.clock, chance.fork());
  }

  /** The running process. */
  get cloud(): Cloud {
    if (this.#cloud === undefined) throw new Violation('crash', 'the cloud does not run');
    return this.#cloud;
  }

  get running(): boolean {
    return this.#cloud !== undefined;
  }

  /** Whether somebody waits for an answer of the API at this very moment. */
  get isAnswering(): boolean {
    return this.#waiting > 0;
  }

  /** Starts a process over whatever the last one committed. */
  async start(): Promise<void> {
    this.#mute = false;
    const cloud = this.#compose();
    await cloud.start();
    this.#cloud = cloud;
  }

  /** From now on nothing that the process says leaves it; its commits still count. */
  silence(): void {
    this.#mute = true;
  }

  /** Hands the cloud a frame that no box sent, as a hostile broker can. */
  inject(boxId: BoxId, frame: Uint8Array): void {
    if (this.running) this.#handlers?.frame(boxId, frame, () => {});
  }

  /** Every grant that a box was ever given; also while no process runs. */
  grants(operator: Operator, boxId: BoxId): readonly AccessGrant[] {
    if (!this.running) return this.#grantsAtDeath.get(boxId) ?? [];
    return this.cloud.features.access.grants(operator.tenantId, boxId);
  }

  /** Ends the process at once. @param boxes whose grants may still be asked about */
  kill(operator: Operator, boxes: readonly BoxId[]): void {
    const { network } = this.#surroundings;
    this.#generation += 1;
    for (const boxId of boxes) this.#grantsAtDeath.set(boxId, this.grants(operator, boxId));
    this.#image = this.cloud.database.serialize();
    this.cloud.database.close();
    this.#cloud = undefined;
    network.serve(undefined);
  }

  /** A new tenant. */
  createTenant(name: string): Operator {
    const { features } = this.cloud;
    return { tenantId: this.#commit(() => features.tenants.create(name)) };
  }

  /** Calls the API as its HTTP edge would, one transaction for the call. @returns the answer's body */
  call(operator: Operator, operationId: string, parts: CallParts = {}): Readonly<Record<string, unknown>> {
    return this.#answer(operator, operationId, parts).body as Readonly<Record<string, unknown>>;
  }

  /** The same for an operation whose answer is a file. @returns its text */
  async file(operator: Operator, operationId: string, parts: CallParts = {}): Promise<string> {
    const { file } = this.#answer(operator, operationId, parts);
    if (file === undefined) throw new Violation('crash', `${operationId} answers with no file`);
    let made: Uint8Array | undefined;
    const making = Promise.resolve(file.render()).then((bytes) => {
      made = bytes;
    });
    // A file may wait for what a box says: time must pass for that.
    while (made === undefined) {
      this.#surroundings.clock.advance(FILE_LOOK_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await making;
    return Buffer.from(made).toString('utf8');
  }

  #answer(operator: Operator, operationId: string, parts: CallParts) {
    const route = this.cloud.features.routes.find((candidate) => candidate.operationId === operationId);
    if (route?.kind !== 'request') throw new Violation('crash', `the API has no operation ${operationId}`);
    const principal = {
      tenantId: operator.tenantId,
      tokenId: 'tok_world',
      permissions: allPermissions,
      role: 'machine',
      personId: null,
      scope: { kind: 'tenant' },
      ...(parts.by === undefined ? {} : { ...parts.by, permissions: rolePermissions[parts.by.role] }),
    };
    if (!principal.permissions.includes(route.permission))
      throw new CloudError('permission-missing', { parameters: { permission: route.permission } });
    const call = {
      principal,
      params: parts.params ?? {},
      query: parts.query ?? {},
      body: parts.body ?? {},
      language: 'en',
      requestId: 'req_world',
      ifMatch: '*',
    };
    const answer = this.#commit(() => {
      const given = route.handle(call as never, undefined);
      if (given.refused === undefined) parts.committing?.(given.body as Readonly<Record<string, unknown>>);
      return given;
    });
    if (answer.refused !== undefined) throw answer.refused;
    return answer;
  }

  // The world's turns are its own: the commit that a call asks for is drained before it returns.
  #commit<T>(work: () => T): T {
    let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
    this.cloud.commitGroup.enqueue(work, (settled) => {
      outcome = settled.kind === 'committed' ? { value: settled.value } : { error: settled.error };
    });
    const { clock } = this.#surroundings;
    this.#waiting += 1;
    while (outcome === undefined) clock.advanceTo(clock.nowMs());
    this.#waiting -= 1;
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  #compose(): Cloud {
    const { clock, network, chance } = this.#surroundings;
    const generation = this.#generation;
    const alive = (run: () => void) => () => {
      if (generation === this.#generation) run();
    };
    // Boards move contacts between two milliseconds; a server's clock counts whole ones.
    const time = { nowMs: () => worldEpochMs + Math.floor(clock.nowMs()), monotonicMs: () => clock.nowMs() };
    const settings = readConfig({});
    return compose({
      config: {
        ...settings,
        database: this.#image === undefined ? { path: ':memory:' } : { image: this.#image },
        secrets: { kind: 'given', ...this.#secrets, auditKey },
      },
      clock: time,
      timers: {
        after: (delayMs, run) => {
          const timer = clock.set(alive(run), delayMs);
          return () => clock.clear(timer);
        },
      },
      defer: (run) => void clock.set(alive(run), 0),
      entropy: { bytes: (length) => chance.bytes(length) },
      log: createLog({ level: 'debug', clock: time }, { write: (line) => void this.logLines.push(line) }),
      textMessages: this.phones.provider,
      outboundHttp: this.receiver.http,
      deviceTransport: {
        start: async (handlers) => {
          this.#handlers = this.#muted(handlers);
          network.serve(this.#handlers);
        },
        send: (boxId, frame) => !this.#mute && network.send(boxId, frame),
        stop: async () => network.serve(undefined),
      },
    });
  }

  // A process that is about to die still hears; that nothing leaves it is what its peers notice.
  #muted(handlers: DeviceTransportHandlers): DeviceTransportHandlers {
    return {
      ...handlers,
      frame: (boxId, frame, done) =>
        handlers.frame(boxId, frame, () => {
          if (!this.#mute) done();
        }),
    };
  }
}
