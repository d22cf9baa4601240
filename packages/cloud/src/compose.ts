// The composition root: the only file that constructs. Given configuration and ports it wires
// database, features, broker edge and HTTP into the real cloud; the running process, the tests and
// the simulated world differ in nothing but what they hand in here.

import { type BoxId, limits, nobleCrypto } from '@smartbox/protocol';
import type { FastifyInstance } from 'fastify';
import { createDeviceEdge, type DeviceEdge } from './broker/device-edge.ts';
import { createEmbeddedBroker, type EmbeddedBroker } from './broker/embedded-broker.ts';
import { loadServerKeys } from './broker/server-keys.ts';
import type { CloudConfig, RelayConfig, TextConfig } from './config.ts';
import { createFeatures, type Features } from './features/features.ts';
import { createHttpServer } from './http/server.ts';
import { createAddressGuard } from './platform/address-guard.ts';
import type { Clock, Defer, Timers, Trace } from './platform/clock.ts';
import { type CommitGroup, createCommitGroup } from './platform/commit-group.ts';
import { type Database, openDatabase } from './platform/database.ts';
import type { DeviceTransport } from './platform/device-transport.ts';
import type { Entropy } from './platform/entropy.ts';
import { listenFault, StartupFault } from './platform/errors.ts';
import { createEventBus } from './platform/events.ts';
import { createGuardedHttp } from './platform/guarded-http.ts';
import { createHttpTextMessages } from './platform/http-text-messages.ts';
import { createIdentifiers } from './platform/identifiers.ts';
import { createKeyVault } from './platform/key-vault.ts';
import type { Log } from './platform/log.ts';
import { createLoggedTextMessages } from './platform/logged-text-messages.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { readMigrations } from './platform/migration-files.ts';
import type { OutboundHttp } from './platform/outbound-http.ts';
import type { OutboundMail } from './platform/outbound-mail.ts';
import { readPrivateFile, secretInFile } from './platform/private-file.ts';
import { createSmtpMail, type SmtpSettings } from './platform/smtp-mail.ts';
import type { TextMessages } from './platform/text-messages.ts';

/** What the cloud is given. */
export interface CloudPorts {
  readonly config: CloudConfig;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly entropy: Entropy;
  readonly defer: Defer;
  readonly log: Log;
  /** How frames travel; the embedded MQTT broker unless given. */
  readonly deviceTransport?: DeviceTransport;
  /** How text messages leave the house; by the provider of the configuration unless given. */
  readonly textMessages?: TextMessages;
  /** How requests leave the house; through the guard against private addresses unless given. */
  readonly outboundHttp?: OutboundHttp;
  /** How mail leaves the house; by the relay of the configuration unless given. */
  readonly outboundMail?: OutboundMail;
  /** Told about every step of every request, beside the metrics. */
  readonly trace?: Trace;
}

/** A whole cloud. */
export interface Cloud {
  /** The API; usable with `inject` without listening. */
  readonly http: FastifyInstance;
  readonly features: Features;
  readonly commitGroup: CommitGroup;
  readonly database: Database;
  readonly metrics: Metrics;
  /** Connects the boxes. @throws StartupFault when a port is taken */
  start(): Promise<void>;
  /** Opens the API's port. @returns its address. @throws StartupFault when it is taken */
  listen(): Promise<string>;
  /** Boxes that have a session now. */
  connectedBoxes(): readonly BoxId[];
  /** Ports of the embedded broker once started; undefined with another transport. */
  mqttPorts(): ReturnType<EmbeddedBroker['ports']> | undefined;
  /** Lets go of everything, with all that was promised stored. */
  stop(): Promise<void>;
}

const migrationsFolder = new URL('../migrations/', import.meta.url);

