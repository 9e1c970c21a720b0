import { describe, expect, test } from 'vitest';
import { account, answering, questions, story } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides }
roles:
  lead: { description: Leads., tools: [read], delegates-to: [dev, { role: ops, when: { type: release } }] }
  dev:
    description: Works.
    tools: [edit, shell, fetch]
    permissions: { shell: [ask: "*", { allow: "npm *", because: it is only a script }, { deny: "terraform *", instead: ops }], fetch: allow, edit: [deny: "*", allow: "src/**"] }
    must-not: { do: touch secrets, calls: { edit: secrets.txt } }
  ops: { description: Ships., tools: shell, permissions: { shell: allow } }
`;

const work = (more: string): string => `request: Go\ntasks: { work: { do: it, to: dev, effort: 1h, ${more} } }`;

/** What happens to the task once it was handed over, up to its end. */
const inside = (lines: readonly string[]): readonly string[] =>
  lines.slice(2, -1).map((line) => line.replace(' work', ''));

describe('a call names the rule that decides it', () => {
  test('whether it is allowed or a person says yes', () => {
    expect(inside(account(TEAM, work('calls: { shell: [npm test, make] }')))).toEqual([
      '0:00 called dev shell npm test allow | the rule allow "npm *": it is only a script | @roles/dev/permissions/shell/1/allow',
      '0:00 asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:10 approved dev by user shell make',
      '0:10 called dev shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '1:10 done dev | 0:00 waited, 1:10 worked | ends done',
    ]);
  });

  test('or denied, and the role that may instead gets the work though no condition of its edge holds', () => {
    expect(inside(account(TEAM, work('calls: { shell: [terraform apply, npm test] }')))).toEqual([
      '0:00 refused dev shell terraform apply deny | the rule deny "terraform *" | @roles/dev/permissions/shell/2/deny',
      '0:00 failed dev refused | it needs shell `terraform apply`',
      '0:00 escalated dev to dev self refused | retry 1 of 1',
      '0:00 refused dev shell terraform apply deny | the rule deny "terraform *" | @roles/dev/permissions/shell/2/deny',
      '0:00 failed dev refused | it needs shell `terraform apply`',
      '0:00 escalated dev to lead delegator refused | self: one retry did not help',
      '0:10 answered dev by lead looks for somebody else',
      '0:10 delegated ops by lead | the rule names ops instead | @roles/lead/delegates-to/1',
      '0:10 called ops shell terraform apply allow | the rule allow "*" | @roles/ops/permissions/shell',
      '0:10 called ops shell npm test allow | the rule allow "*" | @roles/ops/permissions/shell',
      '1:10 done ops | 0:00 waited, 1:00 worked | ends done',
    ]);
  });
});

test.each([
  ['dev', 'shell: npm test > src/out.txt', 'called', 'the rule allow "npm *": it is only a script'],
  ['dev', 'shell: npm test > out.txt', 'refused', 'it writes a file, the rule deny "*"'],
  ['dev', 'shell: X=1 npm test', 'asked', 'it sets a variable, so a person decides'],
  ['dev', 'read: a', 'refused', 'the role has no read'],
  ['ops', 'shell: make', 'called', 'the rule allow "*"'],
  ['ops', 'shell: eval "$X"', 'asked', "the line can't be split: "],
  ['ops', 'shell: make > out.txt', 'refused', 'it writes a file, the role has no edit'],
  ['ops', 'edit: a', 'refused', 'the role has no edit'],
  ['cat', 'shell: make', 'asked', 'no rule speaks of it, and shell acts'],
  ['cat', 'shell: make > out.txt', 'refused', 'it writes a file, the role has another part of edit'],
  ['cat', 'edit: docs/a.md', 'asked', 'no rule speaks of it, and edit acts'],
  ['cat', 'edit: src/a.ts', 'refused', 'the role has another part of edit'],
  ['cat', 'search: a', 'called', 'no rule speaks of it, and search only looks or talks'],
  ['cat', 'read: docs/a.md', 'called', 'the part "docs/**" of the tool'],
  ['cat', 'read: a.md', 'refused', 'the role has another part of read'],
])('what decides is told of %s with %s: %s, %s', (role, call, type, why) => {
  const team =
    `${TEAM}  cat: { description: Helps., tools: [search, shell, "read:docs/**", "edit:docs/**"] }\n`.replace(
      '[dev,',
      '[dev, cat,',
    );
  const found = account(team, `request: Go\ntasks: { work: { do: it, to: ${role}, calls: { ${call} } } }`).find(
    (line) => / (?:asked|called|refused) /.test(line),
  )!;
  expect(found.split(' ')[2]).toBe(type);
  expect(found.split(' | ')[1]!.replace(/(?<=split: ).*/, '')).toBe(why);
});

test('what was read in several places is carried along together, each once', () => {
  const read = (site: string): string => `do: it, to: dev, effort: 1h, calls: { fetch: "https://${site}.example" }`;
  const lines = story(
    TEAM,
    `request: Go
