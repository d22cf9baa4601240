// One box on a wall of the world: the real firmware on the simulated board, observed. It knows which
// fob hangs where, who stands in front of it, and how to read what the display says.

import { type BoxState, encodeFactory } from '@smartbox/firmware/core';
import {
  createSimulatedBox,
  formatTagId,
  type MemoryLink,
  type MemoryNetwork,
  type SimulatedBox,
  type VirtualClock,
} from '@smartbox/firmware/simulated';
import { type BoxId, boxIdFromBytes } from '@smartbox/protocol';
import { claimCodeShown } from '../claim-code-shown.ts';
import { BoxWatch, type GrantLookup, type Onlooker } from './box-watch.ts';
import type { Chance } from './chance.ts';
import { worldEpochMs } from './cloud-host.ts';
import { entered, type Touch } from './touches.ts';
import { Violation } from './violation.ts';

const UID_BYTES = 7;

/** What a box is built from. */
export interface SiteBoxRecipe {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly chance: Chance;
  readonly name: string;
  readonly grantOf: (boxId: BoxId) => GrantLookup;
  /** Told of every opening at the moment at which this box decides it. */
  readonly onOpening: (site: SiteBox, reference: number) => void;
}

/** A box and its surroundings. */
export class SiteBox {
  readonly name: string;
  readonly boxId: BoxId;
  readonly factoryKey: Uint8Array;
  readonly watch: BoxWatch;
  readonly box: SimulatedBox<BoxState>;
  readonly link: MemoryLink;
  /** Somebody stands in front of the keypad. */
  busy = false;
  /** What fingers did here, oldest first. */
  readonly touches: Touch[] = [];
  /** When the box last began anew, in milliseconds of the world. */
  bootedAtMs = 0;
  readonly #clock: VirtualClock;
  /** The main lock first, then the bins. */
  readonly #released: boolean[];

  constructor({ clock, network, chance, name, grantOf, onOpening }: SiteBoxRecipe) {
    this.name = name;
    this.#clock = clock;
    this.boxId = boxIdFromBytes(chance.bytes(8));
    this.factoryKey = chance.bytes(32);
    const onlooker: Onlooker = {
      opens: (reference) => onOpening(this, reference),
      boots: () => {
        this.bootedAtMs = Math.floor(clock.nowMs());
      },
    };
    this.watch = new BoxWatch(name, grantOf(this.boxId), onlooker);
    const created = createSimulatedBox<BoxState>({
      program: this.watch.program,
      clock,
      network,
      seed: chance.below(2 ** 31),
      records: { factory: encodeFactory({ boxId: this.boxId, factoryKey: this.factoryKey }) },
      boxId: this.boxId,
      rtcMs: worldEpochMs + chance.below(2_000) - 1_000,
      onCrash: (cause) => {
        throw cause instanceof Violation
          ? cause
          : new Violation('crash', `${name} crashed: ${cause}`, { cause });
      },
    });
    this.box = created.box;
    this.link = created.link;
    this.#released = this.#bolts().map(({ released }) => released);
    this.box.electronics.onChange(() => this.#watchBolts());
  }

  get binCount(): number {
    return this.box.electronics.bins.length;
  }

  /** Types as {@link SimulatedBox.pressKeys}. @returns how long that takes, in milliseconds */
  typeKeys(keys: string): number {
    this.touches.push(...entered(keys, this.#nowMs()));
    return this.box.pressKeys(keys);
  }

  /** Holds a fob or a badge to the front reader. @returns for how long, in milliseconds */
  tapFob(tag: string): number {
    this.touches.push({ kind: 'tapped', what: tag, atMs: this.#nowMs() });
    return this.box.tapFob(tag);
  }

  /** Presses the small black button. @returns how long that takes, in milliseconds */
  pressButton(): number {
    this.touches.push({ kind: 'pressed', what: '', atMs: this.#nowMs() });
    return this.box.pressButton();
  }

  /** What the display says, its lines joined. */
  shown(): string {
    return this.box.state().display.lines.join(' ');
  }

  /** The bin whose door stands open, if any. */
  openBin(): number | undefined {
    const index = this.box.electronics.bins.findIndex(({ open }) => open);
    return index < 0 ? undefined : index + 1;
  }

  /** The fob that hangs in a bin, as its number is printed. */
  fobIn(bin: number): string | null {
    const uid = this.box.electronics.binReaders.at(bin);
    return uid === null ? null : formatTagId(uid);
  }

  /** Whether this fob hangs in one of the bins. */
  holds(fob: string): boolean {
    return this.box.electronics.bins.some((_, index) => this.fobIn(index + 1) === fob);
  }

  /** The 8 digits of the claim code, if the display shows one. */
  claimCodeShown(): string | undefined {
    return claimCodeShown(this.box.electronics.panel.lines);
  }

  #nowMs(): number {
    return Math.floor(this.#clock.nowMs());
  }

  // The bolt itself, not the order: what moves in the world is what counts.
  #watchBolts(): void {
    for (const [bin, bolt] of this.#bolts().entries()) {
      if (bolt.released && this.#released[bin] === false) this.watch.released(bin);
      this.#released[bin] = bolt.released;
    }
  }

  #bolts(): readonly { readonly released: boolean }[] {
    const { mainLock, bins } = this.box.electronics;
    return [mainLock, ...bins];
  }
}

/** @returns the number of a new fob: 7 bytes as on common cards */
export function newFobNumber(chance: Chance): string {
  const uid = chance.bytes(UID_BYTES);
  uid[0] = 0x04;
  return formatTagId(uid);
}
