// What the demo remembers between two starts. It holds an API token, its passphrase and the box's factory key, so the
// file is its owner's alone; a real deployment has neither in one place.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { DemoStaff } from './staff.ts';

/** The demo's notes. */
export interface DemoMemory {
  readonly tenantId: string;
  readonly apiToken: string;
  /** What the token may do: a release that knows more makes another. */
  readonly permissions?: readonly string[];
  readonly boxId: string;
  /** Hexadecimal, as the factory tool prints it. */
  readonly factoryKey: string;
  readonly locationId?: string;
  /** What dangerous calls ask for; kept before it is set, so that a start that is cut off loses nothing. */
  readonly stepUpPassphrase?: string;
  /** The last code that was printed, so that a second start can print it again while it lives. */
  readonly code?: { readonly id: string; readonly digits: string };
  readonly staff?: DemoStaff;
}

/** @returns the notes of the last start, or undefined at the first */
export function readMemory(file: string): DemoMemory | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoMemory;
  } catch {
    // Absent at the first start; a damaged file only costs the demo its memory.
    return undefined;
  }
}

/** Keeps the notes; a reader sees the old ones or the new ones, never half. */
export function writeMemory(file: string, memory: DemoMemory): void {
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, `${JSON.stringify(memory, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}
