// Visits every situation that a hostile network can bring a box and the cloud into, within bounds, and
// asks in each whether an undisturbed handshake would still succeed. The network drops, delays,
// reorders and replays; the box may lose power once; one handshake may take a Diffie-Hellman step;
// the cloud's database may once be put back to an earlier state.
import { HandshakeWorld, type Weakness } from './handshake-world.ts';

/** How far the search goes. */
export interface Bounds {
  /** HELLOs that the box sends. */
  readonly handshakes: number;
  /** Frames on their way at a time. */
  readonly inFlight: number;
  /** Frames that the network keeps and delivers once more. */
  readonly replays: number;
  readonly powerCuts: number;
  /** Handshakes with a Diffie-Hellman step. */
  readonly steps: number;
  readonly rollback: boolean;
  readonly weakness?: Weakness;
  /** Ends the search with the first dead situation. */
  readonly stopAtFirst?: boolean;
}

/** A situation from which box and cloud cannot talk any more, and how it came about. */
export interface Dead {
  readonly box: number;
  readonly cloud: number;
  readonly afterRollback: boolean;
  readonly path: readonly string[];
}

/** What was seen. */
export interface Found {
  readonly world: HandshakeWorld;
  readonly situations: number;
  /** Distinct pairs of what the box and the cloud keep. */
  readonly pairs: number;
  readonly dead: readonly Dead[];
}

interface Situation {
  readonly box: number;
  readonly cloud: number;
  readonly net: readonly number[];
  readonly answers: number;
  readonly handshakes: number;
  readonly replays: number;
  readonly powerCuts: number;
  readonly steps: number;
  /** The saved database, -1 before it is saved and after it was put back. */
  readonly saved: number;
  /** 0 before a rollback, 1 after it. */
  readonly life: number;
  readonly from?: Situation;
  readonly by: string;
}

/** Searches breadth first, so that the path to the first dead situation is a shortest one. */
export function searchHandshakes(bounds: Bounds): Found {
  const world = new HandshakeWorld(bounds.weakness);
  const first: Situation = {
    ...{ ...world.start(), net: [], answers: 0, handshakes: 0, replays: 0, powerCuts: 0, steps: 0 },
    ...{ saved: -1, life: 0, by: 'claimed' },
  };
  const seen = new Set([spell(first)]);
  const pairs = new Set<string>();
  const dead: Dead[] = [];
  let layer: Situation[] = [first];
  while (layer.length > 0) {
    const next: Situation[] = [];
    for (const situation of layer) {
      const { box, cloud } = situation;
      pairs.add(`${box},${cloud}`);
      if (!world.canTalk(box, cloud, false) || !world.canTalk(box, cloud, true)) {
        dead.push({ box, cloud, afterRollback: situation.life === 1, path: pathTo(situation) });
        if (bounds.stopAtFirst) return { world, situations: seen.size, pairs: pairs.size, dead };
      }
      for (const move of moves(world, bounds, situation)) {
        const spelling = spell(move);
        if (seen.has(spelling)) continue;
        seen.add(spelling);
        next.push(move);
      }
    }
    layer = next;
  }
  return { world, situations: seen.size, pairs: pairs.size, dead };
}

function* moves(world: HandshakeWorld, bounds: Bounds, at: Situation): Generator<Situation> {
  if (at.handshakes < bounds.handshakes && at.net.length < bounds.inFlight) {
    for (const step of at.steps < bounds.steps ? [0, 1] : [0]) {
      const [box, hello] = world.sayHello(at.box, step === 1);
      const counts = { handshakes: at.handshakes + 1, steps: at.steps + step };
      yield { ...at, ...counts, box, net: [...at.net, hello], from: at, by: `hello ${hello} step ${step}` };
    }
  }
  if (at.powerCuts < bounds.powerCuts && world.boxes.get(at.box).pending !== undefined) {
    yield { ...at, box: world.cutPower(at.box), powerCuts: at.powerCuts + 1, from: at, by: 'power cut' };
  }
  if (bounds.rollback && at.life === 0) {
    if (at.saved < 0) yield { ...at, saved: at.cloud, from: at, by: 'database saved' };
    else yield { ...at, cloud: at.saved, saved: -1, life: 1, from: at, by: 'database put back' };
  }
  for (const [index, frame] of at.net.entries()) {
    if (at.net.indexOf(frame) < index) continue;
    const rest = at.net.filter((_, other) => other !== index);
    yield { ...at, net: rest, from: at, by: `drop ${frame}` };
    yield delivered(world, { ...at, net: rest, from: at, by: `deliver ${frame}` }, frame);
    if (at.replays < bounds.replays) {
      const kept = { ...at, replays: at.replays + 1, from: at, by: `deliver ${frame}, keep a copy` };
      yield delivered(world, kept, frame);
    }
  }
}

function delivered(world: HandshakeWorld, at: Situation, frame: number): Situation {
  switch (world.flying.get(frame).kind) {
    case 'hello': {
      const [cloud, welcome] = world.answer(at.cloud, frame, { life: at.life, draw: at.answers });
      return welcome < 0 ? at : { ...at, cloud, answers: at.answers + 1, net: [...at.net, welcome] };
    }
    case 'welcome': {
      const [box, confirmation] = world.welcome(at.box, frame);
      return confirmation < 0 ? at : { ...at, box, net: [...at.net, confirmation] };
    }
    case 'confirmation': {
      const cloud = world.confirm(at.cloud, frame, at.life);
      return cloud < 0 ? at : { ...at, cloud };
    }
  }
}

function spell(at: Situation): string {
  const net = [...at.net].sort((left, right) => left - right).join('.');
  const counts = `${at.answers},${at.handshakes},${at.replays},${at.powerCuts},${at.steps}`;
  return `${at.box},${at.cloud},${counts},${at.saved},${at.life},${net}`;
}

function pathTo(situation: Situation): readonly string[] {
  return situation.from === undefined ? [situation.by] : [...pathTo(situation.from), situation.by];
}
