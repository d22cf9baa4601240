// Box to cloud: alive, and how well. Its answer keeps the box's clock and proves the session; a
// box whose heartbeats stay unanswered shakes hands again.
import { boolean, field, text, uint8, uint32, uint48 } from '../wire/field.ts';
import { defineMessage } from './definition.ts';

export const heartbeat = defineMessage({
  name: 'heartbeat',
  number: 4,
  direction: 'up',
  since: 1,
  doc: 'The box is alive; its power, its log and its versions.',
  fields: {
    uptimeMs: field(uint48, 'milliseconds since the box booted'),
    mains: field(boolean, 'mains power is present'),
    batteryPercent: field(uint8, 'charge of the backup battery, 0 to 100'),
    logEnd: field(uint32, 'sequence of the last entry in the box’s log'),
    firmware: field(text(16), 'running firmware version'),
    settingsVersion: field(uint32, 'version of the settings in force'),
  },
});
