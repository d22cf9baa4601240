// Asking the device program something and reading its one answer, for tests and the bench.
import { type EmbeddedEngine, EngineError } from './embedded-engine.ts';

/** What the device program answers; see device/command.ts. */
export type Answer = { readonly ok: unknown } | { readonly error: string };

/** @throws EngineError `bad-reply` when there is not exactly one answer */
export async function askRaw(
  engine: EmbeddedEngine,
  question: object,
): Promise<{ answer: Answer; steps: number | undefined }> {
  const reply = await engine.call(JSON.stringify(question));
  const [line, ...more] = reply.lines;
  if (line === undefined || more.length > 0)
    throw new EngineError('bad-reply', reply.threw ?? `${reply.lines.length} lines`);
  return { answer: JSON.parse(line) as Answer, steps: reply.steps };
}

/** @throws EngineError `bad-reply` when the program answers with an error */
export async function ask(engine: EmbeddedEngine, question: object): Promise<unknown> {
  const { answer } = await askRaw(engine, question);
  if ('error' in answer) throw new EngineError('bad-reply', answer.error);
  return answer.ok;
}
