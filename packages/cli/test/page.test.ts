// The page as a person has it: one HTML file opened from a folder in a browser that is offline.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isSignedBy, nobleCrypto, phoneAnswer, readUse, useHash } from '@smartbox/protocol';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundlePage } from '../bundle/bundles.ts';
import { browserForTests } from './browser.ts';
import { codeOf, exportName, passphrase, publicKey, sampleExport, secretsOf } from './sample-export.ts';

const { start, note } = browserForTests();

describe('the search for a browser', () => {
  it('fails where one is required and none is there, and skips otherwise', () => {
    const none = { SMARTBOX_BROWSER: '/no/such/browser' };
    expect(() => browserForTests({ ...none, SMARTBOX_REQUIRE_TOOLS: '1' })).toThrow('no Chromium');
    expect(browserForTests(none).start).toBeUndefined();
  });
});

describe.runIf(start !== undefined)(`the break-glass page ${note}`, () => {
  let browser: Browser;
  let folder: string;
  let context: BrowserContext;
  let page: Page;
  const requests: string[] = [];
  const troubles: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smartbox-page-'));
    const { name, text } = await bundlePage();
    expect(name).toBe('smartbox-break-glass.html');
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, exportName), await sampleExport());
    browser = await start!();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    requests.length = 0;
    troubles.length = 0;
    context = await browser.newContext({ offline: true, locale: 'en-GB', acceptDownloads: true });
    page = await context.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(pathToFileURL(join(folder, 'smartbox-break-glass.html')).href);
  });

  afterEach(() => context.close());

  async function open(typed = passphrase): Promise<void> {
    await page.setInputFiles('#file', join(folder, exportName));
    await page.fill('#passphrase', typed);
    await page.click('#open');
  }

  async function textOf(selector: string): Promise<string> {
    return (await page.locator(selector).textContent()) ?? '';
  }

  async function savedLines(): Promise<readonly string[]> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-uses')]);
    return readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
  }

  it('opens the file with its passphrase and shows the sheet, bin by bin (EM-11)', async () => {
    await open();
    await page.click('#show-sheet');
    const [bin, key, fob, codes] = await page
      .locator('#sheet tbody tr')
      .first()
      .locator('td')
      .allTextContents();
    expect([bin, key, fob]).toEqual(['1', 'Van 7', 'A-07']);
    const code = codeOf(1, 1, 4);
    expect(codes).toContain(`4: ${code.slice(0, 4)} ${code.slice(4)}`);
    await page.selectOption('#box', { index: 1 });
    await page.click('#show-sheet');
    expect(await textOf('#sheet .warning')).toContain('had not heard of this sheet');
    expect(troubles).toEqual([]);
  });

  it('shows the inventory (EM-13), in both languages', async () => {
    await open();
    await page.click('#show-inventory');
    expect(await page.locator('#inventory tbody td').allTextContents()).toEqual([
      ...['Van 7', 'A-07', '新宿', '裏口, bin 1'],
      ...['渋谷 302\u202e', '', '新宿', 'Garage, bin 1'],
      ...['Truck', 'C-01', '新宿', 'out'],
    ]);
    await page.click('#language');
    expect(await textOf('h1')).toBe('SmartBox 緊急用ファイル');
    await page.click('#show-inventory');
    expect(await textOf('#inventory')).toContain('貸出中');
  });

  it('answers a challenge for one bin or all, and says what was mistyped (EM-16)', async () => {
    await open();
    await page.fill('#challenge', '1234');
    await page.fill('#target', '2');
    await page.click('#give-answer');
    expect(await textOf('#shown')).toContain('8 digits');
    await page.fill('#challenge', '1234 5678');
    for (const target of [2, 0]) {
      await page.fill('#target', String(target));
      await page.click('#give-answer');
      const answer = phoneAnswer(nobleCrypto, secretsOf(1).phoneKey, { challenge: '12345678', target });
      expect(await textOf('#answer')).toContain(`${answer.slice(0, 4)} ${answer.slice(4)}`);
    }
  });

  it('records each use and gives the record as a file; a closed tab loses nothing', async () => {
    await open();
    await page.click('#show-sheet');
    await page.click('#show-inventory');
    expect(await textOf('#uses')).toContain('Uses not yet saved: 2');
    await page.close({ runBeforeUnload: false });
    page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'smartbox-break-glass.html')).href);
    await open();
    await page.click('#show-inventory');
    expect(await textOf('#uses')).toContain('Uses not yet saved: 3');
    const uses = (await savedLines()).map((line) => readUse(line)!);
    expect(await textOf('#uses')).toContain('All uses are saved (3)');
    expect(uses.map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'sheet-shown'],
      [2, 'inventory-shown'],
      [3, 'inventory-shown'],
    ]);
    expect(uses.every((use) => isSignedBy(publicKey, use))).toBe(true);
    expect(uses[1]!.previousHash).toBe(useHash(nobleCrypto, uses[0]!));
  });

  it('refuses a wrong passphrase and a file that is none, in words', async () => {
    await open('wrong');
    await page.waitForFunction(() => document.querySelector('#status.trouble') !== null);
    expect(await textOf('#status')).toContain('not the passphrase');
    await page.setInputFiles('#file', join(folder, 'smartbox-break-glass.html'));
    await page.click('#open');
    await page.waitForFunction(() => document.querySelector('#status')?.textContent?.includes('no SmartBox'));
  });

  it('reaches for nothing beside itself, and could not', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(String(request.url));
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await context.setOffline(false);
    await open();
    await page.click('#show-sheet');
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('blob:'))).toEqual([]);
    const outcome = await page.evaluate(async (url) => {
      const image = document.createElement('img');
      const failed = new Promise((resolve) => image.addEventListener('error', () => resolve('refused')));
      image.src = `${url}/image`;
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(image, script);
      return [
        await fetch(`${url}/fetch`).catch(() => 'refused'),
        navigator.sendBeacon(`${url}/beacon`),
        await failed,
        'ran' in window,
      ];
    }, address);
    expect(outcome).toEqual(['refused', expect.any(Boolean), 'refused', false]);
    expect(asked).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});
