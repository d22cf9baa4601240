import { describe, expect, it } from 'vitest';
import { payload } from '../../test/sample-export.ts';
import { readBox, readChallenge, readChoice, readTarget } from './typed.ts';

const [back, garage] = payload.boxes;

describe('a box', () => {
  it.each(['box_4ZK7Q1M0P9XW1', '4ZK7Q1M0P9XW1', ' 4zk7q1m0p9xw1 ', '裏口'])('is found by %j', (typed) => {
    expect(readBox(payload.boxes, typed)).toBe(back);
  });

  it('is found by its name whatever its capitals, but not where two have it', () => {
    expect(readBox(payload.boxes, 'GARAGE')).toBe(garage);
    expect(readBox([back!, { ...garage!, name: back!.name }], '裏口')).toBeUndefined();
    expect(readBox(payload.boxes, '')).toBeUndefined();
  });
});

describe('what a person types', () => {
  it.each([
    ['1', 1],
    ['2', 2],
    ['２', 2],
    ['0', 0],
    ['all', 0],
    ['ALL', 0],
    ['全部', 0],
    ['3', undefined],
    ['', undefined],
    ['-1', undefined],
    ['1.0', undefined],
  ])('%j is the target %j of a box with two bins', (typed, target) => {
    expect(readTarget(back!, typed)).toBe(target);
  });

  it.each([
    ['12345678', '12345678'],
    ['1234 5678', '12345678'],
    ['1234-5678', '12345678'],
    ['１２３４　５６７８', '12345678'],
    ['00000000', '00000000'],
    ['1234567', undefined],
    ['123456789', undefined],
    ['1234567a', undefined],
  ])('%j is the challenge %j', (typed, challenge) => {
    expect(readChallenge(typed)).toBe(challenge);
  });

  it('counts lists from 1', () => {
    expect(['1', '２', '3', '0', 'x'].map((typed) => readChoice(['a', 'b'], typed))).toEqual([
      ...['a', 'b'],
      ...[undefined, undefined, undefined],
    ]);
  });
});
