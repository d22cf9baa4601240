// One seeded world: real firmware on simulated boards, the real cloud, a hostile network between, and
// people. Everything that happens follows from the seed; the promises are checked while it happens and
// once more when the faults have stopped.
import { MemoryNetwork, VirtualClock } from '@smartbox/firmware/simulated';
import type { BoxId } from '@smartbox/protocol';
import { type Chance, chanceFrom } from './chance.ts';
import { CloudHost, worldEpochMs } from './cloud-host.ts';
import { fairWeather, HostileNetwork } from './hostile-network.ts';
import { type Notices, openNotices } from './notices.ts';
import type { Pockets, Script } from './people.ts';
import { goodProvider } from './phones.ts';
import { buildSite, type Site } from './site.ts';
import type { SiteBox } from './site-box.ts';
import { Staff } from './staff.ts';
import { goodReceiver } from './webhook-receiver.ts';

/** How a world went. */
export interface WorldReport {
  readonly seed: number;
  readonly actions: readonly string[];
  readonly openings: number;
  readonly logEntries: number;
  readonly simulatedMs: number;
  /** Openings for members of staff, and from afar. */
  readonly forPeople: number;
  readonly fromAfar: number;
  readonly webhooks: number;
}

const DEFAULT_BOXES = 2;
/** Promises that nobody waits for are kept when the thread is free: so often, in milliseconds of the world. */
const BREATH_MS = 1_000;

/** A running world. */
export class World {
  readonly seed: number;
  readonly clock = new VirtualClock();
  readonly network: MemoryNetwork;
  readonly enemy: HostileNetwork;
  readonly host: CloudHost;
  readonly chance: Chance;
  readonly pockets: Pockets = { fobs: [] };
  /** What was done, with its time: the log that replays a failure. */
  readonly actions: string[] = [];
  /** Members of staff, in worlds that have them. */
  staff: Staff | undefined;
  /** Rules by which somebody is told, in worlds that have them. */
  notices: Notices | undefined;
  /** The faults have stopped. */
  isCalm = false;
  #site: Site | undefined;

  constructor(seed: number) {
    this.seed = seed;
    this.chance = chanceFrom(seed);
    this.network = new MemoryNetwork(this.clock);
    this.host = new CloudHost({ clock: this.clock, network: this.network, chance: this.chance.fork() });
    this.enemy = new HostileNetwork(this.network, this.chance.fork(), (boxId, frame) =>
      this.host.inject(boxId, frame),
    );
  }

  get site(): Site {
    return this.#site as Site;
  }

  get boxIds(): readonly BoxId[] {
    return this.site.boxes.map(({ boxId }) => boxId);
  }

  /** Builds the site on a good network. */
  async begin(boxCount = DEFAULT_BOXES): Promise<void> {
    await this.host.start();
    const { clock, network, host } = this;
    const chance = this.chance.fork();
    const onOpening = (site: SiteBox, reference: number): void => this.#opens(site, reference);
    const surroundings = { clock, network, chance, host, onOpening, pass: (ms: number) => this.pass(ms) };
    this.#site = buildSite(surroundings, boxCount);
  }

  /** Members of staff from now on. */
  hireStaff(chance: Chance): Staff {
    this.staff = new Staff(this);
    this.staff.open(chance);
    return this.staff;
  }

  /** Somebody else's server is told from now on. */
  tellReceiver(chance: Chance): void {
    this.notices = openNotices(this.host, this.site.operator, chance);
  }

  /** Lets time pass. */
  pass(ms: number): void {
    this.clock.advance(ms);
  }

  /** Lets time pass, and what the cloud waits for outside come to its end meanwhile. */
  async live(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= BREATH_MS) {
      this.pass(Math.min(BREATH_MS, left));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Lets somebody act at a box, unless somebody stands there already. */
  perform(site: SiteBox, what: string, script: Script): void {
    if (site.busy) {
      script.return();
      return;
    }
    site.busy = true;
    this.note(`${site.name}: ${what}`);
    const go = (): void => {
      const { value, done } = script.next();
      if (done === true) site.busy = false;
      else this.clock.set(go, value as number);
    };
    go();
  }

  note(what: string): void {
    this.actions.push(`${(this.clock.nowMs() / 1_000).toFixed(1)} s ${what}`);
  }

  /** The cloud dies and a new process takes over after a while. */
  async restartCloud(downMs: number): Promise<void> {
    this.staff?.oracle.deathsMs.push(this.staff.nowMs);
    this.host.kill(this.site.operator, this.boxIds);
    this.pass(downMs);
    await this.host.start();
  }

  /** Faults stop, everything is plugged in again. */
  async calm(): Promise<void> {
    this.isCalm = true;
    this.enemy.weather = fairWeather;
    this.host.phones.mood = goodProvider;
    this.host.receiver.mood = goodReceiver;
    if (!this.host.running) await this.host.start();
    for (const { box, link } of this.site.boxes) {
      box.electronics.flash.cut.disarm();
      box.setMains(true);
      link.state = 'up';
      box.powerOn();
    }
  }

  #opens(site: SiteBox, reference: number): void {
    if (this.staff === undefined) return;
    const grant = this.host
      .grants(this.site.operator, site.boxId)
      .find((candidate) => candidate.reference === reference);
    // A grant that nobody gave is I1's matter.
    if (grant === undefined) return;
    const grantedAtMs = grant.grantedAtMs - worldEpochMs;
    this.staff.oracle.opens(site, { ...grant, grantedAtMs }, this.staff.nowMs);
  }

  report(): WorldReport {
    const { boxes } = this.site;
    return {
      seed: this.seed,
      actions: this.actions,
      openings: boxes.reduce((sum, { watch }) => sum + watch.intended.size, 0),
      logEntries: boxes.reduce((sum, { watch }) => sum + watch.log.length, 0),
      simulatedMs: this.clock.nowMs(),
      forPeople: this.staff?.oracle.explained.people ?? 0,
      fromAfar: this.staff?.oracle.explained.orders ?? 0,
      webhooks: this.host.receiver.taken.size,
    };
  }
}
