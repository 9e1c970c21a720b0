import type { Decision } from '../../src/pattern/policy.ts';
import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';
import { LINES } from './claude-crew.ts';

/** A team made so that every kind of rule and edge is met; its longest path of hand-overs is three long. */
const CREW = `teamc: 1
name: crew
entry: lead
people: { owner: {} }
roles:
  lead:
    description: Hands out work.
    tools: [read, shell]
    delegates-to: [back/mid, builder, { role: ops, approval: owner }]
    permissions:
      - shell: [{ deny: "*" }, { allow: ["npm *", "git status *", "echo *", "cat *", "ls *"] }, { ask: "npm publish *" }]
  back/mid:
    description: Hands work on.
    tools: [read]
    delegates-to: [leaf, { role: open, approval: owner }]
  leaf:
    description: Hands the last of it on.
    tools: [read]
    delegates-to: tip
  tip:
    description: Has nobody below.
    tools: [read, shell]
  builder:
    description: Builds.
    tools: [read, edit, shell]
    permissions:
      - read: [{ deny: ["**/*.pem", "secrets/**", "~/.ssh/**", "/etc/ssl/**"] }, { ask: "logs/**" }]
        edit: [{ deny: "*" }, { allow: ["src/**", "docs/*.txt", "docs/*.make"] }, { ask: "src/config/**" }, { deny: "src/generated/**" }]
        shell: [{ ask: "*" }, { allow: ["npm *", "git *", "echo *", "cat *", "ls *", "true", "test *"] }, { ask: "npm publish *" }, { deny: ["terraform *", "git push *--force*"] }]
  open:
    description: Does all but a few things.
    tools: [read, edit, shell]
    permissions:
      - shell: [{ allow: "*" }, { deny: ["terraform *", "git push *"] }, { ask: "npm publish *" }]
        edit: [{ allow: "*" }, { deny: ["infra/**", "notes.*"] }]
        read: { deny: "secrets/**" }
  ops:
    description: Operates.
    tools: [read, shell]
    permissions: { shell: [{ ask: "*" }, { allow: ["terraform plan *", "kubectl get *"] }, { deny: "terraform *destroy*" }] }
targets: { opencode: {} }
`;

export function opencodeCrew(): Team {
  const { team, problems } = loadText(CREW);
  if (problems.length > 0) throw new Error(problems[0]!.message);
  return team;
}

/** What lies in the crew's project. */
export const PROJECT = [
  'src/a.txt',
  'src/generated/g.txt',
  'docs/b.md',
  'infra/main.tf',
  'secrets/key',
  'keys/a.pem',
  'logs/1.txt',
  '.env',
  '.env.example',
].map((path) => ({ path, content: 'a\n' }));

/** Agents that nobody of a team may start: the client's own, none, and names that are not quite a role's. */
export const STRANGERS: readonly string[] = [
  ...['general', 'explore', 'build', 'plan', 'title', 'summary', 'compaction', 'nobody', '', '*', 'General'],
  ...['Leaf', 'leaf ', ' leaf', 'mid', 'back/*', 'back\\mid', 'back/mid/', 'BACK/MID', 'leaf*', 'constructor'],
];

