// What the client asks of the world, and the world of browsers and Node: fetch, timers and chance. Tests hand in others.

/** The outside world. */
export interface ClientPorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Runs once after so many ms. @returns how to call it off */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** A text of 1 to 255 printable ASCII characters that nobody has used. */
  readonly newIdempotencyKey: () => string;
  /** From 0 to 1: spreads the repetitions of many clients. */
  readonly chance: () => number;
}

/** Browsers and Node 20 have all of it. */
export const webPorts: ClientPorts = {
  fetch: (url, init) => fetch(url, init),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  newIdempotencyKey: () => crypto.randomUUID(),
  chance: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
};

/** Waits, unless the signal ends it. @throws the signal's reason */
export function wait(ports: ClientPorts, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = ports.after(delayMs, () => {
      signal?.removeEventListener('abort', end);
      resolve();
    });
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}
