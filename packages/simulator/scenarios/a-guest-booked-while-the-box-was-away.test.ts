// A booking made for a box that has not been heard of since: the code says by itself which bin it opens and when, so the
// guest gets the key. What the box's clock does decides; the printed sheet needs none.
import { describe, expect, it } from 'vitest';
import { loseNetwork, openFromPaper, press, regainNetwork } from '../test/lonely.ts';
import { printPaper } from '../test/paper.ts';
import { type Visit, visit } from '../test/visit.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A booking of the key in bin 2, from `inDays` on for a day. */
function book(story: Visit, inDays: number): { readonly code: string; readonly id: string } {
  const { world, keys } = story;
  const nowMs = Date.UTC(2026, 3, 1, 9, 0, 0) + world.clock.nowMs();
  const startMs = Math.floor((nowMs + inDays * DAY_MS) / HOUR_MS) * HOUR_MS;
  const body = {
    key_id: keys[1]?.keyId,
    label: 'Guest',
    starts_at: new Date(startMs).toISOString(),
    ends_at: new Date(startMs + DAY_MS).toISOString(),
  };
  const made = world.host.call(world.site.operator, 'createBooking', { body });
  return { code: String(made.code).replaceAll(/\D/g, ''), id: String(made.id) };
}

describe('a guest booked while the box was away', () => {
  it('gets the key a month later, by the code alone, and the cloud hears of it (AC-02, EM-08)', async () => {
    const story = await visit();
    loseNetwork(story);
    const { code, id } = book(story, 30);
    story.world.pass(30 * DAY_MS + HOUR_MS);
    press(story, `${code}#`);
    expect(story.open()).toBe(2);
    story.takeAndClose();
    regainNetwork(story);
    const used = story.ledger().find(({ type }) => type === 'booking.used_offline');
    expect(used?.data.booking_id).toBe(id);
  }, 120_000);

  it('brings it back with the same code while the bin is empty, and cannot take it twice (AC-02)', async () => {
    const story = await visit();
    loseNetwork(story);
    const { code } = book(story, 0);
    press(story, `${code}#`);
    const fob = story.takeAndClose();
    press(story, `${code}#`);
    expect(story.open()).toBe(2);
    story.box.box.setTag(2, fob);
    story.seconds(2);
    story.box.box.setDoor(2, false);
    story.seconds(5);
    press(story, `${code}#`);
    expect(story.open()).toBeUndefined();
  });

  it('is told to wait, two hours early and two hours late, and within the hour of grace is not (AC-02)', async () => {
    const story = await visit();
    loseNetwork(story);
    const { code } = book(story, 1);
    const tryAt = (hours: number): number | undefined => {
      const nowMs = story.world.clock.nowMs();
      story.world.pass(Math.max(hours * HOUR_MS - nowMs, 0));
      press(story, `${code}#`);
      return story.open();
    };
    expect(tryAt(21.5)).toBeUndefined();
    expect(tryAt(24 + 27)).toBeUndefined();
    const other = book(story, 1);
    story.world.pass(DAY_MS - HOUR_MS / 2);
    press(story, `${other.code}#`);
    expect(story.open()).toBe(2);
  });

  it.each([
    ['1970', 0],
    ['2099', Date.UTC(2099, 0, 1)],
  ] as const)(
    'meets a box that thinks it is %s: the booking waits, the sheet opens (EM-08)',
    async (_, timeMs) => {
      const story = await visit();
      const paper = await printPaper(story);
      const { code } = book(story, 0);
      story.box.link.state = 'down';
      story.box.box.cutPower();
      story.box.box.electronics.clockChip.timeMs = timeMs;
      story.box.box.powerOn();
      story.seconds(40);
      press(story, `${code}#`);
      expect(story.open()).toBeUndefined();
      openFromPaper(story, paper, 2);
      expect(story.open()).toBe(2);
    },
  );

  it('finds a sheet that still opens after 400 days away, a cloud that warned of its end, and a new one that is needed (EM-15)', async () => {
    const story = await visit();
    const paper = await printPaper(story);
    const { box, world, seconds } = story;
    box.link.state = 'down';
    box.box.cutPower();
    world.pass(340 * DAY_MS);
    expect(story.ledger().some(({ type }) => type === 'sheet.ending')).toBe(true);
    world.host.kill(world.site.operator, world.boxIds);
    world.pass(60 * DAY_MS);
    box.box.powerOn();
    seconds(40);
    openFromPaper(story, paper, 1);
    expect(story.open()).toBe(1);
  }, 120_000);
});
