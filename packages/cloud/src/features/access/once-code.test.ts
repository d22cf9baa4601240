// A one-time code under every disorder that a network, a power cut or a killed cloud can make: it never
// opens twice, and it is never lost to somebody who did not get in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { type Answer, createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob, ModelBox } from '../../../test/model-box.ts';

/** What may happen, in any order, and how often each comes up. */
const weights = {
  'ask-and-take': 8,
  ask: 6,
  'ask-again': 5,
  deliver: 4,
  'deliver-late': 2,
  lose: 1,
  deadline: 1,
  shut: 2,
  report: 2,
  'report-twice': 1,
  'report-unacknowledged': 1,
  reboot: 6,
  'reboot-unheard': 1,
  'cut-after-intent': 3,
  'restart-cloud': 1,
  wait: 3,
} as const;
type Action = keyof typeof weights;

const step = fc.record({
  action: fc.oneof(
    ...Object.entries(weights).map(([action, weight]) => ({
      weight,
      arbitrary: fc.constant(action as Action),
    })),
  ),
  /** Two boxes that both sense the key. */
  box: fc.integer({ min: 0, max: 1 }),
});

/** One run: the world, two boxes, their answers still on the way. */
class Run {
  world: FeaturesWorld;
  readonly depot: Depot;
  readonly boxes: readonly ModelBox[];
  readonly digits: string;
  readonly codeId: string;
  readonly #onTheWay: Answer[][][] = [[], []];
  #restarts = 0;

  constructor() {
    this.world = createFeaturesWorld();
    this.depot = createDepot(this.world);
    const second = new ModelBox(this.world, 2);
    second.enrol(this.depot.owner, this.depot.locationId);
    second.fill(2, fob(7));
    this.boxes = [this.depot.box, second];
    const issued = this.depot.issue({ uses: 'once' });
    this.digits = issued.digits;
    this.codeId = issued.id;
  }

  do({ action, box: index }: { readonly action: Action; readonly box: number }): void {
    const box = this.boxes[index] as ModelBox;
    const way = this.#onTheWay[index] as Answer[][];
    switch (action) {
      case 'ask-and-take':
        box.take(box.ask({ code: this.digits }));
        break;
      case 'ask':
        way.push([...box.ask({ code: this.digits })]);
        break;
      case 'ask-again':
        if (box.outstanding !== undefined) way.push([...box.askAgain({ code: this.digits })]);
        break;
      case 'deliver':
        box.take(way.shift() ?? []);
        break;
      case 'deliver-late':
        box.take(way.pop() ?? []);
        break;
      case 'lose':
        way.shift();
        break;
      case 'deadline':
        box.outstanding = undefined;
        break;
      case 'shut':
        for (const grant of box.opened) box.write('bin-closed', { bin: index === 0 ? 3 : 2, grant });
        break;
      case 'report':
        box.report();
        break;
      case 'report-twice':
        box.reportBatch(box.batch());
        box.report();
        break;
      case 'report-unacknowledged':
        box.reportBatch(box.batch(box.acknowledged + 1, 2));
        break;
      case 'reboot':
        box.write('booted');
        box.confirm();
        break;
      case 'reboot-unheard':
        box.outstanding = undefined;
        box.write('booted');
        break;
      case 'cut-after-intent':
        this.#cutAfterIntent(box, way);
        break;
      case 'restart-cloud':
        this.#restart();
        break;
      case 'wait':
        this.world.ports.advance(900_000);
        break;
    }
  }

  /** The power fails between OPEN_INTENT and the pulse: the lock never fires, the log knows. */
  #cutAfterIntent(box: ModelBox, way: Answer[][]): void {
    const [answer] = way.shift() ?? [];
    if (answer?.message.name !== 'access-granted' || box.outstanding === undefined) return;
    if (Buffer.compare(box.outstanding, answer.message.body.request) !== 0) return;
    box.write('open-intended', { bin: answer.message.body.bin, grant: answer.message.body.grant });
    box.outstanding = undefined;
    box.write('booted');
  }

  /** The cloud is killed and comes back with what was committed. */
  #restart(): void {
    this.#restarts += 1;
    const image = this.world.database.serialize();
    this.world = createFeaturesWorld({ seed: `restart ${this.#restarts}`, image, ports: this.world.ports });
    for (const box of this.boxes) box.world = this.world;
  }

  intents(): number {
    return this.boxes.flatMap(({ log }) => log.filter(({ body }) => body[11] === 10)).length;
  }

  code() {
    return this.world.features.access.code(this.depot.owner.tenantId, this.codeId);
  }

  told(): readonly string[] {
    const ledger = this.world.features.events.ledger(this.depot.owner.tenantId);
    return ledger.read({}, { from: 0, order: 'rising', limit: 10_000 }).map(({ fact }) => fact.type);
  }

  /** Faults stop: doors are shut, every box opens a session and reports. */
  settle(): void {
    for (const index of [0, 1]) this.do({ action: 'shut', box: index });
    for (const box of this.boxes) box.confirm();
    for (const box of this.boxes) box.report();
    this.world.ports.advance(2 * 86_400_000);
  }
}

describe('a one-time code, whatever happens', () => {
  it('never opens twice and is never lost (AC-01)', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const run = new Run();
        for (const one of steps) {
          run.do(one);
          expect(run.intents()).toBeLessThanOrEqual(1);
          expect(run.boxes.flatMap(({ opened }) => opened).length).toBeLessThanOrEqual(1);
        }
        run.settle();
        const used = run.intents() === 1;
        expect(run.code()?.endedBecause).toBe(used ? 'used' : null);
        expect(run.code()?.reservedBy).toBeNull();
        const [answer] = run.boxes[0]?.ask({ code: run.digits }) ?? [];
        expect(answer?.message.name).toBe(used ? 'access-refused' : 'access-granted');
        // Every opening had one live grant: a grant is never withdrawn while its answer may still open.
        expect(run.told()).not.toContain('bin.opened_without_grant');
        run.world.database.close();
      }),
      { numRuns: 150 },
    );
  });
});
