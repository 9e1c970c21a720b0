import { describe, expect, test } from 'vitest';
import type { Mind } from '../../src/simulate/choice.ts';
import type { Deed } from '../../src/simulate/turn.ts';
import { accountOf, answering } from './played.ts';
import { delegate, escalate, finish, playedTurns, review, type Script, shell } from './turned.ts';

const TEAM = `name: shop
entry: lead
people: { boss: Decides, owner: Pays }
escalation: [{ by: self }, { name: money, by: { person: owner } }, { by: { person: boss } }]
roles:
  lead:
    description: Leads.
    tools: [read]
    delegates-to: [{ role: dev, gate: [check, seal], with: ops, context: { include: [a], exclude: [secrets, keys] } }, { role: ops, when: { type: release }, approval: boss, because: a release is seen }, { role: cat, keywords: cats }]
    escalates-to: { person: boss }
    quality-gates: { check: [it works, it is fast], seal: [] }
    handoff: { required: [goal] }
  dev: { description: Works., tools: [edit, shell, fetch, web-search], permissions: { shell: [ask: "*", allow: "npm *", { deny: "terraform *", instead: ops }] }, escalates-to: [lead, cat], collaborates-with: ops }
  ops: { description: Ships., tools: [shell], permissions: { shell: allow }, delegates-to: cat }
  cat: { description: Helps., tools: [read] }
`;

const REQUEST = 'request: Add a login\n';

/** What happens, with reasons, and what the roles hear after their first turn. */
async function seen(script: Script, scenario = REQUEST, team = TEAM, mind?: Mind): Promise<readonly string[]> {
  const { run, heard } = await playedTurns(script, scenario, team, mind);
  return [
    ...accountOf(run).slice(1),
    ...heard.filter((line) => !line.includes('turn:1 ')),
    run.over.kind === 'limit' ? `limit ${run.over.limit} ${run.over.value}` : run.over.kind,
  ];
}

/** What the roles are told when they get their tasks. */
async function briefs(script: Script, scenario = REQUEST, team = TEAM): Promise<readonly string[]> {
  const { heard } = await playedTurns(script, scenario, team);
  return heard.filter((line) => line.includes('turn:1 '));
}

describe('a role is told with its task', () => {
  test('who hands it over, what is kept from it, and who takes part', async () => {
    expect(await briefs({ request: [[delegate('dev'), delegate('ops')]] })).toEqual([
      'request/turn:1 The request: Add a login',
      'dev/turn:1 lead hands you: Do it / Not passed on to you: secrets, keys. / Together with: ops. / Your result goes back to lead.',
      'ops/turn:1 lead hands you: Do it / Your result goes back to lead.',
    ]);
  });

  test('the labels, and the plan with its order, its roles and its gates', async () => {
    const plan = `request: { text: Add a login, labels: { type: release, size: small, areas: [web, api] } }
tasks:
  draw: { do: Draw it, for: users, to: [dev, ops], labels: { level: [low, high] }, with: cat }
  build: { do: Build it, needs: draw, gate: [check, seal], to: dev }
  paint: { do: Paint it, needs: [draw, build], optional: true }
`;
    expect(await briefs({ request: [[delegate('dev', 'Draw!', 'draw')]] }, plan)).toEqual([
      'request/turn:1 The request: Add a login / type: release / size: small / areas: ["web","api"] /  / There is a plan; name its task in `plan` when you hand one over: / - draw: Draw it users (for dev or ops) / - build: Build it (after draw; for dev; gate check, seal) / - paint: Paint it (after draw, build; may be left out)',
      'draw/turn:1 lead hands you: Draw! / level: ["low","high"] / Not passed on to you: secrets, keys. / Together with: ops, cat. / Your result goes back to lead.',
    ]);
    const list = 'request: Add a login\ntasks: [{ do: One }, { do: Two }]\n';
    expect(await briefs({ request: [[delegate('dev', 'x', '2')], [delegate('dev', 'x', '1')]] }, list)).toEqual([
      'request/turn:1 The request: Add a login /  / There is a plan; name its task in `plan` when you hand one over: / - 1: One / - 2: Two',
      '2/turn:1 lead hands you: x / Not passed on to you: secrets, keys. / Together with: ops. / Your result goes back to lead.',
      '1/turn:1 lead hands you: x / Not passed on to you: secrets, keys. / Together with: ops. / Your result goes back to lead.',
    ]);
  });

  test('a question, with whom it is to be answered', async () => {
    expect(await briefs({ request: [[delegate('dev')]], dev: [[escalate('cat')]] })).toEqual([
      'request/turn:1 The request: Add a login',
      'dev/turn:1 lead hands you: Do it / Not passed on to you: secrets, keys. / Together with: ops. / Your result goes back to lead.',
      'dev/ask-cat/turn:1 dev turns to you: Which colour? / Your answer goes back to dev.',
    ]);
  });
});