/** @throws StartupFault when database or key files cannot be used */
export function compose(ports: CloudPorts): Cloud {
  const { config, clock, timers, entropy, defer, log } = ports;
  const metrics = createMetrics(clock);
  const trace = joinTraces(metrics.trace, ports.trace);
  const database = openDatabase({ ...config.database, migrations: readMigrations(migrationsFolder) });
  const commitGroup = createCommitGroup({ database, defer, hooks: commitHooks({ metrics, log, trace }) });
  const events = createEventBus(commitGroup);
  const identifiers = createIdentifiers({ clock, entropy });
  const secrets = readSecrets(config, entropy);
  const vault = createKeyVault({ keys: [secrets.keyEncryptionKey], entropy });
  const broker =
    ports.deviceTransport === undefined ? embeddedBroker(config, { log, metrics, clock }) : undefined;
  const transport = ports.deviceTransport ?? broker;
  const crypto = nobleCrypto;
  const textMessages = ports.textMessages ?? textsOf(config.texts, ports);
  const outbound = outboundPorts(ports);
  const epochsAhead = config.afterRestore ? limits.epochsAheadAfterRestore : limits.epochsAhead;
  const edge = createDeviceEdge({
    ...{ crypto, commitGroup, events, clock, timers, entropy, metrics, log, trace, epochsAhead },
    framesPerMinute: config.mqtt.perBoxPerMinute,
    transport: transport as DeviceTransport,
  });
  const features = createFeatures({
    ...{ database, commitGroup, clock, timers, entropy, identifiers, crypto, vault, events, log, metrics },
    ...outbound,
    port: edge.port,
    textMessages,
    codePepper: secrets.pepper,
    publicUrl: config.http.publicUrl,
    auditKey: secrets.auditKey,
  });
  const life = { edgeStarted: false };
  // A simulated world that never calls the API never pays for it.
  const http = once(() =>
    createHttpServer({
      ...{ database, commitGroup, vault, identifiers, clock, timers, log, metrics },
      routes: features.routes,
      register: features.tokens,
      stepUps: features.stepUps,
      tellAct: (act) => events.publish('operator-acted', act),
      rateLimits: { perAddress: config.http.perAddressPerMinute, perToken: config.http.perTokenPerMinute },
      trustedProxies: config.http.trustedProxies,
      unready: () => [...(life.edgeStarted ? [] : ['boxes']), ...(isAlive(database) ? [] : ['database'])],
    }),
  );
  return {
    get http() {
      return http.value();
    },
    ...{ features, commitGroup, database, metrics },
    ...lifeCycle({ ...ports, ...outbound, textMessages, http, edge, features, database, commitGroup, life }),
    connectedBoxes: () => edge.port.connectedBoxes(),
    mqttPorts: () => broker?.ports(),
  };
}

/** Something that is built when it is first asked for. */
interface Once<T> {
  value(): T;
  /** What was built, if it was. */
  built(): T | undefined;
}

function once<T>(build: () => T): Once<T> {
  let built: T | undefined;
  return {
    value: () => {
      built ??= build();
      return built;
    },
    built: () => built,
  };
}

function lifeCycle(parts: {
  readonly config: CloudConfig;
  readonly timers: Timers;
  readonly http: Once<FastifyInstance>;
  readonly edge: DeviceEdge;
  readonly features: Features;
  readonly database: Database;
  readonly commitGroup: CommitGroup;
  readonly life: { edgeStarted: boolean };
  readonly textMessages: TextMessages | undefined;
  readonly outboundHttp: OutboundHttp;
  readonly outboundMail: OutboundMail | undefined;
}): Pick<Cloud, 'start' | 'listen' | 'stop'> {
  const { config, timers, http, edge, features, database, commitGroup, life } = parts;
  let unwatch = (): void => {};
  return {
    async start() {
      unwatch = features.start();
      await edge.start(features.keyring);
      life.edgeStarted = true;
    },
    async listen() {
      const { host, port } = config.http;
      try {
        return await http.value().listen({ host, port });
      } catch (cause) {
        throw listenFault(cause, { host, port, setting: 'SMARTBOX_HTTP_PORT' });
      }
    },
    async stop() {
      unwatch();
      life.edgeStarted = false;
      await closeSoon(http.built(), timers);
      await edge.stop();
      parts.textMessages?.close();
      parts.outboundHttp.close();
      parts.outboundMail?.close();
      // Whatever is still waiting for its commit gets it before the database closes.
      await commitGroup.run(() => undefined);
      database.close();
    },
  };
}

const closeGraceMs = 1_000;

