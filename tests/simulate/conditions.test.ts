import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasWord } from '../../src/simulate/conditions.ts';
import { account, story } from './played.ts';

describe('a word', () => {
  const piece = fc.constantFrom('api', 'API', 'web', 'é', '_', '3', ' ', '-', '.', 'İ', 'ß', 'n');
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

  test('is in a text where neither a letter, a number nor an underscore stands beside it, whatever its case', () => {
    fc.assert(
      fc.property(text, fc.array(piece, { minLength: 1, maxLength: 3 }), (line, pieces) => {
        const word = pieces.join('');
        const bare = word.toLowerCase().trim();
        const escaped = bare.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
        const isThere = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u');
        expect(hasWord(line, word)).toBe(bare !== '' && isThere.test(line.toLowerCase()));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['Build an API.', 'api', true],
    ['Build an API.', '  api ', true],
    ['Build apis', 'api', false],
    ['A webapi', 'api', false],
    ['A rapid api', 'api', true],
    ['api_v2', 'api', false],
    ['api2', 'api', false],
    ['éapi', 'api', false],
    ['anything', '', false],
    ['anything', '  ', false],
  ])('%j holds %j: %s', (line, word, expected) => {
    expect(hasWord(line, word)).toBe(expected);
  });
});

const team = (when: string, edge = 'role: dev'): string => `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: [ops, { ${edge}, when: ${when} }] }
  dev: { description: Works., tools: [edit], expertise: { sql: expert, css: beginner } }
  cat: { description: Works., tools: [edit], expertise: { sql: beginner, css: intermediate } }
  ops: { description: Ships., tools: [edit] }
`;

/** Who gets a request with such labels, and why. */
function taken(when: string, labels: string, edge?: string): string {
  const line = account(team(when, edge), `request: { text: Go, labels: ${labels} }`).find((each) =>
    each.includes('delegated'),
  )!;
  const [who, why] = line.split(' | ');
  return `${who!.split(' ')[3]}: ${why}`;
}

const NOBODY = 'ops: no more specific edge takes it';

describe('an edge takes work', () => {
  test.each([
    ['release', '{ type: release }', 'dev: it is about release'],
    ['release', '{ type: [schema, release] }', 'dev: it is about release'],
    ['release', '{ release: true }', 'dev: it is about release'],
    ['release', '{ release: soon }', 'dev: it is about release'],
    ['release', '{ release: false }', NOBODY],
    ['release', '{ type: { release: big } }', 'dev: it is about release'],
    ['big', '{ type: { release: big } }', 'dev: it is about big'],
    ['release', '{ type: schema }', NOBODY],
    ['release', '{}', NOBODY],
    ['{ type: release }', '{ type: release }', 'dev: type is release'],
    ['{ type: [schema, release] }', '{ type: [web, release] }', 'dev: type is release'],
    ['{ type: release }', '{ type: schema }', NOBODY],
    ['{ type: release }', '{ kind: release }', NOBODY],
    ['{ type: release, risk: high }', '{ type: release, risk: high }', 'dev: type is release and risk is high'],
    ['{ type: release, risk: high }', '{ type: release }', NOBODY],
    ['[{ type: release }, { risk: high }]', '{ risk: high }', 'dev: risk is high'],
    ['{ size: 3 }', '{ size: 3 }', 'dev: size is 3'],
  ])('when %s, of that with the labels %s: %s', (when, labels, expected) => {
    expect(taken(when, labels)).toBe(expected);
  });

  test.each([
    ['{ expertise: sql }', 'dev', 'has sql: expert'],
    ['{ expertise: css }', 'cat', 'has css: intermediate'],
    ['{ expertise: [sql, css] }', 'dev', 'has sql: expert, css: beginner'],
    ['{ expertise: go }', 'dev', 'comes first'],
  ])('of several roles the one with the most of what is asked for: %s', (labels, who, why) => {
    expect(taken('{ urgent: [yes] }', `{ urgent: yes, ${labels.slice(1)}`, 'role: [dev, cat]')).toBe(
      `${who}: urgent is yes; ${why}`,
    );
  });
});

test('a load that has to last is measured against all that a role can do in that time', () => {
  const receiver = (effort: string, when: string): string => {
    const lines = account(
      `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: [dev, { role: spare, when: { utilization: { of: dev, ${when} } } }, { role: ops, keywords: prepare }] }
  dev: { description: Works., tools: [edit], capacity: { slots: 1, hours-per-day: 8 } }
  ops: { description: Ships., tools: [edit] }
  spare: { description: Works., tools: [edit] }
`,
      `request: Go
tasks: { long: { do: it, to: dev, effort: ${effort} }, first: { do: prepare, effort: 1m }, next: { do: it, needs: first } }`,
    );
    const [who, why] = lines.find((line) => line.includes(' next delegated '))!.split(' | ');
    return `${who!.split(' ')[3]}: ${why}`;
  };
  expect(receiver('5h', 'above: 60%')).toBe('spare: utilization of dev is 63%');
  expect(receiver('4h', 'above: 60%')).toBe('dev: no more specific edge takes it');
  expect(receiver('9h', 'above: 50%, lasting: 2d')).toBe('spare: utilization of dev is 56%');
  expect(receiver('8h', 'above: 50%, lasting: 2d')).toBe('dev: no more specific edge takes it');
  expect(receiver('5h', 'above: 60%, below: 62%')).toBe('dev: no more specific edge takes it');
});

test('only edges of delegation are ways down to a role that the plan names', () => {
  const chain = (edges: string): readonly string[] =>
    story(
      `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: mid }
  mid: { description: Leads., tools: [read], ${edges} }
  dev: { description: Works., tools: [edit] }
  ops: { description: Ships., tools: [edit] }
`,
      'request: Go\ntasks: { a: { do: it, to: dev } }',
    );
  expect(chain('delegates-to: [ops, dev]')).toContain('0:00 a/dev delegated dev by mid');
  expect(chain('delegates-to: ops, escalates-to: dev, collaborates-with: dev')).toContain(
    '0:00 a failed lead no-route',
  );
});
