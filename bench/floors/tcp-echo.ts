// The lowest floor: a Node server that sends every byte back. Nothing that speaks over TCP from Node can be faster.
import { createServer } from 'node:net';
import { answerAsks } from '../harness/asks.ts';
import { listen } from '../harness/listen.ts';

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => socket.write(chunk));
});
answerAsks({ collect: () => globalThis.gc?.() }, { port: await listen(server) });
