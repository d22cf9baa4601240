// `smartbox webhook trigger URL`: sends one made-up event, signed as a server signs, to try a receiver.
import { chooseLanguage } from '../terminal/choose-language.ts';
import { CliError } from '../terminal/cli-error.ts';
import type { Command } from '../terminal/command.ts';
import { tell } from './online-texts.ts';
import { readArguments, wrong } from './read-verb-arguments.ts';
import { webhookSecret } from './webhook-listen.ts';
import { signDelivery } from './webhook-signature.ts';

const usage = `smartbox webhook trigger URL        見本のできごとを送る / sends a made-up event to a receiver
  --type TYPE          key.withdrawn unless given
  --data JSON          its data; {} unless given
  --json               JSON instead of text
  --language ja|en     ja where LANG says so, else en
  SMARTBOX_WEBHOOK_SECRET holds whsec_…: the event is signed with it.`;

const ANSWER_WITHIN_MS = 15_000;

/** @see usage */
export const triggerCommand: Command = async (args, ports) => {
  const options = { type: { type: 'string' }, data: { type: 'string' } } as const;
  const { values, positionals, common } = readArguments(options, usage, args);
  if (common.help) return void ports.output.write(`${usage}\n`);
  const [url = ''] = positionals;
  if (positionals.length !== 1 || !URL.canParse(url)) throw wrong('URL is the address of a receiver.', usage);
  const language = chooseLanguage(common.language, ports.environment);
  const secret = webhookSecret({ ports, language, json: common.json });
  if (secret?.startsWith('whsec_') === false)
    throw new CliError('bad-arguments', tell(language, 'bad-secret'));
  const type = String(values.type ?? 'key.withdrawn');
  const nowMs = ports.nowMs();
  const id = `evt_test_${Buffer.from(ports.randomBytes(8)).toString('hex')}`;
  const timestamp = String(Math.floor(nowMs / 1000));
  const data = readData(values.data);
  const body = JSON.stringify({ id, type, timestamp: new Date(nowMs).toISOString(), data });
  const signature = secret === undefined ? undefined : signDelivery({ id, timestamp, body }, secret);
  const status = await post(url, body, {
    ...{ 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': timestamp },
    ...(signature === undefined ? {} : { 'webhook-signature': signature }),
  }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('unreachable', tell(language, 'unreachable', { url, why }), { cause });
  });
  const told = common.json
    ? JSON.stringify({ id, type, status })
    : tell(language, 'triggered', { type, status });
  ports.output.write(`${told}\n`);
  if (status < 200 || status > 299) throw new CliError('refused', '');
};

async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
  await response.body?.cancel();
  return response.status;
}

function readData(value: unknown): unknown {
  if (value === undefined) return {};
  try {
    return JSON.parse(String(value));
  } catch (cause) {
    throw wrong('--data is JSON.', usage, cause);
  }
}
