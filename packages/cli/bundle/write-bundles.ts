// `pnpm --filter @smartbox/cli bundle`: writes both bundles to dist/.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleCommandLine, bundlePage } from './bundles.ts';

const folder = fileURLToPath(new URL('../dist/', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const { name, text } of [await bundleCommandLine(), await bundlePage()]) {
  writeFileSync(`${folder}${name}`, text);
  process.stdout.write(`dist/${name}  ${Buffer.byteLength(text)} bytes\n`);
}
chmodSync(`${folder}smartbox.mjs`, 0o755);
