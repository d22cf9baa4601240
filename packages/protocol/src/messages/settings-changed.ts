// Cloud to box: the settings that should be in force. Desired state, not an order: the version only
// rises, and an older one is ignored, so a replayed message changes nothing.
import { choice, field, text, uint32 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const settingsChanged = defineMessage({
  name: 'settings-changed',
  number: 36,
  direction: 'down',
  since: 1,
  doc: 'The settings that the operator wants in force.',
  fields: {
    version: field(uint32, 'rises with every change'),
    language: field(choice(['ja', 'en']), 'language of the display while nobody has chosen one'),
    helpPhone: field(text(24), 'number that the display shows to people in trouble'),
    leftOpenMs: field(uint32, 'how long a door may stand open before it counts as left open'),
    idleMs: field(uint32, 'how long the keypad waits for the next key'),
  },
});
