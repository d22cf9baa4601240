// The simulated board: wires, contacts, latches, readers, panel, cell and clock chip, connected as the board
// file says, behind the same ports that a real host implements. It knows nothing of the firmware on it, nor
// of the tests; people reach it through SimulatedBox.
import type { Board, PinAt } from '../boards/board.ts';
import type {
  Entropy,
  MonotonicClock,
  MqttInstance,
  Provider,
  RestartReason,
  Timer,
  WakePin,
} from '../ports/index.ts';
import { Battery } from './battery.ts';
import { Bin } from './bin.ts';
import { analogOf, i2cOf, pwmOf, serialOf } from './bus-io.ts';
import { ClockChip } from './clock-chip.ts';
import { Contact } from './contact.ts';
import { type ChipPins, digitalBankOf, digitalOf } from './digital-io.ts';
import type { FlashPartitions } from './flash-partitions.ts';
import { KeyMatrix } from './key-matrix.ts';
import { PowerRail } from './power-rail.ts';
import { type HomeNetwork, Radio } from './radio.ts';
import { SeededRandom } from './seeded-random.ts';
import { SerialWires } from './serial-wires.ts';
import { SleepCircuit } from './sleep-circuit.ts';
import { TagReaders } from './tag-readers.ts';
import { TextPanel } from './text-panel.ts';
import { Wire } from './wire.ts';

/** Numbers of the readers on their lines. */
const FRONT_READER = 0;

export interface ElectronicsOptions {
  readonly board: Board;
  readonly clock: Timer & MonotonicClock;
  readonly flash: FlashPartitions;
  readonly home: HomeNetwork;
  /** Seed of bounce and noise. */
  readonly seed?: number;
  readonly batteryPercent?: number | undefined;
  /** Inner resistance of the cell: the higher, the sooner a coil resets the board. */
  readonly cellOhm?: number | undefined;
  /** Unix milliseconds that the clock chip holds; undefined if it was never set. */
  readonly rtcMs?: number | undefined;
  readonly rtcPpm?: number | undefined;
}

/** What a board cannot bring itself. */
export interface Surroundings {
  readonly mqtt: MqttInstance;
  readonly entropy: Entropy;
  readonly restart: (reason: RestartReason) => void;
  /** The firmware puts the board to sleep. */
  readonly sleep: (wakeOn: readonly WakePin[]) => void;
  readonly wokeBy: Provider['wokeBy'];
}

export class Electronics {
  readonly rail = new PowerRail();
  readonly flash: FlashPartitions;
  readonly radio: Radio;
  readonly panel: TextPanel;
  readonly battery: Battery;
  readonly clockChip: ClockChip;
  readonly keys: KeyMatrix;
  readonly languageKey: Contact;
  readonly button: Contact;
  /** What stays on while the board sleeps. */
  readonly sleepCircuit: SleepCircuit;
  readonly bins: readonly Bin[];
  /** Bolt, front and sensor: the same mechanism as a bin's. */
  readonly mainLock: Bin;
  readonly frontReader: TagReaders;
  readonly binReaders: TagReaders;
  /** Times that the sounder began to sound. */
  beeps = 0;
  readonly #options: ElectronicsOptions;
  readonly #mcu: ReadonlyMap<number, Wire>;
  readonly #modules: readonly ReadonlyMap<number, Wire>[];
  readonly #mainsGood: Wire;
  readonly #lines: ReadonlyMap<number, SerialWires>;
  readonly #listeners = new Set<() => void>();
  #sounding = false;

