// The configuration: environment variables to one frozen value, checked against one table. All
// faults are told at once, with what to do. The only file that reads the environment.

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isNetwork } from './platform/address-guard.ts';
import { StartupFault } from './platform/errors.ts';
import type { LogLevel } from './platform/log.ts';

/** Where the database is: a file, `:memory:`, or a serialised database to start from. */
export type DatabaseSource = { readonly path: string } | { readonly image: Uint8Array };

/** The secrets beside the database: in files that are made on first start, or given by value. */
export type SecretSource =
  | {
      readonly kind: 'files';
      readonly keyFile: string;
      readonly pepperFile: string;
      readonly auditKeyFile: string;
    }
  | {
      readonly kind: 'given';
      readonly keyEncryptionKey: Uint8Array;
      readonly pepper: Uint8Array;
      /** Signs the heads of the audit. */
      readonly auditKey: Uint8Array;
    };

/** Everything that can be set. */
export interface CloudConfig {
  readonly dataDirectory: string;
  readonly database: DatabaseSource;
  readonly secrets: SecretSource;
  readonly logLevel: LogLevel;
  readonly http: {
    readonly host: string;
    /** 0 lets the system choose. */
    readonly port: number;
    readonly perAddressPerMinute: number;
    readonly perTokenPerMinute: number;
    readonly trustedProxies: readonly string[];
    /** The origin at which browsers reach this server, `https://keys.example.jp`: passkeys belong to its host. */
    readonly publicUrl: string;
  };
  readonly mqtt: {
    readonly host: string;
    /** Unencrypted port; undefined unless asked for. */
    readonly plainPort: number | undefined;
    readonly tlsPort: number | undefined;
    /** Names and addresses in the development certificate. */
    readonly tlsNames: readonly string[];
    /** An operator's own certificate; undefined for the development authority. */
    readonly tlsFiles: { readonly certificate: string; readonly privateKey: string } | undefined;
    readonly connectionsPerAddress: number;
    /** Frames of one box; 0 for any number. */
    readonly perBoxPerMinute: number;
  };
  /** How text messages to phones leave the house; undefined for not at all. */
  readonly texts: TextConfig | undefined;
  /** What leaves the house: webhooks, pushes, mail. */
  readonly outbound: {
    /** Addresses and networks of one's own that webhooks may reach, also without TLS. */
    readonly namedNetworks: readonly string[];
    /** The mail relay; undefined for none. */
    readonly smtp: RelayConfig | undefined;
    /** How push services reach the operator: `mailto:…`. */
    readonly contact: string;
  };
  /** After a database was restored from a backup: boxes may be far ahead of it, for a day. */
  readonly afterRestore: boolean;
}

/** A provider of text messages. Its token stays in its file until it is needed. `log`: a developer reads them there. */
export type TextConfig =
  | {
      readonly kind: 'provider';
      readonly url: string;
      readonly account: string;
      readonly tokenFile: string;
      readonly from: string;
    }
  | { readonly kind: 'log' };

