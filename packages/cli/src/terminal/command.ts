// What a command is: a function from arguments and the outside world to nothing. main.ts finds it by its name.

/** A screen or a pipe to write to. */
export interface Output {
  write(text: string): unknown;
}

/** One that takes files as well. */
export interface ByteOutput {
  write(piece: string | Uint8Array): unknown;
}

/** A keyboard or a pipe to read from. */
export type Input = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
};

/** The outside world. */
export interface CommandPorts {
  readonly input: Input;
  /** What was asked for. */
  readonly output: ByteOutput;
  /** Questions and troubles: not mixed into what a script reads. */
  readonly messages: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Unix ms. */
  nowMs(): number;
  wait(delayMs: number): Promise<void>;
  randomBytes(length: number): Uint8Array;
}

/** @throws CliError */
export type Command = (args: readonly string[], ports: CommandPorts) => Promise<void>;
