// Packs a device entry into what an embedded engine loads: no imports, minified, for engines that know nothing
// of Node or of a browser. Once as one script, and once as a row of small scripts for an engine that has to
// parse within its own memory.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Program } from './embedded-engine.ts';
import { splitScript } from './split-script.ts';

/** No bundle of the whole core may be larger, minified and not compressed. */
export const bundleCeilingBytes = 170_000;

/** Of the row of scripts: what the parser holds beside the program at any time is a few times this. */
const partBytes = 1_000;

export interface Bundle extends Program {
  readonly bytes: number;
  readonly gzipBytes: number;
}

const here = dirname(fileURLToPath(import.meta.url));

async function pack(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    // Without a wrapping function every declaration is a statement of its own, which is where a script can be cut, and
    // no function has to hold on to each name outside it that it uses: on XS that is a tenth of the heap.
    format: 'esm',
    // XS 13 reads a class's own name as uninitialised inside its static fields; ES2021 has no fields, so they are lowered.
    target: 'es2021',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

/** @param entry below `engines/`, for example `device/entry.ts` */
export async function bundleForDevice(entry: string): Promise<Bundle> {
  const script = await pack(entry);
  const parts = splitScript(script, partBytes);
  const bytes = Buffer.byteLength(script);
  return { script, parts, bytes, gzipBytes: gzipSync(script, { level: 9 }).length };
}