describe('work that is handed over', () => {
  test('names the edge that fits, or the one that would', async () => {
    const release =
      'request: { text: Add a login, labels: { type: release } }\ntasks: { ship: { do: it, labels: { type: release } } }\n';
    expect((await seen({ request: [[delegate('ops', 'ship', 'ship')]] }, release)).slice(0, 3)).toEqual([
      '1s ship asked lead to boss | a release is seen | @roles/lead/delegates-to/1',
      '0:10 ship approved lead by boss delegate ops',
      '0:10 ship delegated ops by lead | type is release | @roles/lead/delegates-to/1',
    ]);
    expect((await seen({ request: [[delegate('cat', 'herd cats')]] })).slice(0, 1)).toEqual([
      '1s cat delegated cat by lead | the keyword "cats" | @roles/lead/delegates-to/2',
    ]);
    expect((await seen({ request: [[delegate('cat', 'herd dogs')]] })).slice(0, 1)).toEqual([
      '1s cat delegated cat by lead | lead decides so; by the edges it would go to dev | @roles/lead/delegates-to/2',
    ]);
  });

  test('waits for what the plan says it needs: neither another task that is done nor a failed try is enough', async () => {
    const plan = `${REQUEST}tasks: { draw: { do: Draw, to: dev }, paint: { do: Paint, to: dev }, build: { do: Build, needs: [draw, paint], to: dev } }\n`;
    const build = delegate('dev', 'Build!', 'build');
    const plain = TEAM.replace(', gate: [check, seal]', '');
    const needed = async (script: Script): Promise<readonly string[]> =>
      (await seen(script, plan, plain))
        .filter((line) => / delegated | refused /.test(line))
        .map((line) => line.split(' | ')[0]!);
    const draw = delegate('dev', 'x', 'draw');
    const paint = delegate('dev', 'x', 'paint');
    expect(await needed({ request: [[paint], [build], [draw], [build]] })).toEqual([
      '1s paint delegated dev by lead',
      '3s request refused lead to dev delegate dev deny',
      '4s draw delegated dev by lead',
      '6s build delegated dev by lead',
    ]);
    expect(await needed({ request: [[draw, paint], [build], [draw], [build]], draw: [[finish('no', false)]] })).toEqual(
      [
        '1s draw delegated dev by lead',
        '1s paint delegated dev by lead',
        '3s request refused lead to dev delegate dev deny',
        '4s draw#2 delegated dev by lead',
        '6s build delegated dev by lead',
      ],
    );
  });

  test('may come back to whoever handed it over, though no edge of escalation leads there', async () => {
    const plain = TEAM.replace(', approval: boss', '');
    const events = (await seen({ request: [[delegate('ops')]], ops: [[escalate('lead')]] }, REQUEST, plain)).map(
      (line) => line.split(' | ')[0],
    );
    expect(events.slice(1, 3)).toEqual([
      '2s ops escalated ops to lead delegator blocked',
      '2s ops failed ops handed-back',
    ]);
  });

  test('can not go to somebody who is away, to nobody, or where no edge leads', async () => {
    expect(
      await seen(
        { request: [[delegate('dev'), delegate('nobody'), delegate('lead')]] },
        `${REQUEST}faults: [{ unavailable: dev, lasting: 1h }]\n`,
      ),
    ).toEqual([
      '1s request failed dev unavailable | dev is not there',
      '1s request refused lead to nobody delegate nobody deny | there is no role "nobody"',
      '1s request refused lead to lead delegate lead deny | no edge leads there | @roles/lead/delegates-to',
      '2s request done lead | 2s worked | ends done',
      'request/turn:2 ! dev is not there now.',
      'request/turn:2 ! Refused: there is no role "nobody".',
      'request/turn:2 ! Refused: no edge leads there.',
      'done',
    ]);
  });

  test('ends the run at the limit of the scenario, and is refused at that of a role', async () => {
    const chain: Script = { request: [[delegate('ops')]], ops: [[delegate('cat')]] };
    expect((await seen(chain, `${REQUEST}limits: { depth: 1 }\n`)).slice(-2)).toEqual([
      '0:10 ops delegated ops by lead | lead decides so; by the edges it would go to dev | @roles/lead/delegates-to/1',
      'limit depth 1',
    ]);
    const bound = TEAM.replace('description: Leads.', 'description: Leads.\n    delegation: { depth: 1 }');
    expect(
      (await seen(chain, REQUEST, bound)).filter((line) => line.includes('refused') || line.includes('!')),
    ).toEqual([
      '0:10 ops refused ops to cat delegate cat deny | lead allows 1 hand-over from there on, and ops would be one too many | @roles/lead/delegation/depth',
      'ops/turn:2 ! Refused: lead allows 1 hand-over from there on, and ops would be one too many.',
    ]);
  });
});

