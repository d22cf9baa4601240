// Replays a recorded row of inputs on an engine and says how its answers differ from the reference, byte for byte.
import { askRaw } from '../ask.ts';
import { encodeLine } from '../device/bytes-in-json.ts';
import { type EmbeddedEngine, EngineError } from '../embedded-engine.ts';
import type { RecordedStep } from './record-pickup.ts';

export interface ReplayedStep {
  readonly step: RecordedStep;
  /** The answer as the engine gave it, and as the reference gives it; equal text is equal bytes. */
  readonly got: string;
  readonly expected: string;
  /** Work of this step in the engine's own unit, if it has one. */
  readonly steps: number | undefined;
}

/** @throws EngineStopped when the engine reaches a limit on the way */
export async function replayPickup(
  engine: EmbeddedEngine,
  recorded: readonly RecordedStep[],
): Promise<ReplayedStep[]> {
  const replayed: ReplayedStep[] = [];
  for (const step of recorded) {
    const question = JSON.parse(encodeLine({ do: 'step', input: step.input, nowMs: step.nowMs })) as object;
    const { answer, steps } = await askRaw(engine, question);
    if ('error' in answer) throw new EngineError('bad-reply', answer.error);
    const expected = encodeLine({ outputs: step.outputs, wakeAtMs: step.wakeAtMs });
    replayed.push({ step, got: JSON.stringify(answer.ok), expected, steps });
  }
  return replayed;
}
