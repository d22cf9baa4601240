// Reads vector files. In golden ones, {"hex": "…"} stands for bytes, so that text and bytes are not
// mistaken for one another.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hexToBytes } from '../src/index.ts';

/** @returns the absolute path of a file in `vectors/` */
export function vectorPath(name: string): string {
  return fileURLToPath(new URL(`../vectors/${name}`, import.meta.url));
}

/** @returns a golden file's content with its bytes revived; the caller states its shape */
export function readGolden<Content>(name: string): Content {
  return JSON.parse(readFileSync(vectorPath(`golden/${name}.json`), 'utf8'), revive) as Content;
}

/** @returns a Wycheproof file's test groups; the caller states their shape */
export function readWycheproof<Group>(name: string): readonly Group[] {
  const text = readFileSync(vectorPath(`wycheproof/${name}_test.json`), 'utf8');
  return (JSON.parse(text) as { readonly testGroups: readonly Group[] }).testGroups;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('hex' in value)) return value;
  return hexToBytes(String(value.hex));
}
