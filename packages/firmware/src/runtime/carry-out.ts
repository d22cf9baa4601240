// One order of the core to one deed of the board. Everything here is done when it returns, above all the
// flash writes: the next order, perhaps a latch, rests on them.
import type { BoxInput, BoxOutput } from '../core/index.ts';
import type { FittedBoard } from './fitted-board.ts';
import { RuntimeError } from './runtime-error.ts';

/** Of a stored entry (body 32, chain hash 16, MAC 16) the cloud gets body and MAC: it knows the chain. */
const BODY_BYTES = 32;
const MAC_OFFSET = 48;

export interface Carrier {
  readonly board: FittedBoard;
  /** Answers and notices that an order causes become inputs of later turns. */
  readonly take: (input: BoxInput) => void;
  readonly note: (level: 'info' | 'warn', code: string) => void;
  /** Ends this start of the box and lets the board sleep. */
  readonly sleep: () => void;
}

/** Carries out `output`. Throws when it could not be done: nothing after it may be done then. */
export function carryOut(output: BoxOutput, { board, take, note, sleep }: Carrier): void {
  switch (output.kind) {
    case 'save-record':
      board.records.save(output.record, output.bytes);
      break;
    case 'append-log':
      if (board.log.append(output.sequence, output.entry) === 'full') throw new RuntimeError('log-full');
      break;
    case 'release-log':
      board.log.release(output.through);
      break;
    case 'read-log': {
      const { first, entries } = board.log.read(output.first, output.limit);
      take({ kind: 'log-read', first, entries: entries.map(forTheCloud) });
      break;
    }
    case 'release-bin':
      board.latches.release(output.bin, output.pulseMs);
      break;
    case 'release-main-lock':
      board.latches.releaseMainLock(output.pulseMs);
      break;
    case 'show':
      board.screen.show(output);
      break;
    case 'sound':
      board.sounder.sound(output.tone);
      break;
    case 'connect':
      board.link.connect(output.username, output.password, output.network);
      break;
    case 'disconnect':
      board.link.disconnect();
      break;
    case 'send-frame':
      board.link.send(output.frame);
      break;
    case 'set-rtc':
      board.clockChip.time = output.timeMs;
      break;
    case 'scan-networks':
      board.link.scan();
      break;
    case 'sleep':
      sleep();
      break;
    case 'note':
      note(output.level, output.code);
      break;
  }
}

function forTheCloud(entry: Uint8Array): Uint8Array {
  const sent = new Uint8Array(BODY_BYTES + entry.length - MAC_OFFSET);
  sent.set(entry.subarray(0, BODY_BYTES));
  sent.set(entry.subarray(MAC_OFFSET), BODY_BYTES);
  return sent;
}
