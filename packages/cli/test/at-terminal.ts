// Runs a command as a shell does, with what is typed and what the environment says, and gives back what it wrote.
import { PassThrough } from 'node:stream';
import { onlineCommands } from '../src/online/index.ts';
import { CliError } from '../src/terminal/cli-error.ts';

/** How a command went. */
export interface Ran {
  /** `ok`, or the code of the error. */
  readonly end: string;
  readonly output: string;
  /** What it asked and complained of. */
  readonly messages: string;
}

/** What is around a command. */
export interface Around {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly typed?: string;
  /** Whether a person sits there. */
  readonly terminal?: boolean;
  /** Told each piece of output and messages. */
  readonly onWrite?: (text: string) => void;
  /** What happens while the command waits; nothing unless given. No time passes by itself. */
  readonly onWait?: (delayMs: number) => Promise<void>;
}

/** @param line the words after `smartbox` */
export async function smartbox(line: readonly string[], around: Around = {}): Promise<Ran> {
  const [name = '', ...args] = line;
  const input = Object.assign(new PassThrough(), { isTTY: around.terminal === true, setRawMode: () => {} });
  input.end(around.typed ?? '');
  const written = { output: '', messages: '' };
  const into = (part: keyof typeof written) => ({
    write: (piece: string | Uint8Array) => {
      const text = typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8');
      written[part] += text;
      around.onWrite?.(text);
    },
  });
  try {
    await onlineCommands[name]?.run(args, {
      ...{ input, output: into('output'), messages: into('messages'), environment: around.environment ?? {} },
      nowMs: () => Date.now(),
      wait: async (delayMs) => around.onWait?.(delayMs),
      randomBytes: (length) => new Uint8Array(length).fill(7),
    });
    return { end: 'ok', ...written };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { end: error.code, output: written.output, messages: `${written.messages}${error.message}` };
  }
}
