// The composed whole: every route guarded, described and consistent; a process that starts, stops
// and says what is wrong.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeApi, quietCloud } from '../test/quiet-cloud.ts';
import { allPermissions, permissions } from './platform/permissions.ts';

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly responses: Readonly<Record<string, unknown>>;
}

describe('the composed cloud', () => {
  it('has its description in the repository: run tools/print-openapi.ts after changing a route', async () => {
    expect(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8')).toBe(await describeApi());
  });

  it('guards every route by one permission of the list, and is silent without a token', async () => {
    const cloud = quietCloud();
    const guarded: { readonly method: string; readonly url: string; readonly permission: string }[] = [];
    cloud.http.addHook('onRoute', ({ method, url, config }) => {
      const permission = config?.permission ?? 'missing';
      for (const one of [method].flat())
        if (permission !== 'public') guarded.push({ method: one, url, permission });
    });
    await cloud.http.ready();
    expect(guarded.length).toBeGreaterThan(20);
    for (const { method, url, permission } of guarded) {
      expect(Object.keys(permissions)).toContain(permission);
      const answer = await cloud.http.inject({ method: method as 'GET', url: url.replaceAll(/:\w+/g, 'x') });
      expect([method, url, answer.statusCode]).toEqual([method, url, 401]);
    }
    await cloud.stop();
  });

  it('refuses each route to a token that carries every other permission', async () => {
    const cloud = quietCloud();
    const guarded: {
      readonly method: string;
      readonly url: string;
      readonly permission: (typeof allPermissions)[number];
    }[] = [];
    cloud.http.addHook('onRoute', ({ method, url, config }) => {
      const permission = config?.permission;
      if (permission === undefined || permission === 'public') return;
      for (const one of [method].flat()) guarded.push({ method: one, url, permission });
    });
    await cloud.http.ready();
    const tokens = await cloud.commitGroup.run(() => {
      const tenantId = cloud.features.tenants.create('Test');
      const without = (left: string) => allPermissions.filter((permission) => permission !== left);
      return new Map(
        allPermissions.map((left) => [
          left,
          cloud.features.tenants.issueToken(tenantId, { name: left, permissions: without(left) }).text,
        ]),
      );
    });
    for (const { method, url, permission } of guarded) {
      const answer = await cloud.http.inject({
        method: method as 'GET',
        url: url.replaceAll(/:\w+/g, 'x'),
        headers: { authorization: `Bearer ${tokens.get(permission)}` },
      });
      expect([method, url, answer.statusCode]).toEqual([method, url, 403]);
    }
    await cloud.stop();
  });

  it('names every operation once, and says what it needs and how it refuses', async () => {
    const { paths } = JSON.parse(await describeApi()) as { paths: Record<string, Record<string, Operation>> };
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { operationId, description, responses } of operations) {
      expect(operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(description).toMatch(/Needs (the permission `[a-z-]+:[a-z]+`|no sign-in)/);
      expect(Object.keys(responses)).toContain('default');
    }
  });

  it('is ready only while boxes can connect', async () => {
    const cloud = quietCloud();
    expect((await cloud.http.inject('/health/ready')).statusCode).toBe(503);
    await cloud.start();
    expect((await cloud.http.inject('/health/ready')).statusCode).toBe(200);
    await cloud.stop();
  });
});

describe('the process', { timeout: 120_000 }, () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));

  function start(settings: Readonly<Record<string, string>>): ChildProcess {
    const environment = {
      PATH: process.env.PATH ?? '',
      SMARTBOX_DATA_DIR: mkdtempSync(join(tmpdir(), 'smartbox-process-')),
      SMARTBOX_HTTP_PORT: '0',
      SMARTBOX_MQTT_TLS_PORT: '0',
      ...settings,
    };
    return spawn(process.execPath, ['--import', 'tsx', main], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  const output = (child: ChildProcess): { text: string } => {
    const collected = { text: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        collected.text += String(chunk);
      });
    }
    return collected;
  };
  const exit = (child: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const untilReady = (child: ChildProcess): Promise<void> =>
    new Promise((resolve, reject) => {
      child.stdout?.on('data', (chunk) => {
        if (String(chunk).includes('"msg":"ready"')) resolve();
      });
      child.once('exit', () => reject(new Error('ended before it was ready')));
    });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops cleanly on %s and starts again with its data',
    async (signal) => {
      const settings = { SMARTBOX_DATA_DIR: mkdtempSync(join(tmpdir(), 'smartbox-process-')) };
      for (let turn = 0; turn < 2; turn++) {
        const child = start(settings);
        await untilReady(child);
        const ended = exit(child);
        child.kill(signal);
        expect(await ended).toBe(0);
      }
    },
  );

  it('says that a port is taken, and the way out, without a stack', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const child = start({ SMARTBOX_HTTP_PORT: String(port) });
    const said = output(child);
    expect(await exit(child)).toBe(1);
    expect(said.text).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`);
    expect(said.text).toContain(`SMARTBOX_HTTP_PORT=${port + 1}`);
    expect(said.text).not.toMatch(/^\s+at /m);
    blocker.close();
  });

  it('tells all faults of its configuration at once', async () => {
    const child = start({ SMARTBOX_HTTP_PORT: 'x', SMARTBOX_LOG_LEVEL: 'loud' });
    const said = output(child);
    expect(await exit(child)).toBe(1);
    expect(said.text).toContain('2 fault(s)');
  });
});
