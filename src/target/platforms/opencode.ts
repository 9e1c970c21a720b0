import { delegatesOf } from '../../analysis/delegates.ts';
import { delegationDepth } from '../../analysis/depth.ts';
import { compare } from '../../pattern/compare.ts';
import { decide } from '../../pattern/decide.ts';
import { findCall } from '../../pattern/find.ts';
import { normalizePath, squeezeBlanks } from '../../pattern/normal.ts';
import type { Decision, PatternRule, Policy, RuleList } from '../../pattern/policy.ts';
import { hexOf } from '../../team/colors.ts';
import { hasTool, policyOf } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';
import { TOOLS, type Tool } from '../../team/tools.ts';
import type { Feature } from '../features.ts';
import { unnamedServers } from '../left-out.ts';
import { json } from '../render.ts';
import { summaryNote, summaryOf } from '../summary.ts';
import type { Claim, Enforced, Lowered, Lowering, Platform } from '../target.ts';
import { domainOf, isPlain, remembered, usable } from '../usable.ts';
import type { RoleView } from '../view.ts';
import { constantly, edgesOf } from './constantly.ts';
import { readingsOf } from './opencode-commands.ts';
import { isExact, lowerPaths, type WildcardRule } from './opencode-paths.ts';
import { intersect } from './wildcards.ts';

/** How an agent is told to others that is to be used unasked. */
const EAGER = 'Use it without being asked.';

/** Fields of an agent file that a role may set under `targets`; none of them widens what the role may do. */
const FIELDS: ReadonlySet<string> = new Set(['variant', 'top_p', 'hidden', 'disable', 'options']);

/** The questions that opencode asks by itself before it reads secrets; a block that begins with `"*"` would drop them. */
const SECRETS: readonly WildcardRule[] = [
  ['*.env', 'ask'],
  ['*.env.*', 'ask'],
  ['*.env.example', 'allow'],
];

/** Permission keys that take an action and no map. */
const FLAT: Readonly<Partial<Record<Tool, readonly string[]>>> = {
  search: ['glob', 'grep', 'list'],
  fetch: ['webfetch'],
  'web-search': ['websearch'],
  'ask-user': ['question'],
  todo: ['todowrite'],
};

/** One entry of the permission block, its value already written as YAML. */
interface Entry {
  readonly key: string;
  readonly value: string;
}

interface LoweredTool {
  readonly entries: readonly Entry[];
  readonly claim?: Claim;
  /** What the entries mean to opencode. */
  readonly policy: Policy;
}

/** A path of names, as opencode makes an agent's name of the path of its file. */
const NAME = /^(?![/.])(?:[^/\\\p{Cc}]+\/)*[^/\\\p{Cc}]+$/u;

/** opencode: an ordered permission block for each agent, which the platform itself enforces. */
export const opencode: Platform = {
  /** A role that was imported keeps the name that it had. */
  id({ fields }) {
    const { name } = (fields.targets?.['opencode'] ?? {}) as Readonly<Record<string, unknown>>;
    return typeof name === 'string' && NAME.test(name) ? name : undefined;
  },
  lower(view, role, context) {
    const { name: _, ...extra } = view.extra;
    const { fields, refused } = ownFields(extra);
    const summary = summaryOf(view, EAGER);
    const lowered = (Object.keys(TOOLS) as Tool[]).map((tool) => [tool, lowerTool(role, tool, context)] as const);
    return {
      view: {
        summary: view.verbatim ? (role.fields.description ?? '') : summary,
        notes: view.notes + summaryNote(view, summary, EAGER),
        opencodeModel: view.model.includes('/') ? view.model : '',
        opencodeColor: hexOf(view.color) ?? '',
        opencodeFields: fields,
        permission: [
          entry('*', 'deny'),
          ...lowered.flatMap(([, { entries }]) => entries),
          { key: 'external_directory', value: outsideFolders(role) },
          { key: 'doom_loop', value: json('ask') },
        ],
      },
      claims: claimsOf(view, role, lowered),
      leftOut: unnamedServers(role),
      refused,
    };
  },
  lowerTeam(team, { idOf }) {
    const entry = team.entries.length === 1 ? team.entries[0] : undefined;
    const startable = entry && entry.fields.mode !== 'subagent';
    return { view: { depth: delegationDepth(team), main: startable ? idOf(entry) : '' } };
  },
  enforced(role, tool) {
    const { policy, claim = { level: 'native' } } = lowerTool(role, tool, { idOf: ({ id }) => id });
    const outside = TOOLS[tool] === 'path' ? outsideOf(policy, role) : undefined;
    return { ...claim, policy, ...(outside ? { outside } : {}) };
  },
  readings: readingsOf,
  pathForm: normalizePath,
};

