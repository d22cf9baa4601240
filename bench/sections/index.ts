// The sections of a run, in its order: quick ones that everybody asks for first, the long database last.
import type { Bench } from '../harness/bench.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { bookingSection } from './booking.ts';
import { crowdSection } from './crowd.ts';
import { cryptoSection } from './crypto.ts';
import { engineSection } from './engine.ts';
import { growthSection } from './growth.ts';
import { httpSection } from './http.ts';
import { latencySection } from './latency.ts';
import { openLoopSection } from './open-loop.ts';
import { permissionsSection } from './permissions.ts';
import { rateSection } from './rate.ts';
import { sharesSection } from './shares.ts';
import { sizeSection } from './size.ts';

/** One part of a run. */
export interface Section {
  /** What `--only` calls it. */
  readonly name: string;
  run(bench: Bench): Promise<SectionResult>;
}

/** All of them. */
export const sections: readonly Section[] = [
  { name: 'latency', run: latencySection },
  { name: 'rate', run: rateSection },
  { name: 'shares', run: sharesSection },
  { name: 'open', run: openLoopSection },
  { name: 'http', run: httpSection },
  { name: 'booking', run: bookingSection },
  { name: 'permissions', run: permissionsSection },
  { name: 'crowd', run: crowdSection },
  { name: 'crypto', run: cryptoSection },
  { name: 'size', run: sizeSection },
  { name: 'engine', run: engineSection },
  { name: 'growth', run: growthSection },
];
