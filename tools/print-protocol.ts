// Prints docs/protocol.md from the catalogue, so that the page cannot say anything else than the
// code does. Run by `pnpm print`; the tidy test says when the page is stale.
import { pathToFileURL } from 'node:url';
import {
  catalogue,
  type Field,
  FRAME_TYPES,
  type Kind,
  limits,
  logEntryKinds,
  type MessageDefinition,
  PROTOCOL_VERSION,
  timeSources,
} from '@smartbox/protocol';

const HEAD = `# The words on the wire

Printed from [the catalogue](../packages/protocol/src/messages/catalogue.ts) by \`pnpm print\`; edit the
messages there, never this page. How frames are sealed is written where it is done, in
[\`protocol/src/secure\`](../packages/protocol/src/secure); the bounds are in [limits](limits.md); a new
message is added as [adding a message](adding-a-message.md) says.

A box publishes on \`sb/1/<boxId>/up\` and reads \`sb/1/<boxId>/dn\`. One MQTT payload is one frame.
`;

/** @returns the whole page */
export function printProtocol(): string {
  const part = (direction: string) => catalogue.filter((row) => row.direction === direction).map(message);
  return [
    HEAD,
    frames(),
    `## Messages\n
A message is the body of a record: one deterministic CBOR array, the message's number first, then its
fields in the order below. A choice goes as its place in the list. Integers and lengths are in their
shortest form, lengths are definite, and nothing follows the array but the zero bytes of a padded message.\n`,
    '### From the box to the cloud\n',
    ...part('up'),
    '### From the cloud to the box\n',
    ...part('down'),
    logEntries(),
  ].join('\n');
}

function frames(): string {
  const rows = FRAME_TYPES.map((type, number) => `| ${number} | \`${type}\` |`);
  return `## Frames

The first byte is the version (3 bits, now ${PROTOCOL_VERSION}) and the frame type (5 bits). A frame holds at most
${limits.frameBytes} bytes; a record adds ${limits.recordOverheadBytes} bytes to its body of at most ${limits.bodyBytes}.

| number | type |
| ---: | --- |
${rows.join('\n')}
`;
}

function message(row: MessageDefinition): string {
  const fields = Object.entries(row.fields);
  const padding = row.paddedBytes === undefined ? '' : ` Padded to ${row.paddedBytes} bytes.`;
  const table = fields.length === 0 ? 'No fields.\n' : `${TABLE_HEAD}\n${fields.map(fieldRow).join('\n')}\n`;
  return `#### ${row.number} · \`${row.name}\`\n\n${row.doc} Since version ${row.since}.${padding}\n\n${table}`;
}

const TABLE_HEAD = '| field | kind | meaning |\n| --- | --- | --- |';

function fieldRow([name, { kind, doc, secret, later }]: readonly [string, Field]): string {
  const notes = [
    ...(secret ? [' (never logged)'] : []),
    ...(later === true ? [' (left out where it is zero)'] : []),
  ];
  return `| \`${name}\` | ${kindInWords(kind)} | ${doc}${notes.join('')} |`;
}

function kindInWords(kind: Kind): string {
  switch (kind.kind) {
    case 'uint':
      return `integer, 0 to ${power(kind.max)}`;
    case 'boolean':
      return 'true or false';
    case 'bytes':
      return kind.min === kind.max ? `${kind.max} bytes` : `${kind.min} to ${kind.max} bytes`;
    case 'text':
      return `text, at most ${kind.max} bytes`;
    case 'choice':
      return `one of ${kind.choices.map((choice, place) => `${place} \`${choice}\``).join(', ')}`;
    case 'list':
      return `${kind.min} to ${kind.max} × (${kindInWords(kind.of)})`;
  }
}

function power(max: number): string {
  const bits = Math.log2(max + 1);
  return bits > 8 && Number.isInteger(bits) ? `2^${bits} − 1` : String(max);
}

function logEntries(): string {
  const rows = Object.entries(logEntryKinds).map(([kind, number]) => `| ${number} | \`${kind}\` |`);
  return `## Log entries

What a box writes down: ${limits.logEntryBytes} bytes with fixed places, laid out in
[entry.ts](../packages/protocol/src/log/entry.ts), each hashed into the chain with the one before it. A time is
${timeSources.map((source) => `\`${source}\``).join(', ')}.

| number | kind |
| ---: | --- |
${rows.join('\n')}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(printProtocol());
