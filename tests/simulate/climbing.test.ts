import { describe, expect, test } from 'vitest';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { account, answering, questions, worldFrom } from './played.ts';

/** A team in which a failure of ann's work climbs one ladder or another. */
const team = (escalation: string, more: { ann?: string; lead?: string; roles?: string } = {}): string => `
name: shop
entry: lead
people: { boss: Decides, bot: { human: false } }
${escalation === '' ? '' : `escalation: [${escalation}]`}
roles:
  lead: { description: Leads., tools: [read], delegates-to: [ann, { role: ben, keywords: spare }]${more.lead ?? ''} }
  ann: { description: Works., tools: [edit]${more.ann ?? ''} }
  ben: { description: Works., tools: [edit] }
  cat: { description: Knows., tools: [read] }
  dan: { description: Knows., tools: [read] }
  chief: { description: Decides., tools: [read] }
${more.roles ?? ''}`;

const plan = (outcomes: string, more = ''): string =>
  `request: Go\ntasks: { work: { do: it, to: ann, effort: 1h } }\noutcomes: { work: ${outcomes} }\n${more}`;

/** What happens to the task from its first failure on, up to its end. */
const climbed = (lines: readonly string[]): readonly string[] =>
  lines.slice(3, -1).map((line) => line.replace(' work', ''));

const END = '{ by: { person: boss } }';

