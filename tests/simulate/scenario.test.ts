import { expect, test } from 'vitest';
import { story, wrongWith } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides }
roles:
  lead: { description: Leads., tools: [read], delegates-to: dev, quality-gates: { check: [it works] } }
  dev: { description: Works., tools: [edit] }
`;

test.each([
  [
    'a role that is not there',
    'request: { to: led, text: Go }',
    'request/to: There is no role "led". Did you mean "lead"?',
  ],
  [
    'a task that is not there',
    'request: Go\ntasks: { a: { do: it, needs: b } }',
    'tasks/a/needs: There is no task "b". Did you mean "a"?',
  ],
  [
    'tasks that wait for each other',
    'request: Go\ntasks: { a: { do: it, needs: b }, b: { do: it, needs: a } }',
    'tasks/a/needs: Tasks wait for each other: a needs b needs a.',
  ],
  [
    'a tool that is not there',
    'request: Go\ntasks: { a: { do: it, calls: { shel: ls } } }',
    'tasks/a/calls/shel: There is no tool "shel". Did you mean "shell"?',
  ],
  [
    'outcomes that add up to less',
    'request: Go\noutcomes: { "*": { ok: 80%, red: 10% } }',
    'outcomes/*: The outcomes of "*" add up to 90%; they must add up to 100%.',
  ],
  [
    'outcomes of nobody',
    'request: Go\noutcomes: { dve: { ok: 100% } }',
    'outcomes/dve: There is no task or role "dve". Did you mean "dev"?',
  ],
  [
    'a negative share',
    'request: Go\noutcomes: { "*": { ok: -10% } }',
    'outcomes/*/ok: "outcomes.*.ok" is "-10%", and should look like "85%".',
  ],
  ['a unit that makes no sense', 'request: Go\nlimits: { wall: 3 parsecs }', 'limits/wall: '],
  [
    'a person who is not there',
    'request: Go\npeople: { bos: { approves: 50% } }',
    'people/bos: There is no person "bos". Did you mean "boss"?',
  ],
  [
    'hours that run backwards',
    'request: Go\npeople: { boss: { hours: "18:00-09:00" } }',
    'people/boss/hours: "18:00-09:00" is no time of day: write the earlier hour first, and nothing after 24:00.',
  ],
  [
    'a chance above all',
    'request: Go\nfaults: [{ mode: FM-1.1, chance: 120% }]',
    'faults/0/chance: A chance is at most 100%.',
  ],
  [
    'a fault of nobody',
    'request: Go\nfaults: [{ unavailable: dov }]',
    'faults/0/unavailable: There is no role "dov". Did you mean "dev"?',
  ],
  [
    'an event with two words',
    'request: Go\nexpect: [{ never: { delegated: dev, passed: check } }]',
    'expect/0/never: An event is described by exactly one of its words. There are: requested, delegated, called, asked, answered, approved, refused, failed, escalated, passed and done.',
  ],
  [
    'a gate that is not there',
    'request: Go\nexpect: [{ eventually: { passed: chek } }]',
    'expect/0/eventually/passed: There is no gate or task "chek". Did you mean "check"?',
  ],
  [
    'a class that nobody speaks of',
    'request: Go\nexpect: [{ never: { failed: timeot } }]',
    'expect/0/never/failed: There is no failure class, role or task "timeot". Did you mean "timeout"?',
  ],
  [
    'a count without a bound',
    'request: Go\nexpect: [{ count: delegated }]',
    'expect/0: This expectation needs a bound. There are: at-least, at-most, above and below.',
  ],
  [
    'a share above all',
    'request: Go\nexpect: [{ share: done, at-least: 150% }]',
    'expect/0/at-least: A share is at most 100%.',
  ],
  [
    'a confidence that nothing can have',
    'request: Go\nexpect: [{ share: done, at-least: 50%, confidence: 100% }]',
    'expect/0/confidence: A confidence lies between 0% and 100%: certain is nothing that chance decides.',
  ],
  [
    'a task that waits for itself',
    'request: Go\ntasks: { a: { do: it, needs: a } }',
    'tasks/a/needs: Tasks wait for each other: a needs a.',
  ],
  [
    'no time at all to work in',
    'request: Go\nlimits: { turns: 0 }',
    'limits/turns: "limits.turns" is 0; it must be at least 1.',
  ],
  [
    'nobody who may work at once',
    'request: Go\nlimits: { concurrent: 0 }',
    'limits/concurrent: "limits.concurrent" is 0; it must be at least 1.',
  ],
  [
    'more yes than there are questions',
    'request: Go\npeople: { boss: { approves: 130% } }',
    'people/boss/approves: Nobody can approve 130% of what is asked.',
  ],
  [
    'a failure mode that is not there',
    'request: Go\nfaults: [{ mode: FM-9.9 }]',
    'faults/0/mode: "faults[1].mode" is "FM-9.9", and should look like "FM-1.3".',
  ],
  [
    'a key that is misspelt',
    'request: Go\nlimit: { depth: 3 }',
    'limit: There is no key "limit". Did you mean "limits"?',
  ],
  ['no request at all', 'tasks: { a: { do: it } }', ': This file needs "request".'],
])('%s is told at its place', (_, scenario, expected) => {
  expect(wrongWith(TEAM, scenario).join('\n')).toContain(expected.replace(/^: /, ''));
});

test.each([
  ['depth', '0'],
  ['tokens', '0'],
  ['cost', '0'],
  ['wall', '0m'],
])('nothing goes on past a limit of zero, which is named: %s', (limit, zero) => {
  const lines = story(TEAM, `request: Go\nlimits: { ${limit}: ${zero} }`);
  expect(lines.at(-1)).toBe(`stopped by the limit ${limit}`);
});

test('a request to people of whom nobody ever approves ends all the same', () => {
  const team = TEAM.replace('delegates-to: dev', 'delegates-to: { role: dev, approval: boss }');
  const people = 'people: { boss: { approves: 0% }, user: { approves: 0% } }';
  expect(story(team, `request: Go\n${people}`).at(-1)).toBe('failed');
});

test('ninety thousand tasks are played, and a file with a million names its limit', { timeout: 60_000 }, () => {
  const tasks = (count: number): string => `request: Go\nlimits: { wall: 9999d }\ntasks:\n${'  - a\n'.repeat(count)}`;
  expect(story(TEAM, tasks(90_000)).at(-1)).toBe('done');
  expect(wrongWith(TEAM, tasks(1_000_000)).join()).toContain('teamc reads at most 2000000');
});
