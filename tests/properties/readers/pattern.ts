import { globsOfRegex } from '../../../src/import/platforms/roo-regex.ts';
import { compare } from '../../../src/pattern/compare.ts';
import { canonical, compile } from '../../../src/pattern/compile.ts';
import { decide, matches } from '../../../src/pattern/decide.ts';
import { rulingsOn, worstOf } from '../../../src/pattern/decide-command.ts';
import type { Domain } from '../../../src/pattern/domain.ts';
import { UnsupportedPattern } from '../../../src/pattern/expression.ts';
import { findCall } from '../../../src/pattern/find.ts';
import { liveness } from '../../../src/pattern/liveness.ts';
import { policyOfRegExp } from '../../../src/pattern/look-ahead.ts';
import { normalizePath, squeezeBlanks } from '../../../src/pattern/normal.ts';
import type { Decision, Dialect, PatternRule, Policy, RuleList } from '../../../src/pattern/policy.ts';
import { run } from '../../../src/pattern/program.ts';
import { splitCommand } from '../../../src/pattern/split-command.ts';
import { judge } from '../../../src/target/guard/judge.ts';
import { type Kind, matchesPattern } from '../../../src/target/guard/match.ts';
import type { GuardTable, HookInput } from '../../../src/target/guard/table.ts';
import { intersect } from '../../../src/target/platforms/wildcards.ts';
import { splitTool } from '../../../src/team/tools.ts';
import type { Dice } from '../../dice.ts';
import { type Reader, same } from './reader.ts';

/** Patterns and arguments of each dialect, and the signs that they are made of. */
const COMMANDS = [
  'npm run *',
  'git push *',
  'git * main',
  'terraform ?lan *',
  'rm -rf "a b"',
  'ls',
  '*',
  "echo 'x  y' *",
];
const PATHS = [
  'src/**',
  '**/*.ts',
  'docs/*.md',
  '/etc/**',
  '~/x',
  'a/../b',
  '*',
  '**',
  'C:\\x\\**',
  '{a,b}/*',
  '!x',
  'api/?/v[12]',
];
const URLS = [
  'https://example.com/*',
  'http*://*.example.com/a?b=*',
  '*',
  'https://[::1]:80/',
  'ftp://u:p@h/x#y',
  'a.b/*',
];
const REGEXPS = [
  '^src/.*\\.ts$',
  '(?:a|b)+c*',
  '\\.(md|txt)$',
  '^(?=src/.*$)(?!src/secret/.*$)(?:.*)$',
  '[^a-z]{2,5}',
  '\\bfoo\\b',
];
const NAMES = ['lead', 'api/dev', 'github/*', '*-dev', 'a?c', 'server/tool'];
const OF_PLATFORMS = ['npm run:*', 'git *', '//etc/**', '~/x/*', '!(a)', 'git push', 'server_*'];

const WILD = [...'ab/*?.-_~! \\\'"', '**', '**/', '/', '..', './', '*a', '?*', ' *', ':*', '//', '\u00e9', '\n'];
const OF_REGEXPS = [
  ...'ab.*+?^$|()[]{}\\-/,1',
  '(?:',
  '(?=',
  '(?!',
  '(?<a>',
  '.*',
  '\\b',
  '\\w',
  '[^',
  '{2,}',
  '{1,1000}',
  '\\u0061',
  '$)',
];

const LINES = [
  'npm test && git push --force | tee log.txt',
  'FOO=1 sh -c "rm -rf $(cat x) > y" && echo "a $b `c`"',
  'cat <<EOF > out.txt\nhello $(date)\nEOF\nif true; then ls; fi',
  'for f in *.ts; do echo "$f" >> all; done; (cd x && make) 2>&1 &',
  "xargs -I{} bash -c 'echo {}' < in; diff <(ls a) <(ls b)",
];
const SHELL = [
  ...'ab ;&|<>()$`"\'\\\n#!{}=*?~1-',
  '$(',
  '${',
  '$((',
  '<<',
  "<<'E'\n",
  'E\n',
  '&&',
  '||',
  '>>',
  '2>&1',
  '<(',
  'sh -c ',
  'eval ',
  'if ',
  'case ',
];

/** An argument made of the same signs as a pattern, so that it now and then fits. */
function argumentFor(dice: Dice, pattern: string): string {
  const filled = pattern.replaceAll(/\*+|\?/g, () => dice.one(['', 'a', 'a/b', 'x y', '..']));
  if (dice.rarely(2)) return filled.slice(0, 400);
  return Array.from({ length: dice.below(40) }, () => dice.one(WILD)).join('');
}

/** A pattern is asked of an argument twice, in the short way and by its automaton; and by the guard that carries no automata. */
function matched(dialect: Dialect, kind?: Kind) {
  return (pattern: string, dice: Dice): void => {
    const argument = argumentFor(dice, pattern);
    const answer = matches(dialect, pattern, argument);
    same(run(compile(dialect, pattern), canonical(dialect, argument)), answer);
    if (kind) same(matchesPattern(kind, pattern, argument), answer);
  };
}

