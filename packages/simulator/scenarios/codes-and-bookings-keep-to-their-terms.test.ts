// A key code and a booking at a box that is online: each opens its bin, and nothing else does what it does.
import { describe, expect, it } from 'vitest';
import { keyIn } from '../test/staff.ts';
import { type Visit, visit } from '../test/visit.ts';

const hourMs = 3_600_000;

const worldMs = ({ world }: Visit): number => Date.UTC(2026, 3, 1, 9) + world.clock.nowMs();
const inHours = (story: Visit, hours: number): string =>
  new Date(worldMs(story) + hours * hourMs).toISOString();

function call(story: Visit, operationId: string, parts: object): Readonly<Record<string, unknown>> {
  return story.world.host.call(story.world.site.operator, operationId, parts);
}

function code(story: Visit, terms: object): { readonly id: string; readonly digits: string } {
  const made = call(story, 'createKeyCode', { body: { key_id: keyIn(story, 2).keyId, ...terms } });
  return { id: String(made.id), digits: String(made.code) };
}

/** A booking of the key in bin 2, from the next full hour for two hours. */
function book(story: Visit): { readonly id: string; readonly digits: string } {
  const fromMs = Math.ceil(worldMs(story) / hourMs) * hourMs;
  const body = {
    key_id: keyIn(story, 2).keyId,
    starts_at: new Date(fromMs).toISOString(),
    ends_at: new Date(fromMs + 2 * hourMs).toISOString(),
  };
  const made = call(story, 'createBooking', { body });
  return { id: String(made.id), digits: String(made.code).replaceAll(/\D/g, '') };
}

/** The digits with the last one changed. */
function slip(digits: string): string {
  return digits.slice(0, -1) + ((Number(digits.at(-1)) + 1) % 10);
}

describe('a key code', () => {
  it('opens its bin within its time, and no digits beside it do (AC-01, SEC-01)', async () => {
    const story = await visit();
    const { digits } = code(story, { starts_at: inHours(story, 1), expires_at: inHours(story, 3) });
    story.seconds(2 * 3_600);
    story.type(slip(digits));
    expect(story.open()).toBeUndefined();
    story.type(digits);
    expect(story.open()).toBe(2);
  });

  it('opens nothing before its time and nothing after it (AC-01, SEC-01)', async () => {
    const story = await visit();
    const { digits } = code(story, { starts_at: inHours(story, 1), expires_at: inHours(story, 3) });
    story.type(digits);
    expect(story.open()).toBeUndefined();
    story.seconds(4 * 3_600);
    story.type(digits);
    expect(story.open()).toBeUndefined();
  });

  it('opens nothing two seconds after it was revoked, or its key retired (AC-01, SEC-01, SEC-06)', async () => {
    const story = await visit();
    const first = code(story, {});
    const second = code(story, {});
    call(story, 'revokeKeyCode', { params: { code_id: first.id } });
    story.seconds(2);
    story.type(first.digits);
    expect(story.open()).toBeUndefined();
    call(story, 'retireKey', { params: { key_id: keyIn(story, 2).keyId } });
    story.seconds(2);
    story.type(second.digits);
    expect(story.open()).toBeUndefined();
  });
});

describe('a booking', () => {
  it('opens its bin within its time, and no digits beside it do (AC-02, SEC-01)', async () => {
    const story = await visit();
    const { digits } = book(story);
    story.seconds(3_600);
    story.type(slip(digits));
    expect(story.open()).toBeUndefined();
    story.type(digits);
    expect(story.open()).toBe(2);
  });

  it('opens nothing before its time and nothing after it (AC-02, SEC-01)', async () => {
    const story = await visit();
    const { digits } = book(story);
    story.type(digits);
    expect(story.open()).toBeUndefined();
    story.seconds(5 * 3_600);
    story.type(digits);
    expect(story.open()).toBeUndefined();
  });

  it('opens nothing two seconds after it was cancelled (AC-02, SEC-01, SEC-06)', async () => {
    const story = await visit();
    const { id, digits } = book(story);
    story.seconds(3_600);
    call(story, 'cancelBooking', { params: { booking_id: id } });
    story.seconds(2);
    story.type(digits);
    expect(story.open()).toBeUndefined();
  });
});
