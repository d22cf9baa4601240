// The firmware core as commands. The state stays inside the engine, as it does on a device; inputs come in and
// outputs go out.
import { type BoxInput, type BoxState, initialState, step } from '@smartbox/firmware/core';
import type { Commands } from './command.ts';

let state: BoxState = initialState();

export const coreCommands: Commands = {
  /** `input` and `nowMs` of the core's step; a `booted` input starts over. */
  step: (ask) => {
    const result = step(state, ask.input as BoxInput, Number(ask.nowMs));
    state = result.state;
    return { outputs: result.outputs, wakeAtMs: result.wakeAtMs };
  },
};
