import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { nobleCrypto, phoneAnswer, readUse } from '@smartbox/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  codeOf,
  exportName,
  passphrase,
  payload,
  sampleExport,
  secretsOf,
} from '../../test/sample-export.ts';
import { breakGlassCommand } from './break-glass-command.ts';
import { CliError } from './cli-error.ts';
import { usesPath } from './uses-file.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smartbox-cli-'));
  file = join(folder, exportName);
  writeFileSync(file, await sampleExport());
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Kinds of the uses that are on the disk. */
function recorded(): readonly string[] {
  if (!existsSync(usesPath(file))) return [];
  const lines = readFileSync(usesPath(file), 'utf8').trimEnd().split('\n');
  return lines.map((line) => readUse(line)?.kind ?? line);
}

/** Runs the command with what is typed. `terminal` is a person's; else the input is a pipe. */
async function run(args: readonly string[], typed: string, terminal = false) {
  const stream = Object.assign(new PassThrough(), { isTTY: terminal, setRawMode: () => {} });
  stream.end(typed);
  let output = '';
  let messages = '';
  const recordedAtOutput: number[] = [];
  let code: string | undefined;
  try {
    await breakGlassCommand(args, {
      input: stream,
      output: {
        write: (text: string) => {
          recordedAtOutput.push(recorded().length);
          output += text;
        },
      },
      messages: {
        write: (text: string) => {
          messages += text;
        },
      },
      environment: {},
      nowMs: () => Date.UTC(2026, 5, 1),
      wait: async () => {},
      randomBytes: (length) => new Uint8Array(length).fill(5),
    });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    code = error.code;
    messages += error.message;
  }
  return { output, messages, code, recordedAtOutput };
}

const unattended = (...args: readonly string[]) =>
  run([file, ...args, '--passphrase-stdin'], `${passphrase}\n`);

describe('break-glass without a person', () => {
  it('shows the sheet of a box as text and as JSON (EM-12)', async () => {
    const text = await unattended('sheet', '--box', '裏口');
    expect(text.output).toContain(`1: ${codeOf(1, 1, 1).slice(0, 4)} ${codeOf(1, 1, 1).slice(4)}`);
    const json = JSON.parse((await unattended('sheet', '--box', 'Garage', '--json')).output);
    expect(json).toMatchObject({
      ...{ box_id: 'box_4ZK7Q1M0P9XW2', generation: 4, in_force: false, past_date: false, open_order: [1] },
      valid_until: '2027-01-15T08:00:00.000Z',
    });
    expect(json.bins[0]).toMatchObject({ bin: 1, key: { name: '渋谷 302\u202e', fob_label: '' } });
    expect(json.bins[0].codes[9]).toBe(codeOf(2, 1, 10));
    expect(json.all_bins_codes).toEqual([1, 2, 3, 4, 5].map((cell) => codeOf(2, 0, cell)));
  });

  it('shows every key with its fob and where it is, with the moment of the export (EM-13)', async () => {
    const json = JSON.parse((await unattended('inventory', '--json')).output);
    expect(json.inventory_at).toBe('2026-04-01T09:00:00.000Z');
    expect(
      json.keys.map((key: Record<string, unknown>) => [
        key.name,
        key.fob_label,
        key.status,
        key.box_id,
        key.bin,
      ]),
    ).toEqual([
      ['Van 7', 'A-07', 'in_bin', 'box_4ZK7Q1M0P9XW1', 1],
      ['渋谷 302\u202e', '', 'in_bin', 'box_4ZK7Q1M0P9XW2', 1],
      ['Truck', 'C-01', 'out', 'box_4ZK7Q1M0P9XW1', 2],
    ]);
  });

  it('answers the challenge of a box whose sheet is lost (EM-16)', async () => {
    const asked = { challenge: '12345678', target: 0 };
    const answer = phoneAnswer(nobleCrypto, secretsOf(1).phoneKey, asked);
    const given = await unattended(
      'answer',
      '--box',
      '裏口',
      '--challenge',
      '1234 5678',
      '--bin',
      'all',
      '--json',
    );
    expect(JSON.parse(given.output)).toEqual({
      ...{ box_id: 'box_4ZK7Q1M0P9XW1', bin: 'all', challenge: '12345678', answer },
    });
  });

  it('needs no box where the file has one', async () => {
    writeFileSync(file, await sampleExport({ ...payload, boxes: payload.boxes.slice(1) }));
    expect((await unattended('sheet')).output).toContain('Garage');
  });

  it('has the record on the disk before it shows anything', async () => {
    const { recordedAtOutput } = await unattended('inventory');
    expect(recordedAtOutput).toEqual([1]);
    expect(recorded()).toEqual(['inventory-shown']);
  });

  it.each([
    ['sheet', '--box', 'Garage'],
    ['inventory'],
    ['answer', '--box', 'Garage', '--challenge', '12345678', '--bin', '1'],
  ])('shows nothing of %s when it cannot be recorded', async (...args) => {
    mkdirSync(usesPath(file));
    const { output, messages, code } = await unattended(...args);
    expect([output, code]).toEqual(['', 'use-not-recorded']);
    expect(messages).toContain('nothing is shown (EISDIR)');
  });

  it.each([
    [['sheet'], 'no-box'],
    [['sheet', '--box', 'Attic'], 'no-box'],
    [['answer', '--box', 'Garage', '--challenge', '1234567', '--bin', '1'], 'no-challenge'],
    [['answer', '--box', 'Garage', '--challenge', '12345678', '--bin', '2'], 'no-bin'],
  ])('refuses %j, records nothing and says what there is', async (args, code) => {
    const refused = await unattended(...args);
    expect([refused.output, refused.code]).toEqual(['', code]);
    expect(refused.messages).not.toBe('');
    expect(recorded()).toEqual([]);
  });

  it('refuses a wrong passphrase at once', async () => {
    const refused = await run([file, 'inventory', '--passphrase-stdin'], 'wrong\n');
    expect([refused.output, refused.code]).toEqual(['', 'wrong-passphrase']);
    expect((await run([file, 'inventory', '--passphrase-stdin'], 'a\u0001b\n')).code).toBe(
      'wrong-passphrase',
    );
  });

  it.each([
    ['damaged', (text: string) => text.replace('"tenantName":"', '"tenantName":"x')],
    ['unknown-version', (text: string) => text.replace('break-glass-1', 'break-glass-2')],
    ['no-export', () => 'hello'],
  ])('refuses a file that is %s', async (code, spoil) => {
    writeFileSync(file, spoil(await sampleExport()));
    expect((await unattended('inventory')).code).toBe(code);
  });

  it('says which file is not there', async () => {
    const refused = await run([join(folder, 'none.sbx'), 'inventory', '--passphrase-stdin'], '');
    expect([refused.code, refused.messages]).toEqual([
      'file-unreadable',
      expect.stringMatching(/none[.]sbx: ENOENT/),
    ]);
  });

  it('asks nobody when there is no terminal', async () => {
    expect(await run([file, 'inventory'], `${passphrase}\n`)).toMatchObject({
      code: 'no-terminal',
      output: '',
    });
    expect((await run([file], `${passphrase}\n0\n`)).code).toBe('no-terminal');
  });

  it('says how it is called', async () => {
    expect((await run(['--help'], '')).output).toContain('--passphrase-stdin');
  });
});

