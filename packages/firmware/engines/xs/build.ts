// Builds the XS host once and keeps it: the C sources of Moddable XS come from the npm package
// @agoric/xsnap (LGPL, never copied into this repository), the small host around them is ours. The result is
// cached by what went into it, so a second run costs a hash; two processes may ask at the same time.
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build-lock.ts';
import { type Compiler, compileAll, findCompiler, linkAll } from './compiler.ts';

/** A host that is ready to be started. `bits` is 32 where the compiler can; the device is a 32-bit machine. */
export interface XsHost {
  readonly kind: 'built';
  readonly path: string;
  readonly bits: 32 | 64;
  readonly compiler: string;
}

/** No host on this machine, and why, in words for a person. */
export interface XsAbsent {
  readonly kind: 'absent';
  readonly reason: string;
}

const here = dirname(fileURLToPath(import.meta.url));
const cacheFolder = join(here, '..', '..', '.cache', 'xs');

/** Not part of a device that runs one trusted program: snapshots and the hardening of intrinsics. */
const leftOut = new Set(['xsLockdown.c', 'xsSnapshot.c']);

const definitions = [
  '-DINCLUDE_XSPLATFORM',
  '-DXSPLATFORM="xs-platform.h"',
  '-DmxRun=1',
  '-DmxParse=1',
  '-DmxNoConsole=1',
  '-DmxBoundsCheck=1',
  '-DmxLockdown=0',
  '-DmxMetering=1',
];
/** What XS makes for every function is named in these two files; see bare-functions.c. */
const bareFunctions: Readonly<Record<string, readonly string[]>> = {
  'xsDefaults.c': [
    '-DfxNewFunctionLength=host_no_function_length',
    '-DfxNewFunctionName=host_no_function_name',
  ],
  'xsRun.c': ['-DfxDefaultFunctionPrototype=host_no_function_prototype'],
};
const optimisation = ['-Os', '-fno-common', '-fno-strict-aliasing'];
/** SSE keeps doubles at 64 bits; the old floating-point unit would compute them with 80. */
const flagsFor32 = ['-m32', '-msse2', '-mfpmath=sse'];

function xsFolder(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('@agoric/xsnap/package.json')), 'moddable', 'xs');
}

function cFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.c') && !leftOut.has(name))
    .sort()
    .map((name) => join(folder, name));
}

function allFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.[ch]$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function keyOf(compiler: Compiler, flags: readonly string[], folders: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([compiler.version, compiler.path, flags]));
  for (const file of folders.flatMap(allFiles)) hash.update(basename(file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 24);
}

async function compileHost(compiler: Compiler, flags: readonly string[], target: string): Promise<void> {
  const xs = xsFolder();
  const work = join(tmpdir(), `smartbox-xs-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(work, { recursive: true });
  try {
    const includes = [here, join(xs, 'includes'), join(xs, 'platforms'), join(xs, 'sources')].map(
      (path) => `-I${path}`,
    );
    const common = [...definitions, ...includes, ...flags];
    const engine = cFiles(join(xs, 'sources')).map((source) => ({
      source,
      flags: [...common, '-w', ...(bareFunctions[basename(source)] ?? [])],
    }));
    const host = cFiles(here).map((source) => ({
      source,
      flags: [...common, '-Wall', '-Wextra', '-Wno-unused-parameter'],
    }));
    const objects = await compileAll(compiler, [...engine, ...host], work);
    const built = join(work, 'xs-host');
    await linkAll(compiler, { objects, flags: [...flags, '-lm', '-lpthread'], target: built });
    mkdirSync(dirname(target), { recursive: true });
    const staged = `${target}.${randomBytes(4).toString('hex')}`;
    copyFileSync(built, staged);
    renameSync(staged, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Finds or builds the host. Takes about 15 s of two cores the first time.
 * @throws EngineError `xs-build-failed` when a compiler is there but the build fails
 */
export async function buildXsHost(): Promise<XsHost | XsAbsent> {
  const compiler = await findCompiler();
  if (compiler === undefined) {
    return { kind: 'absent', reason: 'no C compiler (cc, gcc or clang) on the PATH, and none named by CC' };
  }
  const bits = (await compiler.links(flagsFor32)) ? 32 : 64;
  const flags = [...optimisation, ...(bits === 32 ? flagsFor32 : [])];
  const key = keyOf(
    compiler,
    [...definitions, ...flags, JSON.stringify(bareFunctions)],
    [here, join(xsFolder(), 'sources')],
  );
  const path = join(cacheFolder, `${key}-${bits}`);
  if (!existsSync(path)) {
    await withBuildLock(`${path}.lock`, async () => {
      if (!existsSync(path)) await compileHost(compiler, flags, path);
    });
  }
  return { kind: 'built', path, bits, compiler: compiler.version };
}
