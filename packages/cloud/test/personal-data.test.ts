// Everything that is kept of one person: it is in the export of that person, and gone or without a name after the
// erasure. The tables themselves are asked: a new one that could name somebody fails here until it is decided.

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { KeptOfPerson, KeptRow } from '../src/platform/kept-of-person.ts';
import type { Principal } from '../src/platform/token-register.ts';
import { bodyOf, createDepot, type Depot } from './depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld } from './features-world.ts';
import { fob } from './model-box.ts';
import { createSignInDesk } from './sign-in-desk.ts';
import { createStaffDesk, type StaffDesk } from './staff-desk.ts';

/** What the export shows as the person. */
const thePerson = ['person', 'person_location'];

/** Columns that look as if they named a person, and do not. */
const namesNobody: Readonly<Record<string, string>> = {
  'box_count.counted_by': 'a free text: who counted the keys',
  'break_glass_export.created_by': 'a free text: who keeps the file',
  'emergency_box.printed_by': 'a free text: at which desk it was printed',
  'sheet_print.printed_by': 'a free text: at which desk it was printed',
};

/** Tables that hold the id within a text, beside those that are declared, and for how long. */
const idWithin: Readonly<Record<string, string>> = {
  notice: 'copies of events, until notices are forgotten',
};

const hanako = { name: '山田 花子', mail: 'hanako@example.jp', phone: '+819012345678', language: 'ja' };
const badge = '04:11:22:33:44:55:66';

let world: FeaturesWorld;
let depot: Depot;
let staff: StaffDesk;
let owner: Principal;
let personId: string;
/** What only the erased person had, as a thief of the database would look for it. */
let traces: readonly string[];

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  ({ owner } = depot);
  staff = createStaffDesk(world, depot);
  live();
});

const create = (operationId: string, body: object, by = owner): string =>
  String(bodyOf(world.call(operationId, by, { body })).id);
const of = (id = personId) => ({ params: { person_id: id } });
const kept = (): Readonly<Record<string, readonly KeptRow[]>> =>
  bodyOf(world.call('exportPerson', owner, of())).kept as never;

/** Somebody does here whatever people can do. */
function live(): void {
  const desk = createSignInDesk(world, owner);
  const settled = desk.settle({ ...hanako, role: 'admin' });
  personId = settled.personId;
  const self = (): Principal => desk.holder(settled.session) as Principal;
  addPasskey();
  world.call('invitePerson', owner, of());
  const group = create('createUserGroup', { name: 'Drivers' });
  world.call('addGroupMember', owner, { params: { group_id: group, member_id: personId } });
  const row = `id,reference,name\r\n${personId},EMPLOYEE-77,${hanako.name}`;
  world.call('importPeople', owner, { body: new Uint8Array(Buffer.from(row)), query: { dry_run: false } });
  world.call('revealPerson', self(), of());
  create('createApiToken', { name: 'Script', permissions: ['keys:read'] }, self());
  tellHer();
  order(self());
  exchange();
  act({ personId, targets: { key_id: depot.keyId } });
  act({ personId: null, targets: { person_id: personId } });
  act({ personId: null, targets: { group_id: group, member_id: personId } });
  act({ personId: null, created: `/v1/people/${personId}` });
  act({ personId: 'per_other', targets: { person_id: 'per_other' } });
}

/** A passkey of hers; it is checked before its transaction, which this world has no time for. */
function addPasskey(): void {
  world.database
    .prepare(
      `INSERT INTO passkey (tenant_id, passkey_id, person_id, credential_id, public_key, counter, backed_up, name,
         created_at_ms) VALUES (?, 'psk_1', ?, ?, ?, 0, 1, 'Phone', 0)`,
    )
    .run(owner.tenantId, personId, new Uint8Array(16).fill(0xab), new Uint8Array(77).fill(0xcd));
}

/** Notices to her own mailbox and phone, and one to somebody else's. */
function tellHer(): void {
  const channel = (kind: string, address: string) =>
    create('createNoticeChannel', { kind, address, label: 'x' });
  const ids = [
    channel('mail', 'Hanako@example.jp'),
    channel('text', hanako.phone),
    channel('mail', 'desk@example.jp'),
  ];
  create('createNoticeRule', { label: 'x', events: ['key.withdrawn'], channel_ids: ids });
}

/** She opens a bin from afar. */
function order(by: Principal): void {
  world.connected.add(depot.box.boxId);
  const body = { target: { bin: 2 }, press: 'none', reason: 'Look' };
  world.call('orderOpening', by, { params: { box_id: depot.box.resourceId }, body });
  world.connected.clear();
}

/** She takes Van 7, and is asked for another key. */
function exchange(): void {
  const idCode = String(bodyOf(world.call('setIdCode', owner, of())).id_code);
  staff.badge(personId, badge);
  staff.allow(personId);
  staff.type(idCode);
  staff.further({ code: staff.codeOf(hanako) });
  depot.box.write('key-taken', { bin: 3, grant: depot.box.opened.at(-1) ?? 0, tag: fob(7) });
  depot.box.report();
  depot.addKey(8);
  depot.box.fill(2, fob(8));
  staff.allow(personId, { key_group_id: 'all-keys' });
  world.ports.advance(120_000);
  staff.type(idCode);
  traces = ['花子', 'hanako', '9012345678', 'EMPLOYEE-77', ...macs()];
}

