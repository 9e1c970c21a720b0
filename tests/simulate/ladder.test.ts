import { describe, expect, test } from 'vitest';
import { story } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides }
escalation:
  - { name: again, by: self, when: red, retries: 2 }
  - { name: peers, by: peers, when: slow }
  - { name: lead, by: delegator, timeout: 4h }
  - { name: up, by: escalates-to, when: [deep, slow] }
  - { name: a person, by: { person: boss } }
roles:
  lead: { description: Leads., tools: [read], delegates-to: [ann, ben], escalates-to: { role: chief, when: deep } }
  ann: { description: Works., tools: [edit], collaborates-with: [{ role: cat, when: slow }, { role: ben, when: other }] }
  ben: { description: Works., tools: [edit] }
  cat: { description: Knows., tools: [read] }
  chief: { description: Decides., tools: [read] }
`;

const plan = (outcomes: string, more = ''): string =>
  `request: Go\ntasks: { work: { do: it, to: ann, effort: 1h } }\noutcomes: { work: ${outcomes} }\n${more}`;

/** Everything that happens to the task after it was handed over. */
const climbed = (lines: readonly string[]): readonly string[] =>
  lines.slice(2, -2).map((line) => line.replace(' work', ''));

describe('a failure', () => {
  test('is retried by the role itself, which takes a quarter of the effort', () => {
    expect(climbed(story(TEAM, plan('[red, red, ok]')))).toEqual([
      '1:00 failed ann red',
      '1:00 escalated ann to ann again red',
      '1:15 failed ann red',
      '1:15 escalated ann to ann again red',
      '1:30 done ann',
    ]);
  });

  test('enters at the first step that names its class, and asks the peers for that class', () => {
    expect(climbed(story(TEAM, plan('[slow, ok]')))).toEqual([
      '1:00 failed ann slow',
      '1:00 escalated ann to cat peers slow',
      '1:00 asked ann to cat',
      '1:10 answered ann by cat advice',
      '1:25 done ann',
    ]);
  });

  test('of another class enters at the first step without classes; whoever handed the work over guides, then gives it to another', () => {
    expect(climbed(story(TEAM, plan('[odd, odd, ok]')))).toEqual([
      '1:00 failed ann odd',
      '1:00 escalated ann to lead lead odd',
      '1:10 answered ann by lead guides',
      '1:25 failed ann odd',
      '1:25 delegated ben by lead',
      '2:25 done ben',
    ]);
  });

  test("climbs the holder's edge for the class, and ends at the person", () => {
    expect(climbed(story(TEAM, plan('[odd, deep]')))).toEqual([
      '1:00 failed ann odd',
      '1:00 escalated ann to lead lead odd',
      '1:10 answered ann by lead guides',
      '1:25 failed ann deep',
      '1:25 delegated ben by lead',
      '2:25 failed ben deep',
      '2:25 escalated ben to chief up deep',
      '2:35 answered ben by chief guides',
      '2:50 failed ben deep',
      '2:50 escalated ben to boss a person deep',
      '3:00 answered ben by boss settles it',
    ]);
  });

  test('goes past a step where nobody is found, and past the last one to the user', () => {
    const team = `
name: lone
entry: dev
escalation: [{ by: self }, { by: delegator }]
roles: { dev: { description: Works., tools: [edit] } }
`;
    expect(story(team, 'request: Go\noutcomes: { "*": [red] }')).toEqual([
      '0:00 request requested dev',
      '0:30 request failed dev red',
      '0:30 request escalated dev to dev self red',
      '0:37 request failed dev red',
      '0:37 request escalated dev to user user red',
      '0:47 request answered dev by user settles it',
      'escalated',
    ]);
  });

  test('goes on when the time of a step is out', () => {
    const away = 'faults: [{ unavailable: lead }]';
    expect(climbed(story(TEAM, plan('[odd]', away))).slice(1, 3)).toEqual([
      '1:00 escalated ann to lead lead odd',
      '5:00 escalated ann to boss a person odd',
    ]);
  });

  test('that a person gives up takes along whoever needs the work', () => {
    const scenario = `request: Go
tasks: { a: { do: one, to: ann, effort: 1h }, b: { do: two, to: ben, needs: a }, c: { do: three, to: ben, needs: b, optional: true } }
people: { boss: { approves: 0%, answers-in: 1h } }
outcomes: { a: [other] }`;
    expect(story(TEAM, scenario).slice(-5)).toEqual([
      '3:25 a failed ben other',
      '3:25 b failed lead failed',
      '3:25 c failed lead failed',
      '3:25 request failed lead failed',
      'failed',
    ]);
  });
});

test('a gate that finds something hands the work back so many rounds, then the failure climbs as gate-failed', () => {
  const team = `
name: shop
entry: lead
escalation: [{ name: end, by: { person: user } }]
roles:
  lead:
    description: Leads.
    tools: [read]
    delegates-to: { role: ann, gate: check, max-rounds: 1 }
    quality-gates: { check: [it works] }
  ann: { description: Works., tools: [edit] }
`;
  const lines = (outcomes: string): readonly string[] =>
    story(team, `request: Go\ntasks: { work: { do: it, effort: 1h } }\noutcomes: { work: ${outcomes} }`).slice(2, -2);
  expect(lines('[gate-failed, ok]')).toEqual([
    '1:00 work failed ann gate-failed check',
    '1:00 work answered ann by lead back for round 1 of 1',
    '1:15 work passed ann by lead check',
    '1:15 work done ann',
  ]);
  expect(lines('[gate-failed]').slice(2)).toEqual([
    '1:15 work failed ann gate-failed',
    '1:15 work escalated ann to user end gate-failed',
    '1:25 work answered ann by user settles it',
  ]);
});
