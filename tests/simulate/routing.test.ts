import { describe, expect, test } from 'vitest';
import { story } from './played.ts';

const SHOP = `
name: shop
entry: lead
roles:
  lead:
    description: Plans.
    tools: [read]
    delegation: { mandatory: true }
    delegates-to:
      - { role: [ann, ben] }
      - { role: ann, keywords: [API, "web page"] }
      - { role: ben, when: { type: schema } }
  ann: { description: Writes., tools: [edit], expertise: { nodejs: advanced } }
  ben: { description: Stores., tools: [edit], expertise: { sql: expert, nodejs: expert } }
`;

const receiver = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.includes(' delegated ')).map((line) => line.split(' ').slice(3).join(' '));

describe('of the edges whose conditions hold', () => {
  test.each([
    ['a keyword counts as a whole word, whatever its case', 'Build an api for orders', 'ann by lead'],
    ['not as a part of one', 'Build a rapid prototype', 'ann by lead'],
    ['several words count in a row', 'A web page for orders', 'ann by lead'],
    ['a skill that the text names decides among several roles', 'Tune the SQL', 'ben by lead'],
  ])('%s', (_, text, expected) => {
    expect(receiver(story(SHOP, `request: ${text}`))).toEqual([expected]);
  });

  test('the last takes the work', () => {
    const lines = story(SHOP, 'request: { text: An API over a table, labels: { type: schema } }');
    expect(receiver(lines)).toEqual(['ben by lead']);
  });

  test('in parallel all of them do', () => {
    const team = SHOP.replace('mandatory: true', 'mandatory: true, parallel: true');
    expect(receiver(story(team, 'request: { text: An API over a table, labels: { type: schema } }'))).toEqual([
      'ann by lead',
      'ben by lead',
    ]);
  });

  test('the expertise that a label asks for goes before the order', () => {
    expect(receiver(story(SHOP, 'request: { text: Anything, labels: { expertise: sql } }'))).toEqual(['ben by lead']);
  });

  test('free hands go before the order', () => {
    const team = SHOP.replace(
      'tools: [edit], expertise: { nodejs: advanced }',
      'tools: [edit], capacity: { slots: 1 }',
    ).replace('tools: [edit], expertise: { sql: expert, nodejs: expert }', 'tools: [edit], capacity: { slots: 2 }');
    expect(receiver(story(team, 'request: Go\ntasks: [{ do: one }, { do: two }]'))).toEqual([
      'ben by lead',
      'ben by lead',
    ]);
    const together = 'request: Go\ntasks: { a: { do: one }, b: { do: two }, c: { do: three } }';
    expect(receiver(story(team, together))).toEqual(['ben by lead', 'ann by lead', 'ben by lead']);
  });

  test('what was handed over at the same moment, or waits for an approval, counts as work already', () => {
    const team = (edge: string): string => `
name: shop
entry: lead
people: { boss: Decides }
roles:
  lead: { description: Leads., tools: [read], delegates-to: { role: [ann, ben]${edge} } }
  ann: { description: Works., tools: [edit], capacity: { slots: 1 } }
  ben: { description: Works., tools: [edit], capacity: { slots: 1 } }
`;
    const plan = 'request: Go\ntasks: { a: { do: it }, b: { do: it }, c: { do: it }, d: { do: it, needs: a } }';
    expect(story(team(''), plan)).toEqual([
      '0:00 request requested lead',
      '0:00 a delegated ann by lead',
      '0:00 b delegated ben by lead',
      '0:00 c delegated ann by lead',
      '0:30 a done ann',
      '0:30 b done ben',
      '0:30 d delegated ben by lead',
      '1:00 c done ann',
      '1:00 d done ben',
      '1:00 request done lead',
      'done',
    ]);
    expect(receiver(story(team(', approval: boss'), plan))).toEqual([
      'ann by lead',
      'ben by lead',
      'ann by lead',
      'ben by lead',
    ]);
  });
});

test('of two who are busy the one with the shorter queue gets more', () => {
  const team = `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: [{ role: [ann, ben] }, { role: ann, keywords: words }, { role: ops, keywords: prepare }] }
  ann: { description: Works., tools: [edit], capacity: { slots: 1 } }
  ben: { description: Works., tools: [edit], capacity: { slots: 1 } }
  ops: { description: Prepares., tools: [edit] }
`;
  const plan = `request: Go
tasks:
  a: { do: words, effort: 1h }
  b: { do: words, effort: 1h }
  c: { do: it, to: ben, effort: 1h }
  first: { do: prepare, effort: 1m }
  d: { do: it, needs: first }
  e: { do: it, needs: first }
`;
  expect(receiver(story(team, plan)).slice(-2)).toEqual(['ben by lead', 'ann by lead']);
});

