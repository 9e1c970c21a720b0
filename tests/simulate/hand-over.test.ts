import { describe, expect, test } from 'vitest';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { account, answering, questions, worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides, bot: { human: false } }
roles:
  lead:
    description: Leads.
    tools: [read]
    delegates-to: [dev, { role: ops, when: { type: release }, approval: boss, because: a release is seen }]
    escalates-to: { person: boss }
  dev: { description: Works., tools: [edit] }
  ops: { description: Ships., tools: [shell] }
`;

const release = (more = ''): string =>
  `request: Go\ntasks: { work: { do: it, labels: { type: release }, effort: 1h } }\n${more}`;

describe('a hand-over that a person has to approve', () => {
  const handed = (team: string, scenario = release()): readonly string[] => account(team, scenario).slice(1, 4);

  test('names the edge and its reason', () => {
    expect(handed(TEAM)).toEqual([
      '0:00 work asked lead to boss | a release is seen | @roles/lead/delegates-to/1',
      '0:10 work approved lead by boss delegate ops',
      '0:10 work delegated ops by lead | type is release | @roles/lead/delegates-to/1',
    ]);
    expect(handed(TEAM.replace(', because: a release is seen', ''))[0]).toEqual(
      '0:00 work asked lead to boss | the edge needs an approval | @roles/lead/delegates-to/1',
    );
  });

  test('is a matter of the user where no human is named', () => {
    expect(handed(TEAM.replace('approval: boss', 'approval: bot'))).toEqual([
      '0:00 work asked lead to user | a release is seen | @roles/lead/delegates-to/1',
      '0:10 work approved lead by user delegate ops',
      '0:10 work delegated ops by lead | type is release | @roles/lead/delegates-to/1',
    ]);
    expect(handed(TEAM.replace('approval: boss', 'approval: user'))[0]).toEqual(
      '0:00 work asked lead to user | a release is seen | @roles/lead/delegates-to/1',
    );
  });

  test('is a matter of the user where a rule asks', () => {
    const team = TEAM.replace(', approval: boss, because: a release is seen', '').replace(
      'tools: [read]\n',
      'tools: [read]\n    permissions: { delegate: { ask: ops } }\n',
    );
    expect(handed(team)).toEqual([
      '0:00 work asked lead to user | the rule ask "ops" | @roles/lead/delegates-to/1',
      '0:10 work approved lead by user delegate ops',
      '0:10 work delegated ops by lead | type is release | @roles/lead/delegates-to/1',
    ]);
  });

  test('waits until the person is back and at work', () => {
    const people = 'people: { boss: { approves: 100%, answers-in: 15m, hours: "08:00-12:00" } }';
    const away = 'faults: [{ unavailable: boss, lasting: 2h }]';
    expect(handed(TEAM, release(people))[1]).toEqual('0:15 work approved lead by boss delegate ops');
    expect(handed(TEAM, release(`${people}\n${away}`))[1]).toEqual('2:15 work approved lead by boss delegate ops');
    expect(handed(TEAM, release(`${people}\n${away.replace('2h', '3h')}`))[1]).toEqual(
      '23:15 work approved lead by boss delegate ops',
    );
  });

  test('fails where the person is away for good, and is tried again on the ladder', () => {
    expect(account(TEAM, release('faults: [{ unavailable: boss }]')).slice(1, -1)).toEqual([
      '0:00 work asked lead to boss | a release is seen | @roles/lead/delegates-to/1',
      '0:00 work failed lead unavailable | boss is not there',
      '0:00 work escalated lead to lead self unavailable | retry 1 of 1',
      '0:00 work asked lead to boss | a release is seen | @roles/lead/delegates-to/1',
      '0:00 work failed lead unavailable | boss is not there',
      '0:00 work escalated lead to lead delegator unavailable | self: one retry did not help',
      '0:10 work answered lead by lead looks for somebody else',
      '0:10 work delegated dev by lead | reassigned by lead | @roles/lead/delegates-to/0',
      '1:10 work done dev | 0:00 waited, 1:00 worked | ends done',
    ]);
  });

  test('fails where the person says no, and is asked anew on each step of the ladder under a key of its own', () => {
    const scenario = release('people: { boss: { approves: 60%, answers-in: [1m, 3m] } }');
    const no = { 'task:work/to:ops/approval': 'yes' };
    expect(account(TEAM, scenario, answering(no)).slice(1)).toEqual([
      '0:00 work asked lead to boss | a release is seen | @roles/lead/delegates-to/1',
      '0:02 work refused lead by boss to ops delegate ops ask | boss says no',
      '0:02 work failed lead refused | boss does not let ops have it',
      '0:02 work escalated lead to lead self refused | retry 1 of 1',
      '0:02 work asked lead to boss | a release is seen | @roles/lead/delegates-to/1',
      '0:04 work approved lead by boss delegate ops',
      '0:04 work delegated ops by lead | type is release | @roles/lead/delegates-to/1',
      '0:19 work done ops | 0:00 waited, 0:15 worked | ends done',
      '0:19 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
    expect(questions(TEAM, scenario, answering(no))).toEqual([
      'task:work/to:ops/answers-in: 0:01 to 0:03',
      'task:work/to:ops/approval: no 60%, yes 40%',
      'task:work/to:ops/step:0.1/answers-in: 0:01 to 0:03',
      'task:work/to:ops/step:0.1/approval: no 60%, yes 40%',
    ]);
  });
});

describe('a plan that names a role', () => {
  const team = `
