// The Node host's ports against the contracts: files, real timers, the system's randomness, and mqtt.js
// against a real aedes broker on the loopback address.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { downTopic, upTopic } from '@smartbox/protocol';
import { Aedes } from 'aedes';
import { vi } from 'vitest';
import { FlashPartitions, SeededRandom } from '../../src/electronics/index.ts';
import { PowerRail } from '../../src/electronics/power-rail.ts';
import { Radio } from '../../src/electronics/radio.ts';
import { filePartition } from '../../src/hosts/node/file-partition.ts';
import { nodeBox } from '../../src/hosts/node/node-box.ts';
import { nodeEntropy } from '../../src/hosts/node/node-entropy.ts';
import { NodeNetwork, nodeMqttClientOn, nodeMqttEndpoint } from '../../src/hosts/node/node-mqtt-client.ts';
import { RealClock } from '../../src/hosts/node/real-clock.ts';
import { describeEntropy } from './entropy-contract.ts';
import { describeFlash } from './flash-contract.ts';
import { BOX_ID, describeMqttClient, PASSWORD } from './mqtt-contract.ts';
import { describeSleep, type Starts, sleepyProgram } from './sleep-contract.ts';
import { describeTimer } from './timer-contract.ts';
import { describeWifiStation } from './wifi-contract.ts';

async function until(isDone: () => boolean): Promise<void> {
  await vi.waitUntil(isDone, { timeout: 20_000, interval: 2 });
}

describeFlash('file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'smartbox-flash-'));
  const file = join(directory, 'flash.bin');
  const opened: (() => void)[] = [];
  const open = () => {
    const { partition, close } = filePartition(file, 'p', 2);
    opened.push(close);
    return new FlashPartitions([partition], new SeededRandom(1));
  };
  return {
    storage: open(),
    path: 'p',
    reopened: open,
    close: () => {
      for (const close of opened) close();
      rmSync(directory, { recursive: true });
    },
  };
});

describeTimer('real clock', () => {
  const clock = new RealClock();
  return { timer: clock, until, close: () => clock.close() };
});

describeSleep('Node host', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'smartbox-sleep-'));
  const starts: Starts = [];
  const { box, clock, stop } = nodeBox({
    program: sleepyProgram(starts),
    dataDir,
    mqttUrl: 'mqtt://127.0.0.1:1',
    firmware: 'sleepy',
    onCrash: (cause) => {
      throw cause;
    },
  });
  return {
    box,
    starts,
    until,
    // The box's own time may jump; what comes due on the way happens in its order.
    settle: async () => clock.jump(500),
    close: () => {
      stop();
      rmSync(dataDir, { recursive: true });
    },
  };
});

describeEntropy('system', () => nodeEntropy);

describeWifiStation('radio in real time', () => {
  const clock = new RealClock();
  const home = new NodeNetwork();
  const rail = new PowerRail();
  rail.turnOn();
  const radio = new Radio(clock, home, () => {});
  return {
    wifi: { io: radio.stationOn(rail) },
    setAccessPoint: (accessPoint) => radio.setHotspot(accessPoint),
    setHome: (up) => {
      home.up = up;
    },
    setJammed: (jammed) => {
      radio.jammed = jammed;
    },
    until,
    // What is under way is a timer: the clock jumps over all of it, and the event loop has its turn.
    settle: async () => {
      clock.jump(10_000);
      await nextTurn();
    },
    close: () => {
      rail.turnOff();
      clock.close();
    },
  };
});

describeMqttClient('mqtt.js and aedes', async () => {
  const arrived: Uint8Array[] = [];
  const broker = await Aedes.createBroker({
    authenticate: (client, user, password, done) => {
      done(null, user === BOX_ID && client.id === BOX_ID && password?.toString() === PASSWORD);
    },
    authorizeSubscribe: (_, subscription, done) => {
      done(null, subscription.topic === downTopic(BOX_ID) ? subscription : null);
    },
    authorizePublish: (_, packet, done) => {
      if (packet.topic === upTopic(BOX_ID)) arrived.push(new Uint8Array(packet.payload as Buffer));
      done(null);
    },
  });
  const server = createServer(broker.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const network = new NodeNetwork();
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connections = (): { readonly close: () => void }[] => {
    const { clients } = broker as unknown as {
      readonly clients: Record<string, { readonly close: () => void }>;
    };
    return Object.values(clients);
  };
  return {
    mqtt: { ...nodeMqttEndpoint(url), io: nodeMqttClientOn(network) },
    arrived,
    setNetwork: (up) => {
      network.up = up;
    },
    setReach: (reach) => {
      network.reach = () => reach;
    },
    deliver: (boxId, frame) => {
      const packet = { cmd: 'publish', qos: 1, dup: false, retain: false } as const;
      broker.publish({ ...packet, topic: downTopic(boxId), payload: Buffer.from(frame) }, () => {});
    },
    kick: () => {
      for (const connection of connections()) connection.close();
    },
    until,
    settle: async () => {
      // Everything is on the loopback address: what is under way arrives within some turns of the event loop.
      for (let turn = 0; turn < 200; turn++) await nextTurn();
    },
    close: async () => {
      network.reach = () => 'home';
      network.up = false;
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      server.close();
      await once(server, 'close');
    },
  };
});