describe('a failure that a role is to mend itself', () => {
  test('is tried again as often as the step says', () => {
    expect(
      climbed(account(team(`{ by: self, retries: 2, do: [read the log, think] }, ${END}`), plan('[red]'))),
    ).toEqual([
      '1:00 escalated ann to ann self red | retry 1 of 2 | @escalation/0',
      '1:15 failed ann red',
      '1:15 escalated ann to ann self red | retry 2 of 2 | @escalation/0',
      '1:30 failed ann red',
      '1:30 escalated ann to boss person red | self: 2 retries did not help | @escalation/1',
      '1:40 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('is told what the step says is to be done', () => {
    const texts = (escalation: string): readonly unknown[] =>
      play(worldFrom(team(escalation), plan('[red, ok]')), rulesMind).events.flatMap(({ type, text }) =>
        type === 'escalated' ? [text] : [],
      );
    expect(texts('{ by: self, do: [read the log, think] }')).toEqual(['read the log; think']);
    expect(texts('{ by: self }')).toEqual([undefined]);
    expect(texts('{ by: self, when: odd }')).toEqual([undefined]);
  });

  test('is not tried again where the step says so, and climbs on', () => {
    expect(climbed(account(team(`{ name: alone, by: self, retries: 0 }, ${END}`), plan('[red]')))).toEqual([
      '1:00 escalated ann to boss person red | alone: no retry | @escalation/1',
      '1:10 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('may last only so long', () => {
    expect(climbed(account(team(`{ by: self, retries: 9, timeout: 20m }, ${END}`), plan('[red]')))).toEqual([
      '1:00 escalated ann to ann self red | retry 1 of 9 | @escalation/0',
      '1:15 failed ann red',
      '1:15 escalated ann to ann self red | retry 2 of 9 | @escalation/0',
      '1:30 failed ann red',
      '1:30 escalated ann to boss person red | self: not mended within 20m | @escalation/1',
      '1:40 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
    expect(climbed(account(team(`{ by: self, retries: 2, timeout: 30m }, ${END}`), plan('[red]'))).slice(-2)).toEqual([
      '1:30 escalated ann to boss person red | self: 2 retries did not help | @escalation/1',
      '1:40 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('enters at the step that names its class, else at the first that names none, else at the user', () => {
    const entry = (escalation: string, failure: string): string =>
      climbed(account(team(escalation), plan(`[${failure}]`)))[0]!;
    const ladder = '{ name: a, by: self, when: red }, { name: b, by: self }, { name: c, by: self, when: [slow, red] }';
    expect(entry(ladder, 'red')).toEqual('1:00 escalated ann to ann a red | retry 1 of 1 | @escalation/0');
    expect(entry(ladder, 'slow')).toEqual('1:00 escalated ann to ann c slow | retry 1 of 1 | @escalation/2');
    expect(entry(ladder, 'odd')).toEqual('1:00 escalated ann to ann b odd | retry 1 of 1 | @escalation/1');
    expect(entry('{ by: self, when: red }', 'odd')).toEqual('1:00 escalated ann to user user odd');
  });

  test('goes past steps for other classes', () => {
    const ladder = `{ name: a, by: self, retries: 0 }, { name: b, by: self, when: slow }, { name: c, by: self, when: [odd, red] }, ${END}`;
    expect(climbed(account(team(ladder), plan('[red, red, slow]')))).toEqual([
      '1:00 escalated ann to ann c red | retry 1 of 1 | @escalation/2',
      '1:15 failed ann red',
      '1:15 escalated ann to boss person red | c: one retry did not help | @escalation/3',
      '1:25 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });
});

describe('a failure that peers are asked about', () => {
  const peers = ', collaborates-with: [cat, { role: dan, when: slow }, { role: [cat, dan], when: odd }]';
  const asked = (failure: string, more = '', ladder = '{ by: peers }'): readonly string[] =>
    climbed(account(team(`${ladder}, ${END}`, { ann: peers }), plan(`[${failure}]`, more)));

  test('is put to those whose edge names its class', () => {
    expect(asked('slow')).toEqual([
      '1:00 escalated ann to dan peers slow | @escalation/0',
      '1:00 asked ann to dan',
      '1:10 answered ann by dan advice',
      '1:25 failed ann slow',
      '1:25 escalated ann to boss person slow | peers: what peers said did not help | @escalation/1',
      '1:35 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('is put to those without a class where none names it', () => {
    expect(asked('red').slice(0, 3)).toEqual([
      '1:00 escalated ann to cat peers red | @escalation/0',
      '1:00 asked ann to cat',
      '1:10 answered ann by cat advice',
    ]);
  });

  test('is put to one after the other, and tried again when all have answered', () => {
    expect(asked('odd')).toEqual([
      '1:00 escalated ann to cat, dan peers odd | @escalation/0',
      '1:00 asked ann to cat',
      '1:10 answered ann by cat advice',
      '1:10 asked ann to dan',
      '1:20 answered ann by dan advice',
      '1:35 failed ann odd',
      '1:35 escalated ann to boss person odd | peers: what peers said did not help | @escalation/1',
      '1:45 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('is put to nobody who is away, nor to the role itself', () => {
    expect(asked('odd', 'faults: [{ unavailable: cat }]').slice(0, 3)).toEqual([
      '1:00 escalated ann to dan peers odd | @escalation/0',
      '1:00 asked ann to dan',
      '1:10 answered ann by dan advice',
    ]);
    expect(asked('slow', 'faults: [{ unavailable: dan, from: 0m, lasting: 1h }]').slice(0, 2)).toEqual([
      '1:00 escalated ann to dan peers slow | @escalation/0',
      '1:00 asked ann to dan',
    ]);
    expect(asked('slow', 'faults: [{ unavailable: dan }]').slice(0, 2)).toEqual([
      '1:00 escalated ann to boss person slow | peers: ann has no peer for slow | @escalation/1',
      '1:10 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
    const own = team(`{ by: peers }, ${END}`, { ann: ', collaborates-with: { role: [ann, cat] }' });
    expect(climbed(account(own, plan('[red]'))).slice(0, 2)).toEqual([
      '1:00 escalated ann to cat peers red | @escalation/0',
      '1:00 asked ann to cat',
    ]);
  });

  test('is put to each of them once, though some come and go meanwhile', () => {
    expect(asked('odd', 'faults: [{ unavailable: cat, from: 65m, lasting: 3h }]').slice(1, 5)).toEqual([
      '1:00 asked ann to cat',
      '1:10 answered ann by cat advice',
      '1:10 asked ann to dan',
      '1:20 answered ann by dan advice',
    ]);
    expect(asked('odd', 'faults: [{ unavailable: cat, lasting: 65m }]').slice(1, 4)).toEqual([
      '1:00 asked ann to dan',
      '1:10 answered ann by dan advice',
      '1:25 failed ann odd',
    ]);
  });

  test('is put to nobody who only asks and is not asked', () => {
    const inward = team(`{ by: peers }, ${END}`, {
      roles: '  eve: { description: Asks., tools: [read], collaborates-with: ann }\n',
    });
    expect(climbed(account(inward, plan('[red]'))).slice(0, 2)).toEqual([
      '1:00 escalated ann to boss person red | peers: ann has no peer for red | @escalation/1',
      '1:10 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('is put to nobody to whom it hands work or turns in need, nor to those who only come to it', () => {
    const others = team(`{ by: peers }, ${END}`, {
      ann: ', delegates-to: dan, escalates-to: chief, collaborates-with: { role: cat, direction: out }',
    });
    expect(climbed(account(others, plan('[red]')))[0]).toEqual(
      '1:00 escalated ann to boss person red | peers: ann has no peer for red | @escalation/1',
    );
  });

  test('of one who has nobody climbs on', () => {
    expect(climbed(account(team(`{ by: peers }, ${END}`), plan('[red]')))[0]).toEqual(
      '1:00 escalated ann to boss person red | peers: ann has no peer for red | @escalation/1',
    );
  });
});

describe('a failure that goes back to whoever handed the work over', () => {
  test('is tried with guidance, then given to somebody else, then it climbs on', () => {
    const spare = { lead: ', expertise: { go: expert }' };
    expect(climbed(account(team(`{ by: delegator }, ${END}`, spare), plan('[red]')))).toEqual([
      '1:00 escalated ann to lead delegator red | @escalation/0',
      '1:10 answered ann by lead guides',
      '1:25 failed ann red',
      '1:25 escalated ann to boss person red | delegator: lead has nobody else for it | @escalation/1',
      '1:35 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('is given to somebody else at once where guidance is no help', () => {
    expect(climbed(account(team(`{ by: delegator }, ${END}`), plan('[refused]')))).toEqual([
      '1:00 escalated ann to lead delegator refused | @escalation/0',
      '1:10 answered ann by lead looks for somebody else',
      '1:10 escalated ann to boss person refused | delegator: lead has nobody else for it | @escalation/1',
      '1:20 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
    const away = 'faults: [{ unavailable: ann }]';
    expect(climbed(account(team(`{ by: delegator }, ${END}`), plan('[ok]', away)))).toEqual([
      '0:00 escalated ann to lead delegator unavailable | @escalation/0',
      '0:10 answered ann by lead looks for somebody else',
      '0:10 escalated ann to boss person unavailable | delegator: lead has nobody else for it | @escalation/1',
      '0:20 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('is given to nobody to whom the one who handed it over only turns', () => {
    const lead = ', escalates-to: chief, collaborates-with: cat';
    expect(climbed(account(team(`{ by: delegator }, ${END}`, { lead }), plan('[refused]'))).slice(1, 3)).toEqual([
      '1:10 answered ann by lead looks for somebody else',
      '1:10 escalated ann to boss person refused | delegator: lead has nobody else for it | @escalation/1',
    ]);
  });

  test('is given to one who knows the same, before it climbs on', () => {
    const skilled = team(`{ by: delegator }, ${END}`, { ann: ', expertise: { sql: expert }' }).replace(
      'ben: { description: Works., tools: [edit]',
      'ben: { description: Works., tools: [edit], expertise: { sql: beginner, go: expert }',
    );
    expect(climbed(account(skilled, plan('[refused, ok]')))).toEqual([
      '1:00 escalated ann to lead delegator refused | @escalation/0',
      '1:10 answered ann by lead looks for somebody else',
      '1:10 delegated ben by lead | reassigned by lead | @roles/lead/delegates-to/1',
      '2:10 done ben | 0:00 waited, 2:00 worked | ends done',
    ]);
    const other = skilled.replace('sql: beginner', 'css: beginner');
    expect(climbed(account(other, plan('[refused, ok]'))).slice(2, 3)).toEqual([
      '1:10 escalated ann to boss person refused | delegator: lead has nobody else for it | @escalation/1',
    ]);
    expect(climbed(account(skilled, plan('[refused, ok]', 'faults: [{ unavailable: ben }]'))).slice(2, 3)).toEqual([
      '1:10 escalated ann to boss person refused | delegator: lead has nobody else for it | @escalation/1',
    ]);
  });

  test('waits for them until they are back, or until the step is over', () => {
    const ladder = (timeout: string): string => team(`{ by: delegator${timeout} }, ${END}`);
    const away = (lasting: string): string => plan('[red, ok]', `faults: [{ unavailable: lead, from: 30m${lasting} }]`);
    expect(climbed(account(ladder(''), away(', lasting: 2h')))).toEqual([
      '1:00 escalated ann to lead delegator red | @escalation/0',
      '2:40 answered ann by lead guides',
      '2:55 done ann | 0:00 waited, 1:15 worked | ends done',
    ]);
    expect(climbed(account(ladder(', timeout: 100m'), away(', lasting: 2h')))).toEqual([
      '1:00 escalated ann to lead delegator red | @escalation/0',
      '2:40 answered ann by lead guides',
      '2:55 done ann | 0:00 waited, 1:15 worked | ends done',
    ]);
    expect(climbed(account(ladder(', timeout: 99m'), away(', lasting: 2h')))).toEqual([
      '1:00 escalated ann to lead delegator red | @escalation/0',
      '2:39 escalated ann to boss person red | delegator: no answer from lead within 99m | @escalation/1',
      '2:49 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
    expect(climbed(account(ladder(', timeout: 5h'), away('')))).toEqual([
      '1:00 escalated ann to lead delegator red | @escalation/0',
      '6:00 escalated ann to boss person red | delegator: no answer from lead within 5h | @escalation/1',
      '6:10 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
    expect(climbed(account(ladder(''), away('')))).toEqual([
      '1:00 escalated ann to lead delegator red | @escalation/0',
      '1:00 escalated ann to boss person red | delegator: lead is not there | @escalation/1',
      '1:10 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
  });

  test('has nowhere to go where nobody handed it over', () => {
    const lone =
      'name: lone\nentry: dev\nescalation: [{ by: delegator }]\nroles: { dev: { description: Works., tools: [edit] } }';
    expect(account(lone, 'request: Go\noutcomes: { "*": [red] }').slice(1)).toEqual([
      '0:30 request failed dev red',
      '0:30 request escalated dev to user user red | delegator: nobody handed it over',
      '0:40 request answered dev by user settles it | user settles it | ends escalated',
    ]);
    const self = plan('[red]').replace('to: ann', 'to: self');
    expect(account(team(`{ by: delegator }, ${END}`), self).slice(1, 3)).toEqual([
      '1:00 work failed lead red',
      '1:00 work escalated lead to boss person red | delegator: nobody handed it over | @escalation/1',
    ]);
  });
});

describe('a failure that goes up the edges', () => {
  const up = {
    ann: ', escalates-to: [{ role: chief, because: she knows }, { role: cat, when: slow }, { person: boss, when: odd, because: it is odd }]',
  };
  const went = (outcomes: string, more = '', edges = up): readonly string[] =>
    climbed(account(team(`{ by: escalates-to, timeout: 5h }, { by: { person: user } }`, edges), plan(outcomes, more)));

  test('goes to whom the edge for its class names, and is tried once more', () => {
    expect(went('[red]')).toEqual([
      '1:00 escalated ann to chief escalates-to red | she knows | @escalation/0',
      '1:10 answered ann by chief guides',
      '1:25 failed ann red',
      '1:25 escalated ann to user person red | escalates-to: what chief decided did not help | @escalation/1',
      '1:35 answered ann by user settles it | user settles it | ends escalated',
    ]);
    expect(went('[slow, ok]')).toEqual([
      '1:00 escalated ann to cat escalates-to slow | ann escalates to it | @escalation/0',
      '1:10 answered ann by cat guides',
      '1:25 done ann | 0:00 waited, 1:15 worked | ends done',
    ]);
  });

  test('goes to a person whom the edge names', () => {
    expect(went('[odd, ok]')).toEqual([
      '1:00 escalated ann to boss escalates-to odd | it is odd | @escalation/0',
      '1:10 answered ann by boss decides',
      '1:25 done ann | 0:00 waited, 1:15 worked | ends done',
    ]);
    expect(went('[odd]', 'people: { boss: { approves: 0% } }')).toEqual([
      '1:00 escalated ann to boss escalates-to odd | it is odd | @escalation/0',
      '1:10 answered ann by boss no',
      '1:10 escalated ann to user person odd | escalates-to: boss says no | @escalation/1',
      '1:20 answered ann by user settles it | user settles it | ends escalated',
    ]);
    expect(went('[odd]', 'faults: [{ unavailable: boss }]').slice(2)).toEqual([
      '6:10 answered ann by user settles it | user settles it | ends escalated',
    ]);
    expect(went('[odd]', 'faults: [{ unavailable: boss, lasting: 2h }]').slice(2, 4)).toEqual([
      '2:25 failed ann odd',
      '2:25 escalated ann to user person odd | escalates-to: what boss decided did not help | @escalation/1',
    ]);
  });

  test('goes no further from a role without an edge for it, nor from a person', () => {
    expect(went('[red]', '', { ann: ', escalates-to: { role: cat, when: slow }' }).slice(1, 2)).toEqual([
      '1:10 answered ann by user settles it | user settles it | ends escalated',
    ]);
    const twice = team(
      '{ name: one, by: escalates-to }, { name: two, by: escalates-to }, { by: { person: user } }',
      up,
    );
    expect(climbed(account(twice, plan('[odd]')))).toEqual([
      '1:00 escalated ann to boss one odd | it is odd | @escalation/0',
      '1:10 answered ann by boss decides',
      '1:25 failed ann odd',
      '1:25 escalated ann to user person odd | one: what boss decided did not help; two: boss has nobody to turn to | @escalation/2',
      '1:35 answered ann by user settles it | user settles it | ends escalated',
    ]);
    expect(
      climbed(
        account(
          twice.replace(
            'chief: { description: Decides., tools: [read] }',
            'chief: { description: Decides., tools: [read], escalates-to: dan }',
          ),
          plan('[red]'),
        ),
      ),
    ).toEqual([
      '1:00 escalated ann to chief one red | she knows | @escalation/0',
      '1:10 answered ann by chief guides',
      '1:25 failed ann red',
      '1:25 escalated ann to dan two red | one: what chief decided did not help; chief escalates to it | @escalation/1',
      '1:35 answered ann by dan guides',
      '1:50 failed ann red',
      '1:50 escalated ann to user person red | two: what dan decided did not help | @escalation/2',
      '2:00 answered ann by user settles it | user settles it | ends escalated',
    ]);
  });
});

describe('a failure that a person is to decide', () => {
  const decided = (escalation: string, more = ''): readonly string[] =>
    climbed(account(team(escalation), plan('[red]', more)));

  test('is settled or given up by the one whom the step names', () => {
    expect(decided(END)).toEqual([
      '1:00 escalated ann to boss person red | @escalation/0',
      '1:10 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
    expect(decided(END, 'people: { boss: { approves: 0%, answers-in: 3h, hours: "00:00-10:00" } }')).toEqual([
      '1:00 escalated ann to boss person red | @escalation/0',
      '18:00 failed ann red | boss gives it up | ends failed',
    ]);
  });

  test('goes past one who is no human', () => {
    expect(decided('{ by: { person: bot } }').slice(1)).toEqual([
      '1:10 answered ann by user settles it | user settles it | ends escalated',
    ]);
  });

  test('is waited for as long as the step lasts, and not at all where the person is away for good', () => {
    const away = 'faults: [{ unavailable: boss }]';
    expect(decided('{ by: { person: boss }, timeout: 2h }', away).slice(1)).toEqual([
      '3:00 escalated ann to user user red | person: no answer from boss within 2h',
      '3:10 answered ann by user settles it | user settles it | ends escalated',
    ]);
    expect(decided(END, away).slice(1)).toEqual([
      '1:00 escalated ann to user user red | person: boss is not there',
      '1:10 answered ann by user settles it | user settles it | ends escalated',
    ]);
    expect(decided('{ by: { person: boss }, timeout: 10m }').slice(1)).toEqual([
      '1:10 answered ann by boss settles it | boss settles it | ends escalated',
    ]);
    expect(decided('{ by: { person: boss }, timeout: 9m }').slice(1)).toEqual([
      '1:09 escalated ann to user user red | person: no answer from boss within 9m',
      '1:19 answered ann by user settles it | user settles it | ends escalated',
    ]);
    expect(decided('{ by: { person: user } }', 'faults: [{ unavailable: user }]').slice(1)).toEqual([
      '1:00 escalated ann to user user red | person: user is not there',
      '1:00 failed ann red | user is not there | ends failed',
    ]);
  });

  test('is left to chance where the scenario says so, under a key of the step', () => {
    const maybe = 'people: { boss: { approves: 80%, answers-in: [1m, 5m] }, user: { approves: 70%, answers-in: 1m } }';
    const never = answering({ 'task:work/step:last/decision': 'yes' });
    const ladder = '{ name: last, by: { person: boss } }';
    expect(questions(team(ladder), plan('[red]', maybe), never)).toEqual([
      'task:work/step:last/answers-in: 0:01 to 0:05',
      'task:work/step:last/decision: no 80%, yes 20%',
    ]);
    expect(climbed(account(team(ladder), plan('[red]', maybe), never)).slice(1)).toEqual([
      '1:03 failed ann red | boss gives it up | ends failed',
    ]);
    expect(questions(team('{ by: self, when: odd }'), plan('[red]', maybe))).toEqual([
      'task:work/step:user/decision: no 70%, yes 30%',
    ]);
  });
});

test('of a ladder that nobody wrote no event names a place', () => {
  expect(climbed(account(team(''), plan('[red]'))).filter((line) => line.includes('escalated'))).toEqual([
    '1:00 escalated ann to ann self red | retry 1 of 1',
    '1:15 escalated ann to lead delegator red | self: one retry did not help',
    '1:40 escalated ann to user user red | delegator: lead has nobody else for it; escalates-to: lead has nobody to turn to',
    '1:50 answered ann by user settles it | user settles it | ends escalated',
  ]);
});
