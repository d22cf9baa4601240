// The control port: plain HTTP by which a test rig or a terminal looks at a simulated box and moves it. Off
// unless asked for; on the loopback address or a Unix socket in the box's own directory, never further. A web
// page must not reach it through a browser, hence the checks of Host and Origin: browsers
// name the page that sends a POST, programs do not (Fetch standard, 3.2).
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedBox } from '../../electronics/index.ts';
import { ElectronicsError } from '../../electronics/index.ts';
import { type ControlInput, parseControlInput } from './control-input.ts';
import { HostError } from './host-error.ts';
import type { RealClock } from './real-clock.ts';
import { StateFollower } from './state-follower.ts';

const LONGEST_WAIT_MS = 25_000;
const MOST_BODY_BYTES = 4_096;
const MOST_CONNECTIONS = 32;
/** What a debounced contact needs after the hand has gone. */
const SETTLE_MS = 50;
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export interface ControlPortOptions<State> {
  readonly box: SimulatedBox<State>;
  readonly clock: RealClock;
  /** A TCP port on 127.0.0.1 (0: any free one), or the path of a Unix socket. */
  readonly listen: number | string;
}

export interface ControlPort {
  /** `http://127.0.0.1:8090`, or the path of the socket. */
  readonly address: string;
  close(): Promise<void>;
}

/** An answer that is not the state: RFC 9457. */
interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly pointer?: string;
}

/** Opens the control port. Throws HostError `control-port-taken`. */
export async function openControlPort<State>({
  box,
  clock,
  listen,
}: ControlPortOptions<State>): Promise<ControlPort> {
  const follower = new StateFollower(box);
  const control = new Control(box, clock, follower);
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    void control.answer(request, response, typeof listen === 'number');
  });
  server.maxConnections = MOST_CONNECTIONS;
  try {
    await listening(server, listen);
  } catch (error) {
    follower.close();
    throw error;
  }
  return {
    address:
      typeof listen === 'string' ? listen : `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      follower.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listening(server: Server, listen: number | string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const advice = 'choose another port, or 0 for any free one';
      const message = `the control port ${listen} cannot be opened: ${advice}`;
      reject(new HostError('control-port-taken', message, { cause }));
    });
    server.once('listening', resolve);
    if (typeof listen === 'number') {
      server.listen(listen, '127.0.0.1');
      return;
    }
    // The directory has one owner at a time, so a socket that is there was left by a killed process.
    rmSync(listen, { force: true });
    server.listen(listen, () => chmodSync(listen, 0o600));
  });
}

class Control<State> {
  readonly #box: SimulatedBox<State>;
  readonly #clock: RealClock;
  readonly #follower: StateFollower<State>;

  constructor(box: SimulatedBox<State>, clock: RealClock, follower: StateFollower<State>) {
    this.#box = box;
    this.#clock = clock;
    this.#follower = follower;
  }

  async answer(request: IncomingMessage, response: ServerResponse, overTcp: boolean): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const reply = await this.#reply(request, gone.signal, overTcp);
    const isProblem = 'title' in reply;
    const { pointer, ...problem } = isProblem ? reply : { pointer: undefined };
    const body = isProblem
      ? {
          type: 'about:blank',
          ...problem,
          ...(pointer === undefined ? {} : { errors: [{ pointer, detail: reply.detail }] }),
        }
      : reply;
    response.writeHead(isProblem ? reply.status : 200, {
      'content-type': isProblem ? 'application/problem+json' : 'application/json',
      'cache-control': 'no-store',
    });
    response.end(`${JSON.stringify(body)}\n`);
  }

  async #reply(request: IncomingMessage, gone: AbortSignal, overTcp: boolean): Promise<object | Problem> {
    if (overTcp && !LOOPBACK_HOST.test(request.headers.host ?? '')) {
      return problem(403, 'Not from here', 'call the control port as 127.0.0.1 or localhost');
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /state') return this.#state(url.searchParams, gone);
    if (route === 'POST /input') return this.#input(request);
    if (url.pathname === '/state' || url.pathname === '/input') {
      return problem(405, 'Wrong method', 'use GET /state and POST /input');
    }
    return problem(
      404,
      'Nothing here',
      'there is GET /state and POST /input; docs/run-simulated.md explains both',
    );
  }

  async #state(query: URLSearchParams, gone: AbortSignal): Promise<object | Problem> {
    const after = query.get('after');
    if (after === null) return this.#follower.state();
    if (!/^\d{1,15}$/.test(after)) {
      return problem(400, 'Not a revision', 'send ?after= the "revision" of a state that you have');
    }
    const asked = Number(query.get('waitMs') ?? LONGEST_WAIT_MS);
    const waitMs = Number.isFinite(asked) ? Math.min(Math.max(asked, 0), LONGEST_WAIT_MS) : LONGEST_WAIT_MS;
    return this.#follower.stateAfter(Number(after), waitMs, gone);
  }

  async #input(request: IncomingMessage): Promise<object | Problem> {
    if (request.headers.origin !== undefined) {
      return problem(403, 'Not from a page', 'call the control port from a program, not from a web page');
    }
    const text = await bodyOf(request);
    if (text === undefined) return problem(413, 'Too long', `send at most ${MOST_BODY_BYTES} bytes`);
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return problem(400, 'Not JSON', 'the body could not be read as JSON');
    }
    const input = parseControlInput(body);
    if (input.kind === 'fault')
      return { ...problem(400, 'Unknown input', input.detail), pointer: input.pointer };
    try {
      await this.#passed(this.#perform(input));
    } catch (error) {
      if (!(error instanceof ElectronicsError)) throw error;
      return problem(400, 'Not on this box', error.message);
    }
    return this.#follower.state();
  }

  /** @returns how long the input takes, in box milliseconds; 0 for what is done at once */
  #perform(input: ControlInput): number {
    const box = this.#box;
    switch (input.kind) {
      case 'keys':
        return box.pressKeys(input.keys);
      case 'button':
        return box.pressButton(input.ms);
      case 'tap':
        return box.tapFob(input.id);
      case 'door':
        if (input.open !== undefined) box.setDoor(input.bin, input.open);
        if (input.jammed !== undefined) box.setJammed(input.bin, input.jammed);
        return 0;
      case 'main-lock':
        if (input.open !== undefined) box.setMainLock(input.open);
        if (input.jammed !== undefined) box.setMainLockJammed(input.jammed);
        return 0;
      case 'hang':
        box.setTag(input.bin, input.id);
        return 0;
      case 'mains':
        box.setMains(input.on);
        return 0;
      case 'network':
        box.setNetwork(input.up);
        return 0;
      case 'hotspot':
        box.setHotspot({ name: input.name, passphrase: input.passphrase, up: input.up });
        return 0;
      case 'radio':
        box.setRadioJammed(input.jammed);
        return 0;
      case 'power':
        if (input.on) box.powerOn();
        else box.cutPower();
        return 0;
      case 'advance':
        this.#clock.jump(input.ms);
        return 0;
    }
  }

  /** Resolves when the box has noticed what was done, in its own time: a jump shortens the wait. */
  #passed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.set(resolve, ms + SETTLE_MS);
    });
  }
}

function problem(status: number, title: string, detail: string): Problem {
  return { status, title, detail };
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BODY_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
