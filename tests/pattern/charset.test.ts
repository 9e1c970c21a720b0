import { expect, test } from 'vitest';
import {
  between,
  type CharSet,
  charSet,
  charsOf,
  complement,
  has,
  intersection,
  union,
  without,
} from '../../src/pattern/charset.ts';
import { type Random, random, soak } from './brute-force.ts';

const UNITS = [...Array(10).keys(), ...Array.from({ length: 6 }, (_, at) => 0xffff - at)];

function rangesOf(chance: Random): readonly number[] {
  return Array.from({ length: chance(4) }, () => {
    const [one, other] = [UNITS[chance(UNITS.length)]!, UNITS[chance(UNITS.length)]!];
    return [Math.min(one, other), Math.max(one, other)];
  }).flat();
}

function isIn(ranges: readonly number[], unit: number): boolean {
  return ranges.some((low, at) => at % 2 === 0 && low <= unit && unit <= ranges[at + 1]!);
}

function expectSet(set: CharSet, holds: (unit: number) => boolean): void {
  expect([set, UNITS.filter((unit) => has(set, unit))]).toEqual([set, UNITS.filter(holds)]);
  for (let at = 0; at < set.length; at += 2) {
    expect(set[at]).toBeLessThanOrEqual(set[at + 1]!);
    if (at > 0) expect(set[at]).toBeGreaterThan(set[at - 1]! + 1);
  }
}

test('sets of characters are united, cut and turned round as sets of numbers are, whatever the order of their ranges', () => {
  const chance = random(1);
  for (let round = 0; round < soak(500); round += 1) {
    const [one, other] = [rangesOf(chance), rangesOf(chance)];
    const [a, b] = [charSet(one), charSet(other)];
    expectSet(a, (unit) => isIn(one, unit));
    expectSet(complement(a), (unit) => !isIn(one, unit));
    expectSet(union(a, b), (unit) => isIn(one, unit) || isIn(other, unit));
    expectSet(intersection(a, b), (unit) => isIn(one, unit) && isIn(other, unit));
    expectSet(without(a, b), (unit) => isIn(one, unit) && !isIn(other, unit));
    expect(complement(complement(a))).toBe(a);
    expect(union(b, a)).toBe(union(a, b));
  }
});

test('a set is made once, of the characters of a text or from one to another', () => {
  expect(charsOf('cab')).toBe(between('a', 'c'));
  expect(charsOf('ca')).toEqual([97, 97, 99, 99]);
  expect(union(charsOf('x'))).toBe(charsOf('x'));
});
