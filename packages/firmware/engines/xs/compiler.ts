// The C compiler as this build needs it: is there one, can it make 32-bit programs that run here, compile
// many files on all cores, link them. Apart from build.ts, which knows what is compiled and why.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { EngineError } from '../embedded-engine.ts';

export interface Compiler {
  readonly path: string;
  /** First line of `--version`. */
  readonly version: string;
  /** Whether a small program built with these flags links and runs on this machine. */
  links(flags: readonly string[]): Promise<boolean>;
}

interface Finished {
  readonly code: number;
  readonly text: string;
}

function run(program: string, values: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, values, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      text += part.toString();
    });
    child.on('error', (error) => resolve({ code: -1, text: error.message }));
    child.on('close', (code) => resolve({ code: code ?? -1, text }));
  });
}

async function linksAndRuns(path: string, flags: readonly string[]): Promise<boolean> {
  const work = mkdtempSync(join(tmpdir(), 'smartbox-cc-'));
  try {
    const source = join(work, 'probe.c');
    const target = join(work, 'probe');
    writeFileSync(
      source,
      '#include <stdio.h>\n#include <math.h>\nint main(void) { return printf("ok\\n") != 3; }\n',
    );
    const built = await run(path, [...flags, source, '-o', target, '-lm', '-lpthread']);
    return built.code === 0 && (await run(target, [])).code === 0;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @returns the compiler named by the environment's CC, else the first of cc, gcc, clang that can build a program */
export async function findCompiler(): Promise<Compiler | undefined> {
  const named = process.env.CC;
  for (const path of named === undefined || named === '' ? ['cc', 'gcc', 'clang'] : [named]) {
    const answer = await run(path, ['--version']);
    if (answer.code !== 0 || !(await linksAndRuns(path, []))) continue;
    const version = answer.text.split('\n')[0] ?? path;
    return { path, version, links: (flags) => linksAndRuns(path, flags) };
  }
  return undefined;
}

/** Compiles every source into `folder`, as many at a time as there are cores. @returns the object files */
export async function compileAll(
  compiler: Compiler,
  sources: readonly { readonly source: string; readonly flags: readonly string[] }[],
  folder: string,
): Promise<string[]> {
  const waiting = [...sources];
  const objects: string[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const object = join(folder, `${basename(next.source, '.c')}.o`);
      const done = await run(compiler.path, [...next.flags, '-c', next.source, '-o', object]);
      if (done.code !== 0) throw new EngineError('xs-build-failed', `${basename(next.source)}: ${done.text}`);
      objects.push(object);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return objects.sort();
}

/** Links objects into a program. @throws EngineError `xs-build-failed` with what the linker said */
export async function linkAll(
  compiler: Compiler,
  what: { readonly objects: readonly string[]; readonly flags: readonly string[]; readonly target: string },
): Promise<void> {
  const done = await run(compiler.path, ['-o', what.target, ...what.objects, ...what.flags]);
  if (done.code !== 0) throw new EngineError('xs-build-failed', done.text);
}
