// How many bytes the box's program has: what a board must hold in flash, minified, and compressed as an update
// would carry it. The MQTT client counted with it is the bench's own lean one, since a board brings its own.
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import { BenchError } from '../harness/bench-error.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { spreadOf } from '../harness/statistics.ts';
import { formatNumber } from '../report.ts';

const bundles = [
  {
    name: 'cryptography (noble provider)',
    entry: new URL('../bundles/cryptography.ts', import.meta.url),
  },
  { name: 'protocol, cryptography included', entry: new URL('../bundles/protocol.ts', import.meta.url) },
  { name: 'firmware core with protocol', entry: new URL('../bundles/core.ts', import.meta.url) },
  {
    name: 'the same with a lean MQTT 3.1.1 codec: the box client',
    entry: new URL('../bundles/box-client.ts', import.meta.url),
  },
];

/** The section `size`. */
export async function sizeSection(_bench: Bench): Promise<SectionResult> {
  const sizes = await Promise.all(
    bundles.map(async ({ name, entry }) => ({ name, ...(await sizeOf(entry)) })),
  );
  const whole = sizes.at(-1);
  if (whole === undefined) throw new BenchError('no-figures', 'nothing was bundled');
  return {
    name: 'size',
    goals: [goalResult('G15', spreadOf([whole.gzip]))],
    tables: [
      {
        title: 'Bundle of the box, KB of 1,000 bytes',
        columns: ['what', 'minified', 'gzip -9', 'brotli'],
        rows: sizes.map(({ name, minified, gzip, brotli }) => [
          name,
          formatNumber(minified),
          formatNumber(gzip),
          formatNumber(brotli),
        ]),
      },
    ],
    notes: [],
  };
}

interface Size {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

async function sizeOf(entry: URL): Promise<Size> {
  const result = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2021',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const bytes = result.outputFiles[0]?.contents ?? new Uint8Array();
  const kilobytes = (data: Uint8Array) => data.length / 1000;
  return {
    minified: kilobytes(bytes),
    gzip: kilobytes(gzipSync(bytes, { level: 9 })),
    brotli: kilobytes(brotliCompressSync(bytes)),
  };
}
