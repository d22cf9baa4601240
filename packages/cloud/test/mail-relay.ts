// A real mail relay on this machine, by the npm package smtp-server: keeps what it takes, and says what a test wants.

import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came over the wire. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly raw: string;
}

/** A relay that listens. */
export interface MailRelay {
  readonly port: number;
  readonly taken: TakenMail[];
  /** The SMTP status with which recipients are refused; undefined for none. */
  refuse: number | undefined;
  /** Where it says nothing more to whoever sends: at the recipient, or when it has the whole mail. */
  holds: 'recipient' | 'mail' | undefined;
  /** Waits until a sender was left without an answer. */
  untilHeld(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one on a free port, or on a given one. */
export async function startMailRelay(options: SMTPServerOptions = {}, port = 0): Promise<MailRelay> {
  const taken: TakenMail[] = [];
  let hold = (): void => {};
  const held = new Promise<void>((resolve) => {
    hold = resolve;
  });
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, logger: false },
    closeTimeout: 1,
    onRcptTo: (_address, _session, callback) => {
      if (relay.holds === 'recipient') hold();
      else if (relay.refuse === undefined) callback();
      else callback(Object.assign(new RangeError('refused'), { responseCode: relay.refuse }));
    },
    onData: (stream, session, callback) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        taken.push({ to, raw: Buffer.concat(parts).toString('utf8') });
        if (relay.holds === 'mail') hold();
        else callback();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const relay: MailRelay = {
    port: (server.server.address() as AddressInfo).port,
    taken,
    refuse: undefined,
    holds: undefined,
    untilHeld: () => held,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return relay;
}

/** The subject and the text of a mail, decoded. */
export function readMail({ raw }: TakenMail): { readonly subject: string; readonly text: string } {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? '';
  const text = body.join('\r\n\r\n');
  const encoding = header('content-transfer-encoding').toLowerCase();
  const decoded =
    encoding === 'base64'
      ? Buffer.from(text, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? readQuoted(text.replace(/=\r\n/g, ''))
        : text;
  return { subject: readWords(header('subject')), text: decoded.replace(/\r\n/g, '\n') };
}

function readWords(text: string): string {
  const bytes = text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, form, word) =>
      form.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('latin1')
        : Buffer.from(readQuoted(word.replace(/_/g, ' ')), 'utf8').toString('latin1'),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function readQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
