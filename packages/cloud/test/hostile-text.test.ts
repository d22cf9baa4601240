// Every text that any route takes: what people read back later holds nothing that moves a cursor, turns a line round or
// hides. The list of routes is the real one, so a field that is added without a thought for this fails here.
import { type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { bodyOf, createDepot } from './depot.ts';
import { createFeaturesWorld, problemOf } from './features-world.ts';

/**
 * Read into another form before anything is kept, compared with a list and thrown away, or kept only as a hash: by the
 * field's name, or by operation and field.
 */
const readOtherwise = [
  ...['mail', 'phone', 'help_phone', 'time_zone', 'address', 'fob_tag', 'p256dh', 'auth', 'uses'],
  ...['code', 'claim_code', 'challenge', 'factory_key', 'passphrase', 'current', 'password', 'invitation'],
  // What a browser's authenticator says, and what a device shows.
  ...['rawId', 'type', 'clientDataJSON', 'authenticatorData', 'signature', 'userHandle', 'attestationObject'],
  ...['transports', 'device_code', 'user_code'],
  ...[
    'from',
    'until',
    'date',
    'setBadge tag',
    'claimBox label',
    'createNoticeRule events',
    'changeNoticeRule events',
  ],
];

const hostile = ['a\u202eb', 'a\u0000b', 'a\r\nb: c', '\u061ca', 'a\u2066', 'a\u200bb', '\u001b[2J'];

interface TextField {
  readonly name: string;
  readonly schema: TSchema;
}

const routes = createFeaturesWorld().features.routes;
const fields = routes.flatMap((route): readonly (readonly [string, TextField])[] => {
  if (route.kind === 'stream' || route.body === undefined) return [];
  return textsIn(route.body, '').map((field) => [`${route.operationId} ${field.name}`, field]);
});

/** Free texts: no lists of words, no ids (looked up as they are), no moments. */
function textsIn(schema: TSchema, name: string): readonly TextField[] {
  const known = schema as {
    readonly type?: string;
    readonly enum?: unknown;
    readonly const?: unknown;
    readonly properties?: Readonly<Record<string, TSchema>>;
    readonly items?: TSchema;
    readonly anyOf?: readonly TSchema[];
  };
  if (known.properties !== undefined)
    return Object.entries(known.properties).flatMap(([field, inner]) => textsIn(inner, field));
  if (known.items !== undefined) return textsIn(known.items, name);
  if (known.anyOf !== undefined) return known.anyOf.flatMap((inner) => textsIn(inner, name));
  const free = known.type === 'string' && known.enum === undefined && known.const === undefined;
  return free && !/(^|_)(ids?|at)$/.test(name) ? [{ name, schema }] : [];
}

/** A permission whose schedule is right but for what is given. */
function scheduled(person: unknown, keyId: string, wrong: Readonly<Record<string, string>>) {
  const { date = '2026-05-05', ...hours } = wrong;
  const window = { from: '09:00', until: '17:00', ...hours };
  const schedule = { windows: [{ days: ['mon'], ...window }], exceptions: [{ date, windows: [] }] };
  return [
    'giveKeyPermission',
    { body: { person_id: person, key_id: keyId, right: 'exchange', schedule } },
  ] as const;
}

describe('a text in a request', () => {
  it('is looked for in every route, and every exception is one', () => {
    expect(fields.length).toBeGreaterThan(25);
    const names = new Set(fields.flatMap(([whole, { name }]) => [whole, name]));
    for (const name of readOtherwise) expect([name, names.has(name)]).toEqual([name, true]);
    expect(textsIn(Type.Object({ list: Type.Array(Type.Object({ x: Type.String() })) }), '')).toHaveLength(1);
  });

  it.each(
    fields.filter(([whole, { name }]) => !readOtherwise.includes(name) && !readOtherwise.includes(whole)),
  )('holds nothing that nobody sees or that turns what is round it: %s (SEC-14)', (_name, { schema }) => {
    for (const text of hostile) expect([text, Value.Check(schema, text)]).toEqual([text, false]);
  });

  it('that is read into another form is refused where it holds more than that (SEC-14)', () => {
    const world = createFeaturesWorld();
    const { owner, locationId, keyId, box } = createDepot(world);
    const at = (params: object, body: object) => ({ params, body, ifMatch: '*' });
    const person = bodyOf(world.call('createPerson', owner, { body: { name: 'x' } })).id;
    for (const text of hostile)
      for (const [operationId, parts] of [
        ['changePerson', at({ person_id: person }, { mail: `${text}@example.jp` })],
        ['changePerson', at({ person_id: person }, { mail: `a@${text}.jp` })],
        ['changePerson', at({ person_id: person }, { phone: `+81312345678${text}` })],
        ['changeLocation', at({ location_id: locationId }, { time_zone: `Asia/${text}` })],
        ['changeBox', at({ box_id: box.resourceId }, { help_phone: text })],
        ['changeKey', at({ key_id: keyId }, { fob_tag: `${text}01020304` })],
        ['createKeyCode', { body: { key_id: keyId, code: `4946${text}` } }],
        ['setBadge', at({ person_id: person }, { tag: `${text}04a1b2c3` })],
        ...(['from', 'until', 'date'] as const).map((field) => scheduled(person, keyId, { [field]: text })),
        ['createNoticeChannel', { body: { kind: 'mail', label: 'x', address: `${text}@example.jp` } }],
      ] as const)
        expect([operationId, text, problemOf(() => world.call(operationId, owner, parts))?.code]).toEqual([
          operationId,
          text,
          'invalid-request',
        ]);
  });
});
