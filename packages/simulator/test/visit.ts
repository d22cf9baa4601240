// A calm world with handles for scenarios: one tenant, one or two live boxes with keys in their bins, and
// people who do one thing at a time. Scenarios read like a story; the world checks its promises meanwhile.
import { issueCode, type SiteCode, type SiteKey } from '../src/world/site.ts';
import type { SiteBox } from '../src/world/site-box.ts';
import { World } from '../src/world/world.ts';

/** What happened, as the operator's ledger tells it: the newest last. */
export interface LedgerLine {
  readonly type: string;
  readonly bin: number | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A world at rest. */
export interface Visit {
  readonly world: World;
  readonly box: SiteBox;
  readonly keys: readonly SiteKey[];
  /** Makes a code for a key. */
  code(key: SiteKey, uses?: SiteCode['uses']): SiteCode;
  /** Types digits and Enter, and gives the cloud a moment. */
  type(digits: string): void;
  /** The display, its lines joined. */
  display(): string;
  /** The door that stands open, if any. */
  open(): number | undefined;
  /** Takes the key out of the open bin and shuts the door. @returns the fob's number */
  takeAndClose(): string;
  /** Holds a fob to the front reader, hangs it into the bin that opens, and shuts the door. */
  giveBack(fob: string): void;
  ledger(): readonly LedgerLine[];
  /** Lets so many seconds pass. */
  seconds(count: number): void;
}

/** Builds a world in which nothing goes wrong until the scenario says so. */
export async function visit(
  options: { readonly seed?: number; readonly boxes?: number } = {},
): Promise<Visit> {
  const world = new World(options.seed ?? 7);
  await world.begin(options.boxes ?? 1);
  const box = world.site.boxes[0] as SiteBox;
  const seconds = (count: number): void => world.pass(count * 1_000);
  const open = (): number | undefined => box.openBin();
  return {
    world,
    box,
    keys: world.site.keys,
    code: (key, uses = 'until-withdrawn') => issueCode(world.host, world.site, { key, uses }),
    type: (digits) => {
      world.pass(box.box.pressKeys(`${digits}#`));
      seconds(2);
    },
    display: () => box.box.state().display.lines.join(' '),
    open,
    takeAndClose: () => {
      const bin = open() as number;
      const fob = box.fobIn(bin) as string;
      box.box.setTag(bin, null);
      seconds(2);
      box.box.setDoor(bin, false);
      seconds(3);
      return fob;
    },
    giveBack: (fob) => {
      world.pass(box.box.tapFob(fob));
      seconds(2);
      const bin = open();
      if (bin === undefined) return;
      box.box.setTag(bin, fob);
      seconds(2);
      box.box.setDoor(bin, false);
      seconds(3);
    },
    ledger: () => {
      const page = world.host.call(world.site.operator, 'listEvents', { query: { limit: 100 } });
      return [...(page.data as readonly LedgerLine[])].reverse();
    },
    seconds,
  };
}
