// The ledger, followed over connections that break.
import { describe, expect, it } from 'vitest';
import { createClient } from '../src/index.ts';
import { events, json, problem, type Scripted, scriptedPorts } from './scripted-ports.ts';

const sentEvent = (number: number) =>
  `id: evt_${number}\nevent: key.returned\ndata: {"id":"evt_${number}"}\n\n`;
const newest = (id?: string) =>
  json({ data: id === undefined ? [] : [{ id }], has_more: false, next_cursor: null });

async function follow(count: number, ...script: readonly Scripted[]) {
  const { ports, sent } = scriptedPorts(...script);
  const client = createClient({ url: 'http://localhost', ports });
  const breaks: unknown[] = [];
  const seen: string[] = [];
  try {
    for await (const { id } of client.followEvents({ onBreak: (reason) => breaks.push(reason) })) {
      seen.push(id);
      if (seen.length === count) break;
    }
  } catch (error) {
    return { seen, sent, breaks, error };
  }
  return { seen, sent, breaks, error: undefined };
}

describe('following the ledger', () => {
  it('names where it starts before the stream opens, so that nothing falls between', async () => {
    const { sent } = await follow(1, newest('evt_41'), events(sentEvent(42)));
    expect(sent[1]?.url).toBe('http://localhost/v1/events/stream?last_event_id=evt_41');
  });

  it('starts before the first event of an empty ledger', async () => {
    const { sent } = await follow(1, newest(), events(sentEvent(1)));
    expect(sent[1]?.url).toContain('last_event_id=evt_000000000000');
  });

  it('goes on where it was when the connection ends, in the middle of an event or not', async () => {
    const torn = events(`${sentEvent(1)}id: evt_2\ndata: {"id":"ev`);
    const { seen, sent, breaks } = await follow(
      3,
      newest(),
      torn,
      'broken',
      events(sentEvent(2) + sentEvent(3)),
    );
    expect(seen).toEqual(['evt_1', 'evt_2', 'evt_3']);
    expect(sent.at(-1)?.url).toContain('last_event_id=evt_1');
    expect(breaks.length).toBeGreaterThan(0);
  });

  it('ends when the server refuses for good', async () => {
    const { error, seen } = await follow(9, newest(), events(sentEvent(1)), problem('sign-in-required', 401));
    expect(seen).toEqual(['evt_1']);
    expect(error).toMatchObject({ code: 'sign-in-required' });
  });
});
