// `smartbox NOUN VERB`: one operation of the API, from its arguments to what is shown.
import { type Client, type DownloadedFile, eachItem, operationFacts } from '@smartbox/api-client';
import { chooseLanguage } from '../terminal/choose-language.ts';
import type { Command } from '../terminal/command.ts';
import { tell } from './online-texts.ts';
import { readVerbArguments, type VerbArguments, wrong } from './read-verb-arguments.ts';
import { saveFile } from './save-file.ts';
import { atServer, type Conversation } from './server.ts';
import { itemLines, tableLines } from './show.ts';
import type { Verb } from './verb.ts';
import { nounUsage } from './verb-usage.ts';

/** @param further commands of the noun that are no single operation, by their verb */
export function nounCommand(
  noun: string,
  verbs: readonly Verb[],
  further: Readonly<Record<string, Command>> = {},
): Command {
  return async (args, ports) => {
    const [name = '', ...rest] = args;
    const wholeUsage = nounUsage(noun, verbs, Object.keys(further));
    if (name === '--help') {
      ports.output.write(`${wholeUsage}\n`);
      return;
    }
    const other = Object.hasOwn(further, name) ? further[name] : undefined;
    if (other !== undefined) return other(rest, ports);
    const verb = verbs.find((one) => one.verb === name);
    if (verb === undefined) throw wrong(`${noun}: ${name === '' ? 'what?' : name}`, wholeUsage);
    const usage = nounUsage(noun, [verb], []);
    const given = readVerbArguments(verb, usage, rest);
    if (given.help) {
      ports.output.write(`${usage}\n`);
      return;
    }
    const language = chooseLanguage(given.language, ports.environment);
    const conversation = { ports, language, json: given.json };
    await atServer(conversation, (client) => perform(client, verb, { given, conversation }));
  };
}

interface Asked {
  readonly given: VerbArguments;
  readonly conversation: Conversation;
}

async function perform(client: Client, verb: Verb, asked: Asked): Promise<void> {
  if (verb.columns.length > 0) return showList(client, verb, asked);
  const { given, conversation } = asked;
  const { ports, language, json } = conversation;
  const present = verb.reads === undefined ? undefined : await presentOf(client, verb.reads, given);
  const input = verb.keepsRest === true ? withRest(given.input, present?.body) : given.input;
  const { body } = await callOf(client, verb.operation)(input, { ifMatch: present?.etag });
  if (operationFacts[verb.operation].answer === 'file')
    return saveFile(body as DownloadedFile, given, conversation);
  if (json) ports.output.write(`${JSON.stringify(body ?? {}, null, 2)}\n`);
  else ports.output.write(`${body === undefined ? tell(language, 'done') : itemLines(body).join('\n')}\n`);
}

function presentOf(client: Client, reads: NonNullable<Verb['reads']>, { input }: VerbArguments) {
  return callOf(client, reads)({ path: input.path, query: {}, body: undefined });
}

// What is written as a whole is read and written in the same form; its test holds the flags against it.
function withRest(input: Input, present: unknown): Input {
  return { ...input, body: { ...(present as Input['body']), ...input.body } };
}

async function showList(client: Client, verb: Verb, { given, conversation }: Asked): Promise<void> {
  const { ports, language, json } = conversation;
  const { input, limit = Number.POSITIVE_INFINITY } = given;
  const items: unknown[] = [];
  const query = { ...input.query, limit: Math.max(1, Math.min(limit, 200)) };
  const list = callOf(client, verb.operation);
  if (limit > 0) {
    for await (const item of eachItem(list as ListCall, { ...input, query })) {
      items.push(item);
      if (items.length >= limit) break;
    }
  }
  if (json) ports.output.write(`${JSON.stringify(items, null, 2)}\n`);
  else if (items.length === 0) ports.messages.write(`${tell(language, 'nothing')}\n`);
  else ports.output.write(`${tableLines(items, verb.columns).join('\n')}\n`);
}

type Input = VerbArguments['input'];
type AnyCall = (
  input: Input,
  options?: { readonly ifMatch?: string | undefined },
) => Promise<{ readonly body: unknown; readonly etag: string | undefined }>;
type ListCall = (
  input: Input,
) => Promise<{ readonly body: { readonly data: readonly unknown[]; readonly next_cursor: string | null } }>;

// Which fields an operation has is known to the table only; its test holds it against the API's description.
function callOf(client: Client, operation: Verb['operation']): AnyCall {
  return client[operation] as unknown as AnyCall;
}
