import { describe, expect, test } from 'vitest';
import { PAYMENTS } from './payments.ts';
import { project, teamc } from './project.ts';

const folder = (): string => project({ 'team.yaml': PAYMENTS });

describe('the answer to a person', () => {
  test('a denied command: the rule with its source, its reason, who may instead, and the targets', async () => {
    expect(await teamc(folder(), ['can', 'developer', 'shell', 'terraform destroy'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `deny  developer  shell  terraform destroy
  --> team.yaml:11:19  deny "terraform *"
  > 11 |         - { deny: "terraform *", because: infrastructure is the platform's, instead: platform }
       |                   ^^^^^^^^^^^^^
  because: infrastructure is the platform's
  instead: platform

  targets
    claude-code  deny  guarded  The guard holds each role to its own rules
    opencode     deny  native
    roo          ask   prose    Roo limits commands for the whole session, not for one mode
`,
    });
  });

  test('a command line: each part, the one that decides marked', async () => {
    const line = 'npm test && FOO=1 git status > src/log.txt; terraform destroy; cat "$(terraform plan)"';
    const { stdout } = await teamc(folder(), ['can', 'dev', `shell:${line}`]);
    expect(stdout.split('\n\n')[1]).toBe(`  parts
     allow  npm test                        allow "npm *"  team.yaml:10:19
     allow  git status                      allow "git status *"  team.yaml:10:28
     ask    sets a variable for git status
  >  deny   terraform destroy               deny "terraform *"  team.yaml:11:19
     deny   terraform plan                  deny "terraform *"  team.yaml:11:19
     ask    cat "$(terraform plan)"         ask "*"  team.yaml:9:16
     allow  writes src/log.txt              allow "src/**"  team.yaml:24:46`);
  });

  test.each([
    [['lead', 'shell', 'ls'], 'deny', 'team.yaml:17:12  the role does not have this tool'],
    [['lead', 'mcp', 'tickets/open'], 'ask', 'team.yaml:17:25  no rule speaks of it'],
    [['lead', 'mcp', 'mail/send'], 'deny', 'team.yaml:17:25  the role has another part of this tool only'],
    [['lead', 'delegate', 'dev'], 'allow', 'team.yaml:19:9  an edge'],
    [['lead', 'delegate', 'platform'], 'ask', 'team.yaml:20:9  an edge with approval'],
    [['developer', 'delegate', 'lead'], 'deny', 'the role does not have this tool'],
    [['lead', 'delegate', 'lead'], 'deny', 'team.yaml:19:7  no edge leads there'],
    [['lead', 'todo'], 'allow', 'team.yaml:17:19  no rule speaks of it'],
    [['developer', 'edit', './src/../README.md'], 'deny', 'team.yaml:24:34  deny "*"'],
    [['developer', 'edit', 'src/a/b.ts'], 'allow', 'team.yaml:24:46  allow "src/**"'],
    [['platform', 'shell', 'terraform apply -auto-approve'], 'ask', 'team.yaml:27:61  ask "terraform apply *"'],
    [['developer', 'shell', 'eval "$X"'], 'ask', 'team.yaml:9:16  ask "*"'],
  ])('%j is %s', async (words, decision, where) => {
    const { code, stdout } = await teamc(folder(), ['can', ...words]);
    expect(code).toBe(0);
    expect(stdout.split(' ', 1)[0]).toBe(decision);
    expect(stdout).toContain(where);
  });
});

describe('targets see a command line in their own way', () => {
  test.each([
    // opencode matches the whole text of a command, so nothing that stands before its name is taken off.
    ['developer', 'FOO=1 terraform destroy', 'deny', 'ask', 'opencode sees only `FOO=1 terraform destroy` there'],
    ['developer', 'sh -c "terraform destroy"', 'deny', 'ask', 'opencode sees only `sh -c "terraform destroy"` there'],
    ['developer', 'npm test && terraform destroy', 'deny', 'deny', undefined],
    ['developer', 'echo $(terraform destroy)', 'deny', 'deny', undefined],
    ['developer', 'npm ls > team.yaml', 'deny', 'allow', 'opencode sees only `npm ls > team.yaml` there'],
    ['developer', 'X=1', 'ask', 'allow', 'opencode sees nothing of this line there'],
  ])('%s: %s', async (role, line, own, there, because) => {
    const { stdout } = await teamc(folder(), ['can', role, 'shell', line, '--format', 'json']);
    const { decision, targets } = JSON.parse(stdout);
    expect({ decision, targets }).toMatchObject({ decision: own, targets: { opencode: { decision: there } } });
    expect(targets.opencode.because).toBe(because);
    expect(targets['claude-code'].decision).toBe(own);
  });
});

test('the answer to a program', async () => {
  const { stdout } = await teamc(folder(), ['can', 'developer', 'edit:docs/a.md', '--format', 'json']);
  expect(JSON.parse(stdout)).toEqual({
    role: 'developer',
    tool: 'edit',
    argument: 'docs/a.md',
    decision: 'deny',
    rule: { pattern: '*', decision: 'deny', file: 'team.yaml', line: 24, column: 34 },
    targets: {
      'claude-code': { decision: 'deny', level: 'guarded', because: 'The guard holds each role to its own rules' },
      opencode: { decision: 'deny', level: 'native' },
      roo: { decision: 'deny', level: 'native', because: "Whether a person is asked is the session's setting" },
    },
  });
  const none = JSON.parse((await teamc(folder(), ['can', 'lead', 'shell', 'ls', '--format', 'json'])).stdout);
  expect(none).toMatchObject({ decision: 'deny', rule: null, targets: { opencode: { decision: 'deny' } } });
});

test('an expectation that is not met is exit code 1', async () => {
  const where = folder();
  const ask = (decision: string) => teamc(where, ['can', 'dev', 'shell', 'npm test', '--expect', decision, '-q']);
  expect(await ask('allow')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await ask('deny')).toEqual({ code: 1, stdout: '', stderr: 'teamc: The answer is allow, not deny.\n' });
});

describe('what can not be answered is one sentence', () => {
  test.each([
    [['develper', 'shell', 'ls'], 'There is no role "develper"; did you mean "developer"?'],
    [['zzzzzz', 'shell', 'ls'], 'There is no role "zzzzzz"; there are lead, developer and platform.'],
    [['lead', 'shel', 'ls'], 'There is no tool "shel"; did you mean "shell"?'],
    [['lead', 'shell'], 'A call of shell needs a command such as "npm test".'],
    [['lead', 'delegate', 'devloper'], 'There is no role "devloper"; did you mean "developer"?'],
    [['lead'], 'Name a role, a tool and an argument, such as: teamc can lead shell "git push".'],
    [['lead', 'shell', 'git', 'push'], 'The argument is one word for the shell; quote it: "git push".'],
    [['lead', 'shell', 'ls', '--expect', 'alow'], '--expect can\'t be "alow"; did you mean "allow"?'],
    [['lead', 'shell', 'ls', '--team', 'nowhere'], 'There is nothing at "nowhere"; name a team folder or a team file.'],
    [['--batch', 'calls'], '"calls" can\'t be read: it is not there.'],
  ])('%j', async (words, sentence) => {
    expect(await teamc(folder(), ['can', ...words])).toEqual({ code: 2, stdout: '', stderr: `teamc: ${sentence}\n` });
  });

  test('a team whose permissions can not be read is not judged', async () => {
    const broken = project({ 'team.yaml': PAYMENTS.replace('permissions: careful-shell', 'permissions: carefull') });
    const { code, stderr } = await teamc(broken, ['can', 'developer', 'shell', 'ls']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'teamc: What "team.yaml" permits can\'t be told while it has errors; see "teamc lint". team.yaml:12: There is no block of permissions "carefull".\n',
    });
  });
});