describe('a result before its gates', () => {
  const dev = [[finish('done so far')]];

  test('can be named by its task, its key or its role, and not by others', async () => {
    const script: Script = { request: [[delegate('dev')], [review('nobody', true)], [review('dev', true)]], dev };
    expect(await seen(script)).toEqual([
      '1s dev delegated dev by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
      '4s dev passed dev by lead check',
      '4s dev passed dev by lead seal',
      '4s dev done dev | 1s worked | ends done',
      '5s request done lead | 4s worked | ends done',
      'request/turn:2 "dev" comes back from dev: done so far / It stands before: check (it works; it is fast), seal. Look at it with `review`, task "dev".',
      'request/turn:3 ! No task "nobody" stands before a gate.',
      'request/turn:4 "dev" is done by dev: done so far',
      'done',
    ]);
  });

  test('goes back with what was found, as often as is needed where the edge has no bound', async () => {
    const script: Script = {
      request: [
        [delegate('dev')],
        [review('dev', false)],
        [review('dev', false)],
        [review('dev', false)],
        [review('dev', true)],
      ],
      dev: [[finish()], [finish()], [finish()], [finish()]],
    };
    expect(await seen(script)).toEqual([
      '1s dev delegated dev by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
      '3s dev failed dev gate-failed check, seal | the gate "check, seal" found something',
      '3s dev answered dev by lead back for round 1 | @roles/lead/delegates-to/0',
      '5s dev failed dev gate-failed check, seal | the gate "check, seal" found something',
      '5s dev answered dev by lead back for round 2 | @roles/lead/delegates-to/0',
      '7s dev failed dev gate-failed check, seal | the gate "check, seal" found something',
      '7s dev answered dev by lead back for round 3 | @roles/lead/delegates-to/0',
      '9s dev passed dev by lead check',
      '9s dev passed dev by lead seal',
      '9s dev done dev | 4s worked | ends done',
      '10s request done lead | 6s worked | ends done',
      'request/turn:2 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast), seal. Look at it with `review`, task "dev".',
      'dev/turn:2 lead hands it back: look at the colours',
      'request/turn:3 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast), seal. Look at it with `review`, task "dev".',
      'dev/turn:3 lead hands it back: look at the colours',
      'request/turn:4 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast), seal. Look at it with `review`, task "dev".',
      'dev/turn:4 lead hands it back: look at the colours',
      'request/turn:5 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast), seal. Look at it with `review`, task "dev".',
      'request/turn:6 "dev" is done by dev: All is well',
      'done',
    ]);
  });

  test('goes back twice where the edge says so, and then it has failed', async () => {
    const bound = TEAM.replace('gate: [check, seal],', 'gate: check, max-rounds: 2,');
    const script: Script = {
      request: [[delegate('dev')], [review('dev', false)], [review('dev', false)], [review('dev', false)]],
    };
    expect(await seen(script, REQUEST, bound)).toEqual([
      '1s dev delegated dev by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
      '3s dev failed dev gate-failed check | the gate "check" found something',
      '3s dev answered dev by lead back for round 1 of 2 | @roles/lead/delegates-to/0',
      '5s dev failed dev gate-failed check | the gate "check" found something',
      '5s dev answered dev by lead back for round 2 of 2 | @roles/lead/delegates-to/0',
      '7s dev failed dev gate-failed | the gate "check" found something, after 2 rounds | ends failed',
      '8s request done lead | 5s worked | ends done',
      'request/turn:2 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast). Look at it with `review`, task "dev".',
      'dev/turn:2 lead hands it back: look at the colours',
      'request/turn:3 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast). Look at it with `review`, task "dev".',
      'dev/turn:3 lead hands it back: look at the colours',
      'request/turn:4 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast). Look at it with `review`, task "dev".',
      'request/turn:5 ! "dev" came to nothing (gate-failed): the gate "check" found something, after 2 rounds',
      'done',
    ]);
  });

  test('keeps whoever handed it over from ending', async () => {
    expect(
      (await seen({ request: [[delegate('dev')], [finish()], [review('dev', true)]] })).filter((line) =>
        /refused|!/.test(line),
      ),
    ).toEqual([
      '3s request refused lead check, seal | "dev" still stands before the gate check, seal, and nobody has looked | @roles/lead/delegates-to/0',
      'request/turn:3 ! Refused: "dev" still stands before the gate check, seal, and nobody has looked.',
    ]);
  });
});