/** A mail relay. The password stays in its file until it is needed. */
export interface RelayConfig {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'plain';
  readonly from: string;
  /** Empty for a relay that knows us by our address. */
  readonly user: string;
  readonly passwordFile: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
interface Fault {
  readonly name: string;
  readonly must: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/**
 * Reads the configuration.
 * @param environment `process.env` unless given
 * @throws StartupFault `config-invalid` naming every variable that is wrong
 */
export function readConfig(environment: Environment = process.env): CloudConfig {
  const faults: Fault[] = [];
  const from = createReader(environment, faults);
  const dataDirectory = resolve(from.text('SMARTBOX_DATA_DIR', join(homedir(), '.smartbox')));
  const config: CloudConfig = {
    dataDirectory,
    database: { path: join(dataDirectory, 'smartbox.sqlite') },
    secrets: {
      kind: 'files',
      keyFile: from.text('SMARTBOX_KEY_FILE', join(dataDirectory, 'key-encryption.key')),
      pepperFile: from.text('SMARTBOX_PEPPER_FILE', join(dataDirectory, 'pepper.key')),
      auditKeyFile: from.text('SMARTBOX_AUDIT_KEY_FILE', join(dataDirectory, 'audit-signing.key')),
    },
    logLevel: from.choice('SMARTBOX_LOG_LEVEL', logLevels, 'info'),
    http: readHttp(from, faults),
    mqtt: readMqtt(from, faults),
    texts: readTexts(from, faults),
    outbound: readOutbound(from, faults),
    afterRestore: from.choice('SMARTBOX_AFTER_RESTORE', ['0', '1'], '0') === '1',
  };
  if (faults.length > 0) throw invalid(faults);
  return freeze(config);
}

/** The configuration in lines for a person. Holds no secret: those are in files, named here. */
export function describeConfig(config: CloudConfig): string {
  const { http, mqtt } = config;
  const relay = config.outbound.smtp;
  const secrets =
    config.secrets.kind === 'files'
      ? `${config.secrets.keyFile}, ${config.secrets.pepperFile}, ${config.secrets.auditKeyFile}`
      : 'given by value';
  return [
    `data directory  ${config.dataDirectory}`,
    `database        ${'path' in config.database ? config.database.path : 'in memory'}`,
    `secrets         ${secrets} (contents not shown)`,
    `http            ${http.host}:${http.port}, in browsers ${http.publicUrl}`,
    `mqtt with tls   ${mqtt.tlsPort === undefined ? 'off' : `${mqtt.host}:${mqtt.tlsPort}`}`,
    `mqtt plain      ${mqtt.plainPort === undefined ? 'off' : `${mqtt.host}:${mqtt.plainPort}`}`,
    `text messages   ${describeTexts(config.texts)}`,
    `mail relay      ${relay === undefined ? 'none: no mail is sent' : `${relay.host}:${relay.port}`}`,
    `log level       ${config.logLevel}`,
  ].join('\n');
}

function describeTexts(texts: TextConfig | undefined): string {
  if (texts === undefined) return 'none: nobody gets a second code';
  return texts.kind === 'log' ? 'shown in the log (development)' : `${texts.url} as ${texts.from}`;
}

function readTexts(from: Reader, faults: Fault[]): TextConfig | undefined {
  const url = from.text('SMARTBOX_TEXT_MESSAGE_URL', '');
  const account = from.text('SMARTBOX_TEXT_MESSAGE_ACCOUNT', '');
  const tokenFile = from.text('SMARTBOX_TEXT_MESSAGE_TOKEN_FILE', '');
  const sender = from.text('SMARTBOX_TEXT_MESSAGE_FROM', '');
  const isShown = from.choice('SMARTBOX_DEVELOPMENT_TEXT_MESSAGES', ['off', 'log'], 'off') === 'log';
  if (isShown && url !== '')
    faults.push({
      name: 'SMARTBOX_DEVELOPMENT_TEXT_MESSAGES',
      must: 'be off while SMARTBOX_TEXT_MESSAGE_URL is set: the log would show second codes',
    });
  if (url === '') return isShown ? { kind: 'log' } : undefined;
  if (!isSafeAddress(url))
    faults.push({
      name: 'SMARTBOX_TEXT_MESSAGE_URL',
      must: 'be an address such as https://api.twilio.com, without a user name; http is for this machine',
    });
  for (const [name, value, what] of [
    ['SMARTBOX_TEXT_MESSAGE_ACCOUNT', account, 'the account at the provider'],
    ['SMARTBOX_TEXT_MESSAGE_TOKEN_FILE', tokenFile, 'a file with the token of the account'],
    ['SMARTBOX_TEXT_MESSAGE_FROM', sender, 'the sender: a number such as +81312345678, or a name'],
  ] as const)
    if (value === '') faults.push({ name, must: `name ${what}, because SMARTBOX_TEXT_MESSAGE_URL is set` });
  return { kind: 'provider', url, account, tokenFile, from: sender };
}

function isSafeAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function readHttp(from: Reader, faults: Fault[]): CloudConfig['http'] {
  const port = from.number('SMARTBOX_HTTP_PORT', 8_080, { least: 0, most: 65_535 });
  const given = from.text('SMARTBOX_PUBLIC_URL', `http://localhost:${port}`);
  const publicUrl = readOrigin(given);
  if (publicUrl === undefined)
    faults.push({
      name: 'SMARTBOX_PUBLIC_URL',
      must: 'be like https://keys.example.jp: a name and no path (http:// for localhost only)',
    });
  return {
    host: from.text('SMARTBOX_HTTP_BIND', '127.0.0.1'),
    port,
    perAddressPerMinute: from.number('SMARTBOX_HTTP_PER_ADDRESS', 1_200, { least: 0, most: 1_000_000 }),
    perTokenPerMinute: from.number('SMARTBOX_HTTP_PER_TOKEN', 1_200, { least: 0, most: 1_000_000 }),
    trustedProxies: from.list('SMARTBOX_HTTP_TRUSTED_PROXIES', []),
    publicUrl: publicUrl ?? given,
  };
}

/** @returns the origin of a web address that browsers take passkeys from; undefined for any other text */
function readOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, pathname, search, hash, username, origin } = new URL(text);
  const isSecure = protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
  const isBare = pathname === '/' && search === '' && hash === '' && username === '';
  // Passkeys belong to names: browsers give none to an address of numbers.
  const isName = /[a-z]/i.test(hostname) && !hostname.startsWith('[');
  return isSecure && isBare && isName ? origin : undefined;
}

