// The body of an open stream as events. A server that says nothing at all any more is gone: its heartbeats are due
// every 15 seconds.
import { ApiUnreachable } from './api-fault.ts';
import type { ClientPorts } from './client-ports.ts';
import { createEventParser, type ServerSentEvent } from './event-parser.ts';

const LONGEST_SILENCE_MS = 45_000;

/** Ends when the server ends the stream. @throws ApiUnreachable when it breaks or falls silent */
export async function* readEventAnswer(
  response: Response,
  ports: ClientPorts,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parse = createEventParser();
  try {
    for (;;) {
      const { done, value } = await readInTime(reader, ports);
      if (done) return;
      yield* parse(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function readInTime(reader: ReadableStreamDefaultReader<Uint8Array>, ports: ClientPorts) {
  let silent = false;
  const cancel = ports.after(LONGEST_SILENCE_MS, () => {
    silent = true;
    void reader.cancel().catch(() => {});
  });
  try {
    const read = await reader.read();
    if (silent) throw new ApiUnreachable('timeout', 'the stream fell silent');
    return read;
  } catch (cause) {
    if (cause instanceof ApiUnreachable) throw cause;
    throw new ApiUnreachable('no-connection', 'the stream broke', { cause });
  } finally {
    cancel();
  }
}