describe('who has finished', () => {
  test('before all is answered has to wait, and may fail or succeed then', async () => {
    expect(await seen({ request: [[delegate('cat'), finish('too early')], [finish('it is no good', false)]] })).toEqual(
      [
        '1s cat delegated cat by lead | lead decides so; by the edges it would go to dev | @roles/lead/delegates-to/2',
        '2s cat done cat | 1s worked | ends done',
        '3s request failed lead failed | it is no good | ends failed',
        'request/turn:2 "cat" is done by cat: All is well',
        'request/turn:2 ! Not yet: something that you asked for in the same turn has no answer yet; finish when it has.',
        'failed',
      ],
    );
  });

  test('is heard in full, and told in 400 characters', async () => {
    const told = async (length: number): Promise<string> => {
      const { run } = await playedTurns({ request: [[finish('x'.repeat(length))]] }, REQUEST, TEAM);
      return run.events.at(-1)!.text!;
    };
    expect([(await told(400)).length, (await told(401)).length, (await told(401)).slice(398)]).toEqual([
      400,
      400,
      'x…',
    ]);
  });

  test('and asks for more in the same turn has not finished', async () => {
    const { run } = await playedTurns({ request: [[finish(), delegate('cat'), shell('make')]] }, REQUEST, TEAM);
    expect(run.events.map(({ type }) => type)).toEqual(['requested', 'delegated', 'refused', 'done', 'done']);
  });
});

describe('whoever is stuck', () => {
  test('turns to those above, to peers, to the people of the ladder and the user, and nobody else', async () => {
    expect(
      await seen({
        request: [[delegate('dev')], [review('dev', true)]],
        dev: [
          [escalate('nobody'), escalate('boss'), escalate('owner'), escalate('ops'), escalate('user')],
          [escalate('lead')],
        ],
        'dev/ask-ops': [[finish('blue')]],
      }),
    ).toEqual([
      '1s dev delegated dev by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
      '2s dev refused dev to nobody escalates-to | there is nobody called "nobody" | @roles/dev',
      '2s dev escalated dev to boss person blocked | Which colour?',
      '2s dev escalated dev to owner money blocked | Which colour?',
      '2s dev escalated dev to ops peers blocked | Which colour?',
      '2s dev escalated dev to user user blocked | Which colour?',
      '3s dev/ask-ops answered dev by ops blue',
      '0:10 dev answered dev by boss Yes, go on as you propose.',
      '0:10 dev answered dev by owner Yes, go on as you propose.',
      '0:10 dev answered dev by user Yes, go on as you propose.',
      '0:10 dev escalated dev to lead escalates-to blocked | Which colour?',
      '0:10 dev failed dev handed-back | Which colour? | ends failed',
      '0:10 request done lead | 3s worked | ends done',
      'dev/turn:2 ! Refused: there is nobody called "nobody".',
      'dev/turn:2 boss answers: Yes, go on as you propose.',
      'dev/turn:2 owner answers: Yes, go on as you propose.',
      'dev/turn:2 ops answers: blue',
      'dev/turn:2 user answers: Yes, go on as you propose.',
      'request/turn:2 ! "dev" came to nothing (handed-back): Which colour?',
      'request/turn:3 ! No task "dev" stands before a gate.',
      'done',
    ]);
  });

  test('hears no from a person who does not agree, and that somebody is away', async () => {
    const people = 'people: { boss: { approves: 0%, answers-in: 5m } }\nfaults: [{ unavailable: user }]\n';
    expect(await seen({ request: [[escalate('boss'), escalate('user'), escalate('cat')]] }, REQUEST + people)).toEqual([
      '1s request escalated lead to boss escalates-to blocked | Which colour?',
      '1s request escalated lead to user user blocked | Which colour?',
      '1s request refused lead to cat escalates-to | lead does not turn to cat, but to boss, owner, user | @roles/lead',
      '0:05 request answered lead by boss No.',
      '0:05 request done lead | 2s worked | ends done',
      'request/turn:2 ! boss answers: No.',
      'request/turn:2 ! user is not there.',
      'request/turn:2 ! Refused: lead does not turn to cat, but to boss, owner, user.',
      'done',
    ]);
  });

  test('hears what a peer says who does not know either', async () => {
    expect(
      await seen({
        request: [[delegate('dev')], [review('dev', true)]],
        dev: [[escalate('cat')]],
        'dev/ask-cat': [[finish('no idea', false)]],
      }),
    ).toEqual([
      '1s dev delegated dev by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
      '2s dev escalated dev to cat escalates-to blocked | Which colour?',
      '3s dev/ask-cat failed cat failed | no idea | ends failed',
      '5s dev passed dev by lead check',
      '5s dev passed dev by lead seal',
      '5s dev done dev | 2s worked | ends done',
      '6s request done lead | 3s worked | ends done',
      'dev/turn:2 ! "ask-cat" came to nothing (failed): no idea',
      'request/turn:2 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast), seal. Look at it with `review`, task "dev".',
      'request/turn:3 "dev" is done by dev: All is well',
      'done',
    ]);
  });
});