function readMqtt(from: Reader, faults: Fault[]): CloudConfig['mqtt'] {
  const host = from.text('SMARTBOX_MQTT_BIND', '127.0.0.1');
  const plain = from.choice('SMARTBOX_MQTT_PLAIN', ['0', '1', 'everywhere'], '0');
  const tls = from.choice('SMARTBOX_MQTT_TLS', ['0', '1'], '1') === '1';
  const certificate = from.text('SMARTBOX_TLS_CERT_FILE', '');
  const privateKey = from.text('SMARTBOX_TLS_KEY_FILE', '');
  if (plain === '1' && !isLoopback(host)) {
    faults.push({
      name: 'SMARTBOX_MQTT_PLAIN',
      must: `be 0 while SMARTBOX_MQTT_BIND is ${host}: unencrypted MQTT is for loopback (or say "everywhere" behind a proxy that adds TLS)`,
    });
  }
  if (plain === '0' && !tls)
    faults.push({
      name: 'SMARTBOX_MQTT_TLS',
      must: 'be 1 when SMARTBOX_MQTT_PLAIN is 0: boxes need one of them',
    });
  if ((certificate === '') !== (privateKey === '')) {
    faults.push({
      name: 'SMARTBOX_TLS_CERT_FILE',
      must: 'be set together with SMARTBOX_TLS_KEY_FILE, or neither',
    });
  }
  const plainPort = from.number('SMARTBOX_MQTT_PORT', 1_883, { least: 0, most: 65_535 });
  const tlsPort = from.number('SMARTBOX_MQTT_TLS_PORT', 8_883, { least: 0, most: 65_535 });
  return {
    host,
    plainPort: plain === '0' ? undefined : plainPort,
    tlsPort: tls ? tlsPort : undefined,
    tlsNames: from.list('SMARTBOX_TLS_NAMES', ['localhost', '127.0.0.1', '::1']),
    tlsFiles: certificate === '' || privateKey === '' ? undefined : { certificate, privateKey },
    connectionsPerAddress: from.number('SMARTBOX_MQTT_PER_ADDRESS', 64, { least: 1, most: 1_000_000 }),
    perBoxPerMinute: from.number('SMARTBOX_MQTT_PER_BOX', 1_200, { least: 0, most: 1_000_000 }),
  };
}

