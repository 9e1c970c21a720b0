import { describe, expect, test } from 'vitest';
import { account, story } from './played.ts';

/** Who gets what and why, without times. */
const handed = (team: string, scenario: string): readonly string[] =>
  account(team, scenario)
    .filter((line) => /delegated|done|failed/.test(line) && !line.includes('request'))
    .map((line) => line.replace(/^\S+ /, '').replace(/ \| 0:00 waited.*/, ''));

const SHOP = (lead: string, roles = ''): string => `
name: shop
entry: lead
roles:
  lead: { description: Leads., ${lead} }
  ann: { description: Draws., tools: [edit], expertise: { css: expert, api: beginner } }
  ben: { description: Builds., tools: [edit], expertise: { sql: advanced, css: beginner } }
${roles}`;

describe('of several roles of an edge the best gets the work', () => {
  const EDGE = 'tools: [read], delegates-to: { role: [ann, ben] }';

  test('by the expertise that the work asks for, else that its text names', () => {
    expect(handed(SHOP(EDGE), 'request: Tune the SQL')[0]).toEqual(
      'ben delegated ben by lead | no more specific edge takes it; has sql: advanced | @roles/lead/delegates-to',
    );
    expect(handed(SHOP(EDGE), 'request: { text: Go, labels: { expertise: css } }')[0]).toEqual(
      'ann delegated ann by lead | no more specific edge takes it; has css: expert | @roles/lead/delegates-to',
    );
    expect(handed(SHOP(EDGE), 'request: { text: Go, labels: { expertise: [sql, api] } }')[0]).toEqual(
      'ben delegated ben by lead | no more specific edge takes it; has sql: advanced | @roles/lead/delegates-to',
    );
    expect(handed(SHOP(EDGE), 'request: SQL and CSS for the API')[0]).toEqual(
      'ann delegated ann by lead | no more specific edge takes it; has css: expert, api: beginner | @roles/lead/delegates-to',
    );
    expect(handed(SHOP(EDGE), 'request: { text: Tune the SQL, labels: { expertise: css } }')[0]).toEqual(
      'ann delegated ann by lead | no more specific edge takes it; has css: expert | @roles/lead/delegates-to',
    );
  });

  test('by whether it is there, before all else', () => {
    const away = 'faults: [{ unavailable: ben, lasting: 1h }]';
    expect(handed(SHOP(EDGE), `request: Tune the SQL\n${away}`)[0]).toEqual(
      'ann delegated ann by lead | no more specific edge takes it; comes first | @roles/lead/delegates-to',
    );
    expect(handed(SHOP(EDGE), `request: Go\n${away.replace('ben', 'ann')}`)[0]).toEqual(
      'ben delegated ben by lead | no more specific edge takes it; comes first | @roles/lead/delegates-to',
    );
  });

  test('by its free hands, and else by the order', () => {
    const plan = `request: Go
tasks: { first: { do: it, to: self, effort: 1h }, a: { do: it, effort: 2h }, b: { do: it, needs: first }, c: { do: it, needs: b } }`;
    const team = SHOP(EDGE)
      .replace('tools: [edit],', 'tools: [edit], capacity: { slots: 1 },')
      .replaceAll('tools: [edit], exp', 'tools: [edit], capacity: { slots: 1 }, exp');
    expect(handed(team, plan).filter((line) => line.includes('delegated'))).toEqual([
      'a delegated ann by lead | no more specific edge takes it; comes first | @roles/lead/delegates-to',
      'b delegated ben by lead | no more specific edge takes it; has free hands | @roles/lead/delegates-to',
      'c delegated ben by lead | no more specific edge takes it; has free hands | @roles/lead/delegates-to',
    ]);
  });
});

