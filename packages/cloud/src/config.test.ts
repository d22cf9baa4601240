// The configuration: sensible without any setting, strict with each, all faults told at once.

import { describe, expect, it } from 'vitest';
import { describeConfig, readConfig } from './config.ts';

describe('the configuration', () => {
  it('listens on loopback with TLS, and unencrypted only when asked to (SEC-07)', () => {
    const config = readConfig({ SMARTBOX_DATA_DIR: '/data' });
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 8_080 });
    expect(config.mqtt).toMatchObject({ host: '127.0.0.1', plainPort: undefined, tlsPort: 8_883 });
    expect(readConfig({ SMARTBOX_MQTT_PLAIN: '1' }).mqtt.plainPort).toBe(1_883);
  });

  it('refuses unencrypted MQTT on a public address by accident (SEC-07)', () => {
    const settings = { SMARTBOX_MQTT_PLAIN: '1', SMARTBOX_MQTT_BIND: '0.0.0.0' };
    expect(() => readConfig(settings)).toThrow(
      /SMARTBOX_MQTT_PLAIN must be 0 while SMARTBOX_MQTT_BIND is 0\.0\.0\.0/,
    );
    expect(readConfig({ ...settings, SMARTBOX_MQTT_PLAIN: 'everywhere' }).mqtt.plainPort).toBe(1_883);
  });

  it('takes for browsers an address that they give passkeys to', () => {
    const read = (SMARTBOX_PUBLIC_URL: string) => readConfig({ SMARTBOX_PUBLIC_URL }).http.publicUrl;
    expect(readConfig({ SMARTBOX_HTTP_PORT: '8081' }).http.publicUrl).toBe('http://localhost:8081');
    expect(read('https://keys.example.jp/')).toBe('https://keys.example.jp');
    expect(read('https://keys.example.jp:8443')).toBe('https://keys.example.jp:8443');
    for (const wrong of [
      ...['http://keys.example.jp', 'https://192.0.2.1', 'https://[::1]', 'keys.example.jp', 'https://'],
      ...['https://keys.example.jp/app', 'https://keys.example.jp/?a', 'https://a@keys.example.jp'],
    ])
      expect(() => read(wrong)).toThrow(/SMARTBOX_PUBLIC_URL must be like https:/);
  });

  it('tells all faults at once', () => {
    const read = (): unknown =>
      readConfig({
        SMARTBOX_HTTP_PORT: 'eighty',
        SMARTBOX_MQTT_PORT: '70000',
        SMARTBOX_LOG_LEVEL: 'loud',
        SMARTBOX_TLS_CERT_FILE: '/cert.pem',
        SMARTBOX_MQTT_TLS: '0',
      });
    expect(read).toThrow(/5 fault\(s\)/);
    for (const name of [
      'SMARTBOX_HTTP_PORT',
      'SMARTBOX_MQTT_PORT',
      'SMARTBOX_LOG_LEVEL',
      'SMARTBOX_TLS_CERT_FILE',
      'SMARTBOX_MQTT_TLS',
    ]) {
      expect(read).toThrow(name);
    }
  });

  it('sends no text message unless a provider is named in full, over TLS', () => {
    const provider = {
      SMARTBOX_TEXT_MESSAGE_URL: 'https://api.twilio.com',
      SMARTBOX_TEXT_MESSAGE_ACCOUNT: 'AC1',
      SMARTBOX_TEXT_MESSAGE_TOKEN_FILE: '/token',
      SMARTBOX_TEXT_MESSAGE_FROM: '+81312345678',
    };
    expect(readConfig({}).texts).toBeUndefined();
    expect(readConfig(provider).texts).toMatchObject({
      kind: 'provider',
      account: 'AC1',
      tokenFile: '/token',
    });
    const { SMARTBOX_TEXT_MESSAGE_FROM: _, ...unnamed } = provider;
    expect(() => readConfig(unnamed)).toThrow('SMARTBOX_TEXT_MESSAGE_FROM must name the sender');
    for (const url of ['http://sms.example.jp', 'https://me:secret@sms.example.jp', 'sms.example.jp'])
      expect(() => readConfig({ ...provider, SMARTBOX_TEXT_MESSAGE_URL: url })).toThrow(
        'SMARTBOX_TEXT_MESSAGE_URL must',
      );
    const here = { ...provider, SMARTBOX_TEXT_MESSAGE_URL: 'http://127.0.0.1:9000' };
    expect(readConfig(here).texts).toMatchObject({ url: 'http://127.0.0.1:9000' });
  });

  it('shows text messages in the log for a developer only, and never beside a provider', () => {
    const shown = { SMARTBOX_DEVELOPMENT_TEXT_MESSAGES: 'log' };
    expect(readConfig(shown).texts).toEqual({ kind: 'log' });
    expect(() => readConfig({ ...shown, SMARTBOX_TEXT_MESSAGE_URL: 'https://sms.example.jp' })).toThrow(
      'SMARTBOX_DEVELOPMENT_TEXT_MESSAGES must be off',
    );
  });

  it('is frozen, all the way down', () => {
    const config = readConfig({});
    expect(
      Object.isFrozen(config) && Object.isFrozen(config.mqtt) && Object.isFrozen(config.mqtt.tlsNames),
    ).toBe(true);
  });

  it('prints itself without a secret', () => {
    const key = new Uint8Array(32).fill(7);
    const text = describeConfig({
      ...readConfig({}),
      secrets: { kind: 'given', keyEncryptionKey: key, pepper: key, auditKey: key },
    });
    expect(text).toContain('given by value');
    expect(text).not.toContain('7,7');
    expect(text).not.toContain('0707');
  });
});
