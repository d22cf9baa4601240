// Lists of keys and people from files: what is understood, what is faulty and where, and that nothing is half done.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { csvLine } from '../../platform/csv-writing.ts';
import type { CloudError } from '../../platform/errors.ts';
import { rolePermissions } from '../../platform/roles.ts';
import type { Principal } from '../../platform/token-register.ts';

interface Report {
  readonly made: number;
  readonly changed: number;
  readonly left: number;
  readonly faulty: number;
  readonly encoding: string;
  readonly separator: string;
  readonly faults: readonly {
    readonly cell: string | null;
    readonly code: string;
    readonly column: string;
  }[];
  readonly faults_left_out: number;
  readonly outcomes: readonly {
    readonly outcome: string;
    readonly id: string | null;
    readonly columns: readonly string[] | null;
  }[];
}

let world: FeaturesWorld;
let depot: Depot;
let owner: Principal;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world, 1);
  ({ owner } = depot);
});

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

function send(
  what: 'Keys' | 'People',
  file: string | Uint8Array,
  options: { apply?: boolean; caller?: Principal } = {},
) {
  const body = typeof file === 'string' ? bytes(file) : file;
  const query = options.apply === true ? { dry_run: false } : {};
  const answer = world.call(`import${what}`, options.caller ?? owner, { body, query });
  return answer.body as Report;
}

const codes = (report: Report) => report.faults.map(({ cell, code }) => [cell, code]);
const counts = ({ made, changed, left, faulty }: Report) => [made, changed, left, faulty];
const keyNames = () =>
  itemsOf(world.call('listKeys', owner, { query: { limit: 200 } })).map(({ name }) => String(name));
const keys = (...rows: readonly string[]) => ['name,location,fob_tag', ...rows].join('\r\n');
const people = (...rows: readonly string[]) => ['reference,name,mail', ...rows].join('\r\n');

