// A whole box on the bench: the real firmware on the simulated board, with the handles that a person has.
// Press, open, hang, tap, pull the plug. The host around it brings time, network and randomness; this class
// never waits: it moves contacts and sets timers, and the clock does the rest.
import type { Board } from '../boards/board.ts';
import type {
  Entropy,
  MonotonicClock,
  MqttInstance,
  RestartReason,
  Timer,
  TimerHandle,
  WakePin,
} from '../ports/index.ts';
import { type BoxProgram, type RunningBox, startBox, type Turn } from '../runtime/index.ts';
import type { Bin } from './bin.ts';
import { type BoxSnapshot, KEY_LEGEND, type MainLockSnapshot, type NetworkSnapshot } from './box-snapshot.ts';
import type { Electronics } from './electronics.ts';
import { ElectronicsError } from './electronics-error.ts';
import type { Hotspot } from './radio.ts';
import { formatTagId, parseTagId } from './tag-id.ts';

const KEY_DOWN_MS = 60;
const KEY_UP_MS = 60;
/** A quick press of the black button, and how long a fob is held to the front reader. */
const PRESS_MS = 150;
const TAP_MS = 300;
/** Nobody lets go to the millisecond, and a bouncing contact eats some of them. */
const LET_GO_MS = 50;
/** From a coil that pulls the cell down to the reset: the current is up after 3.5 ms. */
const BROWN_OUT_MS = 4;
/** A watchdog reset, from the fault to the first instruction. */
const RESTART_MS = 500;
/** A firmware that breaks down at every start waits longer each time: starting writes to flash. */
const LONGEST_RESTART_MS = 60_000;
/** Running for so long, it has recovered. */
const RECOVERED_MS = 60_000;
const FRONT_READER = 0;

export interface NetworkSwitch {
  /** Whether the network that the box was installed with is there. */
  up: boolean;
}

export interface SimulatedBoxOptions<State> {
  readonly board: Board;
  readonly electronics: Electronics;
  readonly program: BoxProgram<State>;
  /** Firmware version. */
  readonly firmware: string;
  readonly clock: Timer & MonotonicClock;
  readonly mqtt: MqttInstance;
  readonly network: NetworkSwitch;
  readonly entropy: Entropy;
  /** For the snapshot only. */
  readonly boxId?: string | undefined;
  readonly onNote?: (level: 'info' | 'warn', code: string) => void;
  readonly onTurn?: (turn: Turn<State>) => void;
  /** The firmware broke down and will start again. Without this the error goes to whoever moved the clock. */
  readonly onCrash?: (cause: unknown) => void;
}

export class SimulatedBox<State> {
  readonly electronics: Electronics;
  readonly #options: SimulatedBoxOptions<State>;
  readonly #listeners = new Set<() => void>();
  #running: RunningBox | undefined;
  #startedMs = 0;
  #typingUntilMs = 0;
  #restartMs = RESTART_MS;
  #startingAgain: TimerHandle | undefined;
  #emptying: TimerHandle | undefined;
  #browningOut: TimerHandle | undefined;
  #wokeBy: WakePin['cause'] | 'power' = 'power';
  /** Pulled out by hand: mains alone does not bring it back. */
  #unplugged = true;

  constructor(options: SimulatedBoxOptions<State>) {
    this.#options = options;
    this.electronics = options.electronics;
    this.electronics.onChange(() => {
      this.#watchCell();
      this.#watchCoil();
      this.#changed();
    });
  }

  /** Plugs the box in: it starts if mains or the cell can feed it. A sleeping box was plugged in and sleeps on. */
  powerOn(): void {
    this.#unplugged = false;
    if (this.electronics.sleepCircuit.asleep) return;
    this.#options.clock.clear(this.#startingAgain);
    this.#start('power');
  }

