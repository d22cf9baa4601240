// Against a real SMTP server on this machine.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailRelay, readMail, startMailRelay } from '../../test/mail-relay.ts';
import type { OutboundMail, OutgoingMail } from './outbound-mail.ts';
import { createSmtpMail, type SmtpSettings } from './smtp-mail.ts';

let relay: MailRelay;
let senders: OutboundMail[];

beforeEach(async () => {
  relay = await startMailRelay();
  senders = [];
});
afterEach(async () => {
  for (const sender of senders) sender.close();
  await relay.stop();
});

function sender(change: Partial<SmtpSettings> = {}): OutboundMail {
  const made = createSmtpMail({
    ...{ host: '127.0.0.1', port: relay.port, security: 'plain', login: undefined },
    from: 'SmartBox <box@example.jp>',
    ...change,
  });
  senders.push(made);
  return made;
}

const mail: OutgoingMail = {
  ...{ to: 'guest@example.jp', id: 'dlv_1', language: 'ja' },
  subject: 'SmartBox: 鍵「Van 7」が取り出されました',
  text: '鍵「Van 7」が取り出されました\n場所: 新宿\n',
};

describe('a mail', () => {
  it('arrives at the relay as plain text in UTF-8, under its own id', async () => {
    expect(await sender().send(mail)).toEqual({ kind: 'accepted' });
    const [taken] = relay.taken;
    expect(taken?.to).toEqual(['guest@example.jp']);
    expect(readMail(taken ?? { to: [], raw: '' })).toEqual({ subject: mail.subject, text: mail.text });
    expect(taken?.raw).toContain('Message-ID: <dlv_1@example.jp>');
    expect(taken?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(taken?.raw).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m);
  });

  it('goes to one mailbox, whatever stands in its address or its subject', async () => {
    await sender().send({ ...mail, subject: 'x\r\nBcc: other@example.jp' });
    expect(relay.taken.map(({ to }) => to)).toEqual([['guest@example.jp']]);
    expect(relay.taken[0]?.raw).not.toMatch(/^Bcc/m);
  });

  it('is refused for good where the relay says so, and may go later where it says that (MO-08)', async () => {
    relay.refuse = 550;
    expect(await sender().send(mail)).toEqual({ kind: 'refused', status: 550 });
    relay.refuse = 451;
    expect(await sender().send(mail)).toEqual({ kind: 'failed', status: 451 });
  });

  it('may go later where the relay is away', async () => {
    const lost = sender();
    await relay.stop();
    expect(await lost.send(mail)).toEqual({ kind: 'failed', status: undefined });
    relay = await startMailRelay();
  });

  it('may go later where the relay refuses our login: the operator can put that right', async () => {
    await relay.stop();
    relay = await startMailRelay({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) =>
        callback(Object.assign(new RangeError('no'), { responseCode: 535 }), undefined),
    });
    const login = { user: 'box', password: 'wrong' };
    expect(await sender({ login }).send(mail)).toEqual({ kind: 'failed', status: 535 });
  });

  it('does not leave in the clear where TLS is asked for (SEC-07)', async () => {
    expect(await sender({ security: 'starttls' }).send(mail)).toMatchObject({ kind: 'failed' });
    expect(relay.taken).toEqual([]);
  });
});