function readOutbound(from: Reader, faults: Fault[]): CloudConfig['outbound'] {
  const namedNetworks = from.list('SMARTBOX_OUTBOUND_NETWORKS', []);
  if (!namedNetworks.every(isNetwork))
    faults.push({
      name: 'SMARTBOX_OUTBOUND_NETWORKS',
      must: 'be addresses or networks, separated by commas: 192.168.1.20,10.0.0.0/8',
    });
  const smtp = readRelay(from, faults);
  const [, mailbox = 'operator@smartbox.invalid'] = /<?([^<>\s]+@[^<>\s]+)>?$/.exec(smtp?.from ?? '') ?? [];
  return { namedNetworks, smtp, contact: `mailto:${mailbox}` };
}

function readRelay(from: Reader, faults: Fault[]): RelayConfig | undefined {
  const host = from.text('SMARTBOX_SMTP_HOST', '');
  const security = from.choice('SMARTBOX_SMTP_SECURITY', ['tls', 'starttls', 'plain'], 'tls');
  const port = from.number('SMARTBOX_SMTP_PORT', security === 'tls' ? 465 : 587, { least: 1, most: 65_535 });
  const sender = from.text('SMARTBOX_MAIL_FROM', '');
  const user = from.text('SMARTBOX_SMTP_USER', '');
  const passwordFile = from.text('SMARTBOX_SMTP_PASSWORD_FILE', '');
  if (host === '') return undefined;
  if (!/^([^<>\r\n]*<)?[^<>\s@]+@[^<>\s@]+>?$/.test(sender))
    faults.push({ name: 'SMARTBOX_MAIL_FROM', must: 'be the sender of mails: SmartBox <box@example.jp>' });
  if ((user === '') !== (passwordFile === ''))
    faults.push({
      name: 'SMARTBOX_SMTP_USER',
      must: 'be set together with SMARTBOX_SMTP_PASSWORD_FILE, or neither',
    });
  if (security === 'plain' && !isLoopback(host))
    faults.push({
      name: 'SMARTBOX_SMTP_SECURITY',
      must: `be tls or starttls while SMARTBOX_SMTP_HOST is ${host}: plain is for this machine`,
    });
  return { host, port, security, from: sender, user, passwordFile };
}

interface Reader {
  text(name: string, otherwise: string): string;
  list(name: string, otherwise: readonly string[]): readonly string[];
  number(name: string, otherwise: number, bounds: { readonly least: number; readonly most: number }): number;
  choice<const T extends string>(name: string, choices: readonly T[], otherwise: T): T;
}

function createReader(environment: Environment, faults: Fault[]): Reader {
  const given = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  return {
    text: (name, otherwise) => given(name) ?? otherwise,
    list: (name, otherwise) =>
      given(name)
        ?.split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '') ?? otherwise,
    number(name, otherwise, { least, most }) {
      const text = given(name);
      if (text === undefined) return otherwise;
      const value = Number(text);
      if (/^\d+$/.test(text) && value >= least && value <= most) return value;
      faults.push({ name, must: `be a whole number from ${least} to ${most}` });
      return otherwise;
    },
    choice<const T extends string>(name: string, choices: readonly T[], otherwise: T): T {
      const text = given(name);
      if (text === undefined) return otherwise;
      const chosen = choices.find((choice) => choice === text);
      if (chosen === undefined) faults.push({ name, must: `be one of: ${choices.join(', ')}` });
      return chosen ?? otherwise;
    },
  };
}

function invalid(faults: readonly Fault[]): StartupFault {
  const lines = faults.map(({ name, must }) => `  ${name} must ${must}`);
  return new StartupFault(
    'config-invalid',
    `The configuration has ${faults.length} fault(s):\n${lines.join('\n')}`,
  );
}

/** @returns whether only programs of this machine reach the address */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null && !(part instanceof Uint8Array)) freeze(part);
  }
  return Object.freeze(value);
}
