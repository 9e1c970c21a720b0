import { expect, test } from 'vitest';
import { nearestExample } from '../../src/simulate/nearest.ts';
import type { Example } from '../../src/team/team.ts';

const example = (request: string, tasks = 1): Example =>
  ({ request, tasks: Array.from({ length: tasks }) }) as unknown as Example;

/** Which example is nearest to a request, and how near. */
function nearest(text: string, ...requests: readonly string[]): string | undefined {
  const found = nearestExample(
    text,
    requests.map((each) => example(each)),
  );
  return found && `${found.example.request}: ${found.share.toFixed(2)}`;
}

test('the example with the greatest share of common words is near, the first of equals, and none with few', () => {
  expect(nearest('Orders of customers', 'orders customers', 'orders')).toBe('orders customers: 1.00');
  expect(nearest('Orders of customers', 'orders', 'orders customers')).toBe('orders customers: 1.00');
  expect(nearest('Red green', 'red blue', 'green blue')).toBe('red blue: 0.50');
  expect(nearest('one two three', 'one four five')).toBeUndefined();
  expect(nearest('one two three', 'one two five six')).toBe('one two five six: 0.57');
  expect(nearest('anything', '')).toBeUndefined();
  expect(nearest('', '')).toBeUndefined();
});

test('words that stand in every request, capitals, signs and common endings make no difference', () => {
  expect(nearest('Please RETURN the order!', 'please, return an order')).toBe('please, return an order: 1.00');
  expect(nearest('Returning orders', 'returned order')).toBe('returned order: 1.00');
  expect(nearest('buses', 'bus')).toBe('bus: 1.00');
  expect(nearest('is it', 'so that')).toBeUndefined();
});

test('a short word keeps its end, and an end is one only at the end', () => {
  expect(nearest('css', 'cs')).toBeUndefined();
  expect(nearest('news', 'new order')).toBeUndefined();
  expect(nearest('ingress', 'ress')).toBeUndefined();
});

test('an example without tasks splits nothing', () => {
  expect(nearestExample('order', [example('order', 0)])).toBeUndefined();
  expect(nearestExample('order', [example('order', 0), example('order', 2)])?.share).toBe(1);
});
