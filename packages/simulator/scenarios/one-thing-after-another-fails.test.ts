// The whole ladder in its order: live, by arithmetic, over a phone, one code of the sheet, a code for all, the operator
// on the telephone; and at its end a door that is opened by force, which is told as such.
import { nobleCrypto, phoneAnswer } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { loseNetwork, openFromPaper, press, regainNetwork, takeAll } from '../test/lonely.ts';
import { printPaper } from '../test/paper.ts';
import { visit } from '../test/visit.ts';

describe('one thing after another fails', () => {
  it('leaves a way in at every step, down to a tool (EM-16)', async () => {
    const story = await visit();
    const { world, box, keys, code, type, open, takeAndClose, seconds, ledger } = story;
    const paper = await printPaper(story);
    const operator = world.site.operator;
    const [secrets] = world.host.cloud.features.emergency.secrets(operator.tenantId);
    const startMs = Date.UTC(2026, 3, 1, 9, 0, 0);
    const booking = world.host.call(operator, 'createBooking', {
      body: {
        key_id: keys[1]?.keyId,
        label: 'Guest',
        starts_at: new Date(startMs).toISOString(),
        ends_at: new Date(startMs + 86_400_000).toISOString(),
      },
    });
    type(code(keys[0] as (typeof keys)[number]).digits);
    expect(open(), 'live').toBe(1);
    takeAndClose();
    loseNetwork(story);
    press(story, `${String(booking.code).replaceAll(/\D/g, '')}#`);
    expect(open(), 'by arithmetic').toBe(2);
    takeAndClose();
    box.box.setHotspot({ name: 'Phone', passphrase: '12345678', up: true });
    for (const keysTyped of ['3#', '1#', '12345678#']) press(story, keysTyped);
    seconds(20);
    expect(box.box.state().network.joined, 'over a phone').toBe('second');
    box.box.setHotspot({ name: 'Phone', passphrase: '12345678', up: false });
    seconds(60);
    openFromPaper(story, paper, 3);
    expect(open(), 'one code').toBe(3);
    takeAndClose();
    press(story, '2#');
    press(story, '4#');
    const shown = /(\d{4}) (\d{4})/.exec(story.display());
    const asked = { challenge: `${shown?.[1]}${shown?.[2]}`, target: 4 };
    press(story, `${phoneAnswer(nobleCrypto, secrets?.phoneKey ?? new Uint8Array(32), asked)}#`);
    expect(open(), 'by telephone').toBe(4);
    takeAndClose();
    openFromPaper(story, paper, 0);
    expect(takeAll(story), 'all that is left').toEqual([keys[4]?.fob]);
    box.box.setDoor(6, true);
    seconds(2);
    box.box.setDoor(6, false);
    regainNetwork(story);
    const methods = ledger().flatMap(({ type: kind, data }) =>
      kind === 'offline.opened' ? [data.method] : [],
    );
    expect(methods).toEqual(['booking', 'sheet', 'phone', 'sheet']);
    expect(ledger().some(({ type: kind, bin }) => kind === 'bin.forced' && bin === 6)).toBe(true);
  });
});