name: deep
entry: top
roles:
  top: { description: Leads., tools: [read], delegates-to: [middle, { role: [ann, low], keywords: never }] }
  middle: { description: Splits., tools: [read], delegates-to: low }
  low: { description: Works., tools: [edit], delegates-to: far }
  far: { description: Works., tools: [edit] }
  ann: { description: Works., tools: [edit] }
  spy: { description: Apart., tools: [read], delegates-to: top }
`;
  const handed = (to: string): readonly string[] =>
    account(team, `request: Go\ntasks: { work: { do: it, to: ${to}, effort: 1h } }`)
      .slice(1)
      .filter((line) => /delegated|failed|done/.test(line));

  test('gets the work over the edge that leads there, whatever the conditions of the edge', () => {
    expect(handed('low')).toEqual([
      '0:00 work delegated low by top | the plan names it | @roles/top/delegates-to/1',
      '1:00 work done low | 0:00 waited, 1:00 worked | ends done',
      '1:00 request done top | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('gets it over the shortest way where no edge leads there, to one from whom it goes on', () => {
    expect(handed('far')).toEqual([
      '0:00 work delegated low by top | it leads to far | @roles/top/delegates-to/1',
      '0:00 work/far delegated far by low | the plan names it | @roles/low/delegates-to',
      '1:00 work/far done far | 0:00 waited, 1:00 worked | ends done',
      '1:00 work done low | 0:00 waited, 0:00 worked | ends done',
      '1:00 request done top | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('or several gets it to one of them', () => {
    expect(handed('[far, ann]')).toEqual([
      '0:00 work delegated ann by top | the plan names it | @roles/top/delegates-to/1',
      '1:00 work done ann | 0:00 waited, 1:00 worked | ends done',
      '1:00 request done top | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('is in vain where no way leads there', () => {
    expect(handed('spy').slice(0, 1)).toEqual([
      '0:00 work failed top no-route | top hands no work to spy, and nobody below does',
    ]);
    expect(handed('[spy, top]').slice(0, 2)).toEqual([
      '1:00 work done top | 0:00 waited, 1:00 worked | ends done',
      '1:00 request done top | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('or the very role that has it leaves it there', () => {
    expect(handed('top')).toEqual([
      '1:00 work done top | 0:00 waited, 1:00 worked | ends done',
      '1:00 request done top | 0:00 waited, 0:00 worked | ends done',
    ]);
    expect(handed('self')).toEqual([
      '1:00 work done top | 0:00 waited, 1:00 worked | ends done',
      '1:00 request done top | 0:00 waited, 0:00 worked | ends done',
    ]);
  });
});

test('a hand-over that a rule denies is refused, climbs, and goes to somebody else', () => {
  const team = TEAM.replace('tools: [read]\n', 'tools: [read]\n    permissions: { delegate: { deny: dev } }\n')
    .replace('delegates-to: [dev,', 'delegates-to: [{ role: ben, keywords: spare }, dev,')
    .concat('  ben: { description: Works., tools: [edit] }\n');
  expect(account(team, 'request: Go\ntasks: { work: { do: a spare one, to: dev, effort: 1h } }').slice(1)).toEqual([
    '0:00 work refused lead to dev delegate dev deny | the rule deny "dev" | @roles/lead/permissions/delegate/deny',
    '0:00 work failed lead refused | lead may not hand work to dev',
    '0:00 work escalated lead to lead self refused | retry 1 of 1',
    '0:00 work refused lead to dev delegate dev deny | the rule deny "dev" | @roles/lead/permissions/delegate/deny',
    '0:00 work failed lead refused | lead may not hand work to dev',
    '0:00 work escalated lead to lead delegator refused | self: one retry did not help',
    '0:10 work answered lead by lead looks for somebody else',
    '0:10 work delegated ben by lead | reassigned by lead | @roles/lead/delegates-to/0',
    '1:10 work done ben | 0:00 waited, 1:00 worked | ends done',
    '1:10 request done lead | 0:00 waited, 0:00 worked | ends done',
  ]);
});

test('a task over several edges at once is divided when its way is looked for', () => {
  const team = TEAM.replace('description: Leads.', 'description: Leads.\n    delegation: { parallel: true }')
    .replace('delegates-to: [dev, {', 'delegates-to: [{ role: dev, when: { type: release } }, {')
    .replace(', approval: boss, because: a release is seen', '');
  expect(account(team, release()).slice(1)).toEqual([
    '0:00 work/dev delegated dev by lead | type is release | @roles/lead/delegates-to/0',
    '0:00 work/ops delegated ops by lead | type is release | @roles/lead/delegates-to/1',
    '1:00 work/dev done dev | 0:00 waited, 1:00 worked | ends done',
    '1:00 work/ops done ops | 0:00 waited, 1:00 worked | ends done',
    '1:00 work done lead | 0:00 waited, 0:00 worked | ends done',
    '1:00 request done lead | 0:00 waited, 0:00 worked | ends done',
  ]);
});

test('a role that did its part is not asked again while there are others', () => {
  const team = TEAM.replace('delegates-to: [dev,', 'delegates-to: [{ role: [dev, ben] },').concat(
    '  ben: { description: Works., tools: [edit] }\n',
  );
  const lines = account(
    team,
    'request: Go\ntasks: { work: { do: it, effort: 1h } }\noutcomes: { dev: [red], ben: [ok] }',
  );
  expect(lines.slice(1)).toEqual([
    '0:00 work delegated dev by lead | no more specific edge takes it; comes first | @roles/lead/delegates-to/0',
    '1:00 work failed dev red',
    '1:00 work escalated dev to dev self red | retry 1 of 1',
    '1:15 work failed dev red',
    '1:15 work escalated dev to lead delegator red | self: one retry did not help',
    '1:25 work answered dev by lead guides',
    '1:40 work failed dev red',
    '1:40 work delegated ben by lead | reassigned by lead | @roles/lead/delegates-to/0',
    '2:40 work done ben | 0:00 waited, 2:30 worked | ends done',
    '2:40 request done lead | 0:00 waited, 0:00 worked | ends done',
  ]);
});

test('what a hand-over passes on, holds back and asks for stands in its event', () => {
  const team = TEAM.replace(
    'delegates-to: [dev,',
    `handoff: { required: [goal, scope] }
    delegates-to: [{ role: dev, with: ops, context: { include: [design], exclude: [secrets] } },`,
  );
  const scenario = 'request: Go\ntasks: { work: { do: it, to: dev, with: [lead, { person: boss }] } }';
  const { events } = play(worldFrom(team, scenario), rulesMind);
  const { at, ...event } = events.find(({ type }) => type === 'delegated')!;
  expect(at?.pointer).toEqual(['roles', 'lead', 'delegates-to', 0]);
  expect(event).toEqual({
    type: 'delegated',
    t: 0,
    task: 'work',
    role: 'dev',
    by: 'lead',
    text: 'it',
    because: 'the plan names it',
    context: {
      include: ['design'],
      exclude: ['secrets'],
    },
    required: ['goal', 'scope'],
    with: ['ops', 'lead', 'boss'],
  });
  const bare = play(worldFrom(TEAM, 'request: Go'), rulesMind).events.find(({ type }) => type === 'delegated')!;
  expect([bare.context, bare.required, bare.with, bare.taint]).toEqual([undefined, undefined, undefined, undefined]);
});

describe('how deep work may be handed on is bounded', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const chain = (more: Readonly<Record<string, string>> = {}): string =>
    `name: deep\nentry: a\nroles:\n${ids
      .map((id, at) => {
        const down = ids[at + 1] ? `, delegates-to: ${ids[at + 1]}` : '';
        return `  ${id}: { description: Does., tools: [read]${down}${more[id] ?? ''} }`;
      })
      .join('\n')}\n`;
  const refused = (team: string, scenario = 'request: Go', target?: string): readonly string[] =>
    account(team, scenario, undefined, target).filter((line) => /refused|depth/.test(line));

  test('by a role, for everything below it', () => {
    expect(refused(chain({ b: ', delegation: { depth: 1 }' }))).toEqual([
      '0:00 b/c/d refused c to d delegate d deny | b allows 1 hand-over from there on, and c would be one too many | @roles/b/delegation/depth',
    ]);
    expect(refused(chain({ a: ', delegation: { depth: 2 }', b: ', delegation: { depth: 2 }' }))).toEqual([
      '0:00 b/c/d refused c to d delegate d deny | a allows 2 hand-overs from there on, and c would be one too many | @roles/a/delegation/depth',
    ]);
    expect(refused(chain({ a: ', delegation: { depth: 4 }' }))).toEqual([]);
    expect(refused(chain({ c: ', delegation: { depth: 0 }' }))).toEqual([
      '0:00 b/c/d refused c to d delegate d deny | c allows 0 hand-overs from there on, and c would be one too many | @roles/c/delegation/depth',
    ]);
  });

  test('by a platform', () => {
    expect(refused(chain(), 'request: Go', 'claude-code')).toEqual([
      '0:00 b/c/d/e refused d to e delegate e deny | claude-code allows 3 hand-overs below one another',
    ]);
  });

  test('by the scenario, which ends the run', () => {
    const over = (depth: number): readonly unknown[] => {
      const { over, events } = play(worldFrom(chain(), `request: Go\nlimits: { depth: ${depth} }`), rulesMind);
      return [over, events.filter(({ type }) => type === 'delegated').length];
    };
    expect(over(2)).toEqual([{ kind: 'limit', limit: 'depth', value: 2 }, 2]);
    expect(over(4)).toEqual([{ kind: 'done' }, 4]);
  });
});

describe('work that no plan divides', () => {
  const team = (lead: string): string => `
name: pair
entry: lead
roles:
  lead: { description: Leads., ${lead} }
  ann: { description: Draws., tools: [edit] }
  ben: { description: Builds., tools: [edit] }
`;
  const EDGES = 'delegates-to: [{ role: ann, keywords: logo }, { role: ben, keywords: site }]';
  const told = (lead: string, text: string): readonly string[] => account(team(lead), `request: ${text}`).slice(1);

  test('goes to all whose edges hold, in parallel, and what remains is done by a role with hands', () => {
    expect(told(`tools: [edit], delegation: { parallel: true }, ${EDGES}`, 'A logo for the site')).toEqual([
      '0:00 ann delegated ann by lead | the keyword "logo" | @roles/lead/delegates-to/0',
      '0:00 ben delegated ben by lead | the keyword "site" | @roles/lead/delegates-to/1',
      '0:30 ann done ann | 0:00 waited, 0:30 worked | ends done',
      '0:30 ben done ben | 0:00 waited, 0:30 worked | ends done',
      '1:00 rest done lead | 0:00 waited, 0:30 worked | ends done',
      '1:00 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('is handed on whole by a role without hands', () => {
    expect(told(`tools: [read], delegation: { parallel: true }, ${EDGES}`, 'A logo for the site')).toEqual([
      '0:00 ann delegated ann by lead | the keyword "logo" | @roles/lead/delegates-to/0',
      '0:00 ben delegated ben by lead | the keyword "site" | @roles/lead/delegates-to/1',
      '0:30 ann done ann | 0:00 waited, 0:30 worked | ends done',
      '0:30 ben done ben | 0:00 waited, 0:30 worked | ends done',
      '0:30 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('is done by a role itself that none of its edges helps', () => {
    expect(told(`tools: [edit], ${EDGES}`, 'A poem')).toEqual([
      '0:30 request done lead | 0:00 waited, 0:30 worked | ends done',
    ]);
    expect(told(`tools: [edit], delegation: { mandatory: true }, ${EDGES}`, 'A poem')).toEqual([
      '0:30 request done lead | did it itself, as none of its edges takes it | 0:00 waited, 0:30 worked | ends done',
    ]);
  });

  test('is handed on by a role that has to, though it could do it itself', () => {
    const edges = 'delegates-to: [ann, { role: ben, keywords: site }]';
    expect(told(`tools: [edit], ${edges}`, 'A poem')).toEqual([
      '0:30 request done lead | 0:00 waited, 0:30 worked | ends done',
    ]);
    expect(told(`tools: [edit], delegation: { mandatory: true }, ${edges}`, 'A poem').slice(0, 1)).toEqual([
      '0:00 ann delegated ann by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
    ]);
  });
});
