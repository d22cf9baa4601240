// The network at home fails, the cloud is well: a person lends the box the hotspot of a phone, and everything works
// as ever until somebody takes it back.
import { describe, expect, it } from 'vitest';
import { type Visit, visit } from '../test/visit.ts';

const PHONE = { name: 'Phone', passphrase: '12345678' };

/** A box without its network, in English, before somebody with a phone. */
async function withoutNetwork(): Promise<Visit> {
  const world = await visit();
  world.box.link.state = 'down';
  world.seconds(30);
  world.world.pass(world.box.box.pressKeys('L'));
  world.box.box.setHotspot({ ...PHONE, up: true });
  return world;
}

function enter({ type, seconds }: Visit, passphrase: string): void {
  type('3');
  type('1');
  type(passphrase);
  seconds(3);
}

describe('a phone helps when the network fails', () => {
  it('serves a code that the cloud made a moment ago, and is forgotten again (EM-07)', async () => {
    const story = await withoutNetwork();
    const { box, keys, code, type, open, takeAndClose, seconds, display } = story;
    const [key] = keys;
    if (key === undefined) return;
    enter(story, PHONE.passphrase);
    expect(box.box.state().network).toMatchObject({ joined: 'second', broker: 'connected' });
    type(code(key).digits);
    expect(open()).toBe(1);
    expect(takeAndClose()).toBe(key.fob);
    type('4');
    expect(display()).toContain('Forget the hotspot');
    type('');
    expect(box.box.state().network.joined).toBeNull();
    box.link.state = 'up';
    seconds(60);
    expect(box.box.state().network).toMatchObject({ joined: 'home', broker: 'connected' });
  });

  it('goes home by itself when the network is back (EM-07)', async () => {
    const story = await withoutNetwork();
    const { box, seconds } = story;
    enter(story, PHONE.passphrase);
    box.link.state = 'up';
    seconds(960);
    expect(box.box.state().network).toMatchObject({ joined: 'home', broker: 'connected' });
  });

  it('takes no open network, however often it is chosen (SEC-10)', async () => {
    const story = await withoutNetwork();
    const { box, display, seconds } = story;
    box.box.setHotspot({ name: 'Phone', passphrase: '', up: true });
    enter(story, PHONE.passphrase);
    expect(display()).toContain('Open Wi-Fi is refused.');
    seconds(300);
    expect(box.box.state().network).toMatchObject({ joined: null, broker: 'disconnected' });
  });

  it('finds nothing in jammed air, and everything once that is over', async () => {
    const story = await withoutNetwork();
    const { box, display, type, seconds } = story;
    box.box.setRadioJammed(true);
    type('3');
    expect(display()).toContain('No Wi-Fi found.');
    box.box.setRadioJammed(false);
    type('');
    type('1');
    type(PHONE.passphrase);
    seconds(2);
    expect(box.box.state().network.joined).toBe('second');
  });

  it('remembers the phone over a power cut', async () => {
    const story = await withoutNetwork();
    const { box, seconds } = story;
    enter(story, PHONE.passphrase);
    box.box.cutPower();
    seconds(5);
    box.box.powerOn();
    seconds(10);
    expect(box.box.state().network).toMatchObject({ joined: 'second', broker: 'connected' });
  });
});
