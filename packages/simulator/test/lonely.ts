// What people do at a box that is alone, by what its display asks: no knowledge of its state, only eyes and fingers.
import type { Paper } from './paper.ts';
import type { Visit } from './visit.ts';

/** Types keys as they stand, `#` included, and looks up; where the box first tries its networks, waits for that. */
export function press({ world, box, display, seconds }: Visit, keys: string): void {
  world.pass(box.box.pressKeys(keys));
  world.pass(1_500);
  if (/試しています|Trying/.test(display())) seconds(20);
}

/** Types the code from the sheet that the display asks for. @param target bin, or 0 for all bins */
export function openFromPaper(story: Visit, paper: Paper, target: number): void {
  press(story, '1#');
  press(story, `${target}#`);
  // All bins are announced before the code is asked.
  if (target === 0) press(story, '#');
  const wanted = /(?:コード|no\.) ?(\d+)/.exec(story.display());
  press(story, `${paper.code(target, Number(wanted?.[1]))}#`);
}

/** Takes what comes out, door after door, until none opens any more. @returns the fobs in their order */
export function takeAll(story: Visit): readonly string[] {
  const fobs: string[] = [];
  for (let door = story.open(); door !== undefined; door = story.open()) {
    fobs.push(story.takeAndClose());
    story.seconds(3);
  }
  return fobs;
}

/** The network at home goes, and the box finds out. */
export function loseNetwork({ box, seconds }: Visit): void {
  box.link.state = 'down';
  seconds(30);
}

/** The network comes back, and the box tells what happened. */
export function regainNetwork({ box, seconds }: Visit): void {
  box.link.state = 'up';
  seconds(120);
}
