// A board with its peripherals fitted: gives every driver its constructor and pins, and turns what they
// notice into inputs. Apart from the loop, which takes inputs and carries out orders and knows no pin.
import type { Board, PinAt } from '../boards/board.ts';
import type { BoxInput } from '../core/index.ts';
import { BinLatches } from '../peripherals/bin-latches.ts';
import { DoorSwitch } from '../peripherals/door-switch.ts';
import { KeyReaders } from '../peripherals/key-readers.ts';
import { Keypad } from '../peripherals/keypad.ts';
import { LogRing } from '../peripherals/log-ring.ts';
import { PushButton } from '../peripherals/push-button.ts';
import { Rv3028 } from '../peripherals/rv3028.ts';
import { Screen } from '../peripherals/screen.ts';
import { Sounder } from '../peripherals/sounder.ts';
import { SupplyGauge } from '../peripherals/supply-gauge.ts';
import { WirelessLink, type WirelessLinkOptions } from '../peripherals/wireless-link.ts';
import type { DigitalConstructor, Provider, WakePin } from '../ports/index.ts';
import { BinTags } from './bin-tags.ts';
import { BoxRecords } from './box-records.ts';
import { RuntimeError } from './runtime-error.ts';

/** Bytes of randomness that go with a change of the link. */
const LINK_ENTROPY_BYTES = 16;

export interface FittedBoard {
  readonly records: BoxRecords;
  readonly log: LogRing;
  readonly clockChip: Rv3028;
  readonly screen: Screen;
  readonly sounder: Sounder;
  readonly supply: SupplyGauge;
  readonly latches: BinLatches;
  readonly doors: readonly DoorSwitch[];
  readonly mainLock: DoorSwitch;
  readonly tags: BinTags;
  readonly link: WirelessLink;
  /** What shall end a sleep that begins now. */
  wakePins(): readonly WakePin[];
  /** Lets everything go, latches first. Safe to call when the power is gone. */
  close(): void;
}

export interface Sink {
  readonly take: (input: BoxInput) => void;
  readonly note: (code: string) => void;
}

/** Mounts the flash and starts every peripheral. Throws PortError when the flash fails. */
export function fitBoard(board: Board, provider: Provider, sink: Sink): FittedBoard {
  const opened: { close(): void }[] = [];
  const keep = <Part extends { close(): void }>(part: Part): Part => {
    opened.push(part);
    return part;
  };
  try {
    return fitParts({ board, provider, sink, keep, opened });
  } catch (error) {
    closeAll(opened);
    throw error;
  }
}

interface Fitting {
  readonly board: Board;
  readonly provider: Provider;
  readonly sink: Sink;
  readonly keep: <Part extends { close(): void }>(part: Part) => Part;
  readonly opened: readonly { close(): void }[];
}

function fitParts({ board, provider, sink, keep, opened }: Fitting): FittedBoard {
  const { io, timer, storage, display } = provider;
  let pulling = (_: boolean): void => {};
  // The latches come first: from here on every output of theirs is driven low.
  const latches = keep(
    new BinLatches({
      supply: at(provider, board.latchSupply),
      latches: board.latches.map((pin) => at(provider, pin)),
      mainLock: at(provider, board.mainLock.latch),
      timer,
      onPulling: (now) => pulling(now),
    }),
  );
  const open = (path: string) => keep(storage.open({ path, mode: 'r+' }));
  const { partitions } = board;
  const records = new BoxRecords({
    everyday: open(partitions.records),
    emergency: open(partitions.emergency),
  });
  const log = new LogRing(open(partitions.log));
  const { clockChip, sounder } = board;
  const chip = { ...clockChip, data: clockChip.data.pin, clock: clockChip.clock.pin };
  const button = fitInputs({ board, provider, sink, keep, opened });
  const { mqtt, wifi } = provider;
  const link = keep(new WirelessLink({ mqtt, wifi, timer, ...linkNotices(provider, sink) }));
  const screen = keep(new Screen(display));
  const supply = keep(fitSupply(board, provider, sink));
  // Mains feeds both; the cell gives way under a coil.
  pulling = (now) => {
    screen.sparing = now && !supply.supply.mains;
  };
  return {
    records,
    log,
    latches,
    link,
    clockChip: keep(new Rv3028({ io: io.I2C, ...chip })),
    screen,
    sounder: keep(new Sounder({ io: io.PWM, pin: sounder.at.pin, hz: sounder.hz, timer })),
    supply,
    ...fitDoors({ board, provider, sink, keep, opened }),
    tags: keep(fitBinReaders(board, provider, sink)),
    wakePins: () => wakePinsOf(board, button),
    close: () => closeAll(opened),
  };
}

