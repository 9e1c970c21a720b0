import { delegatesOf } from '../../analysis/delegates.ts';
import { compare } from '../../pattern/compare.ts';
import { decide } from '../../pattern/decide.ts';
import { UnsupportedPattern } from '../../pattern/expression.ts';
import type { PatternRule, Policy, RuleList } from '../../pattern/policy.ts';
import { policyOf } from '../../team/policy.ts';
import type { Role, Team } from '../../team/team.ts';
import { TOOLS, type Tool } from '../../team/tools.ts';
import type { GuardList, GuardRole, GuardRule, GuardTable } from '../guard/table.ts';
import { calledAs } from '../server-names.ts';
import type { Claim, Enforced } from '../target.ts';
import { domainOf, isPlain, remembered, usable } from '../usable.ts';
import { constantly, edgesOf } from './constantly.ts';

/** Tools whose calls Claude Code runs without asking when no setting says otherwise. */
const UNASKED: ReadonlySet<Tool> = new Set(['read', 'search', 'todo', 'ask-user', 'delegate', 'complete']);

/** Tools whose rules in settings.json take arguments, and how their patterns are written there. */
const RULE_NAMES: Readonly<Partial<Record<Tool, string>>> = {
  shell: 'Bash',
  edit: 'Edit',
  notebook: 'Edit',
  fetch: 'WebFetch',
  'web-search': 'WebSearch',
  skill: 'Skill',
};

/** The names that the guard's table uses: one row for each role, its tools and their lists. */
export function guardTable(team: Team, idOf: (role: Role) => string, closed: boolean): GuardTable {
  return {
    version: 1,
    team: team.name,
    closed,
    roles: Object.fromEntries([...team.roles.values()].map((role) => [idOf(role), guardRole(role, idOf)])),
  };
}

function guardRole(role: Role, idOf: (role: Role) => string): GuardRole {
  const tools = (Object.keys(TOOLS) as Tool[]).filter((tool) => tool !== 'delegate' && usable(role, tool));
  const rows = tools.map(
    (tool) => [tool, policyOf(role, tool).lists.map((list) => guardList(list, role, tool))] as const,
  );
  return { tools: { ...Object.fromEntries(rows), delegate: [delegation(role, idOf)] } };
}

function guardList({ rules, otherwise }: RuleList, role: Role, tool: Tool): GuardList {
  const reasons = role.rules.filter((entry) => entry.tool === tool);
  return {
    rules: rules.map(({ pattern, decision }): GuardRule => {
      const entry = reasons.find((other) => other.pattern === pattern && other.decision === decision);
      const because = [entry?.because, entry?.instead && `hand it to ${entry.instead}`].filter(Boolean).join('; ');
      const called = tool === 'mcp' ? callOf(pattern) : pattern;
      return because ? [called, decision, because] : [called, decision];
    }),
    otherwise,
  };
}

/** Names of roles are few, so each edge is decided; everything else is denied. */
function delegation(role: Role, idOf: (role: Role) => string): GuardList {
  const policy = policyOf(role, 'delegate');
  return {
    rules: delegatesOf(role).map((other): GuardRule => [idOf(other), decide(policy, other.id).decision]),
    otherwise: 'deny',
  };
}

/** What settings.json allows: everything that some role is allowed; the guard narrows it to each role's own. */
export function allowedInSettings(team: Team): readonly string[] {
  const allowed = new Set<string>();
  for (const role of team.roles.values())
    for (const tool of Object.keys(RULE_NAMES) as Tool[])
      if (usable(role, tool))
        for (const rule of settingsRules(policyOf(role, tool), tool)) allowed.add(ruleText(tool, rule));
  for (const role of team.roles.values()) for (const name of allowedServers(role)) allowed.add(name);
  return [...allowed].sort();
}

/** MCP tools of roles that are allowed to use them unasked. */
function allowedServers(role: Role): readonly string[] {
  if (!usable(role, 'mcp')) return [];
  const policy = policyOf(role, 'mcp');
  return role.grants
    .filter(({ tool }) => tool === 'mcp')
    .flatMap(({ pattern }) => (pattern === undefined ? Object.keys(role.fields['mcp-servers'] ?? {}) : [pattern]))
    .filter((name) => decide(policy, name.includes('/') ? name : `${name}/*`).decision === 'allow')
    .map(serverTool);
}

/** The name of a server, or of one of its tools, in lists of tools and in settings. */
export function serverTool(tools: string): string {
  return `mcp__${calledAs(tools).replace(/\/\*$/, '').replace('/', '__')}`;
}

/** Tools of a server as the guard sees them in a call, whose server ends at the first `__`. */
function callOf(tools: string): string {
  return calledAs(tools).replace('/', '__').replace('__', '/');
}

/** The allow rules of a policy in Claude Code's dialect; together they cover at least what the policy allows. */
function settingsRules({ lists }: Policy, tool: Tool): readonly PatternRule[] {
  const { rules, otherwise } = lists.at(-1)!;
  const all = { dialect: dialectOf(tool), pattern: '*', decision: 'allow' } as const;
  const start = rules.findLastIndex(({ pattern }) => pattern === '*');
  const base = start === -1 ? otherwise : rules[start]!.decision;
  if (base === 'allow') return [all];
  return rules
    .slice(start + 1)
    .filter(({ decision }) => decision === 'allow')
    .flatMap(({ pattern }) => covering(tool, pattern).map((wide) => ({ ...all, pattern: wide })));
}

function dialectOf(tool: Tool): PatternRule['dialect'] {
  return tool === 'shell' ? 'claude-bash' : tool === 'edit' || tool === 'notebook' ? 'claude-path' : TOOLS[tool];
}

