import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';
import type { Random } from '../pattern/brute-force.ts';

const PATTERNS: Readonly<Record<string, string>> = {
  shell:
    '*|git *|git status *|git push *|git push --force *|npm *|npm run *|npm run deploy*|terraform *|terraform plan *|* --help|rm *|go*|kubectl get *|*prod*|docker compose up *|make|ls ?|a b  c *|42|~/bin/x *|$HOME/x *|a\\\\b *|./x/*.sh *|[ab] *|echo "a  b" *',
  edit: '*|**|src/**|src/*.ts|**/*.ts|*.md|docs/**|docs/*/index.md|**/.env|.env*|a/**/b|src/?.ts|**/test/**|web/**/*.tsx|.claude/**|x|42|[a]/{b}/*|a+b/(c)',
  read: '*|**|src/**|**/.env|**/*.pem|*.key|docs/**|secrets/*|.env.example|~/.ssh/**|logs/**/*.log',
  fetch: '*|https://example.com/*|https://*.example.com/*|http://*|https://docs.example.com/a/**',
  skill: '*|deploy|review-*|*-check|a?c|42',
  search: '*|src/**|**/.env',
  mcp: '*|pg/*|pg/query|gh/*|gh/push|*/drop',
  delegate: '*|r0|r1|r?|r1*',
};

/** Tools that some platform lacks or gives to everybody, and rules that a platform may not hold by arguments. */
const OTHERS: Readonly<Record<string, string>> = {
  notebook: '*|**|books/*.ipynb|**/*.ipynb|/data/**',
  browser: '*|https://example.com/*|https://*.example.com/a/**',
  'switch-role': '*|r1|r?',
  complete: '*',
  'web-search': '*|news *',
  'ask-user': '*',
  todo: '*',
};

const TOOLS = ['read', 'search', 'edit', 'shell', 'fetch', 'web-search', 'ask-user', 'todo', 'skill', 'mcp'];

/**
 * A team of so many roles, each with tools, rules and delegates by chance. With `every`, all tools of the language occur, whole
 * and in parts, though no platform has all of them.
 */
export function randomTeam(name: string, roles: number, chance: Random, every: 'every' | 'some' = 'some'): Team {
  const kinds: Kinds = every === 'some' ? SOME : EVERY;
  const definition = {
    teamc: 1,
    name,
    entry: 'r0',
    roles: Object.fromEntries(Array.from({ length: roles }, (_, at) => [`r${at}`, role(at, { roles, kinds }, chance)])),
  };
  return loadText(JSON.stringify(definition), `${name}.yaml`).team;
}

/** What a team by chance is made of. */
interface Kinds {
  readonly tools: readonly string[];
  readonly servers: readonly string[];
  /** Tools of which a role may have a part. */
  readonly inParts: readonly string[];
  readonly patterns: Readonly<Record<string, string>>;
}

const SERVERS = ['mcp:pg', 'mcp:pg/query', 'mcp:gh/*'];

const SOME: Kinds = { tools: TOOLS, servers: SERVERS, inParts: ['edit', 'shell'], patterns: PATTERNS };

const EVERY: Kinds = {
  tools: [...new Set([...TOOLS, ...Object.keys(OTHERS)])],
  servers: [...SERVERS, 'mcp', 'mcp:*'],
  inParts: ['edit', 'shell', 'read', 'search', 'fetch', 'skill', 'notebook', 'browser', 'switch-role'],
  patterns: { ...PATTERNS, ...OTHERS },
};

function role(at: number, { roles, kinds }: { readonly roles: number; readonly kinds: Kinds }, chance: Random): object {
  const { patterns } = kinds;
  const tools = kinds.tools
    .filter(() => chance(4) > 0)
    .map((tool) => {
      const part = chance(12) === 0 && kinds.inParts.includes(tool);
      if (tool === 'mcp') return one(kinds.servers, chance);
      return part ? `${tool}:${one(patterns[tool]!.split('|').slice(patterns === PATTERNS ? 2 : 1), chance)}` : tool;
    });
  return {
    description: `Role ${at} of a team by chance.`,
    tools,
    permissions: Object.keys(patterns)
      .filter((tool) => chance(tool === 'delegate' ? 6 : 3) > 0 === (tool !== 'delegate'))
      .map((tool) => ({ [tool]: rules(patterns[tool]!.split('|'), chance) })),
    'delegates-to': Array.from({ length: roles }, (_, other) => other)
      .filter((other) => other > at && chance(4) === 0)
      .map((other) => ({ role: `r${other}`, ...(chance(4) === 0 ? { approval: 'user' } : {}) })),
  };
}

/** Rules by chance; in one list out of eight a pattern may come twice. */
function rules(patterns: readonly string[], chance: Random): readonly object[] {
  const left = new Set(patterns);
  const again = chance(8) === 0;
  return Array.from({ length: Math.min(1 + chance(7), patterns.length) }, () => {
    const pattern = one([...left], chance);
    if (!again) left.delete(pattern);
    return { [one(['allow', 'ask', 'deny'], chance)]: pattern };
  });
}

function one<T>(items: readonly T[], chance: Random): T {
  return items[chance(items.length)]!;
}
