// The box only ever calls out. Whoever scans it finds nothing that listens.
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNodeBox } from '@smartbox/firmware/node';
import { describe, expect, it } from 'vitest';

/** TCP sockets of this process that wait for callers, as the kernel tells (proc(5): state 0A is LISTEN). */
function listeningSockets(): readonly string[] {
  const mine = new Set(
    readdirSync('/proc/self/fd').flatMap((descriptor) => {
      try {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${descriptor}`));
        return inode?.[1] === undefined ? [] : [inode[1]];
      } catch {
        // Closed since the folder was read: the folder's own descriptor, for one.
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/self/net/${family}`, 'latin1')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === '0A' && mine.has(columns[9] as string))
      .map((columns) => columns[1] as string),
  );
}

describe.skipIf(process.platform !== 'linux')('nobody can call the box', () => {
  it('opens no port for callers unless a test rig asks for one (SEC-09)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'smartbox-ports-'));
    const before = listeningSockets();
    const quiet = await startNodeBox({ dataDir: join(folder, 'quiet'), mqttUrl: 'mqtt://127.0.0.1:9' });
    expect(listeningSockets()).toEqual(before);
    const asked = await startNodeBox({
      dataDir: join(folder, 'asked'),
      mqttUrl: 'mqtt://127.0.0.1:9',
      controlPort: 0,
    });
    // The scan itself works: the control port that was asked for is found, and only on loopback.
    const opened = listeningSockets().filter((socket) => !before.includes(socket));
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatch(/^0100007F:/);
    await quiet.stop();
    await asked.stop();
    rmSync(folder, { recursive: true });
  });
});