/** Lines for every role with a shell. */
export const ALL_LINES: readonly string[] = [
  ...new Set([
    ...LINES,
    ...['echo a && terraform x', 'echo a || terraform x', 'echo a & terraform x', '(terraform x)', '{ terraform x; }'],
    ...[
      'echo "$(npm publish)"',
      'echo `npm publish`',
      'cat <(npm publish)',
      "echo '$(terraform x)'",
      'echo a; ls; true',
    ],
    ...['while false; do terraform x; done', 'case a in a) terraform x;; esac', 'if terraform x; then true; fi'],
    ...['(command terraform x)', '(A=1 npm test)', 'A=1 command npm publish; (true)', '{ builtin echo a; }'],
    ...['A=$(terraform x)', 'A=$(npm test) npm run y', 'export X=1', 'export X=$(terraform x)', '> src/empty.txt'],
    ...[
      '[ -f x ]',
      '[[ -f x ]]',
      '(( 1 ))',
      '! terraform x',
      'echo a | npm publish',
      'npm test |& cat',
      ': ; npm test',
    ],
    ...['cd src && npm test', 'cd src; terraform x', 'pushd src && ls', 'echo a > src/o.txt', 'echo a >> infra/o.txt'],
    ...[
      '2>&1 npm test',
      '> src/o2.txt npm test',
      '> src/o3.txt terraform x',
      '2>src/e.txt terraform x',
      'npm test 2>src/e',
    ],
    ...[
      'cat <<EOF\nhi\nEOF',
      'cat <<EOF\n$(terraform x)\nEOF',
      'bash <<EOF\nterraform x\nEOF',
      'cat <<< "$(terraform x)"',
    ],
    ...["cat <<'EOF'\nterraform x\nEOF", 'echo a # && terraform x', '# terraform x', 'npm test\n\nnpm publish'],
    ...['"terraform" x', "bash -c 'npm publish && true'", 'eval "terraform x"', 'env terraform x'],
    ...['command terraform x', 'builtin echo a', 'time terraform x', 'terraform\tx', 'terraform  x', 'npm  publish'],
    ...[
      'echo a\\\n b',
      'terraform\\\n x',
      'git push origin "--force"',
      'git push --forc"e"',
      `echo \${X:-$(terraform x)}`,
    ],
    ...[
      'declare X=1',
      'readonly Y=1',
      'unset X',
      'local Z=1',
      'typeset W=1',
      'git  push --force',
      'X=1 Y=2',
      'npm test # x',
    ],
    ...[
      'true && ! terraform x',
      'true; ! npm publish',
      'npm test <src/a.txt',
      'exec terraform x',
      'echo "a # b" && ls',
    ],
    ...[
      'true && time npm publish',
      'export A=1 && npm test',
      'npm test; > src/e2.txt',
      '( export A=1 )',
      '{ npm test; }',
    ],
    ...['until true; do terraform x; done', 'select a in b; do break; done </dev/null', 'coproc npm test', 'let a=1'],
    ...['echo $(( $(terraform x) ))', 'f() { terraform x; }', 'for i in $(terraform x); do echo a; done', 'npm test &'],
  ]),
];

/** A path as a team writes it; what lies outside is the person's home, or not theirs. */
export const PATHS: readonly string[] = [
  ...['src/1.txt', 'src/config/2.txt', 'src/generated/3.txt', 'infra/4.txt', '5.txt', 'docs/6.txt', 'docs/a/7.txt'],
  ...['src/../infra/8.txt', 'src/./9.txt', 'src//10.txt', 'infra/../src/11.txt', 'SRC/12.txt', 'src/a b/13.txt'],
  ...['notes.txt', 'src/*.txt', 'src/é/14.txt', '../15.txt', 'src/../../16.txt', '~/17.txt', '~/.ssh/18.txt'],
];

export const READ: readonly string[] = [
  ...['src/a.txt', 'secrets/key', 'secrets', 'secrets/', 'src/../secrets/key', './secrets/key', 'keys/a.pem', 'a.pem'],
  ...['logs/1.txt', '.env', '.env.example', 'src/.env', '.env.local', 'infra/main.tf', 'none.txt', '.', 'docs/b.md'],
  ...['~/.ssh/id', '~/.ssh/deep/id', '~/.ssh/../.ssh/id', '~/notes/x', '~/none', '/etc/hostname', '/etc/ssl/x.pem'],
];

/** A way round a rule: what it denies, and lines that do the same or as much and really run. */
export interface Hole {
  readonly hole: string;
  /** How the target's own list of holes words it; nothing where that is silent. */
  readonly told?: string;
  readonly denied: readonly [tool: 'bash' | 'write' | 'read', argument: string];
  readonly run: readonly string[];
}

