// The terminal itself: raw keystrokes in, the drawing out, the box followed by long polls. It restores the
// screen however it ends.
import { type BoxControl, HostError, type NumberedState } from '@smartbox/firmware/node';
import type { KeptHand } from './kept-hand.ts';
import { type Action, press, type Question } from './key-bindings.ts';
import { perform } from './perform.ts';
import { drawBox } from './view.ts';

const ENTER_SCREEN = '\u001b[?1049h\u001b[?25l';
const LEAVE_SCREEN = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
const FOLLOW_MS = 10_000;

/** Where keystrokes come from and the drawing goes. */
export interface Screen {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Runs until the person leaves. @returns why it ended, undefined for a person who left */
export async function runTerminal(
  control: BoxControl,
  { input, output }: Screen,
  kept: KeptHand,
): Promise<string | undefined> {
  let state = await control.state();
  let hand = kept.read(state.bins.flatMap(({ tag }) => tag ?? []));
  let question: Question;
  let trouble: string | undefined;
  const leaving = new AbortController();

  const draw = (): void => {
    const lines = drawBox({ state, hand, question, trouble });
    output.write(HOME + lines.map((line) => `${line}${CLEAR_LINE}`).join('\r\n') + CLEAR_BELOW);
  };
  const act = async (action: Action): Promise<void> => {
    try {
      const done = await perform(control, action, { state, hand });
      if (done.hand !== hand) kept.write(done.hand);
      hand = done.hand;
      trouble = done.trouble;
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      trouble = error.message;
    }
    draw();
  };
  // One action after the other: a fast typist must not overtake himself.
  let queue = Promise.resolve();
  const onKeys = (chunk: Buffer | string): void => {
    for (const keystroke of String(chunk)) {
      const pressed = press(question, keystroke, state.bins.length);
      question = pressed.question;
      const { action } = pressed;
      if (action?.kind === 'quit') leaving.abort();
      else if (action !== undefined) queue = queue.then(() => act(action));
    }
    draw();
  };

  output.write(ENTER_SCREEN);
  input.setRawMode?.(true);
  input.resume();
  input.on('data', onKeys);
  const left = new Promise<undefined>((resolve) => {
    leaving.signal.addEventListener('abort', () => resolve(undefined));
  });
  const followed = follow(control, state, {
    wanted: () => !leaving.signal.aborted,
    changed: (next) => {
      state = next;
      draw();
    },
  });
  try {
    draw();
    return await Promise.race([left, followed]);
  } finally {
    leaving.abort();
    input.off('data', onKeys);
    input.setRawMode?.(false);
    input.pause();
    output.write(LEAVE_SCREEN);
  }
}

/** Follows the box. @returns in words why it can be followed no longer */
async function follow(
  control: BoxControl,
  first: NumberedState,
  told: { readonly wanted: () => boolean; readonly changed: (state: NumberedState) => void },
): Promise<string | undefined> {
  let { revision } = first;
  try {
    while (told.wanted()) {
      const next = await control.stateAfter(revision, FOLLOW_MS);
      revision = next.revision;
      if (told.wanted()) told.changed(next);
    }
    return undefined;
  } catch (error) {
    if (error instanceof HostError) return 'The box has stopped.';
    throw error;
  }
}
