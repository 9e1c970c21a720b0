import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';
import type { Call } from './claude-calls.ts';

/** A team made so that every kind of rule, edge and depth is met. Its main role is two edges away from the critic. */
const CREW = `teamc: 1
name: crew
entry: lead
people: { owner: {} }
tool-groups: { look: [read, search] }
permissions:
  build-shell:
    - shell:
        - ask: "*"
        - allow: ["npm *", "git *", "echo *", "cat *", "ls *", "cd *", "sh *", "tee *", "rm *", "make *", "true", "test *", "wget *"]
        - ask: "npm publish *"
        - { deny: ["terraform *", "git push *--force*"], because: environments are changed by hand, instead: ops }
roles:
  lead:
    description: Hands out work.
    tools: [look, shell]
    delegates-to: [builder, writer, { role: ops, approval: owner }]
    permissions:
      - shell: [{ deny: "*" }, { allow: ["git status *", "git log *", "git diff *"] }, { deny: "git * --output*" }]
  builder:
    description: Builds.
    tools: [read, edit, shell, fetch, mcp:ledger 2.0/query, mcp:ledger 2.0/drop, mcp:ledger 2.0/explain]
    delegates-to: [tester, { role: writer, approval: owner }]
    permissions:
      - build-shell
      - read: { deny: "**/.env" }
        edit: [{ deny: "*" }, { allow: ["src/**", "notes/*.md", "~/notes/**"] }, { ask: "src/config/**" }, { deny: "src/generated/**" }]
        fetch: [{ ask: "*" }, { allow: ["https://docs.invalid/*", "https://*.api.invalid/v1/*"] }, { deny: "https://evil.invalid/*" }]
        mcp: [{ ask: "*" }, { allow: ledger 2.0/query }, { deny: ledger 2.0/drop }]
  tester:
    description: Tests.
    tools: [read, shell]
    delegates-to: [critic, builder]
    permissions: { shell: [{ ask: "*" }, { allow: ["npm test *", "npm run check"] }, { deny: "npm publish *" }] }
  critic:
    description: Judges.
    tools: [look, shell]
    permissions: { shell: [{ deny: "*" }, { allow: ["git diff *", "npm run lint *"] }, { ask: "make check" }] }
  writer:
    description: Writes.
    tools: [look, edit, notebook, web-search, skill]
    permissions:
      edit: [{ deny: "*" }, { allow: ["docs/**", "*.md"] }, { ask: "docs/legal/**" }]
      notebook: [{ ask: "*" }, { allow: "docs/*.ipynb" }, { deny: "docs/final.ipynb" }]
      read: { deny: "secrets/**" }
      search: { deny: "secrets/**" }
      skill: [{ ask: "*" }, { allow: style }, { deny: deploy }]
      web-search: [{ ask: "*" }, { deny: "*password*" }]
  ops:
    description: Operates.
    tools: [read, shell, fetch]
    permissions:
      shell: [{ ask: "*" }, { allow: ["terraform plan *", "kubectl get *"] }, { ask: "terraform *" }, { deny: "terraform *destroy*" }]
      fetch: deny
`;

export function crew(): Team {
  const { team, problems } = loadText(CREW);
  if (problems.length > 0) throw new Error(problems[0]!.message);
  return team;
}

/** What lies in the crew's project. */
export const PROJECT = [
  { path: 'src/a.txt', content: 'a\n' },
  { path: 'src/generated/g.txt', content: 'g\n' },
  { path: 'docs/b.md', content: 'b\n' },
  { path: 'infra/main.tf', content: 'm\n' },
  { path: 'secrets/key', content: 'k\n' },
  { path: '.env', content: 'A=1\n' },
  ...['docs/one.ipynb', 'docs/final.ipynb', 'other.ipynb'].map((path) => ({ path, content: notebook() })),
  ...['style', 'deploy', 'other'].map((name) => ({
    path: `.claude/skills/${name}/SKILL.md`,
    content: `---\nname: ${name}\ndescription: About ${name}.\n---\nNothing to do.\n`,
  })),
];

