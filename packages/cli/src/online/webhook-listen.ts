// `smartbox webhook listen`: a receiver on this computer, to see what a server sends and whether its signature is
// right, before writing a receiver of one's own.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { printable } from '../break-glass/index.ts';
import { chooseLanguage } from '../terminal/choose-language.ts';
import { CliError, systemReason } from '../terminal/cli-error.ts';
import type { Command, CommandPorts } from '../terminal/command.ts';
import { tell } from './online-texts.ts';
import { readArguments, whole } from './read-verb-arguments.ts';
import type { Conversation } from './server.ts';
import { checkDelivery, readSecretBytes, type SignedDelivery } from './webhook-signature.ts';

const usage = `smartbox webhook listen             Webhook を受け取って表示 / receives webhooks and shows them
  --port NUMBER        8787 unless given; 0 takes any that is free
  --count NUMBER       ends after so many
  --json               one line of JSON for each
  --language ja|en     ja where LANG says so, else en
  SMARTBOX_WEBHOOK_SECRET holds whsec_… or whpk_…: signatures are checked, and what is not right gets 401.`;

const PORT = 8787;
const BODY_BYTES = 1_000_000;

/** @see usage */
export const listenCommand: Command = async (args, ports) => {
  const options = { port: { type: 'string' }, count: { type: 'string' } } as const;
  const { values, common } = readArguments(options, usage, args);
  if (common.help) return void ports.output.write(`${usage}\n`);
  const language = chooseLanguage(common.language, ports.environment);
  const conversation = { ports, language, json: common.json };
  const number = (name: 'port' | 'count') =>
    values[name] === undefined ? undefined : whole(String(values[name]), name, usage);
  await listen(conversation, {
    secret: webhookSecret(conversation),
    port: number('port') ?? PORT,
    count: number('count') ?? Number.POSITIVE_INFINITY,
  });
};

/** @returns the secret of the environment, if there is one; @throws CliError `bad-arguments` */
export function webhookSecret({ ports, language }: Conversation): string | undefined {
  const secret = ports.environment.SMARTBOX_WEBHOOK_SECRET;
  if (secret === undefined || secret === '') return undefined;
  if (readSecretBytes(secret) === undefined)
    throw new CliError('bad-arguments', tell(language, 'bad-secret'));
  return secret;
}

interface Listening {
  readonly secret: string | undefined;
  readonly port: number;
  readonly count: number;
}

function listen(conversation: Conversation, { secret, port, count }: Listening): Promise<void> {
  const { ports, language } = conversation;
  let left = count;
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      void readDelivery(request).then((delivery) => {
        const verdict = delivery === undefined ? 'unsigned' : checkDelivery(delivery, secret, ports.nowMs());
        const taken = verdict === 'verified' || verdict === 'unchecked';
        response.writeHead(taken ? 204 : 401, { connection: 'close' }).end();
        if (delivery !== undefined) show(conversation, delivery, verdict);
        left -= 1;
        if (left <= 0) server.close(() => resolve());
      });
    });
    server.on('error', (cause) => {
      const message = tell(language, 'cannot-listen', { port, why: systemReason(cause) });
      reject(new CliError('cannot-listen', message, { cause }));
    });
    server.listen(port, '127.0.0.1', () => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      ports.messages.write(`${tell(language, 'listening', { url })}\n`);
      if (left <= 0) server.close(() => resolve());
    });
  });
}

/** @returns undefined for what is longer than any webhook, or was cut */
async function readDelivery(request: IncomingMessage): Promise<SignedDelivery | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > BODY_BYTES) return undefined;
      pieces.push(piece);
    }
  } catch {
    return undefined;
  }
  const header = (name: string): string => String(request.headers[name] ?? '');
  return {
    ...{ id: header('webhook-id'), timestamp: header('webhook-timestamp') },
    ...{ signature: header('webhook-signature'), body: Buffer.concat(pieces).toString('utf8') },
  };
}

function show(
  { ports, language, json }: { readonly ports: CommandPorts } & Conversation,
  { id, timestamp, body }: SignedDelivery,
  verdict: Parameters<typeof tell>[1] & ReturnType<typeof checkDelivery>,
): void {
  const value = parsed(body);
  const line = json
    ? JSON.stringify({ id, timestamp, verdict, body: value })
    : `${id || '-'}  ${tell(language, verdict)}  ${body}`;
  ports.output.write(`${json ? line : printable(line)}\n`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
