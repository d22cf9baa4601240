// One caller of the API that makes one booking after the other: every time another bin and another hour.
import { binsPerBox, keyIdOf, type Population } from '../seed/population.ts';
import { rightAnswer, type Talk, wrongAnswer } from './talk.ts';

const hourMs = 3_600_000;
/** Bookings are made for hours from tomorrow on; within a year, as the API wants it. */
const hours = 8_000;

/** @param caller from 0; each books boxes and hours of its own */
export function createBookingTalk(population: Population, caller: number, token: string): Talk {
  const firstMs = Math.ceil(Date.now() / hourMs) * hourMs + 24 * hourMs;
  let count = 0;
  return {
    names: { clientId: `booker-${caller}`, upTopic: '', downTopic: '' },
    begin: () => undefined,
    request() {
      const box = (caller + count * 64) % population.boxes;
      const startsAtMs = firstMs + ((count * 7 + caller * 131) % hours) * hourMs;
      const body = JSON.stringify({
        key_id: keyIdOf(box, 1 + (count % binsPerBox)),
        starts_at: new Date(startsAtMs).toISOString(),
        ends_at: new Date(startsAtMs + 2 * hourMs).toISOString(),
      });
      count++;
      return Buffer.from(
        `POST /v1/bookings HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n` +
          `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    },
    take: (answer) => (answer.toString('latin1', 9, 12) === '201' ? rightAnswer : wrongAnswer),
  };
}