/** The known holes, for the role that is open. `programs` is a folder with stand-ins. */
export function holes(programs: string): readonly Hole[] {
  return [
    {
      hole: 'an assignment before a command',
      told: 'Leading assignments are not seen',
      denied: ['bash', 'terraform x'],
      run: [
        'FOO=1 terraform x',
        'A= terraform x',
        'A=1 B=2 terraform y',
        'A=$(true) terraform x',
        'A="b c" terraform x',
      ],
    },
    {
      hole: 'a command that a wrapper runs',
      told: 'What sh -c, eval or a wrapper such as sudo runs is not seen',
      denied: ['bash', 'terraform x'],
      run: [
        ...['sh -c "terraform x"', "bash -c 'true; terraform x'", 'eval terraform x', 'eval "terraform x"'],
        ...['sudo terraform x', 'env terraform x', 'env A=1 terraform x', 'timeout 5 terraform x', 'nice terraform x'],
        ...['nohup terraform x', 'echo a | xargs terraform', 'time terraform x', 'command terraform x'],
        ...['exec terraform x', 'bash <<EOF\nterraform x\nEOF', 'echo terraform x | sh', 'bash <<< "terraform x"'],
        ...[
          'find . -maxdepth 0 -exec terraform {} \\;',
          'trap "terraform x" EXIT',
          'make x',
          'sh run.sh',
          '. ./run.sh',
        ],
        ...['coproc terraform x'],
      ],
    },
    {
      hole: 'output to a file',
      told: 'Output redirections are not edits',
      denied: ['write', 'infra/h.txt'],
      run: [
        'echo a > infra/1.txt',
        'echo a >> infra/1.txt',
        '> infra/2.txt',
        'true 2> infra/3.txt',
        'true &> infra/4.txt',
      ],
    },
    {
      hole: 'a redirection before a command',
      told: 'A redirection before a command hides it',
      denied: ['bash', 'terraform x'],
      run: ['> src/15.txt terraform x', '2> src/16.txt terraform x', '2>&1 terraform x', '< src/a.txt terraform x'],
    },
    {
      hole: 'a program that writes a file',
      told: 'What a program itself reads and writes is not seen',
      denied: ['write', 'infra/h.txt'],
      run: ['echo a | tee infra/5.txt', 'cp src/a.txt infra/6.txt', 'mv docs/b.md infra/7.txt', 'touch infra/8.txt'],
    },
    { hole: 'a link', denied: ['write', 'infra/h.txt'], run: ['echo a > link/9.txt'] },
    {
      hole: 'a program that reads a file',
      denied: ['read', 'secrets/key'],
      run: ['cat secrets/key', 'head secrets/key', 'cat < secrets/key'],
    },
    {
      hole: 'another spelling of the program',
      told: 'A command spelled in another way (quotation, backslash, variable, two blanks) is another command',
      denied: ['bash', 'terraform x'],
      run: [
        ...['"terraform" x', "'terraform' x", 'terr\\aform x', 't=terraform; $t x', '$(echo terraform) x'],
        ...[`${programs}/terraform x`, 'terraform\tx', 'terra""form x'],
      ],
    },
    {
      hole: 'other words for the same',
      denied: ['bash', 'git push'],
      run: ['git -C . push', 'git  push', 'git -c a.b=c push', 'git "push"', 'git $(echo push)'],
    },
  ];
}

/** What looks like a hole of the role that is open, and is none. */
export const CAUGHT: readonly string[] = [
  ...['true; terraform x', 'true && terraform x', 'false || terraform x', 'true | terraform x', 'true & terraform x'],
  ...['(terraform x)', '{ terraform x; }', 'echo $(terraform x)', 'echo `terraform x`', 'cat <(terraform x)'],
  ...['if true; then terraform x; fi', 'for i in a; do terraform x; done', 'f() { terraform x; }; f', '! terraform x'],
  ...['cat <<EOF\n$(terraform x)\nEOF', 'A=$(terraform x)', 'export X=$(terraform x)'],
  ...['case a in a) terraform x;; esac', 'while terraform x; do true; done', 'true\nterraform x', '  terraform x'],
  ...['terraform x > /dev/null', 'terraform x 2>&1 | cat', 'echo "a $(terraform x)"', '[[ $(terraform x) ]]'],
];

/** What it makes by itself of lines that leave the project, for the builder, who may run `cat`, `ls` and `echo`. */
export function leaving(home: string): readonly (readonly [line: string, decision: Decision])[] {
  return [
    ...[`cat ${home}/.ssh/id`, 'cat ~/.ssh/id', 'cat ~/.ssh/deep/id', 'cd ~/.ssh && cat id'].map(denied),
    ...['cat /etc/hostname', 'cat ../x', 'cd /etc && ls', 'cat ~/notes/x', 'cd .. && npm test'].map(asked),
    ...['ls /etc', 'ls ~/.ssh', `cat < ${home}/.ssh/id`, `echo a > ${home}/x.txt`, 'npm --prefix /etc test'].map(
      passed,
    ),
    ...['cat $HOME/.ssh/id', 'echo ~/.ssh/*', 'test -f ~/.ssh/id', 'git -C /etc log'].map(passed),
  ];
}

const denied = (line: string) => [line, 'deny'] as const;
const asked = (line: string) => [line, 'ask'] as const;
const passed = (line: string) => [line, 'allow'] as const;
