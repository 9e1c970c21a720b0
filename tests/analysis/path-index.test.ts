import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedPath } from '../../src/analysis/ownership.ts';
import { PathIndex } from '../../src/analysis/path-index.ts';

const segment = fc.constantFrom('a', 'b', '*', '**', 'a*', '.');
const pattern = fc
  .array(segment, { minLength: 1, maxLength: 3 })
  .map((segments) => segments.join('/'))
  .filter((text) => text !== '.' && !text.endsWith('/.'));

test('patterns that share a path are near each other', () => {
  fc.assert(
    fc.property(pattern, fc.array(pattern, { maxLength: 6 }), (asked, others) => {
      const index = new PathIndex<string>();
      for (const other of others) index.add(other, other);
      const near = new Set(index.near(asked));
      expect(others.filter((other) => sharedPath(asked, other) !== undefined && !near.has(other))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('a folder of its own keeps away from the others', () => {
  const index = new PathIndex<string>();
  for (const path of ['api/**', 'web/**', 'api/v1/x.ts', '**/*.sql']) index.add(path, path);
  expect(index.near('api/v1/**')).toEqual(['**/*.sql', 'api/**', 'api/v1/x.ts']);
});
