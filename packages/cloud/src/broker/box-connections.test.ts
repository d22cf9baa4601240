// A box is reached by its latest connection; what becomes of an older one changes nothing.

import { PassThrough } from 'node:stream';
import { boxIdFromBytes } from '@smartbox/protocol';
import type { Client } from 'aedes';
import { describe, expect, it } from 'vitest';
import { BoxConnections } from './box-connections.ts';

const box = boxIdFromBytes(new Uint8Array(8));
const clientOn = (conn: PassThrough): Client => ({ conn }) as unknown as Client;

describe('the connections of boxes', () => {
  it('forget only the connection that ended', () => {
    const connections = new BoxConnections(() => {});
    const [older, newer] = [clientOn(new PassThrough()), clientOn(new PassThrough())];
    connections.add(box, older);
    connections.add(box, newer);
    expect(connections.remove(box, older)).toBe(false);
    expect(connections.send(box, Uint8Array.of(1))).toBe(true);
    expect(connections.remove(box, newer)).toBe(true);
    expect(connections.send(box, Uint8Array.of(1))).toBe(false);
  });

  it('cut a box that does not read, before its answers pile up', () => {
    const refused: string[] = [];
    const connections = new BoxConnections((reason) => void refused.push(reason));
    const conn = new PassThrough();
    connections.add(box, clientOn(conn));
    let sent = 0;
    while (connections.send(box, new Uint8Array(1_000)) && sent < 10_000) sent += 1;
    expect(sent).toBeLessThan(200);
    expect([refused, conn.destroyed]).toEqual([['slow-reader'], true]);
  });

  it('number their packets from 1 to 65,535 and round again', async () => {
    const connections = new BoxConnections(() => {});
    const conn = new PassThrough();
    connections.add(box, clientOn(conn));
    const ids: number[] = [];
    for (let turn = 0; turn < 0xffff + 2; turn++) {
      connections.send(box, Uint8Array.of());
      await new Promise<void>((resolve) => process.nextTick(resolve));
      const packet = conn.read() as Buffer;
      ids.push(packet.readUInt16BE(packet.length - 2));
    }
    expect([ids[0], ids[1], ids[0xfffe], ids[0xffff], ids[0x10000]]).toEqual([1, 2, 0xffff, 1, 2]);
  });
});
