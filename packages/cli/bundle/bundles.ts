// Packs the command line into one file for Node and the break-glass page into one file for a browser: nothing has to
// be installed beside them on the day when nothing can be downloaded.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { pageFrame } from './page-frame.ts';

const here = dirname(fileURLToPath(import.meta.url));
const source = (path: string): string => join(here, '..', 'src', path);

/** One file, and what went into it. */
export interface Bundle {
  readonly name: string;
  readonly text: string;
  readonly metafile: Metafile;
}

/** The command line for Node 20.20 and later. @param entry a part of it, to see what that part brings along */
export async function bundleCommandLine(entry = 'main.ts'): Promise<Bundle> {
  const result = await build({
    entryPoints: [source(entry)],
    ...{
      bundle: true,
      write: false,
      metafile: true,
      legalComments: 'none',
      charset: 'utf8',
      logLevel: 'silent',
    },
    ...{ platform: 'node', format: 'esm', target: 'node20' },
    banner: { js: '#!/usr/bin/env node' },
  });
  return { name: 'smartbox.mjs', text: result.outputFiles[0]?.text ?? '', metafile: result.metafile };
}

/** The page, for any browser of the last years. */
export async function bundlePage(): Promise<Bundle> {
  const result = await build({
    entryPoints: [source('page/page.ts')],
    ...{
      bundle: true,
      write: false,
      metafile: true,
      legalComments: 'none',
      charset: 'utf8',
      logLevel: 'silent',
    },
    ...{ platform: 'browser', format: 'iife', target: 'es2022', minify: true },
  });
  const script = result.outputFiles[0]?.text ?? '';
  const style = readFileSync(source('page/page.css'), 'utf8');
  const text = pageFrame({ script, style });
  return { name: 'smartbox-break-glass.html', text, metafile: result.metafile };
}
