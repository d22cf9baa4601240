// What a person at the terminal holds, kept beside the box: whoever leaves the keypad with a key in hand
// still has it when he comes back, and can return it.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A person's hands between two visits. */
export interface KeptHand {
  /** @param hanging fobs that hang in a bin now: somebody else has brought those back */
  read(hanging: readonly string[]): readonly string[];
  write(hand: readonly string[]): void;
}

/** @param address of the box's control port: only a socket has a folder to keep things in */
export function keptHand(address: string): KeptHand {
  if (/^https?:/.test(address)) return { read: () => [], write: () => {} };
  const file = join(dirname(address), 'hand.json');
  return {
    read: (hanging) => fobsIn(file).filter((fob) => !hanging.includes(fob)),
    write: (hand) => {
      writeFileSync(`${file}.new`, `${JSON.stringify(hand)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

function fobsIn(file: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(kept) ? kept.filter((fob) => typeof fob === 'string') : [];
  } catch {
    // Absent while nobody has taken anything; a damaged one costs a simulated person a simulated key.
    return [];
  }
}
