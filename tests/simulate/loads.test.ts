import { expect, test } from 'vitest';
import { account } from './played.ts';

const team = (lead: string, more = ''): string => `
name: shop
entry: lead
people: { boss: Decides }
groups: { makers: [dev, ops] }
roles:
  lead: { description: Leads., tools: [read], delegates-to: [dev, { role: ops, keywords: ship }, { role: spare, when: { utilization: { of: dev, above: 50% } } }]${lead} }
  chief: { description: Decides., tools: [read] }
  dev: { description: Works., tools: [edit], capacity: { slots: 1, hours-per-day: 8, utilization: { warning: 50%, critical: 100% } } }
  ops: { description: Ships., tools: [edit], capacity: { slots: 2, hours-per-day: 10 } }
  spare: { description: Works., tools: [edit] }
${more}`;

const UP = (when: string, to = 'role: chief'): string =>
  `, escalates-to: { ${to}, when: ${when}, because: a date moves }`;

/** Tasks that come in one after the other, with who gets each and how long it takes. */
const plan = (...tasks: readonly (readonly [to: string, effort: string])[]): string =>
  `request: Go\ntasks: { ${tasks.map(([to, effort], at) => `t${at}: { do: it, to: ${to}, effort: ${effort} }`).join(', ')} }`;

const told = (text: string, scenario: string): readonly string[] =>
  account(text, scenario).filter((line) => line.includes('utilization'));

test('a load that is just at a mark is not told of', () => {
  expect(told(team(''), plan(['dev', '4h']))).toEqual([]);
  expect(told(team(''), plan(['dev', '241m'])).length).toBe(1);
  const warned = (lines: readonly string[]): readonly string[] => lines.map((line) => line.split(' ')[5]!);
  expect(warned(told(team(''), plan(['dev', '8h'])))).toEqual(['utilization-warning']);
  expect(warned(told(team(''), plan(['dev', '481m'])))).toEqual(['utilization-critical']);
});

test('a role is told of above its marks, once each time that it comes to that', () => {
  expect(told(team(''), plan(['dev', '4h'], ['dev', '1m'], ['dev', '1m'], ['dev', '10h']))).toEqual([
    '0:00 t1 escalated dev utilization utilization-warning | 50% of its day is booked, above the warning mark of 50% | @roles/dev/capacity/utilization/warning',
    '0:00 t3 escalated dev utilization utilization-critical | 175% of its day is booked, above the critical mark of 100% | @roles/dev/capacity/utilization/critical',
  ]);
  expect(told(team(''), plan(['dev', '4h']))).toEqual([]);
  expect(told(team(''), plan(['dev', '9h']))).toEqual([
    '0:00 t0 escalated dev utilization utilization-critical | 113% of its day is booked, above the critical mark of 100% | @roles/dev/capacity/utilization/critical',
  ]);
  expect(told(team(''), plan(['ops', '40h']))).toEqual([]);
});

test('a role that has come down from a mark is told of when it comes to it again', () => {
  const waves = `request: Go
tasks: { a: { do: it, to: dev, effort: 5h }, b: { do: it, to: dev, effort: 5h, needs: a }, c: { do: it, to: dev, effort: 1h, needs: b } }`;
  expect(told(team(''), waves)).toEqual([
    '0:00 a escalated dev utilization utilization-warning | 63% of its day is booked, above the warning mark of 50% | @roles/dev/capacity/utilization/warning',
    '5:00 b escalated dev utilization utilization-warning | 63% of its day is booked, above the warning mark of 50% | @roles/dev/capacity/utilization/warning',
  ]);
  const retried = plan(['dev', '5h']).concat('\noutcomes: { t0: [red, ok] }');
  expect(told(team(''), retried).length).toBe(1);
});

test('a role that has come down to a lower mark is not told of that mark once more', () => {
  const scenario = `request: Go
tasks: { a: { do: it, to: dev, effort: 5h }, b: { do: it, to: dev, effort: 5h }, c: { do: it, to: ops, effort: 6h }, d: { do: it, to: dev, effort: 1m, needs: c } }`;
  expect(told(team(''), scenario).map((line) => line.split(' | ')[0])).toEqual([
    '0:00 a escalated dev utilization utilization-warning',
    '0:00 b escalated dev utilization utilization-critical',
  ]);
});