/** A regular expression says of a text what JavaScript says. */
function asJavaScript(pattern: string, dice: Dice): void {
  const program = compile('regexp', pattern);
  // JavaScript goes back and forth without end in long texts.
  const argument = argumentFor(dice, pattern).slice(0, 12);
  if (pattern.length < 40) same(run(program, argument), new RegExp(pattern).test(argument));
}

const DOMAINS: Readonly<Record<string, Domain>> = {
  command: 'command',
  path: 'path',
  url: 'url',
  name: 'name',
  regexp: 'path',
};

/** How much work one question may take: a part of what teamc allows itself. */
const BUDGET = 300_000;

/** The lines of a text as the rules of two policies. */
function policiesIn(text: string, dice: Dice): readonly [RuleList, RuleList, Domain] {
  const dialect = dice.one(Object.keys(DOMAINS)) as Dialect;
  const rules = text
    .split('\n')
    .slice(0, 8)
    .map((pattern): PatternRule => ({ dialect, pattern, decision: dice.one<Decision>(['allow', 'ask', 'deny']) }));
  const at = dice.below(rules.length + 1);
  return [
    { rules: rules.slice(0, at), otherwise: 'ask' },
    { rules: rules.slice(at), otherwise: dice.one<Decision>(['ask', 'deny']) },
    DOMAINS[dialect]!,
  ];
}

/** Whatever is claimed of two policies holds for the example that is given. */
function compared(text: string, dice: Dice): void {
  const [one, other, domain] = policiesIn(text, dice);
  const a: Policy = { lists: [one] };
  const b: Policy = { lists: [other] };
  for (const { from, to, witness } of compare(a, b, { domain, budget: BUDGET }).cells) {
    same(decide(a, witness).decision, from);
    same(decide(b, witness).decision, to);
  }
}

function searched(text: string, dice: Dice): void {
  const [list, other, domain] = policiesIn(text, dice);
  const policy: Policy = { lists: [list] };
  const decision = dice.one<Decision>(['allow', 'ask', 'deny']);
  const within = other.rules.slice(0, 2);
  const found = findCall(policy, { within, decisions: [decision], domain, budget: BUDGET });
  if (typeof found === 'string') return;
  same(decide(policy, found.witness).decision, decision);
  for (const { dialect, pattern } of within) same(matches(dialect, pattern, found.witness), true);
}

/** What is said to be dead can go, and what decides an example does decide it. */
function enlivened(text: string, dice: Dice): void {
  const [{ rules }, , domain] = policiesIn(text, dice);
  const list: RuleList = { rules, otherwise: 'ask' };
  for (const [index, found] of liveness(list, domain, BUDGET).entries())
    if ('witness' in found) same(decide({ lists: [list] }, found.witness).rule, index);
}

const POLICY: Policy = {
  lists: [{ rules: [{ dialect: 'command', pattern: 'git *', decision: 'allow' }], otherwise: 'ask' }],
};

/** A line is as allowed as the least allowed of its parts, and is split the same when it is split again. */
function split(line: string): void {
  const found = splitCommand(line);
  same(splitCommand(line), found);
  for (const { text, plain } of found.parts) same(typeof text, typeof (plain ?? ''));
  const rulings = rulingsOn(POLICY, line, POLICY);
  const worst = worstOf(rulings);
  same(rulings.includes(worst), true);
  if (found.unsplittable !== undefined && worst.decision === 'allow')
    throw new Error('What is not understood is allowed');
}

const TABLE: GuardTable = {
  version: 1,
  team: 'shop',
  closed: true,
  roles: {
    dev: {
      tools: {
        shell: [
          {
            rules: [
              ['*', 'ask'],
              ['npm *', 'allow'],
              ['git push *', 'deny'],
            ],
            otherwise: 'ask',
          },
        ],
        edit: [
          {
            rules: [
              ['src/**', 'allow'],
              ['**/*.secret', 'deny'],
              ['*a*/*b*/**/*c*.ts', 'deny'],
            ],
            otherwise: 'ask',
          },
        ],
        read: [
          {
            rules: [
              ['~/**', 'ask'],
              ['/etc/**', 'deny'],
            ],
            otherwise: 'allow',
          },
        ],
        search: [{ rules: [['vendor/**', 'deny']], otherwise: 'allow' }],
        fetch: [{ rules: [['https://*.example.com/*', 'allow']], otherwise: 'deny' }],
        delegate: [{ rules: [['qa', 'allow']], otherwise: 'deny' }],
        mcp: [{ rules: [['github/*', 'allow']], otherwise: 'deny' }],
      },
    },
  },
};

