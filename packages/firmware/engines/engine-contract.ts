// What every embedded engine owes the firmware, as one suite that takes the engine: right cryptography, the
// language the bundle is written in, no more globals than a device has, and limits that really stop a program.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askRaw } from './ask.ts';
import { bundleForDevice } from './bundle.ts';
import {
  type EmbeddedEngine,
  EngineStopped,
  type Program,
  programOf,
  type StopReason,
} from './embedded-engine.ts';
import { recordPickup } from './pickup/record-pickup.ts';
import { replayPickup } from './pickup/replay-pickup.ts';
import { offlineVectors } from './vectors/offline-vectors.ts';
import { rfcVectors } from './vectors/rfc-vectors.ts';
import { type WycheproofVector, wycheproofVectors } from './vectors/wycheproof-vectors.ts';

/** Starts a box with the limits of the device budget. */
export type StartEngine = (program: Program) => Promise<EmbeddedEngine>;

/**
 * Declares the contract's tests.
 * @param impatient where runaways are stopped by a clock instead of a count: the same engine with a short one
 */
export function describeEngine(name: string, start: StartEngine, impatient: StartEngine = start): void {
  describe(`the contract of an embedded engine: ${name}`, () => {
    describeCryptography(start);
    describeOfflineCodes(start);
    describePickup(start);
    describeLines(start);
    describeLimits(start, impatient);
  });
}

function describeCryptography(start: StartEngine): void {
  describe('cryptography', () => {
    let engine: EmbeddedEngine;
    beforeAll(async () => {
      engine = await start(await bundleForDevice('device/entry.ts'));
    });
    afterAll(() => engine.close());

    it.each(rfcVectors)('computes $name (SEC-08)', async ({ ask: question, answer }) => {
      expect(await ask(engine, question)).toBe(answer);
    });

    it.each(Object.entries(wycheproofVectors()))(
      'agrees with the Wycheproof cases of %s (SEC-07, SEC-08)',
      async (_, vectors) => {
        for (const vector of vectors) await expectVector(engine, vector);
        expect(vectors.length).toBeGreaterThan(80);
      },
      120_000,
    );
  });
}

async function expectVector(engine: EmbeddedEngine, vector: WycheproofVector): Promise<void> {
  const { answer } = await askRaw(engine, vector.ask);
  if (vector.answer === 'error') return expect(answer, vector.name).toHaveProperty('error');
  expect(answer, vector.name).toHaveProperty('ok');
  const ok = 'ok' in answer ? answer.ok : undefined;
  const got = typeof ok === 'string' ? ok.slice(0, vector.digits) : ok;
  if (vector.differs === true) expect(got, vector.name).not.toBe(vector.answer);
  else expect(got, vector.name).toBe(vector.answer);
}

function describeOfflineCodes(start: StartEngine): void {
  describe('codes for openings without the cloud', () => {
    let engine: EmbeddedEngine;
    beforeAll(async () => {
      engine = await start(await bundleForDevice('device/offline-entry.ts'));
    });
    afterAll(() => engine.close());

    it.each(Object.entries(offlineVectors()))(
      'computes the golden %s within its memory (EM-08, EM-09)',
      async (_, vectors) => {
        for (const { name, ask: question, answer } of vectors) {
          expect(await ask(engine, question), name).toEqual(answer);
        }
        expect(vectors.length).toBeGreaterThan(1);
        const stats = await engine.stats();
        expect(stats.ramPeakBytes).toBeLessThanOrEqual(stats.ramLimitBytes);
      },
    );
  });
}

function describePickup(start: StartEngine): void {
  it('takes out a key and brings it back, frame for frame as in Node, within its memory (AC-01, SEC-06)', async () => {
    const recorded = recordPickup();
    const engine = await start(await bundleForDevice('device/entry.ts'));
    try {
      const replayed = await replayPickup(engine, recorded);
      expect(replayed.length).toBe(recorded.length);
      for (const { got, expected } of replayed) expect(got).toBe(expected);
      const stats = await engine.stats();
      expect(stats.ramPeakBytes).toBeLessThanOrEqual(stats.ramLimitBytes);
    } finally {
      await engine.close();
    }
  });
}

function describeLines(start: StartEngine): void {
  const running = async (script: string, use: (engine: EmbeddedEngine) => Promise<void>): Promise<void> => {
    const engine = await start(programOf(script));
    try {
      await use(engine);
    } finally {
      await engine.close();
    }
  };

  it('hands every line in and every line out, in order, in Japanese as well', async () => {
    const script = 'globalThis.onLine = (text) => { send(text); send(text.length + " 文字"); };';
    await running(script, async (engine) => {
      expect((await engine.call('鍵をお取りください ~')).lines).toEqual(['鍵をお取りください ~', '11 文字']);
    });
  });

  it('reports what the handler threw and goes on', async () => {
    const script =
      'globalThis.onLine = (text) => { if (text === "bad") throw new TypeError("no"); send("ok"); };';
    await running(script, async (engine) => {
      expect((await engine.call('bad')).threw).toBe('TypeError: no');
      expect((await engine.call('good')).lines).toEqual(['ok']);
    });
  });

  it('keeps what the program holds between calls', async () => {
    await running('let count = 0; globalThis.onLine = () => send(String(++count));', async (engine) => {
      await engine.call('');
      expect((await engine.call('')).lines).toEqual(['2']);
    });
  });

  it('offers the program nothing that a device does not have', async () => {
    const names = [
      'console',
      'setTimeout',
      'setInterval',
      'TextEncoder',
      'process',
      'require',
      'fetch',
      'crypto',
    ];
    const script = `globalThis.onLine = () => send(${JSON.stringify(names)}.filter((name) => name in globalThis).join());`;
    await running(script, async (engine) => {
      expect((await engine.call('')).lines).toEqual(['']);
    });
  });
}

const troubles: readonly (readonly [title: string, script: string, reason: StopReason])[] = [
  ['objects without end', 'const held = []; for (;;) held.push({ at: held.length });', 'memory-full'],
  [
    'texts without end',
    'const held = []; for (;;) held.push("text".repeat(50) + held.length);',
    'memory-full',
  ],
  ['recursion without end', 'const deeper = (depth) => deeper(depth + 1) + 1; deeper(0);', 'stack-overflow'],
  ['a loop without end', 'for (;;) { }', 'too-much-computation'],
  ['a loop that catches everything', 'for (;;) { try { for (;;) { } } catch { } }', 'too-much-computation'],
];

function describeLimits(patient: StartEngine, impatient: StartEngine): void {
  it.each(troubles)('stops a program that makes %s, for good', async (_, script, reason) => {
    const start = reason === 'too-much-computation' ? impatient : patient;
    const engine = await start(programOf(`globalThis.onLine = () => { send("alive"); ${script} };`));
    try {
      const stopped = await engine.call('go').catch((error: unknown) => error);
      expect(stopped).toBeInstanceOf(EngineStopped);
      expect((stopped as EngineStopped).reason).toBe(reason);
      await expect(engine.call('go')).rejects.toBe(stopped);
    } finally {
      await engine.close();
    }
  });

  it.each([
    ['does not parse', 'this is not a program'],
    ['throws while it loads', 'throw new Error("no")'],
  ])('refuses a program that %s', async (_, script) => {
    const stopped = await patient(programOf(script)).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(EngineStopped);
    expect((stopped as EngineStopped).reason).toBe('script-failed');
  });
}
