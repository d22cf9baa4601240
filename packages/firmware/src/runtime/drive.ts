// The driver loop, the only caller of the core. Its contract, after str0m's: take one input, step the core,
// carry out every output in order, arm the wake-up; never two inputs without draining. What an output causes
// at once becomes a later turn. If an output cannot be carried out, nothing after it is done, all outputs of
// the board are let go and the board asks for a fresh start: the core then begins from what the flash holds.
import type { Board } from '../boards/board.ts';
import type { Booted, BoxInput, BoxOutput, RecordName, Step } from '../core/index.ts';
import { PortError, type Provider, type TimerHandle } from '../ports/index.ts';
import { carryOut } from './carry-out.ts';
import { type FittedBoard, fitBoard } from './fitted-board.ts';
import { RuntimeError } from './runtime-error.ts';

/** How long the start waits for the bins' readers; the slowest answers within half of it. */
const READERS_WAIT_MS = 250;
const READERS_LOOK_MS = 5;
const BOOT_ENTROPY_BYTES = 32;
/** A wake-up in the past still comes from the event loop, and never so often that nothing else runs. */
const SHORTEST_WAKE_MS = 1;
/** Inputs waiting for their turn: outputs of one step cause a handful, so many mean a ring of causes. */
const WAITING_INPUTS = 256;
const HASH_OFFSET = 32;
const HASH_BYTES = 16;

/** The core, as the loop sees it. */
export interface BoxProgram<State> {
  readonly initialState: State;
  /** `nowMs` is monotonic, in milliseconds since the start of the box. */
  readonly step: (state: State, input: BoxInput, nowMs: number) => Step<State>;
}

/** One finished turn, for a recorder of inputs or a checker of invariants. */
export interface Turn<State> {
  /** Monotonic milliseconds since the start of the box. */
  readonly nowMs: number;
  readonly input: BoxInput;
  readonly outputs: readonly BoxOutput[];
  readonly state: State;
}

export interface DriveOptions<State> {
  readonly program: BoxProgram<State>;
  readonly board: Board;
  readonly provider: Provider;
  /** Firmware version, at most 16 ASCII characters. */
  readonly firmware: string;
  readonly onNote?: (level: 'info' | 'warn', code: string) => void;
  /** Called after the outputs of a turn were carried out. */
  readonly onTurn?: (turn: Turn<State>) => void;
}

export interface RunningBox {
  /** False once stopped, by `stop` or by a fault. */
  readonly running: boolean;
  /** Whether the box is connected to its broker. */
  readonly online: boolean;
  hasRecord(name: RecordName): boolean;
  /** Stops as a loss of power would: nothing is saved, everything is let go. */
  stop(): void;
}

/** Starts the box: mounts the flash, fits the board, and gives the core its first input. */
export function startBox<State>(options: DriveOptions<State>): RunningBox {
  const drive = new Drive(options);
  drive.boot();
  return drive;
}

class Drive<State> implements RunningBox {
  running = true;
  readonly #options: DriveOptions<State>;
  readonly #waiting: BoxInput[] = [];
  #board: FittedBoard | undefined;
  #state: State;
  #booted = false;
  #turning = false;
  #waking: TimerHandle | undefined;
  readonly #startMs: number;

  constructor(options: DriveOptions<State>) {
    this.#options = options;
    this.#state = options.program.initialState;
    this.#startMs = options.provider.clock.nowMs();
  }

  /** The core's clock: monotonic milliseconds since this start. */
  get #nowMs(): number {
    return this.#options.provider.clock.nowMs() - this.#startMs;
  }

  get online(): boolean {
    return this.running && this.#board?.link.up === true;
  }

  hasRecord(name: RecordName): boolean {
    return this.#board?.records.has(name) === true;
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    this.#options.provider.timer.clear(this.#waking);
    this.#board?.close();
  }

  boot(): void {
    const { board, provider } = this.#options;
    try {
      const note = (code: string) => this.#options.onNote?.('warn', code);
      this.#board = fitBoard(board, provider, { take: (input) => this.#take(input), note });
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#awaitReaders(this.#board);
  }

  #awaitReaders(board: FittedBoard): void {
    this.#waking = this.#options.provider.timer.set(() => {
      if (!board.tags.complete && this.#nowMs < READERS_WAIT_MS) {
        this.#awaitReaders(board);
        return;
      }
      this.#booted = true;
      this.#guard(() => this.#take(bootFacts(this.#options, board)));
    }, READERS_LOOK_MS);
  }

  /** The door of every input. What comes before the start is told by the start itself. */
  #take(input: BoxInput): void {
    if (!this.running || !this.#booted) return;
    if (this.#waiting.length >= WAITING_INPUTS) throw new RuntimeError('input-flood');
    this.#waiting.push(input);
    if (this.#turning) return;
    this.#turning = true;
    this.#guard(() => {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift())
        this.#turn(next);
    });
    this.#turning = false;
  }

  #turn(input: BoxInput): void {
    const { program, onNote, onTurn } = this.#options;
    const board = this.#board as FittedBoard;
    const nowMs = this.#nowMs;
    const { state, outputs, wakeAtMs } = program.step(this.#state, input, nowMs);
    this.#state = state;
    const take = (caused: BoxInput) => this.#take(caused);
    const note = (level: 'info' | 'warn', code: string) => onNote?.(level, code);
    const sleep = () => this.#sleep(board);
    for (const output of outputs) carryOut(output, { board, take, note, sleep });
    this.#wakeAt(wakeAtMs, nowMs);
    onTurn?.({ nowMs, input, outputs, state });
  }

  /** Lets everything go as a stop does; what waits for its turn will find another start of the box. */
  #sleep(board: FittedBoard): void {
    const wakeOn = board.wakePins();
    this.#waiting.length = 0;
    this.stop();
    this.#options.provider.sleep.enter({ wakeOn });
  }

  #wakeAt(wakeAtMs: number | undefined, nowMs: number): void {
    const { timer } = this.#options.provider;
    timer.clear(this.#waking);
    this.#waking = undefined;
    if (wakeAtMs === undefined || !this.running) return;
    this.#waking = timer.set(
      () => this.#take({ kind: 'woke' }),
      Math.max(SHORTEST_WAKE_MS, wakeAtMs - nowMs),
    );
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(cause: unknown): void {
    this.#waiting.length = 0;
    this.stop();
    const flash =
      cause instanceof PortError && (cause.code === 'power-lost' || cause.code === 'flash-failed');
    this.#options.provider.restart({ kind: flash ? 'flash-failed' : 'crashed', cause });
  }
}

function bootFacts<State>({ board, provider, firmware }: DriveOptions<State>, fitted: FittedBoard): Booted {
  const { records, log, clockChip, supply, doors, mainLock, tags } = fitted;
  const rtcMs = clockChip.time;
  const { lastEntry } = log;
  return {
    kind: 'booted',
    entropy: provider.entropy.read(BOOT_ENTROPY_BYTES),
    records: records.records(),
    log: {
      first: log.first,
      end: log.end,
      hash: lastEntry?.slice(HASH_OFFSET, HASH_OFFSET + HASH_BYTES) ?? new Uint8Array(HASH_BYTES),
      capacity: log.capacity,
      ...(lastEntry === undefined ? {} : { lastBody: lastEntry.slice(0, HASH_OFFSET) }),
    },
    binCount: board.binCount,
    firmware,
    ...(rtcMs === undefined ? {} : { rtcMs }),
    supply: supply.supply,
    wokeBy: provider.wokeBy,
    doorsOpen: doors.map(({ open }) => open),
    mainLockOpen: mainLock.open,
    tags: tags.all(),
  };
}
