import { expect, test } from 'vitest';
import { erlangC, loadThatKeeps, sojourn } from '../../src/analysis/queue.ts';

/** The formula as it stands in books, good for few slots. */
function byTheBook(slots: number, load: number): number {
  const offered = slots * load;
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const waiting = offered ** slots / factorial(slots) / (1 - load);
  const free = Array.from({ length: slots }, (_, busy) => offered ** busy / factorial(busy));
  return waiting / (free.reduce((sum, one) => sum + one, 0) + waiting);
}

test.each([1, 2, 3, 5, 12])('with %i slots a task waits as often as Erlang says', (slots) => {
  for (const load of [0, 0.1, 0.5, 0.8, 0.99]) expect(erlangC(slots, load)).toBeCloseTo(byTheBook(slots, load), 10);
});

test('with one slot the time grows as 1 / (1 - load)', () => {
  expect(sojourn(4, 1, 0.5)).toBeCloseTo(8);
  expect(sojourn(4, 1, 0.75)).toBeCloseTo(16);
});

test('the load that keeps a bound is the one at which the time reaches it', () => {
  for (const slots of [1, 2, 7]) expect(sojourn(3, slots, loadThatKeeps(5, 3, slots))).toBeCloseTo(5, 6);
  expect(loadThatKeeps(3, 4, 2)).toBe(0);
  expect(loadThatKeeps(8, 4, 1_000_000_000)).toBeGreaterThan(0.99);
});
