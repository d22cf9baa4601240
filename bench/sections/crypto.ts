// Whether the portable cryptography, which box and cloud share, costs the cloud anything against Node's native one.
import { nobleCrypto } from '@smartbox/protocol';
import { operations } from '../crypto/operations.ts';
import type { CryptoAsks, ProviderName } from '../crypto/process.ts';
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import { interleave } from '../harness/interleave.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { median, type Ratio, ratioOf } from '../harness/statistics.ts';
import { formatNumber, formatRatio } from '../report.ts';

interface Compared {
  readonly name: string;
  readonly perMessage: boolean;
  readonly nobleUs: number;
  readonly nodeUs: number;
  readonly ratio: Ratio;
}

const warmUpMs = 150;

/** The section `crypto`. */
export async function cryptoSection(bench: Bench): Promise<SectionResult> {
  const process = await bench.server<CryptoAsks>(new URL('../crypto/process.ts', import.meta.url));
  const ms = bench.plan.windowMs / 20;
  const compared: Compared[] = [];
  for (const { name, perMessage } of operations(nobleCrypto)) {
    bench.progress(`  ${name}`);
    // Code is compiled while it runs: without a first round nobody counts, it would be part of the figures.
    for (const provider of ['noble', 'node'] as const)
      await process.ask('time', { operation: name, provider, ms: warmUpMs });
    const contender = (provider: ProviderName) => ({
      name: provider,
      measure: () => process.ask('time', { operation: name, provider, ms }),
    });
    const times = await interleave([contender('noble'), contender('node')], bench.plan.repeats);
    const noble = times.get('noble') ?? [];
    const node = times.get('node') ?? [];
    compared.push({
      name,
      perMessage,
      nobleUs: median(noble),
      nodeUs: median(node),
      ratio: ratioOf(noble, node),
    });
  }
  const disagreements = await process.ask('disagreements', undefined as never);
  const slowest = compared
    .filter(({ perMessage }) => perMessage)
    .reduce((left, right) => (left.ratio.median > right.ratio.median ? left : right));
  return {
    name: 'crypto',
    goals: [goalResult('G11 noble', slowest.ratio)],
    tables: [
      {
        title: 'Cryptography, microseconds an operation',
        columns: ['operation', 'noble', 'node:crypto', 'noble / node'],
        rows: compared.map(({ name, nobleUs, nodeUs, ratio }) => [
          name,
          formatNumber(nobleUs),
          formatNumber(nodeUs),
          formatRatio(ratio),
        ]),
      },
    ],
    notes: [
      `Slowest operation of a message: ${slowest.name}. X25519 is done at a claim and once a day.`,
      ...disagreements.map((name) => `The two implementations disagree on ${name}.`),
    ],
  };
}
