// What a person at a terminal reads when a port cannot be opened: advice that helps against that reason.

import { describe, expect, it } from 'vitest';
import { listenFault } from './errors.ts';

const said = (code: string, setting: string): string =>
  listenFault(Object.assign(new TypeError(code), { code }), { host: '192.0.2.1', port: 80, setting }).message;

describe('a port that cannot be opened', () => {
  it.each([
    ['EADDRINUSE', 'SMARTBOX_HTTP_PORT', 'SMARTBOX_HTTP_PORT=81'],
    ['EACCES', 'SMARTBOX_HTTP_PORT', 'SMARTBOX_HTTP_PORT=8080'],
    ['EADDRNOTAVAIL', 'SMARTBOX_HTTP_PORT', 'Set SMARTBOX_HTTP_BIND to an address of this machine'],
    ['ENOTFOUND', 'SMARTBOX_MQTT_TLS_PORT', 'Set SMARTBOX_MQTT_BIND to an address of this machine'],
  ])('is explained for %s of %s', (code, setting, advice) => {
    expect(said(code, setting)).toContain(advice);
  });
});