/** A button that is held would wake the box at once, again and again: then its coming up does. */
function wakePinsOf(board: Board, button: PushButton): readonly WakePin[] {
  return [
    { pin: board.button.pin, level: button.down ? 1 : 0, cause: 'button' },
    { pin: board.supply.mains.pin, level: 0, cause: 'mains' },
  ];
}

/** The parts that only ever speak: keypad, front reader, black button. @returns the button */
function fitInputs({ board, provider, sink, keep }: Fitting): PushButton {
  const { io, timer } = provider;
  const { keypad, readers } = board;
  keep(
    new Keypad({
      io: io.DigitalBank,
      bank: keypad.bank,
      rows: keypad.rows.map(({ pin }) => pin),
      columns: keypad.columns.map(({ pin }) => pin),
      language: at(provider, keypad.language),
      timer,
      onKey: (key) => sink.take({ kind: 'key-pressed', key }),
    }),
  );
  keep(
    new KeyReaders({
      ...serialOptions(readers.front),
      io: io.Serial,
      onTag: (_, tag) => tag !== null && sink.take({ kind: 'fob-tapped', tag }),
    }),
  );
  const onMoved = (down: boolean) => sink.take({ kind: 'button-moved', down });
  return keep(new PushButton({ ...at(provider, board.button), timer, onMoved }));
}

/** The switches of the bins, and the sensor of the main lock, which is a switch like them. */
function fitDoors({ board, provider, sink, keep }: Fitting): Pick<FittedBoard, 'doors' | 'mainLock'> {
  const watched = (pin: PinAt, onMoved: (open: boolean) => void) =>
    keep(new DoorSwitch({ ...at(provider, pin), timer: provider.timer, onMoved }));
  return {
    doors: board.doors.map((pin, index) =>
      watched(pin, (open) => sink.take({ kind: 'door-moved', bin: index + 1, open })),
    ),
    mainLock: watched(board.mainLock.sensor, (open) => sink.take({ kind: 'main-lock-moved', open })),
  };
}

function fitSupply({ supply }: Board, provider: Provider, sink: Sink): SupplyGauge {
  const { fullScaleVolts, resolution } = supply;
  return new SupplyGauge({
    cell: { io: provider.io.Analog, pin: supply.cell.pin, resolution, fullScaleVolts },
    mains: at(provider, supply.mains),
    timer: provider.timer,
    onMeasured: (measured) => sink.take({ kind: 'supply-measured', ...measured }),
  });
}

function fitBinReaders({ readers, binCount }: Board, provider: Provider, sink: Sink): BinTags {
  return new BinTags({
    line: { ...serialOptions(readers.bins), io: provider.io.Serial },
    binCount,
    timer: provider.timer,
    onChange: (bin, tag) => sink.take({ kind: 'tag-sensed', bin, tag }),
  });
}

function linkNotices(
  provider: Provider,
  sink: Sink,
): Pick<WirelessLinkOptions, 'onFrame' | 'onChange' | 'onFound' | 'onOverflow'> {
  return {
    onFrame: (frame) => sink.take({ kind: 'frame-received', frame }),
    onChange: (up, trouble) => {
      const entropy = provider.entropy.read(LINK_ENTROPY_BYTES);
      sink.take({ kind: 'link-changed', up, entropy, ...(trouble === undefined ? {} : { trouble }) });
    },
    onFound: (networks) => sink.take({ kind: 'networks-found', networks }),
    onOverflow: () => sink.note('link-overflow'),
  };
}

function serialOptions(line: Board['readers']['front']): {
  readonly port: number;
  readonly receive: number;
  readonly transmit: number;
  readonly baud: number;
} {
  return { port: line.port, receive: line.receive.pin, transmit: line.transmit.pin, baud: line.baud };
}

/** The class that has this pin, and the pin: what a driver is given. */
function at(
  provider: Provider,
  { chip, pin }: PinAt,
): { readonly io: DigitalConstructor; readonly pin: number } {
  if (chip === 'mcu') return { io: provider.io.Digital, pin };
  const module = provider.modules[Number(chip.slice('module-'.length)) - 1];
  // A box with fewer modules than its board file says cannot open its bins: better to see that at the start.
  if (module === undefined) throw new RuntimeError('module-missing', chip);
  return { io: module.Digital, pin };
}

/** Closes everything, even when some of it fails: an output that still answers must not stay on. */
function closeAll(parts: readonly { close(): void }[]): void {
  for (const part of parts) {
    try {
      part.close();
    } catch {
      // The power is gone, or the part is broken: there is nobody to tell and nothing left to do.
    }
  }
}