test('a plan that names a role far below goes down the edges to it', () => {
  const team = `
name: deep
entry: top
roles:
  top: { description: Leads., tools: [read], delegates-to: middle }
  middle: { description: Splits., tools: [read], delegates-to: low }
  low: { description: Works., tools: [edit] }
`;
  expect(story(team, 'request: Go\ntasks: { work: { do: it, to: low, effort: 1h } }')).toEqual([
    '0:00 request requested top',
    '0:00 work delegated middle by top',
    '0:00 work/low delegated low by middle',
    '1:00 work/low done low',
    '1:00 work done middle',
    '1:00 request done top',
    'done',
  ]);
});

test('what nobody may be handed fails, and climbs', () => {
  const team = `
name: apart
entry: lead
escalation: [{ by: escalates-to }]
roles:
  lead: { description: Leads., tools: [read], delegates-to: dev, escalates-to: { person: user } }
  dev: { description: Works., tools: [edit] }
  spy: { description: Apart., tools: [read] }
`;
  expect(story(team, 'request: Go\ntasks: { work: { do: it, to: spy } }')).toEqual([
    '0:00 request requested lead',
    '0:00 work failed lead no-route',
    '0:00 work escalated lead to user escalates-to no-route',
    '0:10 work answered lead by user decides',
    '0:10 work failed lead no-route',
    '0:10 work escalated lead to user user no-route',
    '0:20 work answered lead by user settles it',
    '0:20 request done lead',
    'done',
  ]);
});

test('an example that is near splits the request, and one that is not does not', () => {
  const team = `
name: shop
entry: lead
roles:
  lead:
    description: Plans.
    tools: [read]
    delegates-to: [ann, ben]
    examples:
      - request: Customers can return an order online
        tasks: { contract: { do: Design it, to: ann }, build: { do: Build it, to: ben, needs: contract } }
  ann: { description: Designs., tools: [edit] }
  ben: { description: Builds., tools: [edit] }
`;
  expect(receiver(story(team, 'request: Customers return orders online'))).toEqual(['ann by lead', 'ben by lead']);
  expect(receiver(story(team, 'request: Replace the logo'))).toEqual(['ben by lead']);
});

test('a role that can act does what remains once the others have had their part', () => {
  const team = `
name: pair
entry: dev
roles:
  dev: { description: Works., tools: [edit, shell], delegates-to: { role: judge, keywords: security } }
  judge: { description: Judges., tools: [read] }
`;
  expect(story(team, 'request: Mend the security of logins')).toEqual([
    '0:00 request requested dev',
    '0:00 judge delegated judge by dev',
    '0:30 judge done judge',
    '1:00 rest done dev',
    '1:00 request done dev',
    'done',
  ]);
});

test('a role may hand work on only so deep', () => {
  const team = `
name: deep
entry: top
roles:
  top: { description: Leads., tools: [read], delegates-to: middle, delegation: { depth: 1 } }
  middle: { description: Splits., tools: [read], delegates-to: low }
  low: { description: Works., tools: [edit] }
`;
  expect(story(team, 'request: Go')).toEqual([
    '0:00 request requested top',
    '0:00 middle delegated middle by top',
    '0:00 middle/low refused middle to low delegate low deny',
    '0:30 middle/low done middle',
    '0:30 middle done middle',
    '0:30 request done top',
    'done',
  ]);
});

test('a step that depends on a label is left out where the request does not have it', () => {
  const tasks =
    'tasks: { a: { do: build, effort: 1h }, b: { do: audit, needs: a, when: { security: high }, effort: 1h }, c: { do: ship, needs: [a, b], effort: 1h } }';
  const done = (request: string): readonly string[] =>
    story(SHOP, `${request}\n${tasks}`).filter((line) => /done (?:ann|ben)/.test(line));
  expect(done('request: Go').map((line) => line.split(' ')[1])).toEqual(['a', 'c']);
  expect(done('request: { text: Go, labels: { security: high } }').map((line) => line.split(' ')[1])).toEqual([
    'a',
    'b',
    'c',
  ]);
});
