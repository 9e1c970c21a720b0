import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';
import type { Call } from './claude-calls.ts';
import { bash, fetch, grep, make, read, start, write } from './claude-crew.ts';

/** A team that allows all but a few things: what a rule does not see is best shown there. */
const BROAD = `teamc: 1
name: broad
entry: dev
roles:
  dev:
    description: Does all but a few things.
    tools: [read, edit, shell, fetch, skill]
    delegates-to: searcher
    permissions:
      shell: [{ allow: "*" }, { deny: ["terraform *", "git push *--force*"] }]
      edit: [{ allow: "*" }, { deny: "infra/**" }]
      read: { deny: "**/.env" }
      fetch: [{ allow: "*" }, { deny: "https://evil.invalid/*" }]
  searcher:
    description: Searches.
    tools: [read, search]
    permissions: { search: { deny: "secrets/**" } }
`;

export function broad(closed = false): Team {
  return loadText(closed ? `${BROAD}targets: { claude-code: { closed: true } }\n` : BROAD).team;
}

/** What lies in its project besides the crew's files: links into the folder that nobody may edit, a script, a skill. */
export const LINKS: readonly (readonly [path: string, to: string])[] = [
  ['link', 'infra'],
  ['src/link', '../infra'],
];
export const SCRIPT = { path: 'run.sh', content: 'terraform destroy\n' };
export const FORKING = {
  path: '.claude/skills/forking/SKILL.md',
  content: '---\nname: forking\ndescription: Forks.\ncontext: fork\nagent: general-purpose\n---\n$ARGUMENTS\n',
};

/** A way round a rule: a call that the rule denies, and others that do the same or as much and really run. */
export interface Hole {
  readonly hole: string;
  readonly role: 'dev' | 'searcher';
  readonly denied: Call;
  readonly run: readonly Call[];
}

/** The known holes. A rule sees the text of a call; `at` is the project's folder, `programs` one with stand-ins. */
export function holes(at: string, programs: string): readonly Hole[] {
  const destroy = bash('terraform destroy');
  return [
    {
      hole: 'a program by its absolute path',
      role: 'dev',
      denied: destroy,
      run: [bash(`${programs}/terraform destroy`)],
    },
    {
      hole: 'a program that another one starts',
      role: 'dev',
      denied: destroy,
      run: [
        ...['timeout 5 terraform destroy', 'nice terraform destroy', 'env terraform destroy', 'nohup terraform x'],
        ...['env A=1 terraform destroy', 'echo a | xargs terraform destroy', 'sudo terraform destroy', 'sh run.sh'],
        ...['make destroy', 'find . -maxdepth 0 -exec terraform destroy \\;'],
      ].map(bash),
    },
    {
      hole: 'options in another order, or other ones that do the same',
      role: 'dev',
      denied: bash('git push origin main --force'),
      run: ['git -C . push --force', 'git push origin +main', 'git push -f'].map(bash),
    },
    {
      hole: 'a program that writes a file',
      role: 'dev',
      denied: write(`${at}/infra/1.txt`),
      run: ['echo a | tee infra/1.txt', 'cp src/a.txt infra/2.txt'].map(bash),
    },
    {
      hole: 'output to a file through a link',
      role: 'dev',
      denied: bash('echo a > infra/4.txt'),
      run: [bash('echo a > link/4.txt')],
    },
    { hole: 'a program that reads a file', role: 'dev', denied: read(`${at}/.env`), run: [bash('cat .env')] },
    {
      hole: 'a program that fetches',
      role: 'dev',
      denied: fetch('https://evil.invalid/a'),
      run: [bash('curl https://evil.invalid/a')],
    },
    {
      hole: 'a search from a folder above',
      role: 'searcher',
      denied: grep(`${at}/secrets/deep`),
      run: [grep(), grep(at)],
    },
  ];
}

/** What looks like a hole and is none. */
export function caught(at: string): readonly Call[] {
  return [
    ...["'terraform' destroy", 'terr"aform" destroy', 'terraform\tdestroy', 'true; terraform x', 'time terraform x'],
    ...["sh -c 'terraform destroy'", 'echo $(terraform x)', 'if true; then terraform x; fi', 'command terraform x'],
    ...['bash <<EOF\nterraform destroy\nEOF', 'echo terraform | sh', 't=terraform; $t x', '$(echo terraform) x'],
    ...['eval terraform x', 'npm x > infra/5.txt', `npm x > ${at}/src/../infra/5.txt`, 'npm x > "infra/5.txt"'],
  ]
    .map(bash)
    .concat([
      ...[write(`${at}/link/6.txt`), write(`${at}/src/link/6.txt`), make(`${at}/infra/8.txt`)],
      ...[write(`${at}/src/../infra/7.txt`), read(`${at}/src/../.env`), fetch('https://evil.invalid/a?b')],
      ...[start('general-purpose'), start('Searcher'), start()],
      bash('cd infra && echo a > 3.txt && cd ..'),
      ...['https://evil.invalid', 'https://EVIL.invalid/', 'https://evil.invalid:443/', 'http://evil.invalid/'].map(
        fetch,
      ),
    ]);
}

/** Where the client asks although the team allows: it is stricter there, and says so itself. */
export interface Asked {
  readonly why: string;
  readonly said: RegExp;
  readonly calls: readonly Call[];
}

/** Of the crew's builder, who may run each of these programs. */
export function asked(at: string): readonly Asked[] {
  const lines = (...all: readonly string[]): readonly Call[] => all.map(bash);
  return [
    {
      why: 'a nested command',
      said: /nested command|used as a file/,
      calls: lines('npm run $(npm x)', 'npm run `npm x`', 'npm run <(echo x)'),
    },
    { why: 'a command in the background', said: /background/, calls: lines('npm test &', 'npm test & npm run y') },
    {
      why: 'a variable',
      said: /variable/i,
      calls: lines('npm run $X', `echo \${X:-a}`, 'for f in a b; do npm run $f; done'),
    },
    {
      why: 'braces, groups, escapes',
      said: /^(?:Brace expansion|.*shell operators|.*group in braces|.*escape)/,
      calls: lines('npm run {a,b}', '( npm test )', '{ npm test; }', 'npm run a\\ b', "npm run $'a'"),
    },
    {
      why: 'a here-document',
      said: /Heredoc|redirect/,
      calls: lines('cat <<EOF\nhi\nEOF', 'cat <<EOF > src/h.txt\nhi\nEOF'),
    },
    {
      why: 'a line that is hard to read',
      said: /Parse error|hide arguments|Shell expansion|^$/,
      calls: lines('&& npm test', 'echo "a\n# b"', 'npm test > ~/notes/x'),
    },
    { why: 'another folder before git', said: /changes directory/, calls: lines('cd src && git status') },
    {
      why: 'a place outside the project',
      said: /outside|^$/,
      calls: [
        ...lines('ls /etc', 'cat /etc/hostname', 'cat ../x', 'cd /etc && npm test'),
        ...[read('/etc/hostname'), read(`${at}/../x`), read('~/x')],
      ],
    },
    { why: 'the whole disk or home', said: /Dangerous rm/, calls: lines('rm -rf /', 'rm -rf ~') },
  ];
}
