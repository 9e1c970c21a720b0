import { delegatesOf } from '../../analysis/delegates.ts';
import { delegationDepth } from '../../analysis/depth.ts';
import { decide } from '../../pattern/decide.ts';
import { findCall } from '../../pattern/find.ts';
import { normalizePath } from '../../pattern/normal.ts';
import type { Decision, Policy } from '../../pattern/policy.ts';
import { hexOf } from '../../team/colors.ts';
import { hasTool, policyOf } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';
import { TOOLS, type Tool } from '../../team/tools.ts';
import type { Feature } from '../features.ts';
import { unnamedServers } from '../left-out.ts';
import { json } from '../render.ts';
import { summaryNote, summaryOf } from '../summary.ts';
import type { Claim, Lowered, Lowering, Platform } from '../target.ts';
import { domainOf, remembered, usable } from '../usable.ts';
import type { RoleView } from '../view.ts';
import { constantly, edgesOf } from './constantly.ts';
import { readingsOf } from './opencode-commands.ts';
import { entry, type LoweredTool, map } from './opencode-entries.ts';
import { outsideFolders, outsideOf } from './opencode-outside.ts';
import { lowerPaths, type WildcardRule } from './opencode-paths.ts';
import { lowerServers } from './opencode-servers.ts';
import { lowerReading, lowerWildcards, wildcards } from './opencode-wildcards.ts';

/** How an agent is told to others that is to be used unasked. */
const EAGER = 'Use it without being asked.';

/** Fields of an agent file that a role may set under `targets`; none of them widens what the role may do. */
const FIELDS: ReadonlySet<string> = new Set(['variant', 'top_p', 'hidden', 'disable', 'options']);

/** Permission keys that take an action and no map. */
const FLAT: Readonly<Partial<Record<Tool, readonly string[]>>> = {
  search: ['glob', 'grep', 'list'],
  fetch: ['webfetch'],
  'web-search': ['websearch'],
  'ask-user': ['question'],
  todo: ['todowrite'],
};

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
