// What a line asks and how it is answered: one JSON object in, one out. Apart from the entry so that command
// tables can be added without touching it.

import { decodeLine, encodeLine } from './bytes-in-json.ts';

/** A line's fields; `do` names the command. */
export type Ask = Readonly<Record<string, unknown>>;

/** Each gives a JSON value; a thrown error becomes the answer `{error}`. */
export type Commands = Readonly<Record<string, (ask: Ask) => unknown>>;

/** Serves these commands on the host's lines. */
export function serve(commands: Commands): void {
  globalThis.onLine = (text) => send(encodeLine(answer(commands, text)));
}

function answer(commands: Commands, text: string): { readonly ok: unknown } | { readonly error: string } {
  try {
    const ask = decodeLine(text) as Ask;
    const command = commands[String(ask.do)];
    return command === undefined ? { error: 'unknown command' } : { ok: command(ask) };
  } catch (error) {
    return { error: String(error) };
  }
}