  constructor(options: ElectronicsOptions) {
    this.#options = options;
    const { board, clock, seed = 1 } = options;
    const timer = clock;
    const random = new SeededRandom(seed);
    const changed = () => this.#changed();
    this.flash = options.flash;
    this.#mcu = wiresOf(board, 'mcu');
    this.#modules = Array.from({ length: Math.ceil(board.binCount / 8) }, (_, index) =>
      wiresOf(board, `module-${index + 1}`),
    );
    this.radio = new Radio(timer, options.home, changed);
    this.panel = new TextPanel(changed);
    this.battery = new Battery(clock, board.energy, {
      percent: options.batteryPercent,
      ohm: options.cellOhm,
    });
    this.sleepCircuit = new SleepCircuit(this.#mcu, timer);
    this.clockChip = new ClockChip({ clock, timeMs: options.rtcMs, ppm: options.rtcPpm ?? 0 });
    this.#mainsGood = this.#wire(board.supply.mains);
    this.#mainsGood.set(0);
    const { keypad, readers } = board;
    this.keys = new KeyMatrix(this.#wires(keypad.rows), this.#wires(keypad.columns));
    this.languageKey = new Contact({ wire: this.#wire(keypad.language), timer, random });
    this.button = new Contact({ wire: this.#wire(board.button), timer, random });
    const latchSupply = this.#wire(board.latchSupply);
    this.bins = board.latches.map((pin, index) => {
      const door = this.#wire(board.doors[index] as PinAt);
      return new Bin({ latch: this.#wire(pin), latchSupply, door, timer, random, onChange: changed });
    });
    this.mainLock = new Bin({
      latch: this.#wire(board.mainLock.latch),
      latchSupply,
      door: this.#wire(board.mainLock.sensor),
      timer,
      random,
      onChange: changed,
    });
    const front = new SerialWires(clock, readers.front.baud);
    const bins = new SerialWires(clock, readers.bins.baud);
    this.#lines = new Map([
      [readers.front.port, front],
      [readers.bins.port, bins],
    ]);
    const powered = () => this.rail.on;
    const binNumbers = board.latches.map((_, index) => index + 1);
    this.frontReader = new TagReaders(front, [FRONT_READER], powered);
    this.binReaders = new TagReaders(bins, binNumbers, powered);
  }

  /** Whether the board could run: mains, or something left in the cell. */
  get canRun(): boolean {
    return this.battery.mains || this.battery.percent > 0;
  }

  set mains(mains: boolean) {
    this.battery.mains = mains;
    this.#mainsGood.set(mains ? 0 : 1);
    this.#changed();
  }

  /** Power on the rail, or off: everything on it dies, and the flash stops in the middle of what it does. */
  setRail(on: boolean): void {
    this.flash.cut.powered = on;
    if (on && !this.rail.on) this.battery.spend(this.#options.board.energy.bootJoule);
    if (on) this.rail.turnOn();
    else this.rail.turnOff();
    this.#changed();
  }

  /** Calls `listener` after anything that a person could see changed. @returns how to stop */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The board's ports, with what the host adds. */
  provider({ mqtt, entropy, restart, sleep, wokeBy }: Surroundings): Provider {
    const { board, clock } = this.#options;
    const timer = clock;
    const { rail } = this;
    const chip = (wires: ReadonlyMap<number, Wire>): ChipPins => ({ wires, rail, timer });
    const { supply, clockChip } = board;
    return {
      io: {
        Digital: digitalOf(chip(this.#mcu)),
        DigitalBank: digitalBankOf(chip(this.#mcu)),
        Analog: analogOf((pin) =>
          pin === supply.cell.pin ? this.battery.volts / supply.fullScaleVolts : undefined,
        ),
        PWM: pwmOf(rail, (_, duty) => this.#sound(duty > 0)),
        I2C: i2cOf(rail, new Map([[clockChip.address, this.clockChip]])),
        Serial: serialOf({ rail, timer }, this.#lines),
      },
      modules: this.#modules.map((wires) => ({ Digital: digitalOf(chip(wires)) })),
      display: { io: this.panel.displayOn(rail) },
      storage: this.flash,
      mqtt,
      wifi: { io: this.radio.stationOn(rail) },
      entropy,
      timer,
      clock,
      sleep: { enter: ({ wakeOn }) => sleep(wakeOn) },
      wokeBy,
      restart,
    };
  }

  #sound(on: boolean): void {
    if (on && !this.#sounding) this.beeps += 1;
    this.#sounding = on;
  }

  #changed(): void {
    this.battery.load = {
      on: this.rail.on,
      light: this.panel.brightness,
      coil: [...this.bins, this.mainLock].some((bin) => bin.energised),
    };
    for (const listener of [...this.#listeners]) listener();
  }

  #wire({ chip, pin }: PinAt): Wire {
    const wires = chip === 'mcu' ? this.#mcu : this.#modules[Number(chip.slice('module-'.length)) - 1];
    return wires?.get(pin) as Wire;
  }

  #wires(pins: readonly PinAt[]): readonly Wire[] {
    return pins.map((at) => this.#wire(at));
  }
}

/** Latch outputs and their supply are pulled down, everything else up. */
function wiresOf(board: Board, chip: PinAt['chip']): ReadonlyMap<number, Wire> {
  const pulledDown = [board.latchSupply, board.mainLock.latch, ...board.latches];
  const wires = new Map<number, Wire>();
  for (const at of Object.values(board.nets)) {
    if (at.chip !== chip) continue;
    const down = pulledDown.some((other) => other.chip === chip && other.pin === at.pin);
    wires.set(at.pin, new Wire(down ? 0 : 1));
  }
  return wires;
}
