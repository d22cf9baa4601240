// Talks to a control port, by TCP or by Unix socket: what scenarios and terminals stand on.
import { request } from 'node:http';
import { HostError } from './host-error.ts';
import type { NumberedState } from './state-follower.ts';

/** How a box is looked at and moved. */
export interface BoxControl {
  state(): Promise<NumberedState>;
  /** The state as soon as its revision differs from `revision`, at the latest after `waitMs`. */
  stateAfter(revision: number, waitMs: number): Promise<NumberedState>;
  /** Does one thing to the box. Throws HostError `control-refused` with the port's advice. */
  input(input: unknown): Promise<NumberedState>;
}

/** @param address `http://127.0.0.1:8090`, or the path of a Unix socket */
export function controlClient(address: string): BoxControl {
  return {
    state: () => call(address, 'GET', '/state'),
    stateAfter: (revision, waitMs) =>
      call(address, 'GET', `/state?after=${revision}&waitMs=${Math.max(0, Math.ceil(waitMs))}`),
    input: (input) => call(address, 'POST', '/input', JSON.stringify(input)),
  };
}

async function call(address: string, method: string, path: string, body?: string): Promise<NumberedState> {
  const { status, text } = await exchange(address, { method, path }, body);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new HostError('control-unreachable', `${address} does not answer like a control port`, { cause });
  }
  if (status === 200) return answer as NumberedState;
  const { detail = 'no detail', errors = [] } = answer as {
    readonly detail?: string;
    readonly errors?: readonly { readonly pointer: string }[];
  };
  throw new HostError('control-refused', [...errors.map(({ pointer }) => pointer), detail].join(': '));
}

function exchange(
  address: string,
  { method, path }: { readonly method: string; readonly path: string },
  body: string | undefined,
): Promise<{ readonly status: number; readonly text: string }> {
  const where = address.startsWith('http://')
    ? { host: new URL(address).hostname, port: new URL(address).port }
    : { socketPath: address };
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => {
      const advice = 'is the box running, and was it started with a control port?';
      reject(new HostError('control-unreachable', `no control port at ${address}: ${advice}`, { cause }));
    };
    const headers = {
      host: 'localhost',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = request({ ...where, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', failed);
    });
    sent.on('error', failed);
    sent.end(body);
  });
}