function notebook(): string {
  const cell = { cell_type: 'code', execution_count: null, id: 'one', metadata: {}, outputs: [], source: '1' };
  return JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

export const bash = (command: string): Call => ({ tool: 'Bash', input: { command, description: 'a command' } });
export const read = (file_path: string): Call => ({ tool: 'Read', input: { file_path } });
export const write = (file_path: string): Call => ({ tool: 'Write', input: { file_path, content: 'text' } });
export const make = (file_path: string): Call => ({
  tool: 'Edit',
  input: { file_path, old_string: '', new_string: 'text' },
});
export const edit = (file_path: string): Call => ({
  tool: 'Edit',
  input: { file_path, old_string: 'a', new_string: 'b' },
});
export const grep = (path?: string): Call => ({ tool: 'Grep', input: { pattern: 'a', ...(path && { path }) } });
export const glob = (path?: string): Call => ({ tool: 'Glob', input: { pattern: '*', ...(path && { path }) } });
export const cell = (notebook_path: string): Call => ({
  tool: 'NotebookEdit',
  input: { notebook_path, cell_id: 'one', new_source: '2' },
});
export const fetch = (url: string): Call => ({ tool: 'WebFetch', input: { url, prompt: 'what' } });
export const query = (text: string): Call => ({ tool: 'WebSearch', input: { query: text } });
export const skill = (name: string): Call => ({ tool: 'Skill', input: { skill: name } });
/** The client calls a server by letters, digits, `-` and `_`. */
export const mcp = (name: string): Call => ({ tool: `mcp__ledger_2_0__${name}`, input: {} });
/** Starts an agent that has nothing to do. */
export const start = (subagent_type?: string): Call => ({
  tool: 'Agent',
  input: {
    ...(subagent_type !== undefined && { subagent_type }),
    description: 'a task',
    prompt: 'Nothing.',
    run_in_background: false,
  },
});

/** Agents that nobody of a team may start: the client's own, none, and names that are not quite a role's. */
export const STRANGERS: readonly (string | undefined)[] = [
  ...['Explore', 'general-purpose', 'Plan', 'claude', 'statusline-setup', 'nobody'],
  ...['Tester', 'TESTER', 'tester ', ' tester', 'test-er', 'crew:tester', 'Builder', 'buil_der', 'constructor'],
  undefined,
];

/** Command lines for roles that build; what is decided about them is worked out, not written here. */
export const LINES = [
  ...['npm test', 'npm', 'npm   test', 'npm\ttest', ' npm test', 'NPM test', 'npmx test', 'npm publish', 'make all'],
  ...['terraform destroy', 'terraform', 'terraformer', 'git push', 'git push --force', 'git push origin main --force'],
  ...['npm "test"', "npm 'te st'", '"npm" test', 'np\\m test', "'terraform' destroy", 'terr\\aform destroy'],
  ...['npm test && npm run x', 'npm test; git status', 'npm test | cat', 'npm test || true', 'npm test;', '! npm test'],
  ...['npm test && terraform destroy', 'npm test; terraform destroy', 'npm test | terraform apply', 'kubectl get x'],
  ...['npm test\nnpm run y', 'npm test\nterraform destroy', 'npm test \\\n  --watch', 'npm test && kubectl get x'],
  ...['npm test # terraform', 'npm test && npm publish', 'if true; then npm test; fi', 'if true; then terraform x; fi'],
  ...['FOO=1 npm test', 'FOO=1 terraform destroy', 'FOO=1', 'a=npm; $a test', 'env FOO=1 npm test', 'env npm test'],
  ...['timeout 5 npm test', 'timeout 5 terraform destroy', 'nice npm test', 'nohup npm test', 'time npm test'],
  ...['time terraform destroy', 'command npm test', 'command terraform destroy', 'exec npm test', 'eval npm test'],
  ...["sh -c 'npm test'", "sh -c 'terraform destroy'", "bash -c 'npm test'", "sh -c 'npm test && kubectl get x'"],
  ...["bash -c 'terraform destroy'", 'echo a | xargs terraform', 'echo a | xargs npm', 'sudo npm test'],
  ...['npm run $(terraform destroy)', 'npm run `terraform destroy`', 'echo "$(terraform x)"', 'cat <(terraform x)'],
  ...['npm test > src/out.txt', 'npm test >> src/out.txt', 'npm test > out.txt', 'npm test > infra/out.txt'],
  ...['npm test 2>&1', 'npm test > /dev/null 2>&1', 'npm test > src/../infra/x', 'npm test > src/generated/x'],
  ...['npm test > src/config/x', 'npm test > "src/q.txt"', 'npm test > $F', 'npm test &> src/both.txt'],
  ...['cat < src/a.txt', 'cat src/a.txt', 'ls', 'ls src', 'pwd', 'head src/a.txt', 'find . -name a.txt', 'true'],
  ...[
    "git commit -m 'a; terraform destroy'",
    'git commit -m "a && b"',
    'git log',
    'git diff',
    'for f in a b; do npm run x; done',
  ],
  ...['npm run *.ts', 'npm run ~/x', 'npm test "', '$CMD test', '$(echo npm) test', 'source src/a.txt', 'alias x=npm'],
  ...['[ -f x ] && npm test', 'test -f x', 'mkdir src/d', 'npm() { terraform; }; npm test', 'function f { npm test; }'],
];

/** Calls of the builder, which has most tools. `at` is the project's folder. */
export function builderCalls(at: string): readonly Call[] {
  return [
    ...LINES.map(bash),
    bash(`npm test > ${at}/src/whole.txt`),
    bash(`npm test > ${at}/infra/whole.txt`),
    { tool: 'Bash', input: { ...bash('terraform apply').input, dangerouslyDisableSandbox: true } },
    ...pathCalls(at),
    ...['https://docs.invalid/a', 'https://docs.invalid', 'https://evil.invalid/a', 'https://other.invalid/a'].map(
      fetch,
    ),
    ...['http://docs.invalid/a', 'https://docs.invalid.evil.invalid/a', 'https://x.api.invalid/v1/a'].map(fetch),
    ...['https://x.api.invalid/v2/a', 'https://evil.invalid/.api.invalid/v1/a', 'https://DOCS.invalid/a'].map(fetch),
    ...['query', 'drop', 'explain'].map(mcp),
    ...[query('x'), skill('style'), grep(), { tool: 'SendMessage', input: { to: 'tester', message: 'hi' } }],
    ...[
      { tool: 'Workflow', input: { script: 'x' } },
      { tool: 'Monitor', input: { command: 'npm test' } },
    ],
  ];
}

function pathCalls(at: string): readonly Call[] {
  const written = [
    'src/1.txt',
    'src/config/2.txt',
    'src/generated/3.txt',
    'infra/4.txt',
    '5.txt',
    'notes/6.md',
    'notes/7.txt',
  ];
  const odd = ['src/../infra/8.txt', 'src/./9.txt', 'src//10.txt', 'infra/../src/11.txt', '../12.txt', 'SRC/13.txt'];
  return [
    ...[...written, ...odd].map((path) => write(`${at}/${path}`)),
    ...['src/14.txt', 'infra/15.txt', '~/notes/16.txt', '~/17.txt', '/nowhere/18.txt'].map(write),
    ...['src/19.txt', 'infra/20.txt', 'src/config/21.txt'].map((path) => make(`${at}/${path}`)),
    ...[read(`${at}/src/a.txt`), edit(`${at}/src/a.txt`), read(`${at}/.env`), read(`${at}/infra/../.env`)],
    ...[read(`${at}/infra/main.tf`), read(`${at}/none`)],
  ];
}

export function writerCalls(at: string): readonly Call[] {
  const notebooks = ['docs/one.ipynb', 'docs/final.ipynb', 'other.ipynb'].map((path) => `${at}/${path}`);
  return [
    ...['docs/1.md', 'docs/a/2.txt', '3.md', 'src/4.md', 'docs/legal/5.md', 'docs/../src/6.md'].map((path) =>
      write(`${at}/${path}`),
    ),
    ...['docs/7.md', 'src/8.md'].map((path) => make(`${at}/${path}`)),
    ...notebooks.flatMap((path) => [read(path), cell(path)]),
    ...[read(`${at}/secrets/key`), read(`${at}/docs/b.md`), read(`${at}/docs/../secrets/key`)],
    ...[grep(`${at}/docs`), grep(`${at}/secrets`), glob(`${at}/docs`), glob(`${at}/secrets`), grep('secrets')],
    ...[query('weather'), query('my password')],
    ...['style', 'deploy', 'other'].map(skill),
    ...[bash('npm test'), bash('ls'), fetch('https://docs.invalid/a'), mcp('query'), start('writer'), start('Explore')],
  ];
}

export function leadCalls(at: string): readonly Call[] {
  return [
    ...[
      'git status',
      'git log',
      'git diff --stat',
      'git diff --output=x',
      'git push',
      'npm test',
      'ls',
      'cat src/a.txt',
    ].map(bash),
    ...['git status && npm test', 'git status; git log | cat', 'git status > x', 'git log > /dev/null'].map(bash),
    ...[read(`${at}/src/a.txt`), read(`${at}/.env`), write(`${at}/src/22.txt`), write(`${at}/docs/22.md`)],
    ...[fetch('https://docs.invalid/a'), grep(), mcp('query')],
    ...STRANGERS.map(start),
    ...['lead', 'tester', 'critic', 'ops', 'writer'].map(start),
  ];
}

export function testerCalls(at: string): readonly Call[] {
  return [
    ...['npm test', 'npm test -- a.ts', 'npm run check', 'npm run x', 'npm publish', 'git diff', 'ls'].map(bash),
    ...['npm test && npm publish', 'npm test && npm run check', 'npm test > src/t.txt', 'terraform destroy'].map(bash),
    ...["sh -c 'npm test'", 'FOO=1 npm test', 'npm test -- "a b"', 'kubectl get pods', 'git push --force'].map(bash),
    ...[read(`${at}/.env`), write(`${at}/src/23.txt`), fetch('https://docs.invalid/a'), mcp('query')],
    ...STRANGERS.filter((name) => name !== 'nobody').map(start),
    ...['lead', 'tester', 'ops', 'writer', 'critic'].map(start),
  ];
}

export function criticCalls(at: string): readonly Call[] {
  return [
    ...['git diff', 'git diff HEAD', 'git log', 'npm run lint', 'npm run lint -- --fix', 'npm test', 'make check'].map(
      bash,
    ),
    ...['make all', 'ls', 'git diff && make check', 'git diff && ls', 'git diff > src/d.txt'].map(bash),
    ...[read(`${at}/src/a.txt`), write(`${at}/src/24.txt`), start('tester'), start('Explore'), start()],
  ];
}

export function opsCalls(at: string): readonly Call[] {
  return [
    ...[
      'terraform plan',
      'terraform plan -out x',
      'terraform apply',
      'terraform destroy',
      'terraform plan -destroy',
    ].map(bash),
    ...['kubectl get pods', 'kubectl delete pod x', 'npm test', 'terraform plan && terraform apply', 'ls'].map(bash),
    ...['terraform plan && kubectl get pods', 'terraform plan | cat', 'FOO=1 terraform plan', 'git status'].map(bash),
    ...[
      fetch('https://docs.invalid/a'),
      read(`${at}/.env`),
      write(`${at}/src/25.txt`),
      start('builder'),
      start('Explore'),
    ],
  ];
}

/** Calls for places where the settings' allow list does not count. */
export function fewCalls(at: string): readonly Call[] {
  const lines = [
    'npm test',
    'npm publish',
    'terraform destroy',
    'git push --force',
    'cat src/a.txt',
    'ls',
    'ls src',
    'pwd',
  ];
  return [
    ...[...lines, 'npm test && terraform destroy', 'ls && npm test', 'ls && cat src/a.txt', 'npm test > src/f.txt'].map(
      bash,
    ),
    ...['echo a', 'make all', 'true', 'FOO=1 npm test', "sh -c 'terraform x'", 'kubectl get x', 'ls; terraform x'].map(
      bash,
    ),
    ...['src/26.txt', 'src/config/27.txt', 'src/generated/28.txt', 'infra/29.txt'].map((path) =>
      write(`${at}/${path}`),
    ),
    ...[
      read(`${at}/src/a.txt`),
      read(`${at}/.env`),
      ...['https://docs.invalid/a', 'https://evil.invalid/a'].map(fetch),
    ],
    ...['query', 'drop', 'explain'].map(mcp),
  ];
}