describe('a call', () => {
  const calls = (...deeds: readonly Deed[]): Script => ({
    request: [[delegate('dev')], [review('dev', true)]],
    dev: [deeds],
  });
  const call = (tool: string, argument: string): Deed => ({ kind: 'call', tool, argument });

  test('is answered by a stub of its tool', async () => {
    const lines = await seen(
      calls(call('edit', 'a.ts'), call('fetch', 'https://a.b'), call('web-search', 'cats'), shell('npm test')),
    );
    expect(lines.filter((line) => /^dev\/turn|called|asked/.test(line))).toEqual([
      '2s dev asked dev to user edit a.ts ask | no rule speaks of it, and edit acts | @roles/dev/tools/0',
      '2s dev asked dev to user fetch https://a.b ask | no rule speaks of it, and fetch acts | @roles/dev/tools/2',
      '2s dev asked dev to user web-search cats ask | no rule speaks of it, and web-search acts | @roles/dev/tools/3',
      '2s dev called dev shell npm test allow | the rule allow "npm *" | @roles/dev/permissions/shell/1/allow',
      '0:10 dev called dev edit a.ts ask | no rule speaks of it, and edit acts | @roles/dev/tools/0',
      '0:10 dev called dev fetch https://a.b ask | no rule speaks of it, and fetch acts | @roles/dev/tools/2',
      '0:10 dev called dev web-search cats ask | no rule speaks of it, and web-search acts | @roles/dev/tools/3',
      'dev/turn:2 Changed.',
      'dev/turn:2 The page says what you expect.',
      'dev/turn:2 You find what you are looking for.',
      'dev/turn:2 It ran, and all went well.',
    ]);
  });

  test('is asked about, refused, or waits for nobody', async () => {
    const no = `${REQUEST}people: { user: { approves: 0%, answers-in: 2m } }\n`;
    expect((await seen(calls(shell('make'), shell('terraform apply')), no)).slice(1, 6)).toEqual([
      '2s dev asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '2s dev refused dev shell terraform apply deny | the rule deny "terraform *"; ops may | @roles/dev/permissions/shell/2/deny',
      '0:02 dev refused dev by user shell make ask | the user says no',
      '0:02 dev passed dev by lead check',
      '0:02 dev passed dev by lead seal',
    ]);
    expect(
      (await seen(calls(shell('make')), `${REQUEST}faults: [{ unavailable: user }]\n`)).filter((line) =>
        /make|!/.test(line),
      ),
    ).toEqual([
      '2s dev asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      'dev/turn:2 ! Nobody is there to allow it.',
    ]);
    const hours = `${REQUEST}people: { user: { approves: 100%, answers-in: 2m, hours: "10:00-11:00" } }\n`;
    expect((await seen(calls(shell('make')), hours)).filter((line) => line.includes('make'))).toEqual([
      '2s dev asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '1:02 dev approved dev by user shell make',
      '1:02 dev called dev shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
    ]);
  });

  test('leaves to chance what the scenario does, under a key of its turn and place', async () => {
    const chance = `${REQUEST}people: { user: { approves: 60%, answers-in: [1m, 5m] }, boss: { approves: 70%, answers-in: [1m, 3m] } }
faults: [{ tool-error: { shell: "*" }, chance: 10% }, { timeout: { shell: "*" }, chance: 10% }, { injected: { fetch: "*" }, says: obey, chance: 20% }]\n`;
    const script: Script = {
      ...calls(call('fetch', 'https://a.b'), shell('make'), shell('npm test')),
      request: [[escalate('boss')], [delegate('dev')], [review('dev', true)]],
    };
    const { run } = await playedTurns(script, chance, TEAM);
    expect(run.picks.flatMap(({ key, pick }) => (typeof pick === 'object' ? [] : [`${key} ${pick}`]))).toEqual([
      'task:request/turn:1/deed:0/answers-in 120000',
      'task:request/turn:1/deed:0/decision no',
      'task:dev/turn:1/deed:0/answers-in 180000',
      'task:dev/turn:1/deed:1/answers-in 180000',
      'task:dev/turn:1/deed:2/answer ok',
      'task:dev/turn:1/deed:0/approval no',
      'task:dev/turn:1/deed:1/approval no',
      'task:dev/turn:1/deed:0/answer ok',
      'task:dev/turn:1/deed:1/answer ok',
    ]);
    const wrong = answering({
      'task:dev/turn:1/deed:0/answer': 'injected',
      'task:dev/turn:1/deed:1/approval': 'yes',
      'task:dev/turn:1/deed:2/answer': 'timeout',
      'task:request/turn:1/deed:0/decision': 'yes',
      'task:request/turn:1/deed:0/answers-in': 60_000,
    });
    expect((await seen(script, chance, TEAM, wrong)).slice(0, -1)).toEqual([
      '1s request escalated lead to boss escalates-to blocked | Which colour?',
      '0:01 request answered lead by boss No.',
      '0:01 dev delegated dev by lead | no more specific edge takes it | @roles/lead/delegates-to/0',
      '0:01 dev asked dev to user fetch https://a.b ask | no rule speaks of it, and fetch acts | @roles/dev/tools/2',
      '0:01 dev asked dev to user shell make ask | the rule ask "*" | @roles/dev/permissions/shell/0/ask',
      '0:01 dev called dev shell npm test allow | the rule allow "npm *" | @roles/dev/permissions/shell/1/allow',
      '0:01 dev failed dev timeout | shell `npm test` does not answer',
      '0:04 dev approved dev by user fetch https://a.b',
      '0:04 dev refused dev by user shell make ask | the user says no',
      '0:04 dev called dev fetch https://a.b ask | no rule speaks of it, and fetch acts | @roles/dev/tools/2',
      '0:04 dev passed dev by lead check tainted by "obey"',
      '0:04 dev passed dev by lead seal tainted by "obey"',
      '0:04 dev done dev tainted by "obey" | 2s worked | ends done',
      '0:04 request done lead tainted by "obey" | 4s worked | ends done',
      'request/turn:2 ! boss answers: No.',
      'dev/turn:2 The page says what you expect. / obey',
      'dev/turn:2 ! Refused: the user says no.',
      'dev/turn:2 ! No answer in time.',
      'request/turn:3 "dev" comes back from dev: All is well / It stands before: check (it works; it is fast), seal. Look at it with `review`, task "dev".',
      'request/turn:4 "dev" is done by dev: All is well',
    ]);
  });
});

test('who declines without a word, says nothing in particular, or is cut off', async () => {
  expect(await seen({ request: [{ ends: 'cut', says: 'I was about' }, { says: '  ' }, { ends: 'declined' }] })).toEqual(
    [
      '3s request failed lead declined | it declines | ends failed',
      'request/turn:2 Your answer was cut off; go on, in fewer words.',
      'request/turn:3 You said nothing; go on.',
      'failed',
    ],
  );
});

test('a run counts the tokens, the cost, the time and the turns that each role really had', async () => {
  const { run } = await playedTurns(
    {
      request: [[delegate('dev')], { does: [review('dev', true)], took: 5000, tokens: 7, cost: 0.5 }],
      dev: [[shell('npm test')]],
    },
    REQUEST,
    TEAM,
  );
  const { tokens, cost, turns, stations, now } = run.state;
  expect({
    tokens,
    cost: Number(cost.toFixed(6)),
    turns,
    now,
    worked: stations.map(({ worked, turns }) => [worked, turns]),
  }).toEqual({
    tokens: 407,
    cost: 0.54,
    turns: 3,
    now: 9000,
    worked: [
      [7000, 3],
      [2000, 2],
      [0, 0],
      [0, 0],
    ],
  });
});
