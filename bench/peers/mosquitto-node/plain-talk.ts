// One box of the plain peer: JSON up, JSON down, and every answer is checked.

import { nothingTaken, rightAnswer, type Talk, wrongAnswer } from '../../load/talk.ts';
import type { Population } from '../../seed/population.ts';
import { codeOf } from '../../seed/population.ts';
import { answerTopic, type PlainAnswer, type PlainRequest, requestTopic } from './wire.ts';

/** @param box which of the population's boxes */
export function createPlainTalk(population: Population, box: number): Talk {
  let count = 0;
  let outstanding = '';
  let bin = 0;
  return {
    names: { clientId: `plain-${box}`, upTopic: requestTopic(box), downTopic: answerTopic(box) },
    begin: () => undefined,
    request() {
      const code = codeOf(population, box, count++ % population.codesPerBox);
      outstanding = `${box}-${count}`;
      bin = code.bin;
      const asked: PlainRequest = { request: outstanding, code: code.digits };
      return Buffer.from(JSON.stringify(asked));
    },
    take(payload) {
      const answer = JSON.parse(payload.toString()) as PlainAnswer;
      if (answer.request !== outstanding) return nothingTaken;
      return answer.granted && answer.bin === bin ? rightAnswer : wrongAnswer;
    },
  };
}