describe('a list of keys', () => {
  it('is only tried unless it says otherwise: every row is told, and nothing is made', () => {
    const report = send('Keys', keys('Van 8,Depot 1,04A1B2C3', 'Van 9,Depot 1,04A1B2C4'));
    expect(counts(report)).toEqual([2, 0, 0, 0]);
    expect(report).toMatchObject({ dry_run: true, outcomes: [{ outcome: 'make', id: null }, {}] });
    expect(keyNames()).toEqual(['Van 7']);
  });

  it('makes what it names, at the location that it names', () => {
    const report = send('Keys', keys('Van 8,Depot 1,04:A1:B2:C3'), { apply: true });
    const [{ id } = { id: '' }] = report.outcomes;
    expect(depot.read('getKey', { key_id: String(id) })).toMatchObject({
      ...{ name: 'Van 8', location_id: depot.locationId, fob_tag: '04a1b2c3', fob_label: '' },
    });
    expect(depot.told().at(-1)).toBe('import.done');
  });

  it.each<[string, string]>([
    ['名前,設置場所,タグ番号', ','],
    ['鍵;拠点;タグ', ';'],
    ['Name\tPlace\tFob', '\t'],
    ['"Key Name","Location","FOB-Tag"', ','],
  ])('is understood with the head %j', (head, separator) => {
    const cells = ['車 8', 'Depot 1', '０４Ａ１Ｂ２Ｃ３'].join(separator);
    const report = send('Keys', `${head}\n${cells}\n`);
    expect([counts(report), report.faults, report.separator]).toEqual([[1, 0, 0, 0], [], separator]);
  });

  it('is read in UTF-8 with and without a mark, in UTF-16 and in Shift_JIS', () => {
    const text = keys('車 8,Depot 1,04A1B2C3');
    const shiftJis = Buffer.concat([
      Buffer.from('name,location,fob_tag\r\n', 'latin1'),
      // 車 in Shift_JIS.
      Buffer.from([0x8e, 0xd4]),
      Buffer.from(' 8,Depot 1,04A1B2C3', 'latin1'),
    ]);
    const written = {
      plain: bytes(text),
      marked: bytes(`\ufeff${text}`),
      utf16: new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
      shiftJis: new Uint8Array(shiftJis),
    };
    const read = Object.values(written).map((file) => send('Keys', file));
    expect(read.map(({ encoding }) => encoding)).toEqual(['utf-8', 'utf-8', 'utf-16le', 'shift_jis']);
    expect(read.map(counts)).toEqual(Array(4).fill([1, 0, 0, 0]));
    send('Keys', written.shiftJis, { apply: true });
    expect(keyNames()).toContain('車 8');
  });

  it.each<[string, string, string | null, string]>([
    ['a name that is a formula', '=HYPERLINK("x"),Depot 1,04A1B2C3', 'A2', 'stray-quote'],
    ['a name that begins like one', '=1+1,Depot 1,04A1B2C3', 'A2', 'formula'],
    ['a name that calls a function', '@SUM(A1),Depot 1,04A1B2C3', 'A2', 'formula'],
    ['a control character', 'Van\u0007,Depot 1,04A1B2C3', 'A2', 'not-plain'],
    ['a NUL', 'Van\u0000,Depot 1,04A1B2C3', 'A2', 'not-plain'],
    ['a bidi override', 'A\u202egnp.exe,Depot 1,04A1B2C3', 'A2', 'not-plain'],
    ['a name of nothing but a joiner', '\u200d,Depot 1,04A1B2C3', 'A2', 'not-plain'],
    ['a line break in a name', '"Van\r\n8",Depot 1,04A1B2C3', 'A2', 'not-plain'],
    ['10 kB of emoji', `${'👨‍👩‍👧‍👦'.repeat(400)},Depot 1,04A1B2C3`, 'A2', 'too-long'],
    ['no name', ',Depot 1,04A1B2C3', 'A2', 'missing'],
    ['a location that is not there', 'Van 8,Depot 9,04A1B2C3', 'B2', 'unknown-location'],
    ['two locations', 'Van 8,Depot 1 | Depot 9,04A1B2C3', 'B2', 'unknown-location'],
    ['no tag', 'Van 8,Depot 1,04A1', 'C2', 'not-a-tag'],
    ['a fob that another key has', 'Van 8,Depot 1,0000000000000007', 'C2', 'exists-already'],
    ['too few cells', 'Van 8,Depot 1', null, 'too-few-cells'],
    ['too many cells', 'Van 8,Depot 1,04A1B2C3,x', null, 'too-many-cells'],
    ['text after a quote', '"Van" 8,Depot 1,04A1B2C3', 'A2', 'text-after-quote'],
    ['a quote that never closes', '"Van 8,Depot 1,04A1B2C3', 'A2', 'open-quote'],
  ])('with %s says so at the cell', (_what, row, cell, code) => {
    const tag = depot.read('getKey', { key_id: depot.keyId }).fob_tag;
    const report = send('Keys', keys(row.replace('0000000000000007', String(tag))));
    expect(codes(report)).toEqual([[cell, code]]);
    expect(report.outcomes).toEqual([]);
  });

  it('tells every fault of every row at once, and takes none of the rows', () => {
    const file = keys('=x,Depot 9,zz', 'Van 8,Depot 1,04A1B2C3', ',Depot 9,04A1B2C4');
    const report = send('Keys', file);
    expect(codes(report)).toEqual([
      ['A2', 'formula'],
      ['B2', 'unknown-location'],
      ['C2', 'not-a-tag'],
      ['A4', 'missing'],
      ['B4', 'unknown-location'],
    ]);
    expect(counts(report)).toEqual([1, 0, 0, 2]);
    const refused = problemOf(() => send('Keys', file, { apply: true }));
    expect(refused).toEqual({
      code: 'invalid-request',
      pointers: [
        ...['/body/A2 formula', '/body/B2 unknown-location', '/body/C2 not-a-tag'],
        ...['/body/A4 missing', '/body/B4 unknown-location'],
      ],
    });
    expect(keyNames()).toEqual(['Van 7']);
  });

  it('says what to do in Japanese and in English', () => {
    const [fault] = send('Keys', keys('=x,Depot 1,04A1B2C3')).faults;
    expect(fault).toMatchObject({ detail: expect.stringContaining('formula') });
    try {
      send('Keys', keys('=x,Depot 1,04A1B2C3'), { apply: true });
    } catch (error) {
      expect((error as CloudError).errors[0]?.detail.ja).toContain('式');
    }
  });

  it('takes as text what is guarded from being a formula', () => {
    send('Keys', keys("'=1+1,Depot 1,04A1B2C3", "''-x,Depot 1,04A1B2C4"), { apply: true });
    expect(keyNames()).toEqual(expect.arrayContaining(['=1+1', "'-x"]));
  });

  it.each<[string, string, string]>([
    ['name,location,fob_tag,colour', 'D1', 'unknown-column'],
    ['name,location,fob_tag,鍵名', 'D1', 'column-twice'],
    ['name,,location,fob_tag', 'B1', 'unknown-column'],
    ['name,location', null as unknown as string, 'missing-column'],
  ])('with the head %j is told what is wrong with it, once', (head, cell, code) => {
    expect(codes(send('Keys', `${head}\r\n1,2,3,4\r\n5,6,7,8`))).toEqual([[cell, code]]);
  });

  it('finds what is twice in it', () => {
    const twice = keys('Van 8,Depot 1,04A1B2C3', 'Van 9,Depot 1,04:a1:b2:c3');
    expect(codes(send('Keys', twice))).toEqual([['C3', 'twice-in-file']]);
    const file = `id,name\r\n${depot.keyId},x\r\n${depot.keyId},y`;
    expect(codes(send('Keys', file))).toEqual([['A3', 'twice-in-file']]);
    const references = 'reference,name,location,fob_tag\r\nA,x,Depot 1,04A1B2C3\r\nA,y,Depot 1,04A1B2C4';
    expect(codes(send('Keys', references))).toEqual([['A3', 'twice-in-file']]);
  });

  it('changes what it names by id, and only the columns that it has', () => {
    const report = send('Keys', `id,name\r\n${depot.keyId},Van 7 (spare)`, { apply: true });
    expect(report.outcomes).toEqual([{ row: 2, outcome: 'change', id: depot.keyId, columns: ['name'] }]);
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({
      ...{ name: 'Van 7 (spare)', location_id: depot.locationId },
    });
    expect(codes(send('Keys', 'id,name\r\nkey_none,x'))).toEqual([['A2', 'unknown-id']]);
  });

  it('finds by its reference what it made before: the same list again changes nothing', () => {
    const list = (name: string) => `reference,name,location,fob_tag\r\nA-8,${name},Depot 1,04A1B2C3`;
    expect(counts(send('Keys', list('Van 8'), { apply: true }))).toEqual([1, 0, 0, 0]);
    expect(counts(send('Keys', list('Van 8'), { apply: true }))).toEqual([0, 0, 1, 0]);
    expect(send('Keys', list('Lorry'), { apply: true }).outcomes).toMatchObject([{ columns: ['name'] }]);
    expect(keyNames().sort()).toEqual(['Lorry', 'Van 7']);
  });

  it('finds by its fob what is the same already, and guesses nothing where it differs', () => {
    const list = keys('Van 8,Depot 1,04A1B2C3');
    send('Keys', list, { apply: true });
    expect(counts(send('Keys', list))).toEqual([0, 0, 1, 0]);
    expect(codes(send('Keys', keys('Other,Depot 1,04A1B2C3')))).toEqual([['C2', 'exists-already']]);
  });

  it('gives a retired key’s reference free', () => {
    const list = 'reference,name,location,fob_tag\r\nA-8,Van 8,Depot 1,04A1B2C3';
    const [made] = send('Keys', list, { apply: true }).outcomes;
    world.call('retireKey', owner, { params: { key_id: String(made?.id) }, ifMatch: '*' });
    expect(counts(send('Keys', list, { apply: true }))).toEqual([1, 0, 0, 0]);
  });

  it('passes over blank rows and empty columns, as spreadsheets leave them', () => {
    const file = 'name,location,fob_tag,,\r\n,,,,\r\nVan 8,Depot 1,04A1B2C3,,\r\n\r\n';
    expect(counts(send('Keys', file))).toEqual([1, 0, 0, 0]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['of bytes that are no text', Uint8Array.of(0x61, 0xff, 0xfe, 0x80, 0x0a), '/body not-text'],
    ['with nothing in it', '', '/body no-head'],
    ['of too many rows', keys(...Array(1_001).fill('x,Depot 1,04A1B2C3')), '/body too-many-rows'],
  ])('%s is refused', (_what, file, pointer) => {
    expect(problemOf(() => send('Keys', file))?.pointers).toEqual([pointer]);
  });

  it('lists the first 200 faults and counts the others', () => {
    const rows = Array.from({ length: 250 }, (_none, row) => `=x,Depot 1,05${String(row).padStart(6, '0')}`);
    const report = send('Keys', keys(...rows));
    expect([report.faults.length, report.faults_left_out, report.faulty]).toEqual([200, 50, 250]);
  });

  it('shows and takes nothing that is elsewhere to who sees one location only (SEC-17)', () => {
    const body = { name: 'Elsewhere', time_zone: 'Asia/Tokyo' };
    const elsewhere = String(bodyOf(world.call('createLocation', owner, { body })).id);
    send('Keys', 'reference,name,location,fob_tag\r\nE-1,Van 8,Elsewhere,04A1B2C3', { apply: true });
    const [theirs] = itemsOf(world.call('listKeys', owner, { query: { location_id: elsewhere } }));
    const caller: Principal = { ...owner, scope: { kind: 'locations', locationIds: [depot.locationId] } };
    const tried = (file: string) => codes(send('Keys', file, { caller }));
    expect(tried(keys('x,Elsewhere,04A1B2C4'))).toEqual([['B2', 'unknown-location']]);
    expect(tried(keys(`x,${elsewhere},04A1B2C4`))).toEqual([['B2', 'unknown-location']]);
    expect(tried(`id,name,location,fob_tag\r\n${theirs?.id},x,Depot 1,04A1B2C4`)).toEqual([
      ['A2', 'unknown-id'],
    ]);
    expect(tried('reference,name,location,fob_tag\r\nE-1,x,Depot 1,04A1B2C4')).toEqual([
      ['A2', 'reference-in-use'],
    ]);
    expect(tried(keys('x,Depot 1,04A1B2C3'))).toEqual([['C2', 'fob-in-use']]);
    expect(counts(send('Keys', keys('x,Depot 1,04A1B2C4'), { caller, apply: true }))).toEqual([1, 0, 0, 0]);
  });

  it('knows nothing of another tenant', () => {
    const other = createDepot(world, 2);
    const list = 'reference,name,location,fob_tag\r\nA-8,Van 8,Depot 1,04A1B2C3';
    send('Keys', list, { apply: true });
    const theirs = list.replace('Depot 1', 'Depot 2');
    expect(codes(send('Keys', list, { caller: other.owner }))).toEqual([['C2', 'unknown-location']]);
    expect(counts(send('Keys', theirs, { caller: other.owner, apply: true }))).toEqual([1, 0, 0, 0]);
    const byId = `id,name\r\n${depot.keyId},x`;
    expect(codes(send('Keys', byId, { caller: other.owner }))[0]).toEqual(['A2', 'unknown-id']);
  });
});

describe('a list of people', () => {
  const everyone = () => {
    const listed = itemsOf(world.call('listPeople', owner, { query: { limit: 200 } }));
    return listed.map(({ id }) =>
      bodyOf(world.call('revealPerson', owner, { params: { person_id: String(id) } })),
    );
  };

  it('makes whom it names, as people in Japan write it', () => {
    const file = [
      '社員番号,氏名,メールアドレス,電話番号,言語,役割,設置場所,退職日時',
      '1001,山田 花子,Hanako@Example.JP,＋81 ３-１２３４-５６７８,日本語,担当者,Depot 1,2027-03-31T15:00:00Z',
      '1002,佐藤 太郎,,,英語,,,',
    ].join('\r\n');
    expect(counts(send('People', file, { apply: true }))).toEqual([2, 0, 0, 0]);
    expect(everyone()).toMatchObject([
      {
        ...{ name: '山田 花子', mail: 'hanako@example.jp', phone: '+81312345678', language: 'ja' },
        ...{ role: 'operator', location_ids: [depot.locationId], ends_at: '2027-03-31T15:00:00.000Z' },
      },
      { name: '佐藤 太郎', language: 'en', role: null, location_ids: [] },
    ]);
    expect(depot.told().filter((type) => type === 'person.created')).toHaveLength(2);
    expect(counts(send('People', file))).toEqual([0, 0, 2, 0]);
  });

  it.each<[string, string, string | null, string]>([
    ['mail that is none', '1,A,nobody', 'C2', 'not-a-mail-address'],
    ['neither reference nor mail', ',A,', 'C2', 'no-identity'],
    ['no name', '1,,', 'B2', 'missing'],
  ])('with %s says so at the cell', (_what, row, cell, code) => {
    expect(codes(send('People', people(row)))).toEqual([[cell, code]]);
  });

  it.each<[string, string, string]>([
    ['phone', '03-1234-5678', 'not-a-phone-number'],
    ['phone', '=1+1', 'formula'],
    ['phone', '-1', 'formula'],
    ['role', 'emperor', 'unknown-role'],
    ['role', 'owner', 'owner-by-hand'],
    ['language', 'fr', 'unknown-language'],
    ['locations', 'Depot 1 | Depot 9', 'unknown-location'],
    ['ends_at', 'tomorrow', 'not-a-moment'],
  ])('with the %s %j says %s', (column, text, code) => {
    const report = send('People', `reference,name,${column}\r\n1,A,${text}`);
    expect(codes(report)).toEqual([['C2', code]]);
  });

  it('has nobody twice: by mail in the file, by mail in the database', () => {
    const twice = people('1,A,a@example.jp', '2,B,A@EXAMPLE.JP');
    expect(codes(send('People', twice))).toEqual([['C3', 'twice-in-file']]);
    send('People', people('1,A,a@example.jp'), { apply: true });
    expect(codes(send('People', people('2,B,a@example.jp')))).toEqual([['C2', 'exists-already']]);
    expect(codes(send('People', people('1,A,a@example.jp', '3,C,a@example.jp')))).toEqual([
      ['C3', 'twice-in-file'],
    ]);
  });

  it('makes nobody mightier than the caller, and changes nobody who is', () => {
    send('People', 'reference,name,role\r\n1,Boss,admin', { apply: true });
    const manager: Principal = {
      ...{ ...owner, role: 'location_manager', permissions: rolePermissions.location_manager },
      scope: { kind: 'locations', locationIds: [depot.locationId] },
    };
    const tried = (file: string, caller = manager) => codes(send('People', file, { caller }));
    expect(tried('reference,name,role,locations\r\n2,A,admin,Depot 1')).toEqual([
      ['C2', 'permission-missing'],
    ]);
    expect(tried('reference,name,role,locations\r\n2,A,operator,Depot 1')).toEqual([]);
    // For the whole organisation: more places than the manager has.
    expect(tried('reference,name,role,locations\r\n2,A,operator,')).toEqual([
      ['D2', 'outside-your-locations'],
    ]);
    const wide = { ...manager, scope: owner.scope };
    expect(tried('reference,name\r\n1,Little boss', wide)).toEqual([[null, 'permission-missing']]);
    expect(tried('reference,name\r\n1,Boss', wide)).toEqual([]);
  });

  it('leaves owners alone', () => {
    const body = { name: 'O', role: 'owner' };
    const id = String(bodyOf(world.call('createPerson', owner, { body })).id);
    expect(codes(send('People', `id,name\r\n${id},Other`))).toEqual([[null, 'owner-by-hand']]);
    expect(counts(send('People', `id,name,role\r\n${id},O,owner`))).toEqual([0, 0, 1, 0]);
  });

  it('tells who may not look at people nothing that could be guessed (SEC-16)', () => {
    send('People', people('1,A,a@example.jp'), { apply: true });
    const caller = { ...owner, permissions: owner.permissions.filter((one) => one !== 'people:reveal') };
    for (const mail of ['a@example.jp', 'b@example.jp'])
      expect(send('People', people(`1,A,${mail}`), { caller }).outcomes).toMatchObject([
        { outcome: 'change', columns: null },
      ]);
    expect(codes(send('People', people('2,A,a@example.jp'), { caller }))).toEqual([['C2', 'exists-already']]);
  });

  it('ends the sign-ins of whom it gives another role', () => {
    const [made] = send('People', 'reference,name,role\r\n1,A,operator', { apply: true }).outcomes;
    const ended: string[] = [];
    world.events.join('person-standing-changed', ({ personId }) => void ended.push(personId));
    send('People', 'reference,role\r\n1,auditor', { apply: true });
    expect(ended).toEqual([made?.id]);
  });

  it('keeps nothing of a person’s own number once they are erased', () => {
    const [made] = send('People', people('EMPLOYEE-77,A,a@example.jp'), { apply: true }).outcomes;
    const params = { person_id: String(made?.id) };
    expect(bodyOf(world.call('exportPerson', owner, { params })).kept).toMatchObject({
      references: [{ reference: 'EMPLOYEE-77' }],
    });
    expect(dump(world.database)).toContain('EMPLOYEE-77');
    world.call('erasePerson', owner, { params });
    expect(dump(world.database)).not.toContain('EMPLOYEE-77');
  });

  it('takes whatever text a name may have, and gives it back unchanged', () => {
    const names = ["Robert'); DROP TABLE person; --", '<b>x</b>', '髙橋 "Q" 一郎', '=1+1', 'a,b;c'];
    const file = ['reference,name\r\n', ...names.map((name, index) => csvLine([String(index), name]))].join(
      '',
    );
    send('People', file, { apply: true });
    expect(everyone().map(({ name }) => name)).toEqual(names);
  });
});
