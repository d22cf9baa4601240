// The receiver of a world, sent what a cloud must not send.
import { createHmac } from 'node:crypto';
import { VirtualClock } from '@smartbox/firmware/simulated';
import { describe, expect, it } from 'vitest';
import { chanceFrom } from './chance.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

const secret = Buffer.alloc(32, 7);

function receiver() {
  const there = new WebhookReceiver(new VirtualClock(), chanceFrom(1));
  there.expect(`whsec_${secret.toString('base64')}`);
  const send = (id: string, sequence: number, { event = 'evt_1', by = secret } = {}) => {
    const body = JSON.stringify({ sequence, data: { id: event } });
    const signature = createHmac('sha256', by).update(`${id}.1.${body}`).digest('base64');
    const headers = { 'webhook-id': id, 'webhook-timestamp': '1', 'webhook-signature': `v1,${signature}` };
    const url = 'https://hooks.example.jp/';
    return there.http.send({ method: 'POST', url, headers, body, timeoutMs: 10_000 });
  };
  return { there, send };
}

describe('the receiver of webhooks', () => {
  it('takes the same message as often as it comes, and complains of nothing (I7)', async () => {
    const { there, send } = receiver();
    await send('one', 1);
    await send('one', 1);
    await send('two', 2, { event: 'evt_2' });
    expect([there.taken.size, there.complaints]).toEqual([2, []]);
  });

  it('complains of a forged signature, of other words under the same id, and of a number that comes twice (I7)', async () => {
    const { there, send } = receiver();
    await send('one', 1, { by: Buffer.alloc(32) });
    await send('one', 1, { event: 'evt_2' });
    await send('two', 1);
    expect(there.complaints).toEqual([
      'webhook one is not signed by the cloud',
      'webhook one says something else the second time',
      'two webhooks have the number 1',
    ]);
  });
});
