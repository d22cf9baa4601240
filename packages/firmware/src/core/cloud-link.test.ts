import { describe, expect, it } from 'vitest';
import {
  type CloudLink,
  connecting,
  halfRandom,
  isConnectDue,
  isConnectOverdue,
  linkDueMs,
  linkLost,
  wantLink,
} from './cloud-link.ts';

describe('cloud link', () => {
  it('connects at once when it is wanted, and gives an attempt up after its time', () => {
    const link = wantLink(100);
    expect(isConnectDue(link, 100)).toBe(true);
    const trying = connecting(link, 100);
    expect(isConnectDue(trying, 100)).toBe(false);
    expect(isConnectOverdue(trying, 20_099)).toBe(false);
    expect(isConnectOverdue(trying, 20_100)).toBe(true);
  });

  it('doubles its pause with every failure, half random, never above 30 s (I4)', () => {
    let link: CloudLink = wantLink(0);
    const pauses: number[] = [];
    for (let count = 0; count < 8; count++) {
      link = linkLost(connecting(link, 0), 0, 255);
      pauses.push(linkDueMs(link) ?? 0);
    }
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    expect(halfRandom(1_000, 0)).toBe(500);
    expect(halfRandom(1_000, 255)).toBe(1_000);
  });

  it('starts with a short pause after a connection that had worked', () => {
    expect(linkLost({ kind: 'up' }, 0, 255)).toEqual({ kind: 'paused', untilMs: 1_000, failures: 0 });
  });

  it('does nothing about a loss that was already dealt with', () => {
    const paused: CloudLink = { kind: 'paused', untilMs: 500, failures: 3 };
    expect(linkLost(paused, 100, 255)).toBe(paused);
    expect(linkLost({ kind: 'unwanted' }, 100, 255)).toEqual({ kind: 'unwanted' });
  });
});
