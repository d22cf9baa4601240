// One caller of the API that makes one key code after the other: what an integration does all day.
import { binsPerBox, keyIdOf, type Population } from '../seed/population.ts';
import { rightAnswer, type Talk, wrongAnswer } from './talk.ts';

/** @param caller from 0; each begins at another box */
export function createCodeTalk(population: Population, caller: number, token: string): Talk {
  let count = caller * 17;
  return {
    names: { clientId: `caller-${caller}`, upTopic: '', downTopic: '' },
    begin: () => undefined,
    request() {
      const keyId = keyIdOf(count % population.boxes, 1 + (count % binsPerBox));
      count++;
      const body = JSON.stringify({ key_id: keyId, uses: 'unlimited' });
      return Buffer.from(
        `POST /v1/key-codes HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n` +
          `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    },
    take: (answer) => (answer.toString('latin1', 9, 12) === '201' ? rightAnswer : wrongAnswer),
  };
}
