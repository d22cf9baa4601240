// The child's half of how the bench speaks to its processes: each child answers named asks over Node's own channel,
// and ends when the channel does, so that no crash of the run leaves a server behind.

/** What a child can be asked: name to function. The argument and the answer are structured-cloneable. */
export type Asks = Readonly<Record<string, (argument: never) => unknown>>;

/** One ask on the channel. */
export interface AskMessage {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

/** One answer on the channel; id 0 says that the child is ready. */
export interface AnswerMessage {
  readonly id: number;
  readonly value?: unknown;
  readonly failed?: string;
}

/** Answers asks from now on, and says once that it is ready. */
export function answerAsks(asks: Asks, ready?: unknown): void {
  const send = (message: AnswerMessage): void => void process.send?.(message);
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message: AskMessage) => {
    const handler = asks[message.name];
    void answer(handler, message).then(send);
  });
  send({ id: 0, value: ready });
}

async function answer(
  handler: ((argument: never) => unknown) | undefined,
  message: AskMessage,
): Promise<AnswerMessage> {
  if (handler === undefined) return { id: message.id, failed: `nothing answers ${message.name}` };
  try {
    return { id: message.id, value: await handler(message.argument as never) };
  } catch (error) {
    return {
      id: message.id,
      failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
