import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHit, partsOf, plainWords } from '../../src/analysis/keywords.ts';
import { routesOf } from '../../src/analysis/routing.ts';
import { type Edge, rolesOf } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);

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

describe('What an edge loses', () => {
  const condition = fc.oneof(
    fc.constantFrom('urgent', 'outage'),
    fc.dictionary(
      fc.constantFrom('type', 'risk'),
      fc.subarray(['a', 'b'], { minLength: 1 }).map((some) => [...some]),
      { minKeys: 1 },
    ),
    fc.record(
      {
        type: fc.constantFrom(['a'], ['a', 'b']),
        load: fc.constantFrom({ above: 0.5 }, { above: 0.8 }),
        rate: fc.constant({ 'at-most': 3 }),
      },
      { noNullPrototype: true, requiredKeys: ['load'] },
    ),
  );
  const routed = fc
    .record({
      keywords: fc.uniqueArray(fc.constantFrom('x', 'y', 'x y', 'X'), { maxLength: 2 }),
      when: fc.array(condition, { maxLength: 2 }),
      bounded: fc.nat(4).map((chance) => chance === 0),
    })
    .map(({ bounded, ...rest }) => ({ ...rest, ...(bounded ? { 'max-rounds': 2 } : {}) }));
  const seen = { taken: 0, kept: 0 };

  test('under a keyword and a condition goes to the last edge behind it that holds wherever these do', () => {
    fc.assert(
      fc.property(fc.array(routed, { maxLength: 5 }), (edges) => {
        const asked = edges.filter(({ keywords, when }) => keywords.length + when.length > 0);
        const expected = asked.flatMap((edge, at) =>
          orNothing(edge.keywords).flatMap((word) =>
            orNothing(edge.when).map((given) => {
              const taker = asked.findLast(
                (other, later) => later > at && !('max-rounds' in other) && holds(other, word, given),
              );
              return taker && edges.indexOf(taker);
            }),
          ),
        );
        const routes = routesOf(leadOf(edges));
        const found = routes.flatMap(({ ways }) => ways.map(({ taker }) => taker && positionOf(taker)));
        expect(found).toEqual(asked.length < 2 ? [] : expected);
        expect(routes.map((route) => positionOf(route.edge))).toEqual(
          asked.length < 2 ? [] : asked.map((edge) => edges.indexOf(edge)),
        );
        for (const taker of found) seen[taker === undefined ? 'kept' : 'taken']++;
      }),
      { numRuns: 1000 * SOAK },
    );
    expect(Math.min(seen.taken, seen.kept)).toBeGreaterThan(50 * SOAK);
  });

  test('is not asked where edges share the work, or do not delegate', () => {
    const two = [{ keywords: ['x'] }, { keywords: ['x'] }];
    expect(routesOf(leadOf(two))).toHaveLength(2);
    expect(routesOf(leadOf(two, { delegation: { parallel: true } }))).toEqual([]);
    const others = {
      'escalates-to': [
        { role: 'r0', when: 'outage' },
        { role: 'r1', when: 'outage' },
      ],
    };
    expect(routesOf(leadOf([], others))).toEqual([]);
    expect(routesOf(leadOf(two, others))).toHaveLength(2);
  });
});

type Asked = { readonly keywords: readonly string[]; readonly when: readonly (string | object)[] };

function orNothing<T>(some: readonly T[]): readonly (T | undefined)[] {
  return some.length > 0 ? some : [undefined];
}

/** Whether an edge holds for all that is said by a word and a condition. */
function holds({ keywords, when }: Asked, word: string | undefined, given: string | object | undefined): boolean {
  const hit = (own: string) => word !== undefined && ` ${word} `.toLowerCase().includes(` ${own.toLowerCase()} `);
  const follows = (own: string | object) =>
    typeof own === 'string' || typeof given !== 'object'
      ? own === given
      : Object.entries(own).every(([key, wanted]) => {
          const said: unknown = Object.entries(given).find(([other]) => other === key)?.[1];
          return Array.isArray(wanted) && Array.isArray(said)
            ? said.every((value) => wanted.includes(value))
            : JSON.stringify(said) === JSON.stringify(wanted);
        });
  return (keywords.length === 0 || keywords.some(hit)) && (when.length === 0 || when.some(follows));
}

function positionOf(edge: Edge): number {
  return Number(rolesOf(edge.to)[0]!.id.slice(1));
}

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

function leadOf(edges: readonly object[], more: object = {}) {
  const roles = Object.fromEntries(edges.map((_, at) => [`r${at}`, { description: 'Works.' }]));
  const lead = { description: 'Leads.', 'delegates-to': edges.map((one, at) => ({ role: `r${at}`, ...one })), ...more };
  const { team } = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: { lead, ...roles } }));
  return team.roles.get('lead')!;
}
