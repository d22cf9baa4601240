// Where an HTTP answer ends, which the load generator must know to time it.
import { expect, it } from 'vitest';
import { httpAnswerLength } from '../load/plain-socket.ts';

it('finds the end of an answer by the length that it says', () => {
  const answer = Buffer.from('HTTP/1.1 201 Created\r\nContent-Length: 5\r\nx: y\r\n\r\nhello');
  expect(httpAnswerLength(answer)).toBe(answer.length);
  expect(httpAnswerLength(Buffer.concat([answer, answer]))).toBe(answer.length);
});

it('waits for the whole head and takes an answer without a length as its head', () => {
  expect(httpAnswerLength(Buffer.from('HTTP/1.1 204 No Content\r\n'))).toBeUndefined();
  const empty = Buffer.from('HTTP/1.1 204 No Content\r\n\r\n');
  expect(httpAnswerLength(empty)).toBe(empty.length);
});