/** Patterns of Claude Code that together match at least what one of ours matches. */
function covering(tool: Tool, pattern: string): readonly string[] {
  if (tool === 'shell') {
    // There, `?` is itself, `:*` at the end has a meaning of its own, and only a lone trailing ` *` is optional.
    const wide = pattern.replaceAll('\\', '\\\\').replaceAll('?', '*').replace(/:\*$/, '*');
    const stars = wide.split('*').length - 1;
    return stars > 1 && wide.endsWith(' *') ? [wide, wide.slice(0, -2)] : [wide];
  }
  if (tool === 'edit' || tool === 'notebook') {
    if (pattern.startsWith('~/')) return [pattern];
    return [pattern.startsWith('/') ? `/${pattern}` : `/${pattern}`].map((path) => path.replace(/[[\]]/g, '?'));
  }
  return [pattern];
}

/** A rule as settings.json writes it. */
function ruleText(tool: Tool, { pattern }: PatternRule): string {
  const name = RULE_NAMES[tool]!;
  if (pattern === '*') return name;
  if (tool === 'fetch') return fetchRule(pattern);
  return tool === 'web-search' ? name : `${name}(${pattern})`;
}

/** Claude Code's rules for URLs name a host; a pattern without a plain host allows the tool, and the guard narrows it. */
function fetchRule(pattern: string): string {
  const host = /^https?:\/\/([A-Za-z0-9.-]+)(?:\/|$)/.exec(pattern)?.[1];
  return host ? `WebFetch(domain:${host})` : 'WebFetch';
}

/**
 * What the settings and the guard together make of a role's rules for a tool, compared with the rules themselves. The
 * settings' own patterns for URLs, skills and servers cover ours by construction; for commands and paths it is proved.
 */
export function claimFor(role: Role, tool: Tool, inPlugin = false): Claim {
  if (isPlain(role, tool) && tool !== 'delegate') return { level: 'native' };
  if (!usable(role, tool)) return { level: 'native', because: 'The tool is not granted' };
  const policy = { lists: policyOf(role, tool).lists };
  return inPlugin && !UNASKED.has(tool) ? withoutSettings(policy, tool) : proved(policy, tool);
}

/** Tools that Claude Code does not have, so that no agent can call them. */
const MISSING: ReadonlySet<Tool> = new Set(['browser', 'switch-role']);

/** What the list of tools, the settings and the guard together allow of a role's tool: the strictest of them holds. */
export function enforcedFor(role: Role, tool: Tool): Enforced {
  const claim = claimFor(role, tool);
  if (tool === 'delegate') return { ...claim, policy: edgesOf(role) };
  if (MISSING.has(tool))
    return { level: 'native', because: 'Claude Code has no such tool', policy: constantly('deny') };
  if (!usable(role, tool)) return { ...claim, policy: constantly('deny') };
  const { lists } = policyOf(role, tool);
  return { ...claim, policy: { lists: [...(UNASKED.has(tool) ? [] : [settingsList({ lists }, tool)]), ...lists] } };
}

/** What settings.json allows of a tool without a question, written for the role alone: other roles' rules do not widen it, as the guard asks. */
function settingsList(meant: Policy, tool: Tool): RuleList {
  const rules = settingsRules(meant, tool);
  const all = rules.some(({ pattern }) => pattern === '*');
  return all || !RULE_NAMES[tool] || tool === 'fetch' || tool === 'web-search' || tool === 'skill'
    ? { rules: [], otherwise: 'allow' }
    : { rules, otherwise: 'ask' };
}

const proved = remembered((meant: Policy, tool: Tool): Claim => {
  const differs = UNASKED.has(tool) || coversByForm(meant, tool) ? undefined : difference(meant, tool);
  if (differs !== undefined) return { level: 'prose', because: differs };
  return { level: 'guarded', because: 'The guard holds each role to its own rules' };
});

/** A plugin has no settings of its own: what the team allows is asked there, unless the person's own settings allow it. */
const withoutSettings = remembered((meant: Policy, tool: Tool): Claim => {
  const { cells } = compare(
    meant,
    { lists: [{ rules: [], otherwise: 'ask' }, ...meant.lists] },
    { domain: domainOf(tool) },
  );
  const cell = cells.find(({ from, to }) => from !== to);
  return cell
    ? { level: 'prose', because: `A plugin cannot allow, so this is stricter: \`${cell.witness}\` is ${cell.to} there` }
    : { level: 'guarded', because: 'The guard holds each role to its own rules' };
});

/** Whether every allowed pattern is written in settings.json with the same meaning, or a wider one the guard narrows. */
function coversByForm({ lists }: Policy, tool: Tool): boolean {
  const special = tool === 'shell' ? /[\\?]|:\*$|\*.* \*$/ : /[\\[\]!]/;
  return lists.at(-1)!.rules.every(({ pattern, decision }) => decision !== 'allow' || !special.test(pattern));
}

/** Where settings and guard together differ from the rules, with a call that shows it; nothing where they are equal. */
export function difference(meant: Policy, tool: Tool): string | undefined {
  const settings: RuleList = { rules: settingsRules(meant, tool), otherwise: 'ask' };
  try {
    const { verdict, cells } = compare(meant, { lists: [settings, ...meant.lists] }, { domain: domainOf(tool) });
    if (verdict === 'equal') return undefined;
    const cell = cells.find(({ from, to }) => from !== to);
    const shown = cell ? `: \`${cell.witness}\` is ${cell.to} there, ${cell.from} in the team` : '';
    return `Settings and guard are ${verdict} here${shown}`;
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error;
    return 'Whether settings and guard equal the rules could not be decided';
  }
}