describe('of several edges', () => {
  const edges = (more: string): string =>
    SHOP(
      `tools: [read], ${more}delegates-to: [ann, { role: ben, keywords: site }, { role: ann, keywords: page }, { role: ben, when: { type: schema } }]`,
    );

  test('the last that holds takes the work, and its reason is told', () => {
    expect(handed(edges(''), 'request: A page for the site')[0]).toEqual(
      'ann delegated ann by lead | the keyword "page" | @roles/lead/delegates-to/2',
    );
    expect(handed(edges(''), 'request: { text: A page for the site, labels: { type: schema } }')[0]).toEqual(
      'ben delegated ben by lead | type is schema | @roles/lead/delegates-to/3',
    );
    expect(handed(edges(''), 'request: A poem')[0]).toEqual(
      'ann delegated ann by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
    );
  });

  test('in parallel each role gets it once', () => {
    const both = handed(
      edges('delegation: { parallel: true }, '),
      'request: { text: A page for the site, labels: { type: schema } }',
    );
    expect(both.filter((line) => line.includes('delegated'))).toEqual([
      'ann delegated ann by lead | the keyword "page" | @roles/lead/delegates-to/2',
      'ben delegated ben by lead | type is schema | @roles/lead/delegates-to/3',
    ]);
  });

  test('one with keywords and conditions needs both', () => {
    const team = SHOP(
      'tools: [read], delegates-to: [ann, { role: ben, keywords: site, when: [{ type: schema }, { risk: high }] }]',
    );
    expect(handed(team, 'request: The site')[0]).toEqual(
      'ann delegated ann by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
    );
    expect(handed(team, 'request: { text: The page, labels: { risk: high } }')[0]).toEqual(
      'ann delegated ann by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
    );
    expect(handed(team, 'request: { text: The site, labels: { risk: high } }')[0]).toEqual(
      'ben delegated ben by lead | the keyword "site", and risk is high | @roles/lead/delegates-to/1',
    );
  });

  test('a task that an edge divides in parallel has a part for each', () => {
    const team = SHOP(
      'tools: [read], delegation: { parallel: true }, delegates-to: [{ role: ann, keywords: page }, { role: ben, keywords: site }]',
    );
    expect(
      account(
        team,
        'request: Go\ntasks: { work: { do: A page for the site, needs: first }, first: { do: The page } }',
      ).slice(1),
    ).toEqual([
      '0:00 first delegated ann by lead | the keyword "page" | @roles/lead/delegates-to/0',
      '0:30 first done ann | 0:00 waited, 0:30 worked | ends done',
      '0:30 work/ann delegated ann by lead | the keyword "page" | @roles/lead/delegates-to/0',
      '0:30 work/ben delegated ben by lead | the keyword "site" | @roles/lead/delegates-to/1',
      '1:00 work/ann done ann | 0:00 waited, 0:30 worked | ends done',
      '1:00 work/ben done ben | 0:00 waited, 0:30 worked | ends done',
      '1:00 work done lead | 0:00 waited, 0:00 worked | ends done',
      '1:00 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });
});

describe('an example divides the work', () => {
  const team = (example: string, lead = ''): string => `
name: shop
entry: lead
roles:
  lead:
    description: Plans.
    tools: [read]
    delegates-to: [ann, ben]
    ${lead}
    examples: [${example}]
  ann: { description: Designs., tools: [edit] }
  ben: { description: Builds., tools: [edit] }
`;
  const RETURNS =
    '{ request: Customers can return an order online, tasks: { draw: { do: Design it, to: ann }, build: { do: Build it, for: returns, to: ben, needs: draw } } }';

  test('whose request is nearest, with its order', () => {
    expect(handed(team(RETURNS), 'request: Customers returning orders online')).toEqual([
      'draw delegated ann by lead | the plan names it | @roles/lead/delegates-to/0',
      'draw done ann',
      'build delegated ben by lead | the plan names it | @roles/lead/delegates-to/1',
      'build done ben',
    ]);
    const nearer = '{ request: Customers return orders, tasks: { only: { do: All of it, to: ben } } }';
    expect(handed(team(`${RETURNS}, ${nearer}`), 'request: Customers returned orders')[0]).toEqual(
      'only delegated ben by lead | the plan names it | @roles/lead/delegates-to/1',
    );
    expect(handed(team(`${nearer}, ${RETURNS}`), 'request: Customers returned orders online')[0]).toEqual(
      'draw delegated ann by lead | the plan names it | @roles/lead/delegates-to/0',
    );
  });

  test('unless none is near, it has no tasks, or the scenario has a plan', () => {
    expect(handed(team(RETURNS), 'request: Paint the order red')[0]).toEqual(
      'ben delegated ben by lead | no more specific edge takes it | @roles/lead/delegates-to/1',
    );
    expect(handed(team('{ request: Paint the gate }'), 'request: Paint the gate')[0]).toEqual(
      'ben delegated ben by lead | no more specific edge takes it | @roles/lead/delegates-to/1',
    );
    expect(
      handed(team(RETURNS), 'request: Customers can return an order online\ntasks: { mine: { do: it, to: ann } }'),
    ).toEqual(['mine delegated ann by lead | the plan names it | @roles/lead/delegates-to/0', 'mine done ann']);
  });

  test('unless it is a part of what a plan or the role itself has divided', () => {
    const shelf = '{ request: Tidy the shelf, tasks: { only: { do: it, to: ben } } }';
    const planned = 'request: Go\ntasks: { mine: { do: Tidy the shelf, to: lead } }';
    expect(handed(team(shelf), planned)).toEqual(['mine done lead']);
  });

  test('as a list whose steps follow one another under their numbers', () => {
    const list =
      '{ request: Tidy the shelf, tasks: [{ do: Empty it, to: ann }, { do: Wipe it, to: ben }, { do: Fill it, to: ann }] }';
    expect(account(team(list), 'request: Tidy the shelf').slice(1)).toEqual([
      '0:00 1 delegated ann by lead | the plan names it | @roles/lead/delegates-to/0',
      '0:30 1 done ann | 0:00 waited, 0:30 worked | ends done',
      '0:30 2 delegated ben by lead | the plan names it | @roles/lead/delegates-to/1',
      '1:00 2 done ben | 0:00 waited, 0:30 worked | ends done',
      '1:00 3 delegated ann by lead | the plan names it | @roles/lead/delegates-to/0',
      '1:30 3 done ann | 0:00 waited, 0:30 worked | ends done',
      '1:30 request done lead | 0:00 waited, 0:00 worked | ends done',
    ]);
  });

  test('without the steps whose condition does not hold', () => {
    const steps =
      '{ request: Tidy the shelf, tasks: { a: { do: it, to: ann, when: start }, b: { do: it, to: ann, when: { risk: high } }, c: { do: it, to: ben, labels: { risk: high }, when: [{ type: x }, { risk: high }] }, d: { do: it, to: ben, when: nonsense } } }';
    expect(handed(team(steps), 'request: Tidy the shelf').filter((line) => line.includes('delegated'))).toEqual([
      'a delegated ann by lead | the plan names it | @roles/lead/delegates-to/0',
      'c delegated ben by lead | the plan names it | @roles/lead/delegates-to/1',
    ]);
  });
});

describe('a request goes to', () => {
  const team = (entry: string): string => `
name: shop
${entry}
roles:
  ann: { description: Draws., tools: [edit], delegates-to: { role: dan, keywords: [logo, page] } }
  ben: { description: Builds., tools: [edit], expertise: { sql: expert, logo: expert, page: expert } }
  cat: { description: Ships., tools: [edit], delegates-to: { role: dan, keywords: sql } }
  dan: { description: Helps., tools: [edit] }
`;
  const got = (entry: string, request: string): string => account(team(entry), `request: ${request}`)[0]!;

  test('the entry, or whom the scenario names', () => {
    expect(got('entry: cat', 'Go')).toEqual('0:00 request requested cat | requests come in there | @entry');
    expect(got('entry: cat', '{ to: ben, text: Go }')).toEqual(
      '0:00 request requested ben | the scenario says so | @request',
    );
  });

  test('the one of several that it fits best: a keyword counts twice as much as a skill', () => {
    expect(got('entry: [ann, ben]', 'A logo')).toEqual(
      '0:00 request requested ann | of the entries the request fits it best | @entry',
    );
    expect(got('entry: [ben, ann]', 'A logo on a page for the SQL')).toEqual(
      '0:00 request requested ann | of the entries the request fits it best | @entry',
    );
    expect(got('entry: [ann, ben]', 'Tune the SQL')).toEqual(
      '0:00 request requested ben | of the entries the request fits it best | @entry',
    );
    expect(got('entry: [ben, ann]', 'Go')).toEqual(
      '0:00 request requested ben | of the entries the request fits it best | @entry',
    );
  });

  test('any role of a team without an entry', () => {
    expect(got('', 'Tune the SQL')).toEqual(
      '0:00 request requested cat | the team names no entry, and the request fits it best | @roles/cat',
    );
    expect(got('', 'Go')).toEqual(
      '0:00 request requested ann | the team names no entry, and the request fits it best | @roles/ann',
    );
  });
});

test('a task whose parts all went well is done, whatever became of others', () => {
  const lines = story(
    `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: [dev, ops] }
  dev: { description: Works., tools: [edit] }
  ops: { description: Splits., tools: [read], delegates-to: cat }
  cat: { description: Helps., tools: [edit] }
`,
    `request: Go
tasks: { x: { do: it, to: dev, effort: 1h }, y: { do: it, to: cat, effort: 9h } }
outcomes: { x: { red: 100% } }
people: { user: { approves: 0%, answers-in: 1m } }`,
  );
  expect(lines.filter((line) => / (?:done|failed) /.test(line)).slice(-3)).toEqual([
    '9:00 y/cat done cat',
    '9:00 y done ops',
    '9:00 request failed lead failed',
  ]);
});

test('a plan goes before the examples of roles, also where a task is like one of them', () => {
  const team = `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: ops }
  ops:
    description: Works.
    tools: [edit]
    examples: [{ request: Customers can return an order online, tasks: { one: { do: a }, two: { do: b } } }]
`;
  const task = 'Customers can return orders online';
  const done = (scenario: string): readonly string[] =>
    story(team, scenario).flatMap((line) => (line.includes(' done ') ? [line.split(' ')[1]!] : []));
  expect(done(`request: Go\ntasks: { x: { do: ${task}, to: ops } }`)).toEqual(['x', 'request']);
  expect(done(`request: { to: ops, text: ${task} }`)).toEqual(['one', 'two', 'request']);
});

test('work is never handed back to somebody who has it already, whatever way the edges go', () => {
  const team = (more: string): string => `
name: ring
entry: one
roles:
  one: { description: Leads., tools: [read], delegates-to: two }
  two: { description: Leads., tools: [read], delegates-to: [one, two${more}] }
  three: { description: Works., tools: [edit], delegates-to: { role: [one, two], keywords: back } }
`;
  const handed = (more: string, request = 'Go'): readonly string[] =>
    story(team(more), `request: ${request}`).filter((line) => / (?:delegated|done) /.test(line));
  expect(handed('')).toEqual(['0:00 two delegated two by one', '0:30 two done two', '0:30 request done one']);
  expect(handed(', { role: [one, three] }', 'Bring it back')).toEqual([
    '0:00 two delegated two by one',
    '0:00 two/three delegated three by two',
    '0:30 two/three done three',
    '0:30 two done two',
    '0:30 request done one',
  ]);
});