describe('break-glass with a person', () => {
  it('asks for the passphrase again, then shows what is chosen, until 0', async () => {
    const keys = ['wrong', passphrase, '1', '9', '2', '2', 'x', '3', '1', '1234', '12345678', '7', '2', '0'];
    const { output, messages, code } = await run([file, '--language', 'en'], `${keys.join('\r')}\r`, true);
    expect(code).toBeUndefined();
    expect(messages).toContain('This is not the passphrase of this file');
    expect(messages).not.toContain(passphrase);
    expect(output).toContain('Break-glass file of 東京レンタカー');
    expect(output).toContain('2 Garage  box_4ZK7Q1M0P9XW2  新宿');
    expect(output).toContain('Sheet no. 4');
    expect(output).toContain('Inventory at');
    const answer = phoneAnswer(nobleCrypto, secretsOf(1).phoneKey, { challenge: '12345678', target: 2 });
    expect(output).toContain(`Answer: ${answer.slice(0, 4)} ${answer.slice(4)} (裏口, bin 2)`);
    expect(output.match(/Type one of the numbers shown/g)).toHaveLength(2);
    expect(recorded()).toEqual(['sheet-shown', 'inventory-shown', 'answer-given']);
  });

  it('gives up after three wrong passphrases', async () => {
    const { code, messages } = await run([file], 'a\rb\rc\rd\r', true);
    expect(code).toBe('wrong-passphrase');
    expect(messages.match(/Passphrase: /g)).toHaveLength(3);
  });

  it('ends quietly when the person leaves', async () => {
    expect(await run([file], `${passphrase}\r\u0003`, true)).toMatchObject({ code: 'cancelled' });
    expect(recorded()).toEqual([]);
  });

  it('speaks Japanese when asked', async () => {
    const { output, messages } = await run([file, '--language', 'ja'], `${passphrase}\r0\r`, true);
    expect(messages).toContain('パスフレーズ: ');
    expect(output).toContain('緊急用ファイル');
  });
});
