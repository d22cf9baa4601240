import { describe, expect, it } from 'vitest';
import { changeSettings, defaultSettings, restoreSettings, type Settings } from './settings.ts';

const told: Settings = {
  version: 3,
  language: 'en',
  helpPhone: '03-1234-5678 内線 9',
  leftOpenMs: 30_000,
  idleMs: 45_000,
};

describe('settings', () => {
  it('take a newer version and survive a reboot', () => {
    const changed = changeSettings(defaultSettings(), told);
    expect(changed?.settings).toEqual(told);
    expect(changed?.record.length).toBeLessThanOrEqual(96);
    expect(restoreSettings(changed?.record)).toEqual(told);
  });

  it('ignore the version in force and every older one, so that a replay changes nothing', () => {
    expect(changeSettings(told, { ...told, language: 'ja' })).toBeUndefined();
    expect(changeSettings(told, { ...told, version: 2 })).toBeUndefined();
  });

  it('keep times within what people can live with, whatever the console said', () => {
    const low = changeSettings(told, { ...told, version: 4, idleMs: 0, leftOpenMs: 0 });
    expect(low?.settings).toMatchObject({ idleMs: 20_000, leftOpenMs: 10_000 });
    const high = changeSettings(told, { ...told, version: 4, idleMs: 0xffff_ffff, leftOpenMs: 0xffff_ffff });
    expect(high?.settings).toMatchObject({ idleMs: 600_000, leftOpenMs: 3_600_000 });
  });

  it('fall back to the defaults where the record is unreadable', () => {
    expect(restoreSettings(undefined)).toEqual(defaultSettings());
    expect(restoreSettings(new Uint8Array([0xff, 1, 2]))).toEqual(defaultSettings());
  });
});
