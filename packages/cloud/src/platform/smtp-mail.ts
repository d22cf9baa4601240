// Mail through the operator's relay by SMTP. Which answers are final and which are not is decided here; when to try
// again is the caller's matter.

import { createTransport } from 'nodemailer';
import type { MailResult, OutboundMail } from './outbound-mail.ts';

/** The relay and how to reach it. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` or nothing else, or `plain` on this machine. */
  readonly security: 'tls' | 'starttls' | 'plain';
  /** Undefined for a relay that knows us by our address. */
  readonly login: { readonly user: string; readonly password: string } | undefined;
  /** What stands in From: `SmartBox <box@example.jp>`. */
  readonly from: string;
}

const patienceMs = 15_000;

/** A sender by SMTP. Connections are kept for the next mail. */
export function createSmtpMail(settings: SmtpSettings): OutboundMail {
  const { host, port, security, login, from } = settings;
  const transport = createTransport({
    ...{ pool: true, maxConnections: 2, host, port },
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'plain',
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
    ...{ connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    send: async ({ to, subject, text, language, id }) => {
      try {
        await transport.sendMail({
          ...{ from, subject, text },
          to: { name: '', address: to },
          messageId: `<${id}@${domain}>`,
          headers: {
            'auto-submitted': 'auto-generated',
            'content-language': language,
            'x-auto-response-suppress': 'All',
          },
        });
        return { kind: 'accepted' };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

function failureOf(error: unknown): MailResult {
  const told = error as { readonly responseCode?: unknown; readonly code?: unknown };
  const status = typeof told.responseCode === 'number' ? told.responseCode : undefined;
  // Only what is said of the recipient or the mail is final. A relay that refuses our login or has no TLS will take
  // the mail when the operator has put that right.
  const ofMail = told.code === 'EENVELOPE' || told.code === 'EMESSAGE';
  const final = ofMail && status !== undefined && status >= 500;
  return { kind: final ? 'refused' : 'failed', status };
}