// Requests that are being answered get their answer; a connection that only stays open does not hold
// up the stop.
async function closeSoon(http: FastifyInstance | undefined, timers: Timers): Promise<void> {
  if (http === undefined) return;
  const cancel = timers.after(closeGraceMs, () => http.server.closeAllConnections());
  await http.close();
  cancel();
}

function commitHooks(ports: { readonly metrics: Metrics; readonly log: Log; readonly trace: Trace }) {
  const { metrics, log, trace } = ports;
  return {
    beforeCommit: (labels: readonly string[]) => {
      for (const boxId of labels) trace('before-commit', boxId);
    },
    committed: (labels: readonly string[], works: number) => {
      metrics.committed(works);
      for (const boxId of labels) trace('committed', boxId);
    },
    lost: (cause: unknown) => {
      metrics.commitFailed();
      log.error({ err: cause }, 'a commit failed: nothing of it exists');
    },
    afterCommitFailed: (error: unknown) => log.error({ err: error }, 'an action after a commit failed'),
  };
}

function textsOf(
  texts: TextConfig | undefined,
  { timers, log }: Pick<CloudPorts, 'timers' | 'log'>,
): TextMessages | undefined {
  if (texts === undefined) return undefined;
  if (texts.kind === 'log') return createLoggedTextMessages(log);
  const { tokenFile, ...reached } = texts;
  const token = readPrivateFile(tokenFile)?.trim();
  if (token === undefined || token === '')
    throw new StartupFault(
      'key-file-unusable',
      `SMARTBOX_TEXT_MESSAGE_TOKEN_FILE names ${tokenFile}, which holds no token.`,
    );
  return createHttpTextMessages({ provider: { ...reached, token }, timers });
}

function outboundPorts({ config, timers, outboundHttp, outboundMail }: CloudPorts) {
  const { smtp, namedNetworks } = config.outbound;
  const guard = createAddressGuard(namedNetworks);
  return {
    outboundHttp: outboundHttp ?? createGuardedHttp({ guard, timers }),
    outboundMail: outboundMail ?? (smtp && createSmtpMail(withLogin(smtp))),
    contact: config.outbound.contact,
  };
}

function withLogin(relay: RelayConfig): SmtpSettings {
  const { user, passwordFile, ...reached } = relay;
  if (user === '') return { ...reached, login: undefined };
  const password = readPrivateFile(passwordFile)?.trim();
  if (password === undefined || password === '')
    throw new StartupFault(
      'key-file-unusable',
      `SMARTBOX_SMTP_PASSWORD_FILE names ${passwordFile}, which holds no password.`,
    );
  return { ...reached, login: { user, password } };
}

function readSecrets(config: CloudConfig, entropy: Entropy) {
  if (config.secrets.kind === 'given') return config.secrets;
  return {
    keyEncryptionKey: secretInFile(config.secrets.keyFile, entropy),
    pepper: secretInFile(config.secrets.pepperFile, entropy),
    auditKey: secretInFile(config.secrets.auditKeyFile, entropy),
  };
}

function embeddedBroker(
  config: CloudConfig,
  ports: { readonly log: Log; readonly metrics: Metrics; readonly clock: Clock },
): EmbeddedBroker {
  const { host, plainPort, tlsPort, connectionsPerAddress } = config.mqtt;
  const keys = () =>
    loadServerKeys({ ...config.mqtt, dataDirectory: config.dataDirectory, clock: ports.clock });
  return createEmbeddedBroker(
    {
      connectionsPerAddress,
      ...(plainPort === undefined ? {} : { plain: { host, port: plainPort, setting: 'SMARTBOX_MQTT_PORT' } }),
      ...(tlsPort === undefined
        ? {}
        : { tls: { host, port: tlsPort, setting: 'SMARTBOX_MQTT_TLS_PORT', keys } }),
    },
    ports,
  );
}

function joinTraces(first: Trace, second: Trace | undefined): Trace {
  if (second === undefined) return first;
  return (stage, boxId) => {
    first(stage, boxId);
    second(stage, boxId);
  };
}

function isAlive(database: Database): boolean {
  try {
    return database.prepare('SELECT 1').get() !== undefined;
  } catch {
    // A closed or broken database is exactly what is asked about.
    return false;
  }
}