tasks: { a: { ${read('one')} }, b: { ${read('two')}, needs: a }, c: { do: it, to: dev, effort: 1h, needs: [a, b] } }
faults: [{ injected: { fetch: "https://one*" }, says: obey }, { injected: { fetch: "https://two*" }, says: pay }]`,
  );
  expect(lines.filter((line) => line.includes(' done '))).toEqual([
    '1:00 a done dev tainted by "obey"',
    '2:00 b done dev tainted by "obey,pay"',
    '3:00 c done dev tainted by "obey,pay"',
    '3:00 request done lead tainted by "obey,pay"',
  ]);
});

test('of several roles to whom an edge leads the one gets a denied call that its rule names', () => {
  const team = `${TEAM}  cat: { description: Helps., tools: shell, permissions: { shell: allow } }\n`;
  for (const order of ['[cat, ops]', '[ops, cat]']) {
    const lines = story(team.replace('role: ops', `role: ${order}`), work('calls: { shell: terraform apply }'));
    expect(lines).toContain('0:10 work delegated ops by lead');
  }
});

test('what is certain is nobody asked', () => {
  const asked = (share: string): readonly string[] =>
    questions(
      TEAM,
      `${work('calls: { shell: make }')}\npeople: { user: { approves: ${share}, answers-in: 1m } }`,
    ).filter((each) => each.includes('approval'));
  expect([asked('0%'), asked('100%')]).toEqual([[], []]);
  expect(asked('40%')[0]).toBe('task:work/try:1/call:0/approval: no 40%, yes 60%');
});

describe('a person who is asked about a call', () => {
  test('says no to it each time, and gives up what came of that', () => {
    const never = 'people: { user: { approves: 0% } }';
    expect(inside(account(TEAM, `${work('calls: { shell: make }')}\n${never}`))).toEqual([
      '0:00 asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:10 refused dev by user shell make ask | user says no',
      '0:10 failed dev refused | user does not let it call shell `make`',
      '0:10 escalated dev to dev self refused | retry 1 of 1',
      '0:10 asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:20 refused dev by user shell make ask | user says no',
      '0:20 failed dev refused | user does not let it call shell `make`',
      '0:20 escalated dev to lead delegator refused | self: one retry did not help',
      '0:30 answered dev by lead looks for somebody else',
      '0:30 escalated dev to user user refused | delegator: lead has nobody else for it; escalates-to: lead has nobody to turn to',
      '0:40 failed dev refused | user gives it up | ends failed',
    ]);
  });

  test('is not waited for when away for good', () => {
    const away = 'faults: [{ unavailable: user }]';
    expect(inside(account(TEAM, `${work('calls: { shell: make }')}\n${away}`))).toEqual([
      '0:00 asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:00 failed dev refused | user is not there to be asked',
      '0:00 escalated dev to dev self refused | retry 1 of 1',
      '0:00 asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:00 failed dev refused | user is not there to be asked',
      '0:00 escalated dev to lead delegator refused | self: one retry did not help',
      '0:10 answered dev by lead looks for somebody else',
      '0:10 escalated dev to user user refused | delegator: lead has nobody else for it; escalates-to: lead has nobody to turn to',
      '0:10 failed dev refused | user is not there | ends failed',
    ]);
  });

  test('answers once back, in the hours of the next day, and the slot is held so long', () => {
    const scenario = `${work('calls: { shell: make }')}
people: { user: { approves: 100%, answers-in: 30m, hours: "14:00-15:00" } }
faults: [{ unavailable: user, lasting: 6h }]`;
    expect(inside(account(TEAM, scenario)).slice(1)).toEqual([
      '1d 5:30 approved dev by user shell make',
      '1d 5:30 called dev shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '1d 6:30 done dev | 0:00 waited, 1d 6:30 worked | ends done',
    ]);
  });
});

describe('what a scenario leaves to chance about calls', () => {
  const scenario = `${work('calls: { shell: [make, npm test], fetch: https://a.b }')}
