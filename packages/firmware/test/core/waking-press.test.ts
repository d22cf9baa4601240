// The press of the black button that ends a sleep is light and nothing else; on an unclaimed box above all no claim.
import { describe, expect, it } from 'vitest';
import { BoxAndCloud } from './box-and-cloud.ts';
import { loseMains } from './on-battery.ts';

describe('the press that wakes an unclaimed box', () => {
  const unclaimed = () => {
    const pair = new BoxAndCloud();
    pair.boot();
    loseMains(pair);
    pair.wait(120_000);
    expect(pair.board.asleep).toBe(true);
    pair.reboot('button');
    return pair;
  };

  it('asks for no claim, however long it is held and however it bounces', () => {
    const pair = unclaimed();
    pair.setNetwork(false);
    pair.wait(30);
    pair.act((board) => board.give({ kind: 'button-moved', down: true }));
    pair.wait(10_000);
    expect(pair.board.state.claim.offer).toBeUndefined();
    pair.act((board) => board.give({ kind: 'button-moved', down: false }));
    expect(pair.board.state.claim.offer).toBeUndefined();
  });

  it('is over once the button came up: the next long press asks, and the code keeps the box awake while it is shown', () => {
    const pair = unclaimed();
    pair.wait(1_000);
    pair.act((board) => board.give({ kind: 'button-moved', down: true }));
    pair.setNetwork(false);
    pair.wait(5_000);
    expect(pair.board.state.claim.offer).toBeDefined();
    pair.act((board) => board.give({ kind: 'button-moved', down: false }));
    pair.wait(599_000);
    expect(pair.board.asleep).toBe(false);
    pair.wait(2_000);
    expect(pair.board.asleep).toBe(true);
  });

  it('leads to a claim as on mains, and the new owner has a minute before the box sleeps', () => {
    const pair = unclaimed();
    pair.wait(1_000);
    pair.claim();
    expect(pair.cloud.live).toBe(true);
    pair.wait(55_000);
    expect(pair.board.asleep).toBe(false);
    pair.wait(6_000);
    expect(pair.board.asleep).toBe(true);
  });
});
