import { boxIdFromBytes } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { boardBench } from '../../test/board-bench.ts';
import { boxLimits } from '../core/index.ts';
import type { MqttClientOptions, WifiStationOptions } from '../ports/index.ts';
import { WirelessLink } from './wireless-link.ts';

const BOX_ID = boxIdFromBytes(new Uint8Array([9, 8, 7, 6, 5, 4, 3, 2]));
const PHONE = { name: 'Phone', passphrase: '12345678' };

function fitted() {
  const { clock, network, link: line, electronics, provider } = boardBench();
  line.reach = () => electronics.radio.reach;
  const happened: string[] = [];
  network.serve({
    authenticate: () => true,
    connected: () => {},
    disconnected: () => happened.push('disconnected'),
    frame: (_, frame, done) => {
      happened.push(`frame ${frame.length}`);
      done();
    },
  });
  const link = new WirelessLink({
    mqtt: provider.mqtt,
    wifi: provider.wifi,
    timer: clock,
    onFrame: (frame) => happened.push(`heard ${frame.length}`),
    onChange: (up, trouble) => happened.push(up ? 'up' : `down ${trouble ?? ''}`.trim()),
    onFound: (found) => happened.push(`found ${found.map(({ name }) => name).join(' ')}`),
    onOverflow: () => {},
  });
  return { clock, line, link, network, radio: electronics.radio, happened };
}

describe('the wireless link', () => {
  it('joins home, then connects, and carries frames', () => {
    const { clock, link, network, radio, happened } = fitted();
    link.connect(BOX_ID, 'secret');
    expect([link.up, radio.joined]).toEqual([false, null]);
    clock.advance(500);
    expect([link.up, radio.joined]).toEqual([true, 'home']);
    link.send(new Uint8Array(3));
    network.send(BOX_ID, new Uint8Array(5));
    clock.advance(100);
    expect(happened).toEqual(['up', 'heard 5', 'frame 3']);
  });

  it('connects over a phone while home is away (EM-07)', () => {
    const { clock, line, link, radio, happened } = fitted();
    line.up = false;
    radio.setHotspot({ ...PHONE, up: true });
    link.connect(BOX_ID, 'secret', PHONE);
    clock.advance(1_000);
    link.send(new Uint8Array(7));
    clock.advance(100);
    expect([link.up, radio.joined, happened]).toEqual([true, 'second', ['up', 'frame 7']]);
  });

  it('says why there is no network, and says no more than that', () => {
    for (const [hotspot, trouble] of [
      [{ ...PHONE, up: false }, 'down not-in-reach'],
      [{ ...PHONE, passphrase: '87654321', up: true }, 'down wrong-passphrase'],
      [{ ...PHONE, passphrase: '', up: true }, 'down not-secured'],
      [{ ...PHONE, up: true, internet: false }, 'down'],
    ] as const) {
      const { clock, link, radio, happened } = fitted();
      radio.setHotspot(hotspot);
      link.connect(BOX_ID, 'secret', PHONE);
      clock.advance(boxLimits.connectMs - 1);
      expect([link.up, radio.joined, happened]).toEqual([false, null, [trouble]]);
      clock.advance(600_000);
      expect(happened).toEqual([trouble]);
    }
  });

  it('loses the connection with its network, once', () => {
    for (const lose of ['home', 'phone', 'noise'] as const) {
      const { clock, line, link, radio, happened } = fitted();
      radio.setHotspot({ ...PHONE, up: true });
      link.connect(BOX_ID, 'secret', ...(lose === 'phone' ? [PHONE] : []));
      clock.advance(1_000);
      if (lose === 'home') line.up = false;
      else if (lose === 'phone') radio.setHotspot({ ...PHONE, up: false });
      else radio.jammed = true;
      clock.advance(1_000);
      expect([link.up, radio.joined]).toEqual([false, null]);
      expect(happened.filter((word) => word.startsWith('down'))).toHaveLength(1);
    }
  });

  it('drops the earlier connection without a word when told to make another, or to disconnect', () => {
    const { clock, link, radio, happened } = fitted();
    radio.setHotspot({ ...PHONE, up: true });
    link.connect(BOX_ID, 'secret');
    clock.advance(1_000);
    link.connect(BOX_ID, 'secret', PHONE);
    clock.advance(1_000);
    expect([radio.joined, happened.filter((word) => word.startsWith('down'))]).toEqual(['second', []]);
    link.disconnect();
    clock.advance(100_000);
    expect([link.up, radio.joined, happened.filter((word) => word.startsWith('down'))]).toEqual([
      false,
      null,
      [],
    ]);
  });

  it('answers a search once, also one whose answer never comes', () => {
    const { clock, link, radio, happened } = fitted();
    radio.setHotspot({ ...PHONE, up: true });
    link.scan();
    clock.advance(60_000);
    expect(happened).toEqual(['found Phone Home']);
    const silent = scripted();
    silent.link.scan();
    silent.clock.advance(boxLimits.networkScanMs - 1);
    silent.stations[0]?.onFound?.([{ name: 'late', secured: true }]);
    expect(silent.happened).toEqual(['found']);
  });

  it('gives up a join that is not answered, and a connection that takes too long, before the core does', () => {
    const join = scripted();
    join.link.connect(BOX_ID, 'secret');
    join.clock.advance(10_000);
    expect(join.happened).toEqual(['down not-in-reach']);
    const slow = scripted();
    slow.link.connect(BOX_ID, 'secret');
    slow.clock.advance(9_000);
    slow.stations[0]?.onJoined?.();
    expect(slow.clients).toHaveLength(1);
    slow.clock.advance(boxLimits.connectMs - 9_000 - 1);
    expect(slow.happened).toEqual(['down']);
    expect(slow.asked).toEqual(['leave', 'join', 'leave']);
  });
});

/** A radio and a client that only note what is done with them. */
function scripted() {
  const { clock } = boardBench();
  const asked: string[] = [];
  const happened: string[] = [];
  const stations: WifiStationOptions[] = [];
  const clients: MqttClientOptions[] = [];
  class Station {
    constructor(options: WifiStationOptions) {
      stations.push(options);
    }
    scan(): void {}
    join(): void {
      asked.push('join');
    }
    leave(): void {
      asked.push('leave');
    }
    close(): void {}
  }
  class Client {
    constructor(options: MqttClientOptions) {
      clients.push(options);
    }
    read(): ArrayBuffer {
      return new ArrayBuffer(0);
    }
    write(): number {
      return 0;
    }
    close(): void {}
  }
  const link = new WirelessLink({
    mqtt: { io: Client, host: 'h', socket: {}, dns: {} },
    wifi: { io: Station },
    timer: clock,
    onFrame: () => {},
    onChange: (up, trouble) => happened.push(up ? 'up' : `down ${trouble ?? ''}`.trim()),
    onFound: (found) => happened.push(`found ${found.map(({ name }) => name).join(' ')}`.trim()),
    onOverflow: () => {},
  });
  return { clock, link, asked, happened, stations, clients };
}
