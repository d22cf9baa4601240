// Reads lines that a person types, one at a time, with or without showing them. A pipe works as well: it is read line
// by line, and nothing of it is lost between two questions.
import { CliError } from './cli-error.ts';
import type { Input, Output } from './command.ts';

const ENTER = /[\r\n]/;
const INTERRUPT = '\u0003';
const END = '\u0004';
const ERASE = new Set(['\b', '\u007f']);
const ERASE_LINE = '\u0015';

/** Asks. @throws CliError `cancelled` when the person leaves or the input ends */
export interface Keyboard {
  /** What is typed can be seen. */
  ask(question: string): Promise<string>;
  /** Nothing of what is typed can be seen, not even how long it is. */
  askSecretly(question: string): Promise<string>;
  /** Lets go of the input, so that the process can end. */
  close(): void;
}

/** On one input; `messages` gets the questions. */
export function createKeyboard(input: Input, messages: Output): Keyboard {
  const characters = reader(input);
  const readLine = async (): Promise<string> => {
    let line = '';
    for (;;) {
      const character = await characters.next();
      if (character === undefined || character === INTERRUPT) throw new CliError('cancelled', '');
      if (character === END && line === '') throw new CliError('cancelled', '');
      if (ENTER.test(character)) return line;
      if (ERASE.has(character)) line = [...line].slice(0, -1).join('');
      else if (character === ERASE_LINE) line = '';
      else if (character >= ' ') line += character;
    }
  };
  return {
    ask: (question) => {
      messages.write(question);
      return readLine();
    },
    askSecretly: async (question) => {
      messages.write(question);
      input.setRawMode?.(true);
      try {
        return await readLine();
      } finally {
        input.setRawMode?.(false);
        messages.write('\n');
      }
    },
    close: () => characters.close(),
  };
}

/** One character after the other; undefined at the end. A line end of two characters counts once. */
function reader(input: Input) {
  const waiting: string[] = [];
  let ended = false;
  let wake = (): void => {};
  let last = '';
  const onData = (chunk: string | Buffer): void => {
    for (const character of String(chunk)) {
      if (!(character === '\n' && last === '\r')) waiting.push(character);
      last = character;
    }
    wake();
  };
  const onEnd = (): void => {
    ended = true;
    wake();
  };
  input.setEncoding('utf8');
  input.on('data', onData).on('end', onEnd).on('error', onEnd);
  return {
    next: async (): Promise<string | undefined> => {
      while (waiting.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return waiting.shift();
    },
    close: () => {
      input.off('data', onData).off('end', onEnd).off('error', onEnd);
      input.pause();
    },
  };
}