  /** Takes up the sleep in which an earlier process left the box. */
  sleepOn(): void {
    this.#unplugged = false;
    const { button, supply } = this.#options.board;
    this.#sleep([
      { pin: button.pin, level: 0, cause: 'button' },
      { pin: supply.mains.pin, level: 0, cause: 'mains' },
    ]);
  }

  #start(wokeBy: WakePin['cause'] | 'power'): void {
    if (this.electronics.rail.on || !this.electronics.canRun) return;
    this.#wokeBy = wokeBy;
    this.electronics.setRail(true);
    this.#startedMs = this.#options.clock.nowMs();
    const { board, program, firmware, mqtt, entropy, onNote } = this.#options;
    const provider = this.electronics.provider({
      mqtt,
      entropy,
      restart: (reason) => this.#restart(reason),
      sleep: (wakeOn) => this.#sleep(wakeOn),
      wokeBy,
    });
    this.#running = startBox({
      board,
      program,
      firmware,
      provider,
      onTurn: (turn) => this.#turned(turn),
      ...(onNote === undefined ? {} : { onNote }),
    });
  }

  /** Takes all power away at once, in the middle of whatever happens. It stays away until `powerOn`. */
  cutPower(): void {
    this.#unplugged = true;
    this.#options.clock.clear(this.#startingAgain);
    this.#loseRail();
  }

  /** Cuts the power inside a flash operation, `operations` further ones from now; it comes back by itself. */
  cutPowerAtFlashOperation(operations: number, backAfterMs = RESTART_MS): void {
    this.electronics.flash.cut.arm(operations, () => {
      this.#loseRail();
      this.#startAgainIn(backAfterMs);
    });
  }

  /**
   * Types at human speed, one key after another: digits, `#` enter, `*` clear, `L` language.
   * @returns how long that takes, in milliseconds
   */
  pressKeys(keys: string): number {
    const places = [...keys].map(placeOf);
    const { clock } = this.#options;
    const nowMs = clock.nowMs();
    let atMs = Math.max(nowMs, this.#typingUntilMs);
    for (const place of places) {
      clock.set(() => this.#setKey(place, true), atMs - nowMs);
      clock.set(() => this.#setKey(place, false), atMs + KEY_DOWN_MS - nowMs);
      atMs += KEY_DOWN_MS + KEY_UP_MS;
    }
    this.#typingUntilMs = atMs;
    return atMs - nowMs;
  }

  /**
   * Presses the black button under the screen for at least `ms`; five seconds ask for a claim code.
   * @returns how long that takes, in milliseconds
   */
  pressButton(ms = PRESS_MS): number {
    const heldMs = ms + LET_GO_MS;
    this.electronics.button.set(true);
    this.#changed();
    this.#options.clock.set(() => {
      this.electronics.button.set(false);
      this.#changed();
    }, heldMs);
    return heldMs;
  }

  /** Opens the door of `bin`, by force where it is locked, or shuts it. */
  setDoor(bin: number, open: boolean): void {
    this.#bin(bin).setDoor(open);
  }

  /** Blocks the door of `bin`, so that a drawn bolt does not open it. */
  setJammed(bin: number, jammed: boolean): void {
    this.#bin(bin).setJammed(jammed);
  }

  /** Opens the front of the box, by force where the main lock holds it, or shuts it. */
  setMainLock(open: boolean): void {
    this.electronics.mainLock.setDoor(open);
  }

  /** Blocks the front, so that the drawn bolt of the main lock does not open it. */
  setMainLockJammed(jammed: boolean): void {
    this.electronics.mainLock.setJammed(jammed);
  }

  /** Hangs a fob into `bin`, or takes it out (null). @param tagId hexadecimal, 4, 7 or 8 bytes */
  setTag(bin: number, tagId: string | null): void {
    this.#bin(bin);
    this.electronics.binReaders.set(bin, tagId === null ? null : parseTagId(tagId));
    this.#changed();
  }

  /** Holds a fob to the reader beside the screen for a moment. @returns for how long, in milliseconds */
  tapFob(tagId: string): number {
    const { frontReader } = this.electronics;
    frontReader.set(FRONT_READER, parseTagId(tagId));
    this.#options.clock.set(() => frontReader.set(FRONT_READER, null), TAP_MS);
    return TAP_MS;
  }

  setMains(mains: boolean): void {
    this.electronics.mains = mains;
    if (mains && !this.#unplugged) this.powerOn();
  }

  /** Puts the network cable in or pulls it out. */
  setNetwork(up: boolean): void {
    this.#options.network.up = up;
    this.#changed();
  }

  /** A phone's hotspot is carried here, changed, or turned off. */
  setHotspot(hotspot: Hotspot): void {
    this.electronics.radio.setHotspot(hotspot);
  }

  /** Noise in which the radio finds and joins nothing, or silence again. */
  setRadioJammed(jammed: boolean): void {
    this.electronics.radio.jammed = jammed;
  }

  /** Calls `listener` after anything in `state()` may have changed. @returns how to stop */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state(): BoxSnapshot {
    const { electronics } = this;
    const { boxId, firmware, clock } = this.#options;
    const running = this.#running?.running === true;
    return {
      boxId: boxId ?? null,
      firmware,
      running,
      claimed: this.#running?.hasRecord('root') === true,
      uptimeMs: running ? Math.floor(clock.nowMs() - this.#startedMs) : 0,
      boxTimeMs: wholeMs(electronics.clockChip.timeMs),
      display: { lines: electronics.panel.lines, lit: electronics.panel.brightness > 0 },
      bins: electronics.bins.map((bin, index) => {
        const uid = electronics.binReaders.at(index + 1);
        return { bin: index + 1, ...lockState(bin), tag: uid === null ? null : formatTagId(uid) };
      }),
      mainLock: lockState(electronics.mainLock),
      keys: KEY_LEGEND,
      button: electronics.button.closed ? 'down' : 'up',
      power: {
        mains: electronics.battery.mains,
        batteryPercent: Math.round(electronics.battery.percent),
        asleep: electronics.sleepCircuit.asleep,
        wokeBy: this.#wokeBy,
      },
      network: this.#networkState(),
      beeps: electronics.beeps,
    };
  }

  #networkState(): NetworkSnapshot {
    const { radio } = this.electronics;
    return {
      link: this.#options.network.up ? 'up' : 'down',
      broker: this.#running?.online === true ? 'connected' : 'disconnected',
      joined: radio.joined,
      radio: radio.jammed ? 'jammed' : 'clear',
      hotspots: radio.hotspots.map(({ name, passphrase, up }) => ({ name, passphrase, up })),
    };
  }

  #restart(reason: RestartReason): void {
    // After a power cut there is nobody who could start again; power does.
    if (!this.electronics.rail.on) return;
    if (this.#options.clock.nowMs() - this.#startedMs > RECOVERED_MS) this.#restartMs = RESTART_MS;
    this.#loseRail();
    this.#startAgainIn(this.#restartMs);
    this.#restartMs = Math.min(this.#restartMs * 2, LONGEST_RESTART_MS);
    if (reason.kind !== 'crashed') return;
    const { onCrash } = this.#options;
    if (onCrash === undefined)
      throw new ElectronicsError('board-crashed', String(reason.cause), { cause: reason.cause });
    onCrash(reason.cause);
  }

  #loseRail(): void {
    this.electronics.sleepCircuit.end();
    this.#options.clock.clear(this.#browningOut);
    this.#browningOut = undefined;
    this.electronics.setRail(false);
    this.#running?.stop();
    this.#running = undefined;
    this.#changed();
  }

  /** The rail drops as at a power cut; only the wake circuits stay on. */
  #sleep(wakeOn: readonly WakePin[]): void {
    this.#loseRail();
    if (!this.electronics.canRun) return;
    this.electronics.sleepCircuit.enter(wakeOn, (cause) => this.#start(cause));
    this.#watchCell();
    this.#changed();
  }

  #startAgainIn(ms: number): void {
    this.#options.clock.clear(this.#startingAgain);
    this.#startingAgain = this.#options.clock.set(() => this.powerOn(), ms);
  }

  /** On battery the box dies when the cell is empty, and comes back with mains. */
  #watchCell(): void {
    const { clock } = this.#options;
    clock.clear(this.#emptying);
    const { rail, sleepCircuit, battery } = this.electronics;
    const lastsMs = rail.on || sleepCircuit.asleep ? battery.lastsMs : undefined;
    this.#emptying =
      lastsMs === undefined ? undefined : clock.set(() => this.#emptied(), Math.ceil(lastsMs) + 1);
  }

  #emptied(): void {
    if (this.electronics.canRun) this.#watchCell();
    else this.#loseRail();
  }

  /** A weak cell gives way under the coil, and the board starts again with the bolt where it was. */
  #watchCoil(): void {
    if (!this.electronics.battery.brownOut || this.#browningOut !== undefined) return;
    this.#browningOut = this.#options.clock.set(() => {
      this.#loseRail();
      this.#startAgainIn(RESTART_MS);
    }, BROWN_OUT_MS);
  }

  #setKey(place: KeyPlace, pressed: boolean): void {
    if (place === 'language') this.electronics.languageKey.set(pressed);
    else this.electronics.keys.set(place.row, place.column, pressed);
  }

  #bin(bin: number): Bin {
    const found = this.electronics.bins[bin - 1];
    if (found === undefined) {
      throw new ElectronicsError('unknown-bin', `there are bins 1 to ${this.electronics.bins.length}`);
    }
    return found;
  }

  #turned(turn: Turn<State>): void {
    this.#options.onTurn?.(turn);
    this.#changed();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function lockState({ released, open, jammed }: Bin): MainLockSnapshot {
  return { latch: released ? 'released' : 'locked', door: open ? 'open' : 'closed', jammed };
}

type KeyPlace = { readonly row: number; readonly column: number } | 'language';

function placeOf(key: string): KeyPlace {
  if (key === 'L') return 'language';
  for (const [row, keys] of KEY_LEGEND.slice(0, -1).entries()) {
    const column = keys.indexOf(key);
    if (column >= 0) return { row, column };
  }
  throw new ElectronicsError('unknown-key', `"${key}": keys are 0-9, # (enter), * (clear) and L (language)`);
}

function wholeMs(timeMs: number | undefined): number | null {
  return timeMs === undefined ? null : Math.floor(timeMs);
}