/**
 * opencode asks before it leaves the project, by folder, and writes paths out of it as `../…`: no pattern that begins
 * with `/` or `~` ever matches one. What a role must not read out there is denied where it is asked about.
 */
function outsideOf({ lists }: Policy, role: Role): Enforced['outside'] {
  const within = lists.map((list) => ({ ...list, rules: list.rules.filter(({ pattern }) => !OUTSIDE.test(pattern)) }));
  return { lists: [...within, { rules: rulesOutside(role), otherwise: 'ask' }] };
}

const OUTSIDE = /^[/~]/;

/** The folders outside the project that a role must not read, in the order of its rules. */
function rulesOutside(role: Role): readonly PatternRule[] {
  return policyOf(role, 'read')
    .lists.flatMap(({ rules }) => rules)
    .filter(({ pattern }) => OUTSIDE.test(pattern) && pattern.endsWith('/**'))
    .map((rule) => ({ ...rule, decision: rule.decision === 'deny' ? 'deny' : 'ask' }));
}

function outsideFolders(role: Role): string {
  const rules = rulesOutside(role).map(({ pattern, decision }): WildcardRule => [pattern.slice(0, -1), decision]);
  return rules.length === 0 ? json('ask') : map([['*', 'ask'], ...rules]);
}

/** A rule for paths outside the project that opencode can't hold: it knows folders there, and one list for all tools. */
function missedOutside({ lists }: Policy, tool: Tool): string | undefined {
  if (tool !== 'read' && tool !== 'edit') return undefined;
  const { rules, otherwise } = lists.at(-1)!;
  const base = rules.findLast(({ pattern }) => pattern === '*')?.decision ?? otherwise;
  const missed = rules.find(
    ({ pattern, decision }) =>
      OUTSIDE.test(pattern) &&
      decision !== 'ask' &&
      decision !== base &&
      !(tool === 'read' && pattern.endsWith('/**') && decision === 'deny'),
  );
  return missed && `Outside the project opencode asks by folder, whatever \`${missed.pattern}\` says`;
}

function lowerTool(role: Role, tool: Tool, context: Pick<Lowering, 'idOf'>): LoweredTool {
  if (tool === 'delegate') return lowerDelegation(role, context);
  if (!usable(role, tool))
    return { entries: [], policy: constantly('deny'), ...(hasTool(role, tool) ? { claim: { level: 'native' } } : {}) };
  const flat = FLAT[tool];
  if (flat) return lowerFlat(role, tool, flat);
  if (tool === 'read') return lowerWildcards(role, tool, 'read', lowerReading);
  if (tool === 'edit') return lowerWildcards(role, tool, 'edit', lowerPaths);
  if (tool === 'shell') return lowerWildcards(role, tool, 'bash', wildcards);
  if (tool === 'skill') return lowerWildcards(role, tool, 'skill', wildcards);
  if (tool === 'mcp') return lowerServers(role);
  if (tool === 'complete')
    return {
      entries: [],
      policy: policyOf(role, tool),
      claim: { level: 'native', because: 'An agent finishes without a tool' },
    };
  return {
    entries: [],
    policy: constantly('deny'),
    claim: { level: 'native', because: 'opencode has no such tool' },
  };
}

