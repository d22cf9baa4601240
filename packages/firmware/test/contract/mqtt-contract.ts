// What every MQTT client must do, over memory as over a socket (ECMA-419 network/mqtt/client, MQTT 3.1.1).
import { type BoxId, boxIdFromBytes, downTopic, upTopic } from '@smartbox/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reach } from '../../src/electronics/index.ts';
import {
  type MqttClient,
  type MqttClientOptions,
  type MqttInstance,
  mqttOperation,
} from '../../src/ports/index.ts';

export interface MqttUnderTest {
  readonly mqtt: MqttInstance;
  /** Frames that reached the broker's side, in order. */
  readonly arrived: readonly Uint8Array[];
  readonly setNetwork: (up: boolean) => void;
  /** How far the radio before the client gets. */
  readonly setReach: (reach: Reach) => void;
  /** Sends a frame down to the box. */
  readonly deliver: (boxId: BoxId, frame: Uint8Array) => void;
  /** Ends the box's connection from the broker's side. */
  readonly kick: (boxId: BoxId) => void;
  readonly until: (isDone: () => boolean) => Promise<void>;
  /** Lets everything that is under way come to rest. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const BOX_ID = boxIdFromBytes(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
/** The only login that the broker under test takes. */
export const PASSWORD = 'correct';

export function describeMqttClient(name: string, make: () => Promise<MqttUnderTest>): void {
  describe(`MQTT client contract: ${name}`, () => {
    let under: MqttUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    afterEach(() => under.close());

    /** A client that writes down all its notices. */
    function client(changes: Partial<MqttClientOptions> = {}) {
      const notices: string[] = [];
      const received: Uint8Array[] = [];
      const topics: (string | undefined)[] = [];
      let whole: number[] = [];
      const made: MqttClient = new under.mqtt.io({
        ...under.mqtt,
        id: BOX_ID,
        user: BOX_ID,
        password: PASSWORD,
        clean: true,
        keepAlive: 30_000,
        onWritable: (count) => notices.push(count > 0 ? 'writable' : 'blocked'),
        onControl: (operation, { id, payload }) =>
          notices.push(`control ${operation} ${id}${payload ? ` [${[...new Uint8Array(payload)]}]` : ''}`),
        onReadable: (count, { topic, more, byteLength }) => {
          if (topic !== undefined) topics.push(topic);
          if (topic !== undefined) expect(byteLength).toBeGreaterThanOrEqual(count);
          whole.push(...new Uint8Array(made.read(count)));
          if (more) return;
          received.push(new Uint8Array(whole));
          whole = [];
        },
        onClose: () => notices.push('closed'),
        onError: () => notices.push('error'),
        ...changes,
      });
      expect(notices).toEqual([]);
      return { made, notices, received, topics };
    }

    const subscribe = (made: MqttClient, topic: string, id = 1) =>
      made.write(new Uint8Array(), { operation: mqttOperation.SUBSCRIBE, id, items: [{ topic, QoS: 1 }] });

    async function subscribed() {
      const one = client();
      await under.until(() => one.notices.includes('writable'));
      subscribe(one.made, downTopic(BOX_ID));
      await under.until(() => one.notices.length === 2);
      return one;
    }

    it('says writable when accepted, and grants the own topic at QoS 1', async () => {
      const { notices } = await subscribed();
      expect(notices).toEqual(['writable', 'control 9 1 [1]']);
    });

    it('acknowledges a publish by its packet id, once it has arrived', async () => {
      const { made, notices } = await subscribed();
      made.write(new Uint8Array([1, 2, 3]), { topic: upTopic(BOX_ID), QoS: 1, id: 77 });
      await under.until(() => notices.length === 3);
      expect(notices[2]).toBe('control 4 77');
      expect(under.arrived).toEqual([new Uint8Array([1, 2, 3])]);
    });

    it('keeps the order of what is sent, and the bytes as they were when written', async () => {
      const { made, notices } = await subscribed();
      const frame = new Uint8Array([0]);
      for (let id = 2; id < 8; id++) {
        frame[0] = id;
        made.write(frame, { topic: upTopic(BOX_ID), QoS: 1, id });
      }
      await under.until(() => notices.length === 8);
      expect(under.arrived.map(([first]) => first)).toEqual([2, 3, 4, 5, 6, 7]);
    });

    it.each([1, 511, 512, 513, 1_100])(
      'receives a message of %i bytes whole, with its topic',
      async (length) => {
        const { received, topics } = await subscribed();
        const frame = Uint8Array.from({ length }, (_, index) => index % 251);
        under.deliver(BOX_ID, frame);
        await under.until(() => received.length === 1);
        expect(received).toEqual([frame]);
        expect(topics).toEqual([downTopic(BOX_ID)]);
      },
    );

    it('reports a refused login by one error, and never becomes writable', async () => {
      const { notices } = client({ password: 'wrong' });
      await under.until(() => notices.length > 0);
      await under.settle();
      expect(notices).toHaveLength(1);
      expect(['error', 'closed']).toContain(notices[0]);
    });

    it('reports a refused subscription by return code 128', async () => {
      const { made, notices } = client();
      await under.until(() => notices.length === 1);
      subscribe(made, 'sb/1/0123456789ABC/dn', 5);
      await under.until(() => notices.length === 2);
      expect(notices[1]).toBe('control 9 5 [128]');
    });

    it('ends with one notice when the broker ends the connection', async () => {
      const { notices } = await subscribed();
      under.kick(BOX_ID);
      await under.until(() => notices.length === 3);
      await under.settle();
      expect(notices).toHaveLength(3);
      expect(['error', 'closed']).toContain(notices[2]);
    });

    it('ends with one error when the network goes down, and cannot be made while it is', async () => {
      const { notices } = await subscribed();
      under.setNetwork(false);
      await under.until(() => notices.length === 3);
      const second = client();
      await under.until(() => second.notices.length > 0);
      await under.settle();
      expect(notices.slice(2)).toEqual(['error']);
      expect(second.notices).toEqual(['error']);
      under.setNetwork(true);
      const third = client();
      await under.until(() => third.notices.includes('writable'));
    });

    it('works only over a network that is joined and leads somewhere, whatever home does', async () => {
      under.setNetwork(false);
      for (const reach of ['nothing', 'home'] as const) {
        under.setReach(reach);
        const { notices } = client();
        await under.until(() => notices.length > 0);
        expect(notices).toEqual(['error']);
      }
      under.setReach('nowhere');
      const lost = client();
      await under.settle();
      expect(lost.notices).not.toContain('writable');
      lost.made.close();
      under.setReach('internet');
      const { notices } = client();
      await under.until(() => notices.length > 0);
      expect(notices).toEqual(['writable']);
    });

    it('says nothing more after close', async () => {
      const { made, notices, received } = await subscribed();
      made.write(new Uint8Array([1]), { topic: upTopic(BOX_ID), QoS: 1, id: 9 });
      made.close();
      made.close();
      under.deliver(BOX_ID, new Uint8Array([2]));
      await under.settle();
      expect(notices).toHaveLength(2);
      expect(received).toEqual([]);
    });

    it('refuses to write before it is connected and after it was closed', async () => {
      const { made, notices } = client();
      const publish = () => made.write(new Uint8Array([1]), { topic: upTopic(BOX_ID), QoS: 1, id: 1 });
      expect(publish).toThrow('not-connected');
      await under.until(() => notices.length === 1);
      made.close();
      expect(publish).toThrow('not-connected');
    });

    it('loses its place to a second connection of the same box', async () => {
      const first = await subscribed();
      const second = await subscribed();
      await under.until(() => first.notices.length === 3);
      expect(second.notices).toHaveLength(2);
    });
  });
}
