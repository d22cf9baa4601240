// Tones of the piezo sounder. It has one pitch, its resonance, so the meaning lies in the rhythm.
import type { Tone } from '../core/index.ts';
import type { PinSpecifier, Pwm, PwmConstructor, Timer, TimerHandle } from '../ports/index.ts';

/** Milliseconds of sound and silence in turn, sound first. */
const RHYTHMS: Readonly<Record<Tone, readonly number[]>> = {
  key: [15],
  granted: [80, 60, 160],
  refused: [400],
  reminder: [60, 60, 60, 60, 60],
};

export interface SounderOptions {
  readonly io: PwmConstructor;
  readonly pin: PinSpecifier;
  readonly hz: number;
  readonly timer: Timer;
}

export class Sounder {
  readonly #pwm: Pwm;
  readonly #timer: Timer;
  #playing: TimerHandle | undefined;

  constructor({ io, pin, hz, timer }: SounderOptions) {
    this.#pwm = new io({ pin, hz });
    this.#timer = timer;
  }

  /** Plays `tone`, in place of what still sounds. */
  sound(tone: Tone): void {
    this.#timer.clear(this.#playing);
    this.#step(RHYTHMS[tone], 0);
  }

  close(): void {
    this.#timer.clear(this.#playing);
    this.#pwm.write(0);
    this.#pwm.close();
  }

  #step(rhythm: readonly number[], index: number): void {
    const ms = rhythm[index];
    const sounds = ms !== undefined && index % 2 === 0;
    // Half the period high is the loudest square wave.
    this.#pwm.write(sounds ? 2 ** (this.#pwm.resolution - 1) : 0);
    this.#playing = ms === undefined ? undefined : this.#timer.set(() => this.#step(rhythm, index + 1), ms);
  }
}
