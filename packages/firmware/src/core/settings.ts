// What the operator set and the cloud told. Desired state, not orders: only a higher version changes anything,
// so a replayed message does nothing. Saved as the message itself, so there is one layout and one decoder.
import { type BodyNamed, decodeMessage, encodeMessage, ProtocolError } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';

export type Settings = BodyNamed<'settings-changed'>;

/** @returns the settings of a box that was told none */
export function defaultSettings(): Settings {
  return {
    version: 0,
    language: 'ja',
    helpPhone: '',
    leftOpenMs: boxLimits.leftOpenDefaultMs,
    idleMs: boxLimits.idleDefaultMs,
  };
}

/** @returns the settings in the record, the defaults where it holds none */
export function restoreSettings(record: Uint8Array | undefined): Settings {
  if (record === undefined) return defaultSettings();
  try {
    const message = decodeMessage(record, 'down');
    return message.name === 'settings-changed' ? withinBounds(message.body) : defaultSettings();
  } catch (error) {
    if (error instanceof ProtocolError) return defaultSettings();
    throw error;
  }
}

/** @returns the settings to use and the record to save, or undefined where `told` is not newer */
export function changeSettings(
  settings: Settings,
  told: Settings,
): { readonly settings: Settings; readonly record: Uint8Array } | undefined {
  if (told.version <= settings.version) return undefined;
  return { settings: withinBounds(told), record: encodeMessage({ name: 'settings-changed', body: told }) };
}

// A mistake in the console must not make a box unusable.
function withinBounds(told: Settings): Settings {
  return {
    ...told,
    leftOpenMs: Math.min(Math.max(told.leftOpenMs, boxLimits.leftOpenMinMs), boxLimits.leftOpenMaxMs),
    idleMs: Math.min(Math.max(told.idleMs, boxLimits.idleMinMs), boxLimits.idleMaxMs),
  };
}
