// Every noun with its verbs: what is added to a table here is a command, in the help and in the test.
import type { Nouns } from '../verb.ts';
import { accessVerbs } from './access-verbs.ts';
import { emergencyVerbs } from './emergency-verbs.ts';
import { inventoryVerbs } from './inventory-verbs.ts';
import { noticeVerbs } from './notice-verbs.ts';
import { peopleVerbs } from './people-verbs.ts';
import { rightsVerbs } from './rights-verbs.ts';

/** By noun. */
export const allVerbs: Nouns = {
  ...{ ...inventoryVerbs, ...accessVerbs, ...peopleVerbs },
  ...{ ...rightsVerbs, ...noticeVerbs, ...emergencyVerbs },
};
