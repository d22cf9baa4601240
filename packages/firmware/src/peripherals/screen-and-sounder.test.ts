// Screen, sounder, door switches and the black button on the simulated board: small peripherals, tested together
// because each needs only a few lines of the same bench.
import { describe, expect, it } from 'vitest';
import { boardBench } from '../../test/board-bench.ts';
import { DoorSwitch } from './door-switch.ts';
import { PushButton } from './push-button.ts';
import { Screen } from './screen.ts';
import { Sounder } from './sounder.ts';

describe('the screen', () => {
  it('shows lines and light, and is dark after close', () => {
    const { provider, electronics } = boardBench();
    const screen = new Screen(provider.display);
    expect(electronics.panel.brightness).toBe(0);
    screen.show({ lines: ['鍵番号を入力', 'one'], lit: true });
    expect([electronics.panel.lines, electronics.panel.brightness]).toEqual([
      ['鍵番号を入力', 'one', '', ''],
      1,
    ]);
    screen.close();
    expect([electronics.panel.lines.join(''), electronics.panel.brightness]).toEqual(['', 0]);
  });

  it('sends only what changed', () => {
    const { provider, electronics } = boardBench();
    const screen = new Screen(provider.display);
    screen.show({ lines: ['a', 'b'], lit: true });
    let changes = 0;
    electronics.onChange(() => {
      changes += 1;
    });
    screen.show({ lines: ['a', 'c'], lit: true });
    screen.show({ lines: ['a', 'c'], lit: true });
    expect(changes).toBe(1);
  });

  it('cuts at 24 columns, a full-width character counting two', () => {
    const { provider, electronics } = boardBench();
    new Screen(provider.display).show({
      lines: ['あ'.repeat(13), `${'x'.repeat(23)}あ`, 'ｱ'.repeat(30)],
      lit: true,
    });
    expect(electronics.panel.lines.slice(0, 3)).toEqual(['あ'.repeat(12), 'x'.repeat(23), 'ｱ'.repeat(24)]);
  });
});

describe('the sounder', () => {
  it('plays each tone as its rhythm and ends in silence', () => {
    const { provider, electronics, clock, board } = boardBench();
    const { at, hz } = board.sounder;
    const sounder = new Sounder({ io: provider.io.PWM, pin: at.pin, hz, timer: clock });
    const beeps = (['key', 'granted', 'refused', 'reminder'] as const).map((tone) => {
      const before = electronics.beeps;
      sounder.sound(tone);
      clock.advance(1_000);
      return electronics.beeps - before;
    });
    expect(beeps).toEqual([1, 2, 1, 3]);
    expect(clock.nextDueMs()).toBeUndefined();
  });

  it('gives up a tone for the next, and falls silent when closed', () => {
    const { provider, electronics, clock, board } = boardBench();
    const { at, hz } = board.sounder;
    const sounder = new Sounder({ io: provider.io.PWM, pin: at.pin, hz, timer: clock });
    sounder.sound('reminder');
    clock.advance(20);
    sounder.sound('refused');
    sounder.close();
    const { beeps } = electronics;
    clock.advance(1_000);
    expect(electronics.beeps).toBe(beeps);
  });
});

describe('door switches and the black button', () => {
  it.each([1, 2, 3, 4, 5, 6])('tell each move once however the contact bounces (seed %i)', (seed) => {
    const { provider, electronics, clock, board } = boardBench({ seed });
    const moves: string[] = [];
    const module = provider.modules[0]?.Digital;
    if (module === undefined) throw new TypeError('the board has a module');
    const door = board.doors[2]?.pin ?? -1;
    new DoorSwitch({
      io: module,
      pin: door,
      timer: clock,
      onMoved: (open) => moves.push(open ? 'open' : 'shut'),
    });
    const io = provider.io.Digital;
    new PushButton({
      io,
      pin: board.button.pin,
      timer: clock,
      onMoved: (down) => moves.push(down ? 'down' : 'up'),
    });
    electronics.bins[2]?.setDoor(true);
    clock.advance(100);
    electronics.bins[2]?.setDoor(false);
    clock.advance(100);
    electronics.button.set(true);
    clock.advance(100);
    electronics.button.set(false);
    clock.advance(100);
    expect(moves).toEqual(['open', 'shut', 'down', 'up']);
  });

  it('say nothing while a contact does not come to rest', () => {
    const { provider, electronics, clock, board } = boardBench();
    const moves: number[] = [];
    const io = provider.io.Digital;
    const onMoved = () => moves.push(clock.nowMs());
    new PushButton({ io, pin: board.button.pin, timer: clock, onMoved });
    for (let count = 0; count < 20; count++) {
      electronics.button.set(count % 2 === 0);
      clock.advance(14);
    }
    electronics.button.set(true);
    clock.advance(15);
    expect(moves).toEqual([]);
    clock.advance(100);
    expect(moves).toHaveLength(1);
  });

  it('read a cut door wire as open: a fault is seen', () => {
    const { provider, electronics, clock, board } = boardBench();
    electronics.setRail(true);
    const io = provider.modules[0]?.Digital;
    if (io === undefined) throw new TypeError('the board has a module');
    electronics.bins[0]?.setDoor(true);
    const door = new DoorSwitch({ io, pin: board.doors[0]?.pin ?? -1, timer: clock, onMoved: () => {} });
    expect(door.open).toBe(true);
  });
});