/** A key without patterns holds one decision for every argument: the common one, else a question to a person. */
function lowerFlat(role: Role, tool: Tool, keys: readonly string[]): LoweredTool {
  const held = decisionsOf(policyOf(role, tool), tool);
  const decision = held.length === 1 ? held[0]! : 'ask';
  return {
    entries: keys.map((key) => entry(key, decision)),
    policy: constantly(decision),
    claim:
      held.length === 1
        ? { level: 'native' }
        : { level: 'prose', because: `"${keys[0]}" takes one action for all arguments; a person is asked` },
  };
}

/** The decisions that occur at all. */
const decisionsOf = remembered((policy: Policy, tool: Tool): readonly Decision[] =>
  (['allow', 'ask', 'deny'] as const).filter(
    (decision) => findCall(policy, { decisions: [decision], domain: domainOf(tool) }) !== 'none',
  ),
);

/** What is read keeps opencode's own questions before secrets, unless a rule for every file replaces them. */
function lowerReading(list: RuleList): readonly WildcardRule[] {
  const [first, ...rest] = lowerPaths(list);
  return keepsSecrets(list) ? [first!, ...SECRETS, ...rest] : [first!, ...rest];
}

function keepsSecrets({ rules }: RuleList): boolean {
  return rules.every(({ pattern }) => pattern !== '*');
}

/** A key with patterns, compared with what the role means: equal is native, anything else says how it differs. */
function lowerWildcards(
  role: Role,
  tool: Tool,
  key: string,
  lower: (list: RuleList) => readonly WildcardRule[],
): LoweredTool {
  const meant = policyOf(role, tool);
  const { rules, ...rest } = lowered({ lists: meant.lists }, tool, lower);
  return { entries: [{ key, value: map(rules) }], ...rest };
}

interface LoweredRules {
  readonly rules: readonly WildcardRule[];
  readonly claim: Claim;
  readonly policy: Policy;
}

const LOWERINGS = new Map<unknown, ReturnType<typeof remembered<[Tool], LoweredRules>>>();

/** Lowers and judges a policy once for each way of lowering. */
function lowered(policy: Policy, tool: Tool, lower: (list: RuleList) => readonly WildcardRule[]): LoweredRules {
  const known =
    LOWERINGS.get(lower) ??
    remembered((meant: Policy, asked: Tool) => {
      const rules = lower(meant.lists.length === 1 ? meant.lists[0]! : narrowed(meant));
      return { rules, claim: judge(meant, rules, asked), policy: policyRead(rules) };
    });
  LOWERINGS.set(lower, known);
  return known(policy, tool);
}

/** A tool that is had in part: everything is denied, then the role's decision is repeated for each part. */
function narrowed({ lists: [parts, rules] }: Policy): RuleList {
  const decision = rules!.rules.findLast(({ pattern }) => pattern === '*')?.decision ?? rules!.otherwise;
  return { otherwise: 'deny', rules: parts!.rules.map((rule) => ({ ...rule, decision })) };
}

function judge(meant: Policy, rules: readonly WildcardRule[], tool: Tool): Claim {
  const kept = tool === 'read' && keepsSecrets(meant.lists.at(-1)!);
  const differs =
    writesHome(meant, tool) ??
    missedOutside(meant, tool) ??
    (isSameByForm(meant, tool) ? undefined : difference(kept ? withSecrets(meant) : meant, rules, tool));
  if (differs !== undefined) return { level: 'prose', because: differs };
  return kept
    ? { level: 'native', because: "opencode's own question before it reads .env files is kept" }
    : { level: 'native' };
}

/** A command that begins in the home folder is compared with the folder written out, which no rule of a team can know. */
function writesHome({ lists }: Policy, tool: Tool): string | undefined {
  if (tool !== 'shell') return undefined;
  const home = lists.flatMap(({ rules }) => rules).find(({ pattern }) => HOME.test(pattern));
  return home && `opencode writes the home folder out in \`${home.pattern}\`, so that it matches other commands`;
}

