// One builder at a time: test workers and the bench start together, and the second should wait for the
// first one's result instead of compiling the same files on the same cores. The lock is a file with the
// owner's process id; an owner that died is noticed and its lock taken over.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

function tryTake(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function dropIfAbandoned(path: string): void {
  try {
    const owner = Number(readFileSync(path, 'utf8'));
    if (owner > 0 && !isAlive(owner)) rmSync(path, { force: true });
  } catch {
    // The lock went away between the look and the read: the next try takes it.
  }
}

/** Runs `work` while no other process holds `path`; the work must tolerate being done twice. */
export async function withBuildLock(path: string, work: () => Promise<void>): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  while (!tryTake(path)) {
    dropIfAbandoned(path);
    await pause(200);
  }
  try {
    await work();
  } finally {
    rmSync(path, { force: true });
  }
}
