// What stands between boxes and cloud: a network that loses, delays and repeats frames while the world
// says so, and a broker that keeps copies of everything and plays them again, altered or not. Nothing it
// does may ever open a bin; it may only delay.
import type { Carried, MemoryNetwork } from '@smartbox/firmware/simulated';
import type { BoxId } from '@smartbox/protocol';
import type { Chance } from './chance.ts';

/** How bad the network is, in percent of frames and in milliseconds. */
export interface Weather {
  readonly lostPercent: number;
  readonly repeatedPercent: number;
  readonly alteredPercent: number;
  readonly delayMs: number;
}

/** Nothing is lost. */
export const fairWeather: Weather = { lostPercent: 0, repeatedPercent: 0, alteredPercent: 0, delayMs: 0 };
/** A bad mobile line and a hostile broker at once. */
export const foulWeather: Weather = {
  lostPercent: 12,
  repeatedPercent: 8,
  alteredPercent: 4,
  delayMs: 3_000,
};

const KEPT_FRAMES = 60;

/** The enemy's view of one network. */
export class HostileNetwork {
  weather: Weather = fairWeather;
  /** Every frame that crossed, as an eavesdropper has it. */
  readonly overheard: Carried[] = [];
  readonly #network: MemoryNetwork;
  readonly #chance: Chance;
  /** Delivers a frame to the cloud as the broker would. */
  readonly #toCloud: (boxId: BoxId, frame: Uint8Array) => void;

  constructor(network: MemoryNetwork, chance: Chance, toCloud: (boxId: BoxId, frame: Uint8Array) => void) {
    this.#network = network;
    this.#chance = chance;
    this.#toCloud = toCloud;
    network.route = (carried) => this.#route(carried);
  }

  /** Plays an overheard frame again, sometimes with a bit changed, or sends noise. */
  strike(boxes: readonly BoxId[]): void {
    const chance = this.#chance;
    const boxId = chance.pick(boxes);
    const old = this.overheard.length === 0 || chance.chance(20) ? undefined : chance.pick(this.overheard);
    const frame = old === undefined ? chance.bytes(chance.below(200)) : old.frame.slice();
    if (chance.chance(40)) this.#flipBit(frame);
    // A frame goes where it came from, to another box, or back the way it came.
    if (chance.chance(50)) this.#toCloud(chance.chance(70) ? (old?.boxId ?? boxId) : boxId, frame);
    else this.#network.send(chance.chance(70) ? (old?.boxId ?? boxId) : boxId, frame);
  }

  #route(carried: Carried): readonly number[] {
    this.overheard.push({ ...carried, frame: carried.frame.slice() });
    if (this.overheard.length > KEPT_FRAMES) this.overheard.splice(0, this.overheard.length - KEPT_FRAMES);
    const { lostPercent, repeatedPercent, alteredPercent, delayMs } = this.weather;
    const chance = this.#chance;
    if (chance.chance(lostPercent)) return [];
    if (chance.chance(alteredPercent)) this.#flipBit(carried.frame);
    const delay = () => (delayMs === 0 ? 0 : chance.below(delayMs));
    return chance.chance(repeatedPercent) ? [delay(), delay()] : [delay()];
  }

  #flipBit(frame: Uint8Array): void {
    if (frame.length === 0) return;
    const index = this.#chance.below(frame.length);
    frame[index] = (frame[index] as number) ^ (1 << this.#chance.below(8));
  }
}
