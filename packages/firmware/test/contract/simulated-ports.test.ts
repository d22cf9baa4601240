// The simulated host's ports against the contracts.
import type { BoxId } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { i2cOf, serialOf } from '../../src/electronics/bus-io.ts';
import { digitalBankOf, digitalOf } from '../../src/electronics/digital-io.ts';
import { FlashPartitions } from '../../src/electronics/index.ts';
import { PowerRail } from '../../src/electronics/power-rail.ts';
import { SerialWires } from '../../src/electronics/serial-wires.ts';
import { Wire } from '../../src/electronics/wire.ts';
import {
  createSimulatedBox,
  MemoryNetwork,
  SeededEntropy,
  SeededRandom,
  VirtualClock,
} from '../../src/hosts/simulated/index.ts';
import { boardBench } from '../board-bench.ts';
import { describeEntropy } from './entropy-contract.ts';
import { describeFlash } from './flash-contract.ts';
import { describeIo } from './io-contract.ts';
import { describeMqttClient, PASSWORD } from './mqtt-contract.ts';
import { describeSleep, type Starts, sleepyProgram } from './sleep-contract.ts';
import { describeTimer } from './timer-contract.ts';
import { describeWifiStation } from './wifi-contract.ts';

/** Moves time until `isDone`, in steps of a millisecond; gives up after a minute of them. */
async function advanceUntil(clock: VirtualClock, isDone: () => boolean): Promise<void> {
  for (let ms = 0; ms < 60_000 && !isDone(); ms++) clock.advance(1);
  if (!isDone()) throw new TypeError('did not happen within a virtual minute');
}

describeFlash('memory', () => ({
  storage: new FlashPartitions([{ name: 'p', blocks: 3 }], new SeededRandom(1)),
  path: 'p',
  close: () => {},
}));

describeTimer('virtual clock', () => {
  const clock = new VirtualClock();
  return { timer: clock, until: (isDone) => advanceUntil(clock, isDone), close: () => {} };
});

describeSleep('simulated host', async () => {
  const clock = new VirtualClock();
  const starts: Starts = [];
  const program = sleepyProgram(starts);
  const { box } = createSimulatedBox({ program, clock, network: new MemoryNetwork(clock), seed: 1 });
  box.powerOn();
  return {
    box,
    starts,
    until: (isDone) => advanceUntil(clock, isDone),
    settle: async () => clock.advance(500),
    close: () => {},
  };
});

describeEntropy('seeded', () => new SeededEntropy(3));

describeMqttClient('memory network', async () => {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const arrived: Uint8Array[] = [];
  network.serve({
    authenticate: (_, password) => Buffer.from(password).toString() === PASSWORD,
    connected: () => {},
    disconnected: () => {},
    frame: (_, frame, done) => {
      arrived.push(frame);
      done();
    },
  });
  const { link, mqtt } = network.access();
  return {
    mqtt,
    arrived,
    setNetwork: (up) => {
      link.up = up;
    },
    setReach: (reach) => {
      link.reach = () => reach;
    },
    deliver: (boxId: BoxId, frame) => network.send(boxId, frame),
    kick: (boxId: BoxId) => network.kick(boxId),
    until: (isDone) => advanceUntil(clock, isDone),
    settle: async () => clock.advance(1_000),
    close: async () => {},
  };
});

describeWifiStation('simulated board', () => {
  const { clock, link, electronics, provider } = boardBench();
  const { radio } = electronics;
  return {
    wifi: provider.wifi,
    setAccessPoint: (accessPoint) => radio.setHotspot(accessPoint),
    setHome: (up) => {
      link.up = up;
    },
    setJammed: (jammed) => {
      radio.jammed = jammed;
    },
    until: (isDone) => advanceUntil(clock, isDone),
    settle: async () => clock.advance(10_000),
    close: () => electronics.setRail(false),
  };
});

describeIo('simulated board', () => {
  const clock = new VirtualClock();
  const rail = new PowerRail();
  rail.turnOn();
  const out = new Wire(1);
  const input = new Wire(1);
  out.watch((level) => input.set(level));
  const pins = {
    wires: new Map([
      [4, out],
      [6, input],
    ]),
    rail,
    timer: clock,
  };
  const line = new SerialWires(clock, 115_200);
  line.listenAtDevice((bytes) => line.fromDevice(bytes));
  let stored = new Uint8Array();
  const memory = {
    write: (bytes: Uint8Array) => {
      stored = bytes.slice();
    },
    read: (byteLength: number) => stored.slice(0, byteLength),
  };
  return {
    Digital: digitalOf(pins),
    DigitalBank: digitalBankOf(pins),
    Serial: serialOf({ rail, timer: clock }, new Map([[1, line]])),
    I2C: i2cOf(rail, new Map([[0x52, memory]])),
    pins: { out: 4, in: 6 },
    echoPort: 1,
    memoryAddress: 0x52,
    settle: () => clock.advance(100),
  };
});

describe('power on the simulated board', () => {
  it('lets outputs go and silences everything at once when it fails', () => {
    const clock = new VirtualClock();
    const rail = new PowerRail();
    rail.turnOn();
    const wire = new Wire(0);
    const Digital = digitalOf({ wires: new Map([[1, wire]]), rail, timer: clock });
    const latch = new Digital({ pin: 1, mode: Digital.Output });
    latch.write(1);
    const notices: string[] = [];
    const onReadable = () => notices.push('edge');
    new Digital({ pin: 1, mode: Digital.Input, edge: Digital.Falling, onReadable });
    rail.turnOff();
    expect(wire.level).toBe(0);
    latch.write(1);
    clock.advance(10);
    expect([wire.level, notices]).toEqual([0, []]);
  });
});