const CALLS = [
  {
    agent_type: 'dev',
    tool_name: 'Bash',
    tool_input: { command: 'npm test && git push --force > src/a.ts' },
    cwd: '/home/a/project/src',
  },
  { agent_type: 'dev', tool_name: 'Edit', tool_input: { file_path: '/home/a/project/src/x.ts' } },
  { agent_type: 'dev', tool_name: 'Grep', tool_input: { path: '../x', pattern: 'a/**/b', glob: '~/y/*' } },
  { agent_type: 'dev', tool_name: 'WebFetch', tool_input: { url: 'https://user@docs.example.com:8080/a?b#c' } },
  { agent_type: 'dev', tool_name: 'Agent', tool_input: { subagent_type: 'qa' } },
  { agent_type: 'dev', tool_name: 'mcp__github__list', tool_input: {} },
  { agent_type: 'qa', tool_name: 'Skill', tool_input: { skill: 'x' } },
].map((call) => JSON.stringify(call));

/** A call as the guard's hook gets it; what is not of the form of a call it refuses by any error, which is a denial. */
function guarded(text: string): void {
  let call: HookInput;
  try {
    call = JSON.parse(text) as HookInput;
    if (typeof call.tool_name !== 'string') return;
  } catch {
    return;
  }
  const where = { project: '/home/a/project', home: '/home/a' };
  try {
    same(
      ['allow', 'ask', 'deny'].includes(judge({ ...call, tool_input: call.tool_input ?? {} }, TABLE, where).decision),
      true,
    );
  } catch (error) {
    if (!(error instanceof Error) || error instanceof RangeError) throw error;
  }
}

const dialect = (
  name: Dialect,
  seeds: readonly string[],
  signs: readonly string[],
  share: number,
  kind?: Kind,
): Reader => ({
  name: `pattern: ${name}`,
  share,
  seeds,
  signs,
  read: matched(name, kind),
  refuses: [UnsupportedPattern],
});

/** The readers of patterns, of command lines and of calls. */
export const PATTERN: readonly Reader[] = [
  dialect('command', COMMANDS, [...WILD, ...SHELL], 400, 'command'),
  dialect('path', PATHS, WILD, 400, 'path'),
  dialect('url', URLS, WILD, 300, 'url'),
  dialect('name', NAMES, WILD, 500, 'name'),
  dialect('opencode', [...OF_PLATFORMS, ...PATHS], WILD, 300),
  dialect('claude-bash', [...OF_PLATFORMS, ...COMMANDS], WILD, 300),
  dialect('claude-path', [...OF_PLATFORMS, ...PATHS], WILD, 300),
  dialect('roo-prefix', OF_PLATFORMS, WILD, 300),
  {
    name: 'pattern: regular expressions',
    share: 600,
    seeds: REGEXPS,
    signs: OF_REGEXPS,
    read: asJavaScript,
    refuses: [UnsupportedPattern],
  },
  {
    name: 'pattern: look-aheads taken apart',
    share: 300,
    seeds: REGEXPS,
    signs: OF_REGEXPS,
    read: policyOfRegExp,
    refuses: [UnsupportedPattern],
  },
  { name: "pattern: Roo's fileRegex as globs", share: 120, seeds: REGEXPS, signs: OF_REGEXPS, read: globsOfRegex },
  {
    name: 'patterns: two policies compared',
    share: 40,
    seeds: LISTS(),
    signs: [...WILD, '\n'],
    read: compared,
    refuses: [UnsupportedPattern],
  },
  {
    name: 'patterns: a call is looked for',
    share: 60,
    seeds: LISTS(),
    signs: [...WILD, '\n'],
    read: searched,
    refuses: [UnsupportedPattern],
  },
  {
    name: 'patterns: rules that decide nothing',
    share: 60,
    seeds: LISTS(),
    signs: [...WILD, '\n'],
    read: enlivened,
    refuses: [UnsupportedPattern],
  },
  {
    name: 'patterns: what two wildcards have in common',
    share: 300,
    seeds: OF_PLATFORMS,
    signs: WILD,
    read: (text, dice) => intersect(text.slice(0, 200), dice.one([...OF_PLATFORMS, ...COMMANDS])),
  },
  { name: 'shell: a command line split', share: 1_000, seeds: LINES, signs: SHELL, read: split },
  {
    name: 'arguments: paths and blanks made normal',
    share: 2_500,
    seeds: [...PATHS, ...LINES],
    signs: [...WILD, ...SHELL],
    read(text) {
      same(normalizePath(normalizePath(text)), normalizePath(text));
      same(squeezeBlanks(squeezeBlanks(text)), squeezeBlanks(text));
    },
  },
  {
    name: 'tools: a name with a pattern',
    share: 200,
    seeds: ['edit:src/**', 'mcp:github/x', 'shell'],
    signs: [':', ...WILD],
    read: splitTool,
  },
  {
    name: 'guard: a call of Claude Code',
    share: 2_000,
    seeds: CALLS,
    signs: ['"tool_input":', '"Bash"', '"command":', '"a"', ...'{}[]:,"\\/*', ...SHELL],
    read: guarded,
  },
];

function LISTS(): readonly string[] {
  return [COMMANDS, PATHS, URLS, NAMES].flatMap((list) => [list.slice(0, 4).join('\n'), list.slice(2, 7).join('\n')]);
}
