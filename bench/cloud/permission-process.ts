// Decides who may take which key, in process, in a firm of the size that is asked for: the product's decision, and the
// naive join on the same tables. Both must say the same.
import { answerAsks } from '../harness/asks.ts';
import { BenchError } from '../harness/bench-error.ts';
import { childSettings } from '../harness/child.ts';
import { type LatencySummary, summarise } from '../harness/statistics.ts';
import { idOf } from '../seed/population.ts';
import { composeForBench } from './compose-for-bench.ts';
import { type Firm, fillPermissions, keysPerBox, locationOfKey } from './fill-permissions.ts';
import { naiveTakeable } from './naive-permissions.ts';

/** What the process is told at its start. */
export interface PermissionSettings {
  readonly databasePath: string;
  readonly firm: Firm;
}

/** What it answers. */
export type PermissionAsks = {
  readonly measure: (options: { readonly ms: number; readonly by: 'cloud' | 'naive' }) => LatencySummary;
};

const { databasePath, firm } = childSettings<PermissionSettings>();
const cloud = composeForBench({ databasePath, defer: setImmediate });
const tenantId = fillPermissions(cloud, firm);
const { permissions } = cloud.features;
const naive = naiveTakeable(cloud.database, tenantId);
let asked = 0;

answerAsks({
  measure({ ms, by }) {
    const latencies: number[] = [];
    const endMs = performance.now() + ms;
    for (let startMs = performance.now(); startMs < endMs; startMs = performance.now()) {
      const question = nextQuestion();
      const answer = by === 'cloud' ? decide(question) : naive(question.personId, question.keyIds);
      latencies.push(performance.now() - startMs);
      if (by === 'naive' && JSON.stringify(answer) !== JSON.stringify(decide(question)))
        throw new BenchError('unexpected-answer', `the two decide differently about ${question.personId}`);
    }
    return summarise(Float64Array.from(latencies));
  },
} satisfies PermissionAsks);

interface Question {
  readonly personId: string;
  readonly keyIds: readonly string[];
  readonly locationId: string;
}

// Somebody at some box asks for what hangs there. Steps that share no divisor visit all, in no order that a cache likes.
function nextQuestion(): Question {
  asked++;
  const boxes = Math.floor(firm.keys / keysPerBox);
  const first = ((asked * 211) % boxes) * keysPerBox;
  return {
    personId: idOf('per', (asked * 7_919) % firm.people),
    keyIds: Array.from({ length: keysPerBox }, (_, index) => idOf('key', first + index)),
    locationId: locationOfKey(first),
  };
}

function decide(question: Question): readonly string[] {
  return permissions.takeable(tenantId, { ...question, atMs: Date.now() });
}