test('all measures of a condition have to hold, and which one it was of several is said', () => {
  const both = '{ utilization: { of: ops, above: 10% } }';
  const text = team(UP(`[{ utilization: { of: spare, above: 10% } }, ${both}]`));
  expect(told(text, plan(['ops', '10h'])).map((line) => line.split(' | ')[1])).toEqual([
    'utilization of ops is 50%: a date moves',
  ]);
  const plain = team(', escalates-to: { role: chief, when: { utilization: { of: ops, above: 10% } } }');
  expect(told(plain, plan(['ops', '10h'])).map((line) => line.split(' | ')[1])).toEqual(['utilization of ops is 50%']);
});

test('an escalation edge tells when a load comes to hold, and again after it had passed', () => {
  const text = team(UP('{ utilization: { of: ops, above: 50% } }'));
  expect(told(text, plan(['ops', '10h'], ['ops', '1h'], ['ops', '1h']))).toEqual([
    '0:00 t1 escalated lead to chief utilization utilization | utilization of ops is 55%: a date moves | @roles/lead/escalates-to',
  ]);
  const waves = `request: Go
tasks: { a: { do: it, to: ops, effort: 11h }, b: { do: it, to: ops, effort: 11h, needs: a }, c: { do: it, to: ops, effort: 1h, needs: b } }`;
  expect(told(text, waves)).toEqual([
    '0:00 a escalated lead to chief utilization utilization | utilization of ops is 55%: a date moves | @roles/lead/escalates-to',
    '1d 1:00 b escalated lead to chief utilization utilization | utilization of ops is 55%: a date moves | @roles/lead/escalates-to',
  ]);
});

test('a load may be that of a group, of several bounds, over several days, and go to a person', () => {
  const held = (when: string, ...tasks: readonly (readonly [string, string])[]): readonly string[] =>
    told(team(UP(when, 'person: boss')), plan(...tasks)).filter((line) => line.includes('lead'));
  expect(held('{ utilization: { of: makers, at-least: 50% } }', ['ops', '14h'])).toEqual([
    '0:00 t0 escalated lead to boss utilization utilization | utilization of makers is 50%: a date moves | @roles/lead/escalates-to',
  ]);
  expect(held('{ utilization: { of: makers, above: 50% } }', ['ops', '14h'])).toEqual([]);
  expect(held('{ utilization: { of: makers, above: 50%, lasting: 2d } }', ['ops', '28h'])).toEqual([]);
  expect(held('{ utilization: { of: makers, above: 50%, lasting: 2d } }', ['ops', '29h'])).toEqual([
    '0:00 t0 escalated lead to boss utilization utilization | utilization of makers is 52%: a date moves | @roles/lead/escalates-to',
  ]);
  expect(held('{ utilization: { of: makers, above: 10%, below: 50% } }', ['ops', '14h'])).toEqual([]);
  expect(held('{ utilization: { of: makers, above: 10%, below: 50% } }', ['ops', '13h'])).toEqual([
    '0:00 t0 escalated lead to boss utilization utilization | utilization of makers is 46%: a date moves | @roles/lead/escalates-to',
  ]);
});

test('a load that goes with labels or words is told to nobody, as no work is looked at', () => {
  const held = (when: string): readonly string[] => told(team(UP(when)), plan(['ops', '14h']));
  expect(held('{ utilization: { of: ops, above: 10% }, type: schema }')).toEqual([]);
  expect(held('[slow, { utilization: { of: ops, above: 10% } }]').length).toBe(1);
  expect(held('[{ type: schema }, { utilization: { of: ops, above: 10% } }]').length).toBe(1);
  expect(held('[{ type: schema }, slow]')).toEqual([]);
});

test('work goes another way while somebody has too much of it', () => {
  const scenario = `request: Go
tasks: { first: { do: it, to: self, effort: 1h }, a: { do: it, effort: EFFORT }, b: { do: it, needs: first, effort: 1h } }`;
  const second = (effort: string): string =>
    account(team(''), scenario.replace('EFFORT', effort)).filter((line) => line.includes('delegated'))[1]!;
  expect(second('4h')).toEqual(
    '1:00 b delegated dev by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
  );
  expect(second('5h')).toEqual(
    '1:00 b delegated spare by lead | utilization of dev is 63% | @roles/lead/delegates-to/2',
  );
});
