// Answers that are files: made after the commit, never kept, and the same to every browser.
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { createHttpWorld } from '../../test/http-world.ts';
import { defineRoute } from '../platform/route.ts';

const bytes = Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0, 0xff);

/** A server that prints, and what happened in which order. */
function printer(render: () => Uint8Array | Promise<Uint8Array> = () => bytes) {
  const order: string[] = [];
  const file = {
    contentType: 'application/pdf',
    fileName: "北口 'A'.pdf",
    render: () => {
      order.push('rendered');
      return render();
    },
  };
  const route = defineRoute({
    ...{ method: 'POST', url: '/v1/papers', permission: 'keys:write', operationId: 'print' },
    ...{ tag: 'keys', summary: 'Made up' },
    body: Type.Object({}, { additionalProperties: false }),
    responses: { 201: { fileTypes: ['application/pdf', 'text/csv; charset=utf-8'] } },
    handle: () => {
      order.push('handled');
      return { status: 201, file };
    },
  });
  const failCommits = () => {
    order.push('before commit');
    return false;
  };
  const world = createHttpWorld({ routes: [route], failCommits });
  const send = (headers = {}) =>
    world.http.inject({
      ...{ method: 'POST', url: '/v1/papers', payload: {} },
      headers: { authorization: `Bearer ${world.token}`, ...headers },
    });
  return { ...world, order, send };
}

describe('a file as an answer', () => {
  it('is made after the commit and arrives byte for byte', async () => {
    const { send, order } = printer(() => Promise.resolve(bytes));
    const answer = await send();
    expect(answer.statusCode).toBe(201);
    expect(new Uint8Array(answer.rawPayload)).toEqual(bytes);
    expect(order).toEqual(['handled', 'before commit', 'rendered']);
  });

  it('has its name in every language and is kept by nobody on the way', async () => {
    const { headers } = await printer().send();
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-disposition':
        'attachment; filename="____A_.pdf"; filename*=UTF-8\'\'%E5%8C%97%E5%8F%A3%20%27A%27.pdf',
    });
  });

  it('is not given again to the same Idempotency-Key, and nothing happens twice', async () => {
    const { send, order } = printer();
    const key = { 'idempotency-key': 'one' };
    expect((await send(key)).statusCode).toBe(201);
    const second = await send({ ...key, 'accept-language': 'ja' });
    expect(second).toMatchObject({ statusCode: 409 });
    expect(second.json()).toMatchObject({ code: 'conflict', detail: expect.stringContaining('写し') });
    expect(order.filter((what) => what === 'handled')).toHaveLength(1);
  });

  it('that cannot be made is a problem like any other', async () => {
    const { send } = printer(() => Promise.reject(new RangeError('no ink')));
    const answer = await send();
    expect(answer.statusCode).toBe(500);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).not.toContain('no ink');
  });

  it('is described as binary or text by its types', async () => {
    const { http } = printer();
    await http.ready();
    const { paths } = http.swagger() as unknown as {
      paths: Record<string, { post: { responses: Record<string, { content: unknown }> } }>;
    };
    expect(paths['/v1/papers']?.post.responses['201']?.content).toEqual({
      'application/pdf': { schema: { type: 'string', contentMediaType: 'application/pdf' } },
      'text/csv; charset=utf-8': { schema: { type: 'string' } },
    });
  });
});