/** What opencode takes for the home folder at the start of a pattern. */
const HOME = /^~(?=\/|$)|^\$HOME/;

/** Where the emitted rules differ from what is meant, with a call that shows it; nothing where they are equal. */
function difference(meant: Policy, rules: readonly WildcardRule[], tool: Tool): string | undefined {
  const { verdict, cells } = compare(meant, policyRead(rules), { domain: domainOf(tool) });
  if (verdict === 'equal') return undefined;
  const cell = cells.find(({ from, to }) => from !== to);
  const shown = cell ? `: \`${cell.witness}\` is ${cell.to} there, ${cell.from} in the team` : '';
  return `opencode's rules are ${verdict} here${shown}`;
}

/**
 * Whether every pattern means the same to both sides as it stands, so that the lists are equal without a proof: commands
 * without what only opencode reads (`\\`, `~`, `$HOME`), and path globs without a star inside a segment.
 */
function isSameByForm({ lists }: Policy, tool: Tool): boolean {
  if (lists.length !== 1 || (tool !== 'shell' && tool !== 'read' && tool !== 'edit')) return false;
  return lists[0]!.rules.every(({ pattern }) => {
    if (/\\|^\$HOME|^\d+$/.test(pattern)) return false;
    return tool === 'shell' ? !pattern.startsWith('~') && squeezeBlanks(pattern) === pattern : isExact(pattern);
  });
}

/**
 * The rules as opencode holds them once it has read them: a JavaScript object, where keys that are whole numbers go
 * first, and with the home folder written out.
 */
function asRead(rules: readonly WildcardRule[]): readonly WildcardRule[] {
  const written = lastOfEach(rules, ([pattern]) => pattern);
  return Object.entries(Object.fromEntries(written)).map(
    ([pattern, decision]): WildcardRule => [pattern.replace(HOME, '/home/somebody'), decision],
  );
}

/** What opencode makes of the rules of one key. */
function policyRead(rules: readonly WildcardRule[]): Policy {
  const read = asRead(rules).map(([pattern, decision]) => ({ dialect: 'opencode', pattern, decision }) as const);
  return { lists: [{ otherwise: 'ask', rules: read }] };
}

/** The team's meaning with opencode's own questions before secrets in front, where they are kept. */
function withSecrets({ lists }: Policy): Policy {
  const secrets = SECRETS.map(([pattern, decision]) => ({ dialect: 'opencode', pattern, decision }) as const);
  return { lists: lists.map((list) => ({ ...list, rules: [...secrets, ...list.rules] })) };
}

function wildcards({ rules, otherwise }: RuleList): readonly WildcardRule[] {
  const own = rules.map(({ pattern, decision }): WildcardRule => [pattern, decision]);
  return own[0]?.[0] === '*' ? own : [['*', otherwise], ...own];
}

/**
 * MCP tools are keys of their own, `server_tool`, in the order of the rules: each rule is narrowed to what the role was
 * granted. The whole of `mcp` is every server that the role lists.
 */
function lowerServers(role: Role): LoweredTool {
  const meant = policyOf(role, 'mcp');
  const { rules, otherwise } = meant.lists.at(-1)!;
  const granted = grantedServers(role);
  const narrowed = rules.flatMap(({ pattern, decision }) =>
    granted.flatMap((grant) => (intersect(pattern, grant) ?? []).map((both): WildcardRule => [both, decision])),
  );
  const written = lastOfEach(
    [...granted.map((grant): WildcardRule => [grant, otherwise]), ...narrowed],
    ([key]) => key,
  );
  const emitted: RuleList = {
    otherwise: 'deny',
    rules: written.map(([pattern, decision]) => ({ dialect: 'name', pattern, decision })),
  };
  return {
    entries: written.map(([name, decision]) => entry(name.replace('/', '_'), decision)),
    policy: { lists: [emitted] },
    ...(isPlain(role, 'mcp') ? {} : { claim: serverClaim(granted, meant, emitted) }),
  };
}