describe('a batch', () => {
  async function batch(lines: readonly string[], ...more: readonly string[]) {
    async function* stdin() {
      yield lines.join('\n');
    }
    const outcome = await teamc(folder(), ['can', '--batch', '-', ...more], { stdin: stdin() });
    return {
      ...outcome,
      answers: outcome.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  }

  test('is answered in order, other keys stay, and what is wrong is said in its line', async () => {
    const { code, stderr, answers } = await batch([
      '{"id":7,"role":"dev","tool":"shell","argument":"npm test","note":{"a":[1]}}',
      'nope',
      '',
      '[]',
      '{"role":"nobody","tool":"shell","argument":"ls","id":8}',
      '{"role":"dev","tool":"edit","argument":3}',
      '{"role":"lead","tool":"todo"}',
    ]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'teamc: 4 of the calls could not be answered; see "error" in their lines.\n',
    });
    expect(answers.map(({ targets: _, ...rest }) => rest)).toEqual([
      {
        id: 7,
        role: 'dev',
        tool: 'shell',
        argument: 'npm test',
        note: { a: [1] },
        decision: 'allow',
        rule: { pattern: 'npm *', decision: 'allow', file: 'team.yaml', line: 10, column: 19 },
      },
      { line: 2, error: 'This line is no JSON.' },
      { line: 4, error: 'A call is an object such as {"role": "…", "tool": "…", "argument": "…"}.' },
      {
        role: 'nobody',
        tool: 'shell',
        argument: 'ls',
        id: 8,
        error: 'There is no role "nobody"; there are lead, developer and platform.',
      },
      { role: 'dev', tool: 'edit', argument: 3, error: '"argument" has to be a text.' },
      { role: 'lead', tool: 'todo', decision: 'allow', rule: null },
    ]);
  });

  test('every answer can be expected', async () => {
    const lines = ['npm test', 'git push'].map((argument) => JSON.stringify({ role: 'dev', tool: 'shell', argument }));
    expect((await batch(lines.slice(0, 1), '--expect', 'allow')).code).toBe(0);
    const { code, stderr } = await batch(lines, '--expect', 'allow');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'teamc: 1 of the answers are not allow.\n' });
  });

  test('of ten thousand lines takes seconds', async () => {
    const lines = Array.from({ length: 10_000 }, (_, at) =>
      JSON.stringify({
        at,
        role: ['dev', 'platform'][at % 2],
        tool: 'shell',
        argument: `terraform plan -out=p${at} && ls`,
      }),
    );
    const began = performance.now();
    const { code, answers } = await batch(lines);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect({ code, order: answers.map(({ at }) => at) }).toEqual({ code: 0, order: lines.map((_, at) => at) });
  });
});
