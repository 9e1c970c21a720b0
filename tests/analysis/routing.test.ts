import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHit, partsOf, plainWords } from '../../src/analysis/keywords.ts';
import { routesOf } from '../../src/analysis/routing.ts';
import { loadText } from '../memory.ts';

const words = fc.array(fc.constantFrom('api', 'c', 'c++', 'rest', 'ci/cd', 'node.js', '-'), {
  minLength: 1,
  maxLength: 3,
});
const keyword = words.map((some) => some.join(' '));

describe('Keywords', () => {
  test.each([
    ['REST', 'Build a rest API', true],
    ['REST', 'Open a restaurant', false],
    ['C', 'Write it in C++', false],
    ['API design', 'review the  api\tdesign', true],
    ['cd', 'mend the CI/CD pipeline', true],
    ['größe', 'Die GRÖSSE zählt', false],
  ])('whether "%s" is in "%s"', (key, request, hit) => {
    expect(isHit(key, request)).toBe(hit);
  });

  test('are compared without regard to case and to how wide a blank is', () => {
    expect(plainWords('  API \t design ')).toBe('api design');
    expect(partsOf('Api  c++')).toEqual(['api', 'api c++', 'c++']);
  });

  test('the parts of a request are the keywords that it hits', () => {
    fc.assert(
      fc.property(keyword, keyword, (key, request) => {
        expect(partsOf(request).includes(plainWords(key))).toBe(isHit(key, request));
      }),
    );
  });
});

interface Written {
  readonly keywords: readonly string[];
  readonly when: readonly Readonly<Record<string, readonly string[]>>[];
}

const labels = fc.dictionary(
  fc.constantFrom('type', 'risk'),
  fc.subarray(['a', 'b'], { minLength: 1 }).map((some) => [...some]),
  { minKeys: 1, maxKeys: 2 },
);
const edge: fc.Arbitrary<Written> = fc
  .record({
    keywords: fc.uniqueArray(fc.constantFrom('x', 'y', 'x y'), { maxLength: 2 }),
    when: fc.array(labels, { maxLength: 2 }),
  })
  .filter(({ keywords, when }) => keywords.length + when.length > 0);

describe('An edge whose work is always taken', () => {
  test('gets no request at all, whatever its words and labels', () => {
    fc.assert(
      fc.property(fc.array(edge, { minLength: 2, maxLength: 4 }), (edges) => {
        const routes = routesOf(leadOf(edges));
        for (const [position, { ways }] of routes.entries()) {
          const taken = ways.every(({ taker }) => taker !== undefined);
          if (taken) expect(REQUESTS.filter((request) => winner(edges, request) === position)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

interface Request {
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
}

const REQUESTS: readonly Request[] = ['', 'x', 'y', 'x y', 'y x'].flatMap((text) =>
  [undefined, 'a', 'b'].flatMap((type) =>
    [undefined, 'a', 'b'].map((risk) => ({ text, labels: { ...(type ? { type } : {}), ...(risk ? { risk } : {}) } })),
  ),
);

/** The edge that a request goes to by the words of the language: the last one that holds. */
function winner(edges: readonly Written[], { text, labels: given }: Request): number {
  return edges.findLastIndex(
    ({ keywords, when }) =>
      (keywords.length === 0 || keywords.some((key) => ` ${text} `.includes(` ${key} `))) &&
      (when.length === 0 ||
        when.some((one) => Object.entries(one).every(([label, values]) => values.includes(given[label] ?? '')))),
  );
}

function leadOf(edges: readonly Written[]) {
  const roles = Object.fromEntries(edges.map((_, at) => [`r${at}`, { description: 'Works.' }]));
  const lead = { description: 'Leads.', 'delegates-to': edges.map((one, at) => ({ role: `r${at}`, ...one })) };
  const { team } = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: { lead, ...roles } }));
  return team.roles.get('lead')!;
}
