// The recorded day is what it claims to be: a bin is written down before it is released, the frames are real, and
// every part of the protocol that a box speaks is in it. Without this an empty recording would pass on any engine.
import { frameType } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { recordPickup } from '../../engines/pickup/record-pickup.ts';

describe('the recorded day of a box', () => {
  const recorded = recordPickup();
  const outputs = recorded.flatMap((step) => step.outputs);
  const sent = outputs.flatMap((output) => (output.kind === 'send-frame' ? [frameType(output.frame)] : []));

  it('opens bin 3 live for codes and a fob, and alone for two codes, each time with the intent in the log first (AC-01, EM-08)', () => {
    const releasing = recorded.filter((step) => step.outputs.some(({ kind }) => kind === 'release-bin'));
    expect(releasing.map((step) => step.input.kind)).toEqual([
      'frame-received',
      'frame-received',
      'frame-received',
      'frame-received',
      'key-pressed',
      'key-pressed',
    ]);
    for (const { outputs: orders } of releasing) {
      const kinds = orders.map(({ kind }) => kind);
      expect(kinds.indexOf('append-log')).toBeLessThan(kinds.indexOf('release-bin'));
      expect(orders).toContainEqual({ kind: 'release-bin', bin: 3, pulseMs: 400 });
    }
  });

  it('opens the main lock from afar at the press of the button, the intent in the log first (AC-07)', () => {
    const opening = recorded.filter((step) => step.outputs.some(({ kind }) => kind === 'release-main-lock'));
    expect(opening.map((step) => step.input.kind)).toEqual(['frame-received']);
    const kinds = opening[0]?.outputs.map(({ kind }) => kind) ?? [];
    expect(kinds.indexOf('append-log')).toBeLessThan(kinds.indexOf('release-main-lock'));
  });

  it('speaks every part of the protocol: claim, two handshakes, records', () => {
    expect(sent.filter((type) => type === 'claim-hello').length).toBeGreaterThanOrEqual(1);
    expect(sent.filter((type) => type === 'hello')).toHaveLength(2);
    expect(sent.filter((type) => type === 'record').length).toBeGreaterThan(10);
  });

  it('takes the Diffie-Hellman step in its second handshake', () => {
    const hellos = outputs.flatMap((output) =>
      output.kind === 'send-frame' && frameType(output.frame) === 'hello' ? [output.frame.length] : [],
    );
    expect(hellos[1]).toBe((hellos[0] ?? 0) + 32);
  });

  it('is the same every time it is recorded', () => {
    expect(recordPickup()).toEqual(recorded);
  });
});