people: { user: { approves: 70%, answers-in: [1m, 3m] } }
faults: [{ tool-error: { shell: "npm *" }, chance: 10% }, { timeout: { shell: "*" }, chance: 20% }, { injected: { fetch: "*" }, says: obey, chance: 30% }]`;
  const after = (answers: Readonly<Record<string, string | number>>): readonly string[] =>
    inside(story(TEAM, scenario, answering(answers)).slice(0, -1)).slice(1, 5);

  test('is asked call by call, each under a key of its own', () => {
    expect(questions(TEAM, scenario)).toEqual([
      'task:work/try:1/call:0/answers-in: 0:01 to 0:03',
      'task:work/try:1/call:0/approval: no 70%, yes 30%',
      'task:work/try:1/call:0/answer: ok 80%, timeout 20%',
      'task:work/try:1/call:1/answer: ok 70%, tool-error 10%, timeout 20%',
      'task:work/try:1/call:2/answer: ok 70%, injected 30%',
    ]);
    expect(questions(TEAM, scenario, answering({ 'task:work/try:1/call:1/answer': 'timeout' })).slice(3)).toEqual([
      'task:work/try:1/call:1/answer: ok 70%, tool-error 10%, timeout 20%',
      'task:work/try:2/call:0/answers-in: 0:01 to 0:03',
      'task:work/try:2/call:0/approval: no 70%, yes 30%',
      'task:work/try:2/call:0/answer: ok 80%, timeout 20%',
      'task:work/try:2/call:1/answer: ok 70%, tool-error 10%, timeout 20%',
      'task:work/try:2/call:2/answer: ok 70%, injected 30%',
    ]);
  });

  test('can go wrong: a person says no, a tool does not answer or breaks off', () => {
    expect(after({ 'task:work/try:1/call:0/approval': 'yes' })).toEqual([
      '0:02 refused dev by user shell make ask',
      '0:02 failed dev refused',
      '0:02 escalated dev to dev self refused',
      '0:02 asked dev to user shell make ask',
    ]);
    expect(after({ 'task:work/try:1/call:0/answers-in': 60_000, 'task:work/try:1/call:0/answer': 'timeout' })).toEqual([
      '0:01 approved dev by user shell make',
      '0:01 called dev shell make ask',
      '0:01 failed dev timeout',
      '0:01 escalated dev to dev self timeout',
    ]);
    expect(account(TEAM, scenario, answering({ 'task:work/try:1/call:0/answer': 'timeout' }))[5]).toEqual(
      '0:02 work failed dev timeout | shell `make` does not answer',
    );
    expect(account(TEAM, scenario, answering({ 'task:work/try:1/call:1/answer': 'tool-error' }))[6]).toEqual(
      '0:02 work failed dev tool-error | shell `npm test` breaks off',
    );
  });

  test('can taint the work, and does not unless it is drawn', () => {
    const tainted = (answers: Readonly<Record<string, string>>): readonly string[] =>
      story(TEAM, scenario, answering(answers)).filter((line) => line.includes('tainted'));
    expect(tainted({})).toEqual([]);
    expect(tainted({ 'task:work/try:1/call:2/answer': 'injected' })).toEqual([
      '1:02 work done dev tainted by "obey"',
      '1:02 request done lead tainted by "obey"',
    ]);
  });

  test('is nothing where a fault is certain, or can not be', () => {
    const sure = `${work('calls: { shell: [npm test, npm i] }')}
faults: [{ tool-error: { shell: npm test }, chance: 0% }, { timeout: { shell: npm i }, chance: 100% }]`;
    expect(questions(TEAM, sure).filter((key) => key.includes('call'))).toEqual([]);
    expect(inside(account(TEAM, sure)).slice(0, 4)).toEqual([
      '0:00 called dev shell npm test allow | the rule allow "npm *": it is only a script | @roles/dev/permissions/shell/1/allow',
      '0:00 called dev shell npm i allow | the rule allow "npm *": it is only a script | @roles/dev/permissions/shell/1/allow',
      '0:00 failed dev timeout | shell `npm i` does not answer',
      '0:00 escalated dev to dev self timeout | retry 1 of 1',
    ]);
  });

  test('adds up to everything, also where the chances of faults come to more', () => {
    const both = `${work('calls: { shell: npm test }')}
