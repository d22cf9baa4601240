// `smartbox events tail`: the ledger as it grows, one line for each event, until somebody ends it.
import { chooseLanguage } from '../terminal/choose-language.ts';
import type { Command } from '../terminal/command.ts';
import { tell } from './online-texts.ts';
import { readArguments, whole } from './read-verb-arguments.ts';
import { atServer } from './server.ts';
import { rowOf } from './show.ts';

const usage = `smartbox events tail                できごとをその場で表示 / shows events as they happen
  --type TYPES         one or more types, with commas: key.withdrawn,key.returned
  --box BOX, --key KEY, --code CODE, --location LOCATION
  --after EVENT        first what happened after this event
  --count NUMBER       ends after so many
  --json               one line of JSON for each
  --language ja|en     ja where LANG says so, else en`;

const COLUMNS = ['occurred_at', 'type', 'box_id', 'bin', 'key_id', 'code_id', 'id'];
const FILTERS = ['box', 'key', 'code', 'location'] as const;

/** @see usage */
export const tailCommand: Command = async (args, ports) => {
  const text = { type: 'string' } as const;
  const options = {
    ...{ type: text, box: text, key: text, code: text },
    location: text,
    after: text,
    count: text,
  };
  const { values, common } = readArguments(options, usage, args);
  if (common.help) return void ports.output.write(`${usage}\n`);
  const language = chooseLanguage(common.language, ports.environment);
  const given = (name: string) => (values[name] === undefined ? undefined : String(values[name]));
  const filters = Object.fromEntries(FILTERS.map((name) => [`${name}_id`, given(name)]));
  const count = given('count') === undefined ? undefined : whole(String(given('count')), 'count', usage);
  await atServer({ ports, language, json: common.json }, async (client) => {
    ports.messages.write(`${tell(language, 'following')}\n`);
    const followed = client.followEvents({
      ...{ query: { ...filters, type: given('type') }, lastEventId: given('after') },
      onBreak: () => void ports.messages.write(`${tell(language, 'reconnecting')}\n`),
    });
    let left = count ?? Number.POSITIVE_INFINITY;
    if (left === 0) return;
    for await (const event of followed) {
      const line = common.json ? JSON.stringify(event) : rowOf(event, COLUMNS).join('  ');
      ports.output.write(`${line}\n`);
      left -= 1;
      if (left === 0) break;
    }
  });
};
