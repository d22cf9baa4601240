// Carries out what a person did at the terminal: one action to one call of the control port, and what it
// does to the person's hands. A key is taken out of an open bin and hung up again as with real hands.
import type { BoxControl, NumberedState } from '@smartbox/firmware/node';
import type { Action } from './key-bindings.ts';
import { isHotspotOn, phone } from './phone.ts';

/** What is left after an action. */
export interface Performed {
  readonly hand: readonly string[];
  /** Why nothing happened, in words. */
  readonly trouble?: string;
}

/** Does one thing. `quit` is the terminal's own affair and does nothing here. */
export async function perform(
  control: BoxControl,
  action: Action,
  now: { readonly state: NumberedState; readonly hand: readonly string[] },
): Promise<Performed> {
  const { state, hand } = now;
  switch (action.kind) {
    case 'type':
      await control.input({ keys: action.keys });
      return { hand };
    case 'toggle-door': {
      const open = binOf(state, action.bin)?.door === 'open';
      await control.input({ door: { bin: action.bin, open: !open } });
      return { hand };
    }
    case 'toggle-front':
      await control.input({ mainLock: { open: state.mainLock.door === 'closed' } });
      return { hand };
    case 'move-key':
      return moveKey(control, action.bin, now);
    case 'tap-fob': {
      const fob = hand.at(-1);
      if (fob === undefined) return { hand, trouble: 'Your hands are empty: take a key first.' };
      await control.input({ tag: { reader: 'front', id: fob } });
      return { hand };
    }
    case 'press-button':
      await control.input({ hold: { button: 'reset', ms: action.holdMs } });
      return { hand };
    case 'toggle-mains':
      await control.input({ mains: !state.power.mains });
      return { hand };
    case 'toggle-network':
      await control.input({ network: state.network.link === 'up' ? 'down' : 'up' });
      return { hand };
    case 'toggle-hotspot':
      await control.input({ hotspot: { ...phone, up: !isHotspotOn(state) } });
      return { hand };
    case 'advance':
      await control.input({ advanceMs: action.ms });
      return { hand };
    case 'quit':
      return { hand };
  }
}

async function moveKey(
  control: BoxControl,
  bin: number,
  { state, hand }: { readonly state: NumberedState; readonly hand: readonly string[] },
): Promise<Performed> {
  const there = binOf(state, bin);
  if (there?.door !== 'open') return { hand, trouble: `Bin ${bin} is closed: nobody reaches inside.` };
  if (there.tag !== null) {
    await control.input({ tag: { bin, id: null } });
    return { hand: [...hand, there.tag] };
  }
  const fob = hand.at(-1);
  if (fob === undefined) return { hand, trouble: 'Your hands are empty and so is the bin.' };
  await control.input({ tag: { bin, id: fob } });
  return { hand: hand.slice(0, -1) };
}

function binOf(state: NumberedState, bin: number): NumberedState['bins'][number] | undefined {
  return state.bins.find((candidate) => candidate.bin === bin);
}