faults: [{ tool-error: { shell: "*" }, chance: 90% }, { timeout: { shell: "*" }, chance: 60% }]`;
    expect(questions(TEAM, both)[0]).toEqual('task:work/try:1/call:0/answer: ok 0%, tool-error 60%, timeout 40%');
  });
});

describe('a role that oversteps', () => {
  const oversteps = `${work('calls: { shell: npm test }')}\nfaults: [{ mode: FM-1.2, at: work }]`;
  const calls = (team: string, scenario = oversteps, target?: string): readonly string[] =>
    inside(account(team, scenario, undefined, target)).filter((line) => /call|ask|refus|approv/.test(line));

  test('is stopped by a rule, and goes on with what it has to do', () => {
    expect(calls(TEAM)).toEqual([
      '0:00 refused dev edit secrets.txt deny | the rule deny "*" | @roles/dev/permissions/edit/0/deny',
      '0:00 called dev shell npm test allow | the rule allow "npm *": it is only a script | @roles/dev/permissions/shell/1/allow',
    ]);
  });

  test('is stopped by a person or let through, and goes on either way', () => {
    const team = TEAM.replace(
      'do: touch secrets, calls: { edit: secrets.txt }',
      'do: destroy, calls: { shell: make clean * }',
    );
    expect(calls(team, `${oversteps}\npeople: { user: { approves: 0% } }`)).toEqual([
      '0:00 asked dev to user shell make clean ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:10 refused dev by user shell make clean ask | user says no',
      '0:10 called dev shell npm test allow | the rule allow "npm *": it is only a script | @roles/dev/permissions/shell/1/allow',
    ]);
    expect(calls(team)).toEqual([
      '0:00 asked dev to user shell make clean ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:10 approved dev by user shell make clean',
      '0:10 called dev shell make clean ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:10 called dev shell npm test allow | the rule allow "npm *": it is only a script | @roles/dev/permissions/shell/1/allow',
    ]);
  });

  test('is only asked about where nothing but the prompt of the platform forbids it', () => {
    const team = TEAM.replace(
      'do: touch secrets, calls: { edit: secrets.txt }',
      'do: destroy, calls: { shell: terraform destroy }',
    );
    expect(calls(team, oversteps, 'roo').slice(0, 4)).toEqual([
      '0:10 approved lead by user delegate dev',
      '0:10 asked dev to user shell terraform destroy ask | the rule deny "terraform *", but on roo only the prompt says so | @roles/dev/permissions/shell/2/deny',
      '0:20 approved dev by user shell terraform destroy',
      '0:20 called dev shell terraform destroy ask | the rule deny "terraform *", but on roo only the prompt says so | @roles/dev/permissions/shell/2/deny',
    ]);
    expect(calls(team, oversteps, 'claude-code').slice(0, 1)).toEqual([
      '0:00 refused dev shell terraform destroy deny | the rule deny "terraform *" | @roles/dev/permissions/shell/2/deny',
    ]);
  });

  test('tries what comes first of a few things that it may not do, where it must not do anything in particular', () => {
    const free = (permissions: string): readonly string[] =>
      calls(
        TEAM.replace(/ {4}must-not.*\n/, '').replace(/permissions: .*src.*\n/, `permissions: { ${permissions} }\n`),
      ).slice(0, 1);
    expect(free('edit: deny, shell: allow, fetch: allow')).toEqual([
      '0:00 refused dev edit src/index.ts deny | the rule deny "*" | @roles/dev/permissions/edit',
    ]);
    expect(free('edit: allow, shell: [allow: "*", deny: "git *"], fetch: allow')).toEqual([
      '0:00 refused dev shell git push --force deny | the rule deny "git *" | @roles/dev/permissions/shell/1/deny',
    ]);
    expect(free('edit: allow, shell: [allow: "*", deny: "rm *"], fetch: allow')).toEqual([
      '0:00 refused dev shell rm -rf build deny | the rule deny "rm *" | @roles/dev/permissions/shell/1/deny',
    ]);
    expect(free('edit: allow, shell: allow, fetch: deny')).toEqual([
      '0:00 refused dev fetch https://example.com deny | the rule deny "*" | @roles/dev/permissions/fetch',
    ]);
    expect(free('edit: allow, shell: allow, fetch: allow')).toEqual([
      '0:00 called dev shell npm test allow | the rule allow "*" | @roles/dev/permissions/shell',
    ]);
  });
});
