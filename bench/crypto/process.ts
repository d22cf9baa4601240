// Times one operation of one provider, on the servers' core. Batches are small enough that a pause of the system
// spoils one of them only.
import { nobleCrypto } from '@smartbox/protocol';
import { answerAsks } from '../harness/asks.ts';
import { median } from '../harness/statistics.ts';
import { nodeCrypto } from './node-crypto.ts';
import { operations } from './operations.ts';

/** Which implementation. */
export type ProviderName = 'noble' | 'node';

/** What the process answers. */
export type CryptoAsks = {
  /** Microseconds of one operation: the median of the batches. */
  readonly time: (options: {
    readonly operation: string;
    readonly provider: ProviderName;
    readonly ms: number;
  }) => number;
  /** Names of operations on which the providers disagree. */
  readonly disagreements: () => readonly string[];
};

const providers = { noble: nobleCrypto, node: nodeCrypto };
const all = new Map(operations(nobleCrypto).map((operation) => [operation.name, operation]));
const batchMs = 5;

answerAsks({
  time({ operation, provider, ms }) {
    const run = all.get(operation)?.run ?? (() => undefined);
    const crypto = providers[provider];
    const batches: number[] = [];
    const endMs = performance.now() + ms;
    while (performance.now() < endMs) {
      const startMs = performance.now();
      let done = 0;
      for (; performance.now() - startMs < batchMs; done++) run(crypto);
      batches.push(((performance.now() - startMs) * 1000) / done);
    }
    return median(batches);
  },
  disagreements: () =>
    [...all.values()]
      .filter(({ run }) => !Buffer.from(run(nobleCrypto) ?? []).equals(Buffer.from(run(nodeCrypto) ?? [])))
      .map(({ name }) => name),
} satisfies CryptoAsks);