/** What the role has of MCP: parts of servers, or every server that it lists. */
function grantedServers(role: Role): readonly string[] {
  const grants = role.grants.filter(({ tool }) => tool === 'mcp').map(({ pattern }) => pattern);
  const listed = Object.keys(role.fields['mcp-servers'] ?? {}).map((server) => `${server}/*`);
  return [...new Set(grants.flatMap((pattern) => (pattern === undefined || pattern === '*' ? listed : [pattern])))];
}

/** Servers that the role does not list are no concern: it is compared on those that it has. */
function serverClaim(granted: readonly string[], meant: Policy, emitted: RuleList): Claim {
  const listed: RuleList = {
    otherwise: 'deny',
    rules: granted.map((pattern) => ({ dialect: 'name', pattern, decision: 'allow' })),
  };
  const { verdict, cells } = compare({ lists: [listed, ...meant.lists] }, { lists: [emitted] }, { domain: 'name' });
  if (verdict === 'equal') return { level: 'native' };
  const cell = cells.find(({ from, to }) => from !== to);
  const shown = cell ? `: \`${cell.witness}\` is ${cell.to} there, ${cell.from} in the team` : '';
  return { level: 'prose', because: `opencode's keys for MCP are ${verdict} here${shown}` };
}

/** Names of roles are few, so each one is decided; everything else is denied. */
function lowerDelegation(role: Role, { idOf }: Pick<Lowering, 'idOf'>): LoweredTool {
  const policy = policyOf(role, 'delegate');
  const rules = delegatesOf(role).map((other): WildcardRule => [idOf(other), decide(policy, other.id).decision]);
  const hoisted = rules.find(([id]) => /^\d+$/.test(id));
  return {
    entries: [{ key: 'task', value: map([['*', 'deny'], ...rules]) }],
    claim: hoisted
      ? { level: 'prose', because: `opencode reads "${hoisted[0]}" before every other name, so it is denied` }
      : { level: 'native' },
    policy: edgesOf(role),
  };
}

function entry(key: string, decision: Decision): Entry {
  return { key, value: json(decision) };
}

/** A pattern that comes again makes its first place meaningless, and YAML takes no key twice: the last one stays. */
function lastOfEach<T>(list: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const last = new Map(list.map((item, at) => [keyOf(item), at]));
  return list.filter((item, at) => last.get(keyOf(item)) === at);
}

function map(rules: readonly WildcardRule[]): string {
  return `{${lastOfEach(rules, ([pattern]) => pattern)
    .map(([pattern, action]) => `${json(pattern)}: ${json(action)}`)
    .join(', ')}}`;
}

function ownFields(extra: RoleView['extra']): {
  fields: Readonly<Record<string, unknown>>;
  refused: NonNullable<Lowered['refused']>;
} {
  const all = Object.entries(extra).filter(([field]) => !field.startsWith('x-'));
  return {
    fields: Object.fromEntries(all.filter(([field]) => FIELDS.has(field))),
    refused: all
      .filter(([field]) => !FIELDS.has(field))
      .map(([field]) => ({ field, because: 'teamc does not pass this field on to agent files' })),
  };
}

function claimsOf(
  view: RoleView,
  role: Role,
  lowered: readonly (readonly [Tool, LoweredTool])[],
): ReadonlyMap<Feature, Claim> {
  const claims = new Map<Feature, Claim>();
  for (const [tool, { claim }] of lowered) {
    if (claim) claims.set(`permissions.${tool}`, claim);
    if (claim && tool === 'delegate' && claim.level !== 'native')
      for (const feature of ['delegates-to', 'approval'] as const) claims.set(feature, claim);
  }
  if (view.color && hexOf(view.color) === undefined)
    claims.set('color', { level: 'lost', because: `"${view.color}" is no colour that teamc knows as #RRGGBB` });
  if (role.fields.model !== undefined && !view.model.includes('/'))
    claims.set('model', { level: 'lost', because: `"${role.fields.model}" has no provider/model name for opencode` });
  return claims;
}
