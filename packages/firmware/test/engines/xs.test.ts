// Moddable XS with the device's fixed heap keeps the contract, and each limit ends the process with the exit
// code that the documents state.
import { describe, expect, it } from 'vitest';
import { EngineStopped, exitCodes, programOf, type StopReason } from '../../engines/embedded-engine.ts';
import { describeEngine } from '../../engines/engine-contract.ts';
import { startXs } from '../../engines/xs/xs-engine.ts';
import { xsHostForTests } from '../../engines/xs/xs-host-for-tests.ts';
import { deviceLimits } from '../../engines/xs/xs-limits.ts';

const found = await xsHostForTests();

describe.skipIf(found.host === undefined)(`Moddable XS ${found.note}`, () => {
  // Only reached where there is a host.
  const host = found.host!;
  describeEngine('XS', (program) => startXs(host, program, deviceLimits));

  it.each([
    ['memory-full', 'const held = []; for (;;) held.push({});'],
    ['stack-overflow', 'const deeper = () => deeper() + 1; deeper();'],
    ['stack-overflow', 'const deeper = () => [1].map(deeper); deeper();'],
    ['out-of-keys', 'for (let key = 0; ; key++) ({})["key" + key] = 1;'],
    ['too-much-computation', 'for (;;) { }'],
    ['unhandled-rejection', 'Promise.reject(new Error("nobody waits"));'],
  ] as const)('ends with the exit code of %s on: %s', async (reason: StopReason, script) => {
    const engine = await startXs(host, programOf(`globalThis.onLine = () => { ${script} };`), deviceLimits);
    const stopped = await engine.call('go').catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(EngineStopped);
    expect((stopped as EngineStopped).reason).toBe(reason);
    expect((stopped as EngineStopped).exitCode).toBe(exitCodes[reason]);
  });

  it('cannot catch a full heap and carry on', async () => {
    const script =
      'globalThis.onLine = () => { try { const held = []; for (;;) held.push({}); } catch { send("caught"); } };';
    const engine = await startXs(host, programOf(script), deviceLimits);
    await expect(engine.call('go')).rejects.toMatchObject({ reason: 'memory-full' });
  });

  it('counts the same work for the same call, every time', async () => {
    const script =
      'globalThis.onLine = (text) => { let sum = 0; for (let i = 0; i < 1000; i++) sum += i; send(text + sum); };';
    const counts: (number | undefined)[] = [];
    for (let run = 0; run < 2; run++) {
      const engine = await startXs(host, programOf(script), deviceLimits);
      counts.push((await engine.call('a')).steps, (await engine.call('b')).steps);
      await engine.close();
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThan(1000);
  });
});