const hex = (bytes: Uint8Array | undefined | null): string => Buffer.from(bytes ?? []).toString('hex');

function macs(): readonly string[] {
  const read = (sql: string) =>
    world.database
      .prepare<{ mac: Uint8Array }>(sql)
      .all(personId)
      .map(({ mac }) => hex(mac));
  const found = [
    ...read('SELECT id_code_mac AS mac FROM person WHERE person_id = ?'),
    ...read('SELECT badge_mac AS mac FROM badge WHERE person_id = ?'),
    ...read('SELECT credential_id AS mac FROM passkey WHERE person_id = ?'),
  ];
  expect(found.every((mac) => mac.length >= 32)).toBe(true);
  return found;
}

function act(change: object): void {
  const unknown = {
    tokenId: 'tok_x',
    personId: null,
    targets: {},
    created: null,
    problem: null,
    requestId: null,
  };
  const told = {
    ...unknown,
    tenantId: owner.tenantId,
    operation: 'test',
    outcome: 'done' as const,
    ...change,
  };
  world.commit(() => world.events.publish('operator-acted', told));
}

const tables = (): readonly string[] =>
  world.database
    .prepare<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all()
    .map(({ name }) => name);

/** Tables with the id of the person in any column. */
const holders = (): readonly string[] =>
  tables().filter((name) =>
    world.database
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .some((row) => JSON.stringify(row).includes(personId)),
  );

const declared = (): readonly KeptOfPerson[] => world.features.kept;

describe('what is kept of a person', () => {
  it('is decided for every table that could name somebody', () => {
    const columns = tables().flatMap((table) =>
      world.database
        .prepare<{ name: string }>(`SELECT name FROM pragma_table_xinfo('${table}')`)
        .all()
        .map(({ name }) => ({ table, name })),
    );
    const telling = columns.filter(({ name }) => /person|caller|subject_id|item_id|_by$/.test(name));
    const known = new Set([...thePerson, ...declared().flatMap((one) => one.tables)]);
    const undecided = telling.filter(
      ({ table, name }) => !known.has(table) && namesNobody[`${table}.${name}`] === undefined,
    );
    expect(undecided).toEqual([]);
  });

  it('is all in the export: no kind is empty for somebody who did everything', () => {
    const sections = kept();
    expect(Object.keys(sections)).toEqual(declared().map(({ name }) => name));
    expect(Object.entries(sections).filter(([, rows]) => rows.length === 0)).toEqual([]);
    const known = new Set([
      ...thePerson,
      ...Object.keys(idWithin),
      ...declared().flatMap((one) => one.tables),
    ]);
    expect(holders().filter((table) => !known.has(table))).toEqual([]);
  });

  it('is counted rightly where it is only named within a text', () => {
    const naming = (table: string, column: string): number =>
      world.database
        .prepare<{ rows: number }>(`SELECT count(*) AS rows FROM ${table} WHERE instr(${column}, ?) > 0`)
        .get(personId)?.rows ?? 0;
    const { event_count, events, audit_record_count } = kept();
    const inLedger = naming('event', 'data');
    expect(event_count).toEqual([{ events: inLedger }]);
    expect(events).toHaveLength(inLedger);
    expect(audit_record_count).toEqual([{ records: naming('audit_record', 'record') }]);
    expect(inLedger).toBeGreaterThan(10);
  });

  it('shows no code, tag, secret or text, and channels of hers only', () => {
    const told = JSON.stringify(kept());
    for (const secret of [...macs(), '04112233', staff.codeOf(hanako)]) expect(told).not.toContain(secret);
    expect(kept().notice_channels).toMatchObject([{ kind: 'mail' }, { kind: 'text' }]);
  });
});

describe('the erasure of a person', () => {
  beforeEach(() => void world.call('erasePerson', owner, of()));

  it('leaves no name, address, number, code or badge in any table (SEC-16)', () => {
    const text = dump(world.database);
    for (const trace of traces) expect(text).not.toContain(trace);
    const bytes = Buffer.from(world.database.serialize()).toString('latin1');
    for (const trace of ['hanako', '9012345678', 'EMPLOYEE-77']) expect(bytes).not.toContain(trace);
  });

  it('leaves the id only where the manual says why', () => {
    const staying = declared().filter(({ onErasure }) => onErasure === 'id-stays');
    const allowed = new Set(['person', ...Object.keys(idWithin), ...staying.flatMap((one) => one.tables)]);
    expect(holders().filter((table) => !allowed.has(table))).toEqual([]);
    const gone = declared().filter(({ onErasure }) => onErasure === 'gone');
    expect(gone.filter(({ rows }) => rows(owner.tenantId, personId).length > 0)).toEqual([]);
  });

  it('tells of the channels that went with her address', () => {
    expect(depot.told().filter((type) => type === 'notice.channel_off')).toHaveLength(2);
  });
});

describe('the manual', () => {
  const manual = readFileSync(new URL('../../../docs/personal-data.md', import.meta.url), 'utf8');

  it('names every kind and says what becomes of it', () => {
    const stays = { gone: 'gone', 'id-stays': 'the id stays' };
    for (const { name, onErasure } of declared())
      expect(manual).toMatch(new RegExp(`\\| \`${name}\` \\|.*\\| ${stays[onErasure]}`));
  });
});
